"""Random walks through the protocol of claims: whatever two sides do in whatever order, the database agrees with a
model of a few lines, and never promises more than there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from lianjian.foundation.errors import Refused
from lianjian.lists import rules
from lianjian.lists.models import Claim, Item
from lianjian.lists.tests.acts import moved, proposed, published
from tests.cast import Cast

BODIES = ("second_firm", "other_firm", "village")
CAPACITY = 5
# The protocol again, in other words than those of `rules.ACTS` and of the database.
ANSWERED_BY = {"claimant": "owner", "owner": "claimant"}


@dataclass
class Known:
    """What the model knows of a claim."""

    pk: int
    body: str
    by: str
    amount: int
    state: str = "proposed"
    rated: bool = False


class Undo(Exception):
    """Takes back what one example wrote."""


class Bargains(RuleBasedStateMachine):
    """One item of one firm, three bodies of two towns; `cast` is set by the test."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.claims: list[Known] = []

    def teardown(self) -> None:
        self.atomic.__exit__(Undo, Undo(), None)

    @initialize(kind=st.sampled_from(["resource", "need"]), reusable=st.booleans())
    def offer(self, kind: str, reusable: bool) -> None:
        source = "case" if kind == "need" else "own"
        self.kind, self.reusable = kind, reusable
        self.item = published(
            self.cast, kind=kind, source=source, capacity=Decimal(CAPACITY), reusable=reusable
        )

    def held(self) -> int:
        """How much is promised, by the model."""
        states = {"agreed"} if self.reusable else {"agreed", "fulfilled"}
        return sum(known.amount for known in self.claims if known.state in states)

    @rule(
        body=st.sampled_from(BODIES),
        side=st.sampled_from(["owner", "claimant"]),
        amount=st.integers(1, CAPACITY + 1),
    )
    def propose(self, body: str, side: str, amount: int) -> None:
        double = any(known.body == body and known.state in ("proposed", "agreed") for known in self.claims)
        allowed = not double and amount <= CAPACITY - self.held()
        try:
            with transaction.atomic():
                made = proposed(
                    self.cast, self.item, getattr(self.cast, body), side=side, amount=Decimal(amount)
                )
        except Refused:
            assert not allowed
        else:
            assert allowed
            self.claims.append(Known(made.pk, body, side, amount))

    @rule(
        data=st.data(), act=st.sampled_from(sorted(rules.ACTS)), side=st.sampled_from(["owner", "claimant"])
    )
    def move(self, data: Any, act: str, side: str) -> None:
        if not self.claims:
            return
        known = data.draw(st.sampled_from(self.claims))
        target = self.target(known, act, side)
        claim = Claim.objects.select_related("organization", "item__organization").get(pk=known.pk)
        try:
            with transaction.atomic():
                moved(self.cast, claim, act, side, **({"rating": 4} if act == "rate" else {}))
        except Refused:
            assert target is None
        else:
            assert target is not None
            known.state, known.rated = target, known.rated or act == "rate"

    def target(self, known: Known, act: str, side: str) -> str | None:
        """Where the act leads, or nothing where it must be refused."""
        if known.state == "proposed" and act in ("agree", "refuse") and side == ANSWERED_BY[known.by]:
            if act == "refuse":
                return "refused"
            return "agreed" if self.held() + known.amount <= CAPACITY else None
        if act == "take_back" and (known.state == "agreed" or known.state == "proposed" and side == known.by):
            return "taken_back"
        if act == "fulfil" and known.state == "agreed":
            return "fulfilled"
        asking = "owner" if self.kind == "need" else "claimant"
        if act == "rate" and known.state == "fulfilled" and side == asking and not known.rated:
            return "fulfilled"
        return None

    @invariant()
    def agrees(self) -> None:
        if not hasattr(self, "item"):
            return
        self.cast.actor("clerk")
        assert dict(Claim.objects.values_list("pk", "state")) == {
            known.pk: known.state for known in self.claims
        }
        taken = Item.objects.values_list("taken", flat=True).get(pk=self.item.pk)
        assert taken == self.held() <= CAPACITY


def test_the_protocol_holds_on_every_walk(cast: Cast) -> None:
    machine = type("CastBargains", (Bargains,), {"cast": cast})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=40, stateful_step_count=20, deadline=None)
    )
