"""The page of an item to be put right; what the page of an organization shows of its campaigns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.events.models import Visit
from lianjian.files.models import File
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Asking
from lianjian.foundation.errors import translate
from lianjian.foundation.looks import show_date

from ..models import Participant, Rectification
from ..models.programmes import RIGHT
from ..rules import campaigns as rules
from .campaign_lists import participant_url
from .campaign_pages import SHOWN, Line, item_line, office


@dataclass(frozen=True)
class RectificationPage:
    """An item with its history and evidence, and what the actor may do with it now."""

    item: Rectification
    word: str
    tone: str
    facts: list[Line]
    steps: list[tuple[str, str, str]]
    files: list[Line]
    may_submit: bool
    may_check: bool
    own_submission: bool
    may_drop: bool
    may_upload: bool
    part_url: str


def rectification_page(actor: Actor, item: Rectification, today: date, submits: bool) -> RectificationPage:
    """Two queries: history and evidence."""
    may = office(actor, item.participant.campaign)
    steps = item.steps.order_by("pk")
    held = File.objects.present().filter(bundle_id=item.bundle_id or 0).order_by("pk")  # type: ignore[attr-defined]
    files = [
        (name, reverse("alliances:rectification_file", kwargs={"key": item.key, "file_key": key}))
        for name, key in held.values_list("name", "key")
    ]
    _url, _issue, word, tone, _note = item_line(item, today)
    waits = item.state == rules.SUBMITTED
    own = waits and item.submitted_by == actor.user_id
    lines = [
        (_("单位"), item.participant.organization.name),
        (_("所属活动"), item.participant.campaign.name),
        (_("子行动"), item.action.name if item.action else ""),
        (_("整改责任单位"), item.responsible.name),
        (_("发现日期"), show_date(item.found_on)),
        (_("整改期限"), show_date(item.due_on)),
        (_("办结日期"), show_date(item.settled_on) if item.settled_on else ""),
    ]
    return RectificationPage(
        item=item,
        word=word,
        tone=tone,
        facts=[(label, words) for label, words in lines if words],
        steps=[
            (
                translate(rules.STEPS[one.state]),
                show_date(one.at),
                " · ".join(filter(None, (one.words, one.by))),
            )
            for one in steps
        ],
        files=files,
        may_submit=submits and item.state in (rules.OPEN, rules.RETURNED),
        may_check=may and waits and not own,
        own_submission=may and own,
        may_drop=may and item.state in rules.UNSETTLED,
        may_upload=submits and item.state in (rules.OPEN, rules.RETURNED),
        part_url=participant_url(item.participant.key),
    )


def campaign_panel(*, actor: Actor, record: Organization, now: datetime) -> Asking:
    """The campaigns a body takes part in or was asked to; nothing for a body without any."""
    if not actor.scopes(RIGHT):
        return None
    rows = Participant.objects.visible_to(actor).filter(organization=record, campaign__closed_on__isnull=True)
    names = ("key", "campaign__key", "campaign__name", "status", "number", "pilot")
    (found,) = yield (rows.order_by("-campaign__since", "pk").values_list(*names)[:SHOWN],)
    shown = [
        (
            participant_url(key),
            name,
            translate(rules.STATUSES[status]),
            rules.TONES[status],
            " · ".join(
                filter(
                    None,
                    (_("第%(n)s家参加") % {"n": number} if number else "", _("先行试点") if pilot else ""),
                )
            ),
        )
        for key, _campaign, name, status, number, pilot in found
    ]
    return ("alliances/_campaigns.html", {"campaigns": shown}) if shown else None


def visits_of(actor: Actor, part: Participant) -> list[tuple[str, str]]:
    """Visits to a body since the campaign began, for a record of what was found on one of them."""
    rows = Visit.objects.visible_to(actor).filter(  # type: ignore[attr-defined]
        organization=part.organization, withdrawn_at__isnull=True, visited_on__gte=part.campaign.since
    )
    return [
        (str(key), f"{day} {visitors}")
        for key, day, visitors in rows.order_by("-visited_on", "-pk").values_list(
            "key", "visited_on", "visitors"
        )[:50]
    ]
