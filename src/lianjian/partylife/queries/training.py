"""Classes that organizations held in a year, and the hours that members of a branch have from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, Sum

from lianjian.directory.models import Organization
from lianjian.events.models import Attendance, Invitation, Meeting
from lianjian.events.rolls import roll_of
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import CHINA
from lianjian.rulebook.queries import cadences

from .cadence import moments


class Class(NamedTuple):
    """One class on record."""

    key: Any
    title: str
    day: date
    audiences: Sequence[str]


def classes_of(actor: Actor, organizations: Sequence[Organization], year: int) -> Mapping[int, list[Class]]:
    """What each of the organizations held in a year as convener or host, with the audiences; two queries."""
    start, end = moments(date(year, 1, 1), date(year, 12, 31))
    wanted = {one.pk for one in organizations}
    hosted = Invitation.objects.filter(organization_id__in=wanted, part="host", withdrawn_at__isnull=True)
    rows = Meeting.objects.visible_to(actor).held().filter(
        Q(convener_id__in=wanted) | Q(pk__in=hosted.values("meeting_id")), starts_at__gte=start, starts_at__lt=end
    )
    meetings = list(rows.filter(audiences__isnull=False).distinct().prefetch_related("audiences").order_by("starts_at"))
    hosts: dict[int, list[int]] = {}
    for meeting_id, body in hosted.filter(meeting__in=meetings).values_list("meeting_id", "organization_id"):
        hosts.setdefault(meeting_id, []).append(body)
    found: dict[int, list[Class]] = {}
    for meeting in meetings:
        names = [one.name for one in meeting.audiences.all()]
        line = Class(meeting.key, meeting.title, meeting.starts_at.astimezone(CHINA).date(), names)
        for body in {meeting.convener_id, *hosts.get(meeting.pk, ())} & wanted:
            found.setdefault(body, []).append(line)
    return found


@dataclass(frozen=True)
class MemberHours:
    """One member's class hours of a year: nobody is ranked, the list is by name."""

    name: str
    hours: Decimal
    times: int
    exempt: bool
    short: Decimal


@dataclass(frozen=True)
class BranchHours:
    """A branch's year of education: the norm, where it stands, and its members."""

    norm: int
    cite: str
    members: Sequence[MemberHours]
    reached: int
    asked: int


def branch_hours(actor: Actor, branch: Organization, year: int, today: date) -> BranchHours:
    """Hours from what the members attended anywhere in the year; the exempt stand in no rate. Four queries."""
    day = min(today, date(year, 12, 31))
    rule = cadences(["education.hours"], day, branch.jurisdiction_id).get("education.hours")
    norm = rule.cadence.times if rule is not None and rule.cadence is not None else 0
    roll = roll_of(branch, day)
    start, end = moments(date(year, 1, 1), date(year, 12, 31))
    rows = Attendance.objects.present().filter(
        person_id__in=[one.person_id for one in roll.people],
        meeting__state="held",
        meeting__starts_at__gte=start,
        meeting__starts_at__lt=end,
        meeting__hours__isnull=False,
    )
    sums = {
        pk: (hours, times)
        for pk, hours, times in rows.values("person_id")
        .annotate(hours=Sum("meeting__hours"), times=Count("pk"))
        .values_list("person_id", "hours", "times")
    }
    members = []
    for one in roll.people:
        hours, times = sums.get(one.person_id, (Decimal(0), 0))
        short = Decimal(0) if one.exempt else max(Decimal(0), norm - hours)
        members.append(MemberHours(one.name, hours, times, one.exempt, short))
    asked = [one for one in members if not one.exempt]
    cite = rule.cite if rule is not None else ""
    return BranchHours(norm, cite, members, sum(one.short == 0 for one in asked), len(asked))
