"""What the tests of bodies share: a branch with members, a held meeting, a form as a browser sends it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from lianjian.directory import actions as directory
from lianjian.directory.models import Organization
from lianjian.events import actions as events
from lianjian.events.models import Meeting
from lianjian.partylife import actions
from lianjian.partylife.models import PartyMember
from tests.cast import NOW, Cast

FOUNDED = date(2020, 1, 1)
MEETING_DAY = date(2026, 3, 6)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"


def branch(cast: Cast, name: str = "柳溪青松党支部", *, formation: str = "own", **more: Any) -> Organization:
    level = more.pop("level", "branch")
    values: dict[str, Any] = {"parent": cast.town_root, "since": FOUNDED, "founded_on": FOUNDED, **more}
    members = values.pop("members", None)
    return directory.register_organization(
        actor=cast.actor("clerk"), name=name, classification="party", now=NOW,
        profile={"level": level, "formation": formation, "members": members}, **values,
    )  # fmt: skip


ENTERED = date(2021, 1, 1)


def members(
    cast: Cast, body: Organization, count: int, *, start: int = 0, full: bool = True, since: date = ENTERED
) -> list[PartyMember]:
    return [
        actions.add_member(
            actor=cast.actor("clerk"), person=f"{SURNAMES[(start + n) % len(SURNAMES)]}{start + n}", branch=body,
            since=since, joined_on=date(2015, 7, 1), full_on=date(2016, 7, 1) if full else None, now=NOW,
        )
        for n in range(count)
    ]  # fmt: skip


def held(cast: Cast, body: Organization, day: date = MEETING_DAY, kind: str = "支部党员大会") -> Meeting:
    at = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    meeting = events.plan_meeting(
        actor=cast.actor("clerk"), convener=body, kind=kind, title="换届选举大会", starts_at=at,
        ends_at=at.replace(hour=2), place="党员活动室", bodies=[], now=at,
    )  # fmt: skip
    return events.hold_meeting(actor=cast.actor("clerk"), meeting=meeting, came={}, text="", now=at.replace(hour=3))


OFFICERS = (("secretary",), ("organisation",), ("publicity", "discipline"))


def sent(meeting: Meeting, people: list[PartyMember], **more: Any) -> dict[str, Any]:
    """An election of three by fifteen: twelve came, four stood."""
    votes = more.pop("got", (12, 10, 9))
    offices = more.pop("offices", OFFICERS)
    found: dict[str, Any] = {
        "meeting": str(meeting.key), "leadership": "committee", "way": "members", "present": 12, "seats": 3,
        "candidates": 4, "ballots_out": 12, "ballots_in": 12, "best_other": 4, "secret": "on", "order": "strokes",
        "request_paper": "柳党文〔2026〕3号",
    }  # fmt: skip
    for n, (member, office, got) in enumerate(zip(people, offices, votes, strict=False), start=1):
        found |= {f"person_{n}": str(member.key), f"offices_{n}": list(office), f"votes_{n}": got}
    return {key: value for key, value in {**found, **more}.items() if value is not None}
