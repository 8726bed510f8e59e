"""How a case went up the line, for its page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from lianjian.foundation.actor import Actor
from lianjian.foundation.looks import show_datetime

from .. import rules
from ..models import Escalation

MOST = 20


def escalation_panel(*, actor: Actor, record: Any, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """Under which rule a case went up, to whom, and whether they acted; nothing where it did not."""
    rows = list(Escalation.objects.filter(case=record).order_by("-id")[:MOST])
    if not rows:
        return None
    lines = [
        (
            _(rules.ESCALATIONS[row.rule].label) if row.rule in rules.ESCALATIONS else row.rule,
            _(rules.KINDS_OF_ESCALATION[row.kind]),
            "late" if row.kind == rules.ACTION and row.acted_at is None else "info",
            _(rules.LEVELS[row.level]),
            show_datetime(row.at),
            show_datetime(row.acted_at) if row.acted_at else "",
        )
        for row in rows
    ]
    return "cases/_line.html", {"lines": lines}
