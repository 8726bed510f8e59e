"""Members found in firms, and people on their way into the party."""

from __future__ import annotations

from datetime import date, timedelta

from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import plus_months
from lianjian.partylife import actions as partylife

from .town import Town

KINDS = ("backbone", "executive", "owner", "talent")


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


def applicants(town: Town, clerk: Actor, count: int = 12) -> None:
    """Applications of this year and the last; four activists, one of whom has become a probationary member."""
    today = town.frame.today
    for number in range(count):
        early = number < 4
        applied = (
            plus_months(today, -20 + number) if early else today - timedelta(days=20 + 23 * (number - 4))
        )
        applicant = partylife.record_application(
            actor=clerk,
            person=town.person_name(),
            enterprise=town.firms[(number * 4 + 1) % len(town.firms)].organization,
            applied_on=applied,
            kind=KINDS[number % len(KINDS)],
            now=town.frame.now,
        )
        if early:
            names = f"{town.person_name()}、{town.person_name()}"
            activist_on = plus_months(applied, 3) if number == 0 else _this_year(today, number)
            partylife.mark_activist(
                actor=clerk, applicant=applicant, activist_on=activist_on, contacts=names, now=town.frame.now
            )
        if number == 0:
            day = max(plus_months(today, -1), plus_months(applied, 16))
            partylife.mark_probationary(
                actor=clerk, applicant=applicant, probationary_on=day, now=town.frame.now
            )


def _this_year(today: date, number: int) -> date:
    """A day of this year, if the year is old enough."""
    return max(today - timedelta(days=30 * number + 5), date(today.year, 1, 1))
