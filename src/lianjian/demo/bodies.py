"""How the demonstration town's party organizations are set up: terms that end soon or ended, an exception, a group."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import plus_months
from lianjian.partylife import actions as partylife
from lianjian.partylife.models import BranchMembership

from .town import Town

# body: (months since the term began, paper)
TERMS = {
    "market": (14, "云镇党文〔2025〕21号"),
    "power": (37, "云镇党文〔2023〕9号"),
    "chain1": (38, "云镇党文〔2023〕6号"),
    "village1.branch": (20, "云镇党文〔2025〕2号"),
}


def organize(town: Town, clerk: Actor) -> None:
    """Terms, an approved postponement, an approved exception, a temporary branch."""
    today = town.frame.today
    branch = next(body for key, body in town.frame.places.items() if key.startswith("branch"))
    _led(town, clerk, branch)
    for key, (months, paper) in TERMS.items():
        _term(town, clerk, town.frame.places[key], plus_months(today, -months), paper)
    joint = town.frame.places["chain1"]
    partylife.move_election(
        actor=clerk, branch=joint, matter="postpone", paper="云镇党文〔2026〕4号",
        approved_on=today - timedelta(days=60), until=plus_months(today, 5), now=town.frame.now,
    )  # fmt: skip
    partylife.approve_exception(
        actor=clerk, branch=town.frame.places["market"], matter="many", paper="云镇党文〔2025〕22号",
        approved_on=plus_months(today, -12), reason="企业集中在一条街", now=town.frame.now,
    )  # fmt: skip
    partylife.derive_terms(actor=clerk, jurisdiction_id=town.frame.town.pk, now=town.frame.now)


def _term(town: Town, clerk: Actor, body: Organization, since: date, paper: str, officers: Any = ()) -> None:
    partylife.record_term(
        actor=clerk, branch=body, leadership="committee", way="elected", since=since, officers=officers, paper=paper,
        now=town.frame.now,
    )  # fmt: skip


def _led(town: Town, clerk: Actor, branch: Organization) -> None:
    """The branch of 24 members: its committee of three, whose term ends in two months."""
    seats = BranchMembership.objects.filter(branch=branch, role="home", member__full_on__isnull=False).order_by("pk")
    people = [seat.member for seat in seats.select_related("member__person")[:3]]
    offices = (["secretary"], ["organisation"], ["publicity", "discipline"])
    officers = [partylife.Officer(member, held) for member, held in zip(people, offices, strict=True)]
    _term(town, clerk, branch, plus_months(town.frame.today, -34), "云镇党文〔2023〕17号", officers)
