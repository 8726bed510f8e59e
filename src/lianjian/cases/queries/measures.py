"""Measures of a case, for its page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.looks import show_date

from .. import rules
from ..models import Case, Measure


def may_measure(actor: Actor, case: Case) -> bool:
    """Whether this person writes down measures of the case."""
    if case.handler is None or case.state in rules.UNCOUNTED:
        return False
    return actor.may("cases.handle", case.handler) or actor.may("cases.dispatch", Whole(case.jurisdiction_id))


def measure_panel(*, actor: Actor, record: Any, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """What was done and what came of it, oldest first; nothing for kinds of cases without measures."""
    if not record.sort.has("measures"):
        return None
    writes = may_measure(actor, record)
    rows = list(Measure.objects.filter(case=record).order_by("done_on", "id")[:100])
    if not rows and not writes:
        return None
    lines = [
        {
            "kind": _(rules.MEASURE_KINDS[row.kind]),
            "what": row.what,
            "quantity": row.quantity_text,
            "done_on": show_date(row.done_on),
            "by": " · ".join(filter(None, (row.channel, row.by_unit))),
            "withdrawn": row.withdrawn_at is not None,
            "url": reverse("cases:withdraw_measure", kwargs={"key": record.key, "measure": row.key}),
        }
        for row in rows
    ]
    new = reverse("cases:measure", kwargs={"key": record.key}) if writes else ""
    return "cases/_measures.html", {"lines": lines, "new_url": new}
