"""Leading cadres who live party life twice: as members in their branch, and on the committee they sit on (R2.28).

The rule asks yes or no for a year and names no day of reminding, and whom it asks is a person, not a branch: the page
of the year shows it, and no duty is opened for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Membership, Organization
from lianjian.events.models import Attendance
from lianjian.foundation.calendar import CHINA
from lianjian.foundation.listing import Badge, Link
from lianjian.foundation.looks import show_date
from lianjian.rulebook.queries import asked_by_place
from lianjian.rulebook.rules import Cadence, Held, state_of

from ..models import BranchMembership
from ..rules import cadence as rules
from ..rules.elections import ROLES
from .branches import branch_url
from .cadence import begun_on, moments
from .life import LIGHT_TONES
from .members import _free

LIGHTS = {
    "met": _("已参加组织生活"),
    "open": _("还没有参加"),
    "due": _("年内应参加"),
    "late": _("全年未参加"),
    "suggested": _("任职或入党不满一年"),
}


@dataclass(frozen=True)
class Track:
    """One of the two: the body, when he took part (last day), and its light."""

    body: Link
    times: int
    last: str
    badge: Badge


@dataclass(frozen=True)
class Leader:
    """A leading cadre in a year; who need not attend has no lights."""

    name: str
    exempt: bool
    branch: Track | None
    committees: Sequence[Track]


@dataclass(frozen=True)
class TwoTrack:
    """What the rule asks, and the leaders of a branch or of a committee by name."""

    cite: str
    leaders: Sequence[Leader]


def two_track(body: Organization, year: int, today: date) -> TwoTrack | None:
    """The leaders who are at home in a branch, or who sit on a committee, in a year; None where the rule does not ask.

    From attendance lists alone: a meeting without one says of nobody that he came. Three queries, one without
    leaders; of a past year one more.
    """
    day = min(today, date(year, 12, 31))
    asked = asked_by_place([rules.TWO_TRACK], day, [body.jurisdiction_id])[body.jurisdiction_id].get(rules.TWO_TRACK)
    if asked is None or asked.cadence is None or date(year, 1, 1) > today:
        return None
    offices: Any = Membership.objects.filter(
        role__in=ROLES.values(), organization__party__level__in=rules.LED, organization__merged_into__isnull=True
    )
    seats: Any = BranchMembership.objects.filter(role=BranchMembership.HOME)
    own = seats.on(day).filter(branch=body).values("member__person_id")
    mine = Q(organization=body) | Q(person__in=own)
    held = list(offices.on(day).filter(mine).select_related("organization", "person"))
    if not held or _unrecorded(body.jurisdiction_id, year, today):
        return TwoTrack(asked.cite, ())
    people = {one.person_id: one.person.name for one in held}
    home = {
        seat.member.person_id: seat
        for seat in seats.on(day)
        .filter(member__person_id__in=people)
        .annotate(exempt=_free("attendance", day))
        .select_related("branch", "member")
    }
    came = _attended(people, year)
    found = [
        _leader(pk, name, home.get(pk), [one for one in held if one.person_id == pk], came, asked.cadence, year, today)
        for pk, name in people.items()
    ]
    return TwoTrack(asked.cite, sorted(found, key=lambda one: one.name))


def _unrecorded(place: int, year: int, today: date) -> bool:
    """Whether a year lies before the place had any meeting on record: it is not judged."""
    begun = begun_on(place) if year < today.year else today
    return begun is None or begun.year > year


def _attended(people: Any, year: int) -> dict[tuple[int, int], list[date]]:
    """Days on which each was there: by person and 0 for branches, by person and committee."""
    start, end = moments(date(year, 1, 1), date(year, 12, 31))
    rows = Attendance.objects.present().filter(
        person_id__in=list(people), meeting__state="held", meeting__starts_at__gte=start, meeting__starts_at__lt=end,
        meeting__kind__in=(*rules.BRANCH_LIFE, *rules.COMMITTEE_LIFE),
    )  # fmt: skip
    found: dict[tuple[int, int], list[date]] = {}
    for pk, kind, convener, level, at in rows.order_by("meeting__starts_at").values_list(
        "person_id", "meeting__kind", "meeting__convener_id", "meeting__convener__party__level", "meeting__starts_at"
    ):
        day = at.astimezone(CHINA).date()
        if level in (*rules.BRANCHES, *rules.GROUPS) and kind in rules.BRANCH_LIFE:
            found.setdefault((pk, 0), []).append(day)
        if kind in rules.COMMITTEE_LIFE:
            found.setdefault((pk, convener), []).append(day)
    return found


def _leader(
    pk: int, name: str, seat: Any, offices: Sequence[Any], came: Any, cadence: Cadence, year: int, today: date
) -> Leader:
    def track(body: Organization, days: Sequence[date], since: date) -> Track:
        act = Held(today=today, done=len(days), period=date(year, 1, 1), started=since)
        light = state_of(cadence, act).light
        badge = Badge(LIGHTS[light], LIGHT_TONES[light])
        last = show_date(days[-1], "short") if days else ""
        return Track(Link(body.name, branch_url(body.key)), len(days), last, badge)

    exempt = seat is not None and seat.exempt
    first: dict[int, Any] = {}
    for one in sorted(offices, key=lambda one: one.since):
        first.setdefault(one.organization_id, one)
    return Leader(
        name,
        exempt,
        track(seat.branch, came.get((pk, 0), ()), seat.member.joined_on) if seat is not None else None,
        [track(one.organization, came.get((pk, body), ()), one.since) for body, one in first.items()],
    )
