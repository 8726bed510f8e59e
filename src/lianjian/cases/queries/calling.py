"""Call-backs of a case, for its page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.looks import show_date

from .. import rules
from ..models import CallBack, Case
from ..models.accusations import homes_of


def callback_panel(*, actor: Actor, record: Case, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """What who asked said when called; one query, once there is an answer."""
    if record.state not in ("answered", "disputed", "closed") or not actor.scopes("cases.confirm_for"):
        return None
    lines = [
        (
            _(rules.CALL_ANSWERS[one.solved]) if one.reached else _("没有联系上"),
            _(rules.RATINGS[one.satisfied]) if one.satisfied else "",
            one.words,
            f"{show_date(one.called_on)} · {_(rules.CALL_WAYS[one.way])} · {one.by_name}",
        )
        for one in CallBack.objects.filter(case=record).order_by("-id")[:10]
    ]
    apart = record.handler_id is None or record.handler_id not in homes_of(actor)
    may = apart and actor.may("cases.confirm_for", Whole(record.jurisdiction_id))
    new = reverse("cases:call_back", kwargs={"key": record.key}) if may else ""
    return ("cases/_callbacks.html", {"lines": lines, "new_url": new}) if lines or new else None
