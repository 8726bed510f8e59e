"""What pages of others show of meetings: an organization's, an alliance's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization, Team
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Asking
from lianjian.foundation.listing import Badge
from lianjian.foundation.looks import due_words, show_date

from ..models import Decision, Invitation, Meeting
from ..rules import meetings as rules
from .meeting import writes
from .meetings import Line, line_rows, lines, meeting_url
from .serving import bounds_of, hours_text, served_rows

MEETERS = ("joint", "party", "enterprise", "village", "government", "station", "bank", "social", "cooperative", "park")


def meetings_of(actor: Actor, organization: Organization) -> QuerySet[Meeting]:
    """Meetings that a body convenes or is invited to."""
    invited = Invitation.objects.filter(organization=organization, withdrawn_at__isnull=True).values("meeting_id")
    own = Meeting.objects.filter(convener=organization).values("pk")
    # Sought from the body on: an OR would look at every meeting of its time.
    return Meeting.objects.visible_to(actor).filter(pk__in=own.union(invited))


def decision_lines(found: Iterable[tuple[Any, ...]], now: datetime) -> list[Line]:
    """Decisions that are not carried out: how far off, text, day and meeting, address."""
    shown = []
    for text, due, key, title in found:
        badge: Badge = due_words(due, now)
        words = _("%(day)s 前 · %(meeting)s") % {"day": show_date(due), "meeting": title}
        shown.append(((str(badge.word), badge.tone), text, words, meeting_url(key)))
    return shown


def joint_meetings_panel(*, actor: Actor, record: Any, now: datetime) -> Asking:
    """Meetings and open decisions of an alliance, for its page: of the body that `record.organization` is."""
    body: Organization = record.organization
    if not actor.scopes("meetings.see"):
        return None
    meetings = Meeting.objects.visible_to(actor).filter(convener=body)
    decisions: Any = Decision.objects.visible_to(actor).filter(meeting__convener=body, state=rules.DOING)
    found, open_ = yield (
        line_rows(meetings, most=9),
        decisions.order_by("due_on", "pk").values_list("text", "due_on", "meeting__key", "meeting__title")[:8],
    )
    may = writes(actor, "meetings.write", body) and body.dissolved_on is None
    return "events/_joint.html", {
        "meetings": lines(found[:8]),
        "more_url": f"{reverse('events:meetings')}?convener={body.key}" if len(found) > 8 else "",
        "decisions": decision_lines(open_, now),
        "new_url": f"{reverse('events:plan')}?convener={body.key}" if may else "",
    }


def meeting_panel(*, actor: Actor, record: Organization, now: datetime) -> Asking:
    """The last and next meetings of a body, for its page."""
    if record.classification not in MEETERS or not actor.scopes("meetings.see"):
        return None
    (found,) = yield (line_rows(meetings_of(actor, record), most=6),)
    may = writes(actor, "meetings.write", record) and record.dissolved_on is None
    if not found and not may:
        return None
    return "events/_meetings.html", {
        "meetings": lines(found[:5]),
        "more_url": f"{reverse('events:meetings')}?organization={record.key}" if len(found) > 5 else "",
        "topics_url": f"{reverse('events:topics')}?organization={record.key}" if found else "",
        "new_url": f"{reverse('events:plan')}?convener={record.key}" if may else "",
    }


def team_services_panel(*, actor: Actor, record: Team, now: datetime) -> Asking:
    """What a team did this year and does next, for its page: activities, people served, hours of service."""
    if not actor.scopes("meetings.see"):
        return None
    year = timezone.localtime(now).year
    meetings = Meeting.objects.visible_to(actor).filter(teams__team=record)
    start, end = bounds_of(year)
    came = served_rows(record).filter(meeting=OuterRef("pk")).order_by().values("meeting")
    number = Coalesce(Subquery(came.annotate(n=Count("pk")).values("n")), 0)
    held = meetings.held().filter(starts_at__gte=start, starts_at__lt=end).annotate(came=number)
    found, sums = yield (
        line_rows(meetings, most=9),
        held.order_by("pk").values_list("served", "served_times", "service_hours", "came"),
    )
    return "events/_team.html", {
        "year": year,
        "facts": _team_facts(sums),
        "meetings": lines(found[:8]),
        "more_url": f"{reverse('events:meetings')}?team={record.key}" if len(found) > 8 else "",
        "hours_url": reverse("events:team_hours", kwargs={"key": record.key})
        if writes(actor, "meetings.write", record.organization)
        else "",
    }


def _team_facts(sums: Sequence[tuple[Any, ...]]) -> list[tuple[str, str]]:
    """Of rows (people served, times served, hours of each, how many of the team came): what they add up to."""
    hours = sum((row[2] * row[3] for row in sums if row[2] is not None), Decimal(0))
    served, times, came = (sum(row[place] or 0 for row in sums) for place in (0, 1, 3))
    facts = [
        (_("活动场次"), str(len(sums))),
        (_("服务人数"), str(served) if served else ""),
        (_("服务人次"), str(times) if times else ""),
        (_("到场人次"), str(came) if came else ""),
        (_("服务时长"), _("%(n)s 小时") % {"n": hours_text(hours)} if hours else ""),
    ]
    return [(label, words) for label, words in facts if words]
