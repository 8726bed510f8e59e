"""A visit together with the needs that came of it: one act, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from lianjian.directory.models import Organization
from lianjian.events.actions import record_visit
from lianjian.events.models import Visit
from lianjian.foundation.actor import Actor
from lianjian.foundation.verbs import verb

from ..models import Case
from .registering import register_case


@verb
def record_visit_with_needs(
    *,
    actor: Actor,
    organization: Organization,
    needs: Sequence[tuple[str, str]],
    now: datetime,
    received_by: str = "",
    **visit: Any,
) -> tuple[Visit, list[Case]]:
    """Record a visit and register each need, given as (text, category code), as told on the day of the visit."""
    made = record_visit(
        actor=actor,
        organization=organization,
        now=now,
        received_by=received_by,
        needs_found=len(needs),
        **visit,
    )
    cases = [
        register_case(
            actor=actor,
            organization=organization,
            text=text,
            category=category,
            source="visit",
            visit=made,
            reporter=received_by,
            registered_on=made.visited_on,
            now=now,
        )
        for text, category in needs
    ]
    return made, cases
