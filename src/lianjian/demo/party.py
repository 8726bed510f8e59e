"""Members found in firms."""

from __future__ import annotations

from datetime import timedelta

from lianjian.foundation.actor import Actor
from lianjian.partylife import actions as partylife

from .town import Town


def found_members(town: Town, clerk: Actor, count: int = 18) -> None:
    """Members found by searching or by themselves; two of three are taken up by the branch where they work."""
    joint = [town.frame.places[key] for key in ("chain1", "chain2", "chain3", "electronics", "food")]
    today = town.frame.today
    for number in range(count):
        found_on = today - timedelta(days=12 + number * 17)
        managed = number % 3 != 2
        partylife.record_found_member(
            actor=clerk,
            person=town.person_name(),
            enterprise=town.firms[(number * 3) % len(town.firms)].organization,
            found_on=found_on,
            home_branch=town.frame.places[f"village{1 + number % 8}.branch"] if number % 4 else None,
            home_branch_text="" if number % 4 else "外县户籍地党支部",
            joint_branch=joint[number % len(joint)] if managed else None,
            managed_on=min(found_on + timedelta(days=9), today) if managed else None,
            source="self" if number % 5 == 0 else "search",
            now=town.frame.now,
        )

