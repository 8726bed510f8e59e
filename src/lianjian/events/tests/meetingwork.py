"""What the tests of meetings share: how one is planned, held and followed in the other town."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from lianjian.events import actions
from lianjian.events.models import Decision, Meeting
from lianjian.events.rules import meetings as rules
from tests.cast import NOW, Cast

START = NOW + timedelta(days=7)
AFTER = START + timedelta(hours=3)


def bodies(cast: Cast) -> list[tuple[Any, str]]:
    """A firm of the town, one of the other town, a department."""
    return [
        (cast.firm, rules.MEMBER),
        (cast.other_firm, rules.MEMBER),
        (cast.office, rules.DEPARTMENT),
    ]


def planned(cast: Cast, **more: Any) -> Meeting:
    """A joint meeting of two towns in a week."""
    given: dict[str, Any] = {
        "convener": cast.town_root,
        "kind": "联席会议",
        "title": "家具产业第二季度联席会议",
        "starts_at": START,
        "ends_at": START + timedelta(hours=2),
        "place": "镇政府三楼会议室",
        "topics": ["安全生产"],
        "agenda": "通报一季度情况\n研究物流共享",
        "bodies": bodies(cast),
        "answer_by": (START - timedelta(days=1)).date(),
        "now": NOW,
        **more,
    }
    return actions.plan_meeting(actor=cast.actor("clerk"), **given)


def follow(cast: Cast, meeting: Meeting, now: datetime = NOW) -> None:
    """What the waiting job does in the other town, at a time of our own."""
    actor = cast.system(cast.other_town)
    actions.follow_meeting(actor=actor, meeting=Meeting.objects.get(pk=meeting.pk), now=now)


def all_came(meeting: Meeting) -> dict[int, actions.Came]:
    """Two people of each body."""
    return {pk: actions.Came(rules.ATTENDED, 2) for pk in meeting.invitations.values_list("pk", flat=True)}


def held(cast: Cast, meeting: Meeting | None = None, now: datetime = AFTER) -> Meeting:
    """The same, held, with minutes."""
    meeting = meeting or planned(cast)
    actor = cast.actor("clerk")
    return actions.hold_meeting(actor=actor, meeting=meeting, came=all_came(meeting), text="各方同意共享物流。", now=now)


def decided(cast: Cast, meeting: Meeting | None = None, *organizations: Any) -> Decision:
    """A decision that the firms of both towns have to carry out within a month."""
    meeting = meeting or held(cast)
    return actions.decide(
        actor=cast.actor("clerk"),
        meeting=meeting,
        text="两家企业共用返程货车",
        organizations=organizations or (cast.firm, cast.other_firm),
        due_on=(START + timedelta(days=30)).date(),
        now=AFTER,
    )


def together(*acts: Any) -> None:
    """Run each in a transaction of its own, begun at the same moment."""
    ready = threading.Barrier(len(acts))
    failed: list[BaseException] = []

    def run(act: Any) -> None:
        try:
            ready.wait(timeout=20)
            with transaction.atomic():
                act()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not failed, failed


__all__ = ["AFTER", "START", "all_came", "bodies", "decided", "follow", "held", "planned", "together"]
