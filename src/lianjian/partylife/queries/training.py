"""Classes that organizations held in a year, and the hours that members of a branch have from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, Sum

from lianjian.directory.models import Membership, Organization
from lianjian.events.models import Attendance, Invitation, Meeting
from lianjian.events.rolls import roll_of
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import CHINA
from lianjian.rulebook.queries import cadences
from lianjian.rulebook.rules import Held, state_of

from ..models import PartyMember
from ..rules.education import COURSES, HOURS, NEW_MEMBER, OFFICER_HOURS
from ..rules.elections import HEAD, ROLES
from .cadence import moments
from .education import hours_asked, hours_text, office_word, times_asked


class Class(NamedTuple):
    """One class or activity on record."""

    key: Any
    title: str
    day: date
    audiences: Sequence[str]
    kind: str


def held_of(
    actor: Actor, organizations: Sequence[Organization], year: int, kinds: Collection[str] = ()
) -> Mapping[int, list[Class]]:
    """What each of the organizations held in a year as convener or host: classes with audiences, and activities of the
    `kinds`; three queries.
    """
    start, end = moments(date(year, 1, 1), date(year, 12, 31))
    wanted = {one.pk for one in organizations}
    hosted = Invitation.objects.filter(organization_id__in=wanted, part="host", withdrawn_at__isnull=True)
    rows = Meeting.objects.visible_to(actor).held().filter(
        Q(convener_id__in=wanted) | Q(pk__in=hosted.values("meeting_id")), starts_at__gte=start, starts_at__lt=end
    )
    wished = Q(audiences__isnull=False) | Q(kind__in=kinds)
    meetings = list(rows.filter(wished).distinct().prefetch_related("audiences").order_by("starts_at"))
    hosts: dict[int, list[int]] = {}
    for meeting_id, body in hosted.filter(meeting__in=meetings).values_list("meeting_id", "organization_id"):
        hosts.setdefault(meeting_id, []).append(body)
    found: dict[int, list[Class]] = {}
    for meeting in meetings:
        names = [one.name for one in meeting.audiences.all()]
        day = meeting.starts_at.astimezone(CHINA).date()
        line = Class(meeting.key, meeting.title, day, names, meeting.kind)
        for body in {meeting.convener_id, *hosts.get(meeting.pk, ())} & wanted:
            found.setdefault(body, []).append(line)
    return found


def _fresh(people: Sequence[Any], year: int) -> dict[int, date]:
    """Who was on probation in a year, or within a year of becoming a full member (the plan's 转正一年内); since when
    each is a member: who joined within the year is not late in it.
    """
    rows = PartyMember.objects.filter(
        Q(full_on__isnull=True) | Q(full_on__gt=date(year - 1, 1, 1)),
        person_id__in=[one.person_id for one in people],
        joined_on__lte=date(year, 12, 31),
    )
    return dict(rows.values_list("person_id", "joined_on"))


@dataclass(frozen=True)
class MemberHours:
    """One member's class hours of a year: nobody is ranked, the list is by name.

    `course`: whether somebody on probation, or in the first year after it, took a course (`rulebook` light); empty for
    everybody else. `norm` is what is asked of him, `office` in words where he leads a party organization.
    """

    name: str
    hours: Decimal
    times: int
    exempt: bool
    short: Decimal
    course: str = ""
    norm: int = 0
    office: str = ""

    @property
    def told(self) -> str:
        """The hours as people write them."""
        return hours_text(self.hours)

    @property
    def lacks(self) -> str:
        """What is missing of the number."""
        return hours_text(self.short)


@dataclass(frozen=True)
class BranchHours:
    """A branch's year of education: the norm, where it stands, and its members."""

    norm: int
    cite: str
    officer_norm: int
    officer_cite: str
    members: Sequence[MemberHours]
    course_cite: str
    reached: int
    asked: int


def _offices(people: Sequence[Any], day: date) -> dict[int, str]:
    """Who of the people leads a party organization on a day, as what."""
    rows: Any = Membership.objects.filter(
        person_id__in=[one.person_id for one in people], role__in=ROLES.values(), organization__classification="party",
        organization__merged_into__isnull=True,
    )  # fmt: skip
    found: dict[int, str] = {}
    for pk, role in rows.on(day).values_list("person_id", "role"):
        if found.get(pk) is None or role == HEAD:
            found[pk] = office_word(day if role == HEAD else None, True)
    return found


def branch_hours(actor: Actor, branch: Organization, year: int, today: date) -> BranchHours:
    """Hours from what the members attended anywhere in the year; the exempt stand in no rate. Six queries."""
    day = min(today, date(year, 12, 31))
    law = cadences([HOURS, OFFICER_HOURS, NEW_MEMBER], day, branch.jurisdiction_id)
    rule, led, course = law.get(HOURS), law.get(OFFICER_HOURS), law.get(NEW_MEMBER)
    norm, officer_norm = times_asked(law, HOURS), times_asked(law, OFFICER_HOURS)
    roll = roll_of(branch, day)
    start, end = moments(date(year, 1, 1), date(year, 12, 31))
    rows = Attendance.objects.present().filter(
        person_id__in=[one.person_id for one in roll.people],
        meeting__state="held",
        meeting__starts_at__gte=start,
        meeting__starts_at__lt=end,
    )
    counted = rows.values("person_id").annotate(
        hours=Sum("meeting__hours"),
        times=Count("pk", filter=Q(meeting__hours__isnull=False)),
        courses=Count("pk", filter=Q(meeting__kind__in=COURSES)),
    )
    sums = {pk: tuple(some) for pk, *some in counted.values_list("person_id", "hours", "times", "courses")}
    fresh = _fresh(roll.people, year) if course is not None and course.cadence is not None else {}
    offices = _offices(roll.people, day)
    members = []
    for one in roll.people:
        hours, times, courses = sums.get(one.person_id, (Decimal(0), 0, 0))
        hours = hours or Decimal(0)
        office = offices.get(one.person_id, "")
        asked_of = hours_asked(law, bool(office))
        short = Decimal(0) if one.exempt else max(Decimal(0), asked_of - hours)
        light = ""
        if one.person_id in fresh and course is not None and course.cadence is not None and not one.exempt:
            act = Held(today=today, done=courses, period=date(year, 1, 1), started=fresh[one.person_id])
            light = state_of(course.cadence, act).light
        members.append(MemberHours(one.name, hours, times, one.exempt, short, light, asked_of, office))
    asked = [one for one in members if not one.exempt]
    cite, officer_cite = (one.cite if one is not None else "" for one in (rule, led))
    said = course.cite if course is not None and any(one.course for one in members) else ""
    reached = sum(one.short == 0 for one in asked)
    return BranchHours(norm, cite, officer_norm, officer_cite, members, said, reached, len(asked))
