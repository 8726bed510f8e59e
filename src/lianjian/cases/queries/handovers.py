"""Other units in a case, for its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.looks import show_datetime

from .. import rules
from ..models import Case, Handover

ACTS = {
    "accept": _("接受"),
    "refuse": _("不接受"),
    "hand_back": _("反馈并交回"),
    "revoke": _("撤销"),
}


@dataclass(frozen=True)
class HandoverLine:
    """One offer: its words, its state, what this person may do with it."""

    kind: str
    unit: str
    state: str
    tone: str
    ground: str
    reply: str
    due: str
    acts: tuple[tuple[str, str], ...]


_TONES = {"offered": "due", "accepted": "info", "done": "done", "refused": "paused", "revoked": "paused"}


def acts_on(actor: Actor, case: Case, held: Handover) -> tuple[str, ...]:
    """What this person may do with an offer."""
    there = actor.may("cases.handle", held.organization)
    lead = case.handler is not None and actor.may("cases.handle", case.handler)
    lead = lead or actor.may("cases.dispatch", Whole(case.jurisdiction_id))
    found: list[str] = []
    if held.state == "offered" and there:
        found += ["accept", "refuse"]
    if held.state == "accepted" and there:
        found.append("hand_back")
    if held.state in ("offered", "accepted") and lead:
        found.append("revoke")
    return tuple(found)


def handover_panel(*, actor: Actor, record: Any, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """Who else works on a case, newest first; nothing where nobody was asked."""
    rows = list(Handover.objects.filter(case=record).select_related("organization").order_by("-id")[:20])
    if not rows:
        return None
    lines = [
        HandoverLine(
            kind=_(rules.OFFERS[held.kind]),
            unit=held.organization.name,
            state=_(rules.OFFER_STATES[held.state]),
            tone=_TONES[held.state],
            ground=held.ground,
            reply=held.reply,
            due=show_datetime(held.due_at) if held.due_at else "",
            acts=tuple(
                (
                    _(ACTS[act]),
                    reverse("cases:handover", kwargs={"key": record.key, "held": held.key, "act": act}),
                )
                for act in acts_on(actor, record, held)
            ),
        )
        for held in rows
    ]
    return "cases/_handovers.html", {"lines": lines}
