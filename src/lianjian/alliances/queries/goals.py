"""What goals of campaigns count: what stands here, and what apps above can count (`GoalSource`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils.translation import gettext_lazy as _

from lianjian.foundation import registry
from lianjian.foundation.actor import Actor

from ..models import Campaign
from ..rules import campaigns as rules


def _above() -> dict[str, rules.Counted]:
    kinds = (kind for source in registry.goal_sources for kind in source.kinds)
    return {kind.code: rules.Counted(kind.name, kind.unit, own=True) for kind in kinds}


def counted(code: str) -> rules.Counted | None:
    """The words and unit of what is counted; None where nobody counts it."""
    return rules.COUNTS.get(code) or _above().get(code)


def count_choices() -> list[tuple[str, object]]:
    """Everything that a goal may count; what a document decides stands last."""
    known = {**rules.COUNTS, **_above()}
    stated = known.pop(rules.STATED)
    return [*((code, _(one.name)) for code, one in known.items()), (rules.STATED, _(stated.name))]


def counts_above(
    actor: Actor, campaign: Campaign, codes: Collection[str], places: Sequence[int]
) -> dict[str, tuple[int, str]]:
    """(number, address of its rows) of what apps above count and these goals ask for, as far as the actor is told."""
    found: dict[str, tuple[int, str]] = {}
    for source in registry.goal_sources:
        if any(kind.code in codes for kind in source.kinds):
            for code, number in source.count(actor, campaign, places).items():
                found[code] = number, source.address(campaign, code)
    return found
