"""On which level a matter begins, under which profile, and how long it may stay there."""

from __future__ import annotations

from datetime import datetime

from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import local_day
from lianjian.rulebook.actions import evaluate_deadline
from lianjian.rulebook.queries import profile_for

from .. import rules
from ..models import Case


def stay(actor: Actor, case: Case, tier: str, now: datetime) -> datetime | None:
    """Until when a case may stay on a level (rules `tier.*`)."""
    evaluation = evaluate_deadline(
        actor=actor, code=f"tier.{tier}", start=now, now=now, jurisdiction_id=case.jurisdiction_id
    )
    return evaluation.due_at


def begin(actor: Actor, case: Case, tier: str, now: datetime) -> None:
    """Profile and level of a new case. A matter told in a village begins there, else in the town.

    Raises `TierUnknown`.
    """
    codes = [case.category.code, *([case.category.parent.code] if case.category.parent else []), ""]
    case.profile = profile_for(case.jurisdiction_id, codes, local_day(now))
    if not case.sort.has("tiers"):
        return
    case.tier = tier or ("village" if case.village is not None else "town")
    if case.tier not in rules.TIERS:
        raise rules.TierUnknown
    case.tier_due_at = stay(actor, case, case.tier, now)
