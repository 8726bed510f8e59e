"""What pages of others show of meetings: an organization's, an alliance's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.listing import Badge
from lianjian.foundation.looks import due_words, show_date

from ..models import Decision, Invitation, Meeting
from ..rules import meetings as rules
from .meeting import writes
from .meetings import lines, meeting_url

MEETERS = ("joint", "party", "enterprise", "village", "government", "station", "bank", "social", "cooperative", "park")


def meetings_of(actor: Actor, organization: Organization) -> QuerySet[Meeting]:
    """Meetings that a body convenes or is invited to."""
    invited = Invitation.objects.filter(organization=organization, withdrawn_at__isnull=True).values("meeting_id")
    return Meeting.objects.visible_to(actor).filter(Q(convener=organization) | Q(pk__in=invited))


def open_decisions(
    actor: Actor, convener: Organization, now: datetime, *, most: int = 8
) -> list[tuple[tuple[str, str], str, str, str]]:
    """Decisions of a body's meetings that are not carried out, the earliest due first; one query."""
    rows: QuerySet[Any] = Decision.objects.visible_to(actor).filter(
        meeting__convener=convener, state=rules.DOING
    )
    found = rows.order_by("due_on", "pk").values_list("text", "due_on", "meeting__key", "meeting__title")
    shown = []
    for text, due, key, title in found[:most]:
        badge: Badge = due_words(due, now)
        words = _("%(day)s 前 · %(meeting)s") % {"day": show_date(due), "meeting": title}
        shown.append(((str(badge.word), badge.tone), text, words, meeting_url(key)))
    return shown


def joint_meetings(*, actor: Actor, record: Organization, now: datetime) -> dict[str, Any] | None:
    """Meetings and open decisions of an alliance's body, for its page; two queries."""
    if not actor.scopes("meetings.see"):
        return None
    found = lines(Meeting.objects.visible_to(actor).filter(convener=record), most=9)
    return {
        "meetings": found[:8],
        "more_url": f"{reverse('events:meetings')}?convener={record.key}" if len(found) > 8 else "",
        "decisions": open_decisions(actor, record, now),
        "new_url": f"{reverse('events:plan')}?convener={record.key}"
        if writes(actor, "meetings.write", record) and record.dissolved_on is None
        else "",
    }


def meeting_panel(
    *, actor: Actor, record: Organization, now: datetime
) -> tuple[str, dict[str, Any]] | None:
    """The last and next meetings of a body, for its page; one query."""
    if record.classification not in MEETERS or not actor.scopes("meetings.see"):
        return None
    found = lines(meetings_of(actor, record), most=6)
    may = writes(actor, "meetings.write", record) and record.dissolved_on is None
    if not found and not may:
        return None
    return "events/_meetings.html", {
        "meetings": found[:5],
        "more_url": f"{reverse('events:meetings')}?organization={record.key}" if len(found) > 5 else "",
        "new_url": f"{reverse('events:plan')}?convener={record.key}" if may else "",
    }
