"""What goals of campaigns count: what stands here, and what apps above can count (`GoalCount`)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from lianjian.foundation import registry
from lianjian.foundation.actor import Actor

from ..models import Campaign
from ..rules import campaigns as rules


def counted(code: str) -> rules.Counted | None:
    """The words and unit of what is counted; None where nobody counts it."""
    if code in rules.COUNTS:
        return rules.COUNTS[code]
    above = registry.goal_counts.get(code)
    return rules.Counted(above.name, above.unit, own=True) if above is not None else None


def count_choices() -> list[tuple[str, object]]:
    """Everything that a goal may count; what a document decides stands last."""
    known = {**rules.COUNTS, **{code: rules.Counted(one.name, one.unit) for code, one in registry.goal_counts.items()}}
    stated = known.pop(rules.STATED)
    return [*((code, _(one.name)) for code, one in known.items()), (rules.STATED, _(stated.name))]


def counts_above(actor: Actor, campaign: Campaign, codes: Iterable[str]) -> dict[str, tuple[int, str]]:
    """(number, address of its rows) of each code that an app above counts; without those not told to the actor."""
    found: dict[str, tuple[int, str]] = {}
    for code in dict.fromkeys(codes):
        above = registry.goal_counts.get(code)
        rows = above.rows(actor, campaign) if above is not None else None
        if above is not None and rows is not None:
            found[code] = rows.order_by().count(), above.address(campaign)
    return found
