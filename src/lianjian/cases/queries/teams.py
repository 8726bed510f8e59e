"""What a team has in hand, for its page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lianjian.directory.models import Team
from lianjian.foundation.actor import Actor

from .. import rules
from .listing import case_url, state_badge, visible


def team_panel(*, actor: Actor, record: Team, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """Open cases of a team, those due first; one query."""
    if not actor.scopes("cases.see"):
        return None
    rows = visible(actor).filter(team=record, state__in=rules.OPEN).order_by("due_at", "id")
    found = rows.values_list("key", "number", "title", "state")[:20]
    shown = [(tuple(state_badge(state)), title, number, case_url(key)) for key, number, title, state in found]
    return "cases/_team.html", {"cases": shown}
