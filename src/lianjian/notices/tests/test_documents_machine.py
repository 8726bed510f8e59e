"""Random walks: whatever people do in whatever order, what is out passed three reviews by three other persons."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from lianjian.foundation.errors import Refused
from lianjian.notices import actions, rules
from lianjian.notices.models import Document, Publication, Review
from lianjian.notices.tests.walk import draft, with_reviewers
from tests.cast import NOW, Cast

WRITERS = ["handler", "clerk", "other_handler"]
REVIEWERS = ["handler", "clerk", "editor", "leader", "chief", "second_chief", "other_clerk"]


class Walk(RuleBasedStateMachine):
    """One document; `cast` is set by the test."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now: datetime = NOW
        self.turn = 0

    @initialize()
    def begun(self) -> None:
        self.document = draft(self.cast)
        self.versions: dict[int, tuple[str, str]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def fresh(self) -> Document:
        self.cast.actor("clerk")
        return Document.objects.select_related("issuer").get(pk=self.document.pk)

    @rule(who=st.sampled_from(REVIEWERS), passed=st.booleans(), late=st.booleans())
    def review(self, who: str, passed: bool, late: bool) -> None:
        document = self.fresh()
        seen = actions.seen_mark(document)
        if late:
            seen = "0" * 64 + document.state
        actor = self.cast.actor(who)
        try:
            if passed:
                actions.approve_document(actor=actor, document=document, seen=seen, now=self.now)
            else:
                actions.return_document(actor=actor, document=document, seen=seen, reason="再改", now=self.now)
            assert not late
        except Refused:
            pass

    @rule()
    def all_three(self) -> None:
        for who in ("clerk", "editor", "leader", "chief", "second_chief"):
            self.review(who, passed=True, late=False)

    @rule(who=st.sampled_from(WRITERS))
    def change(self, who: str) -> None:
        self.turn += 1
        self.act(who, lambda actor, held: actions.change_document(
            actor=actor, document=held, text=f"第{self.turn}次写", now=self.now
        ))  # fmt: skip

    @rule(who=st.sampled_from(WRITERS))
    def submit(self, who: str) -> None:
        self.act(who, lambda actor, held: actions.submit_document(actor=actor, document=held, now=self.now))

    @rule(who=st.sampled_from(WRITERS))
    def drop(self, who: str) -> None:
        held = self.fresh()
        if held.version > 1:  # a void document ends the walk
            self.act(who, lambda actor, one: actions.drop_document(actor=actor, document=one, now=self.now))

    @rule(who=st.sampled_from(["clerk", "leader", "handler"]))
    def take_down(self, who: str) -> None:
        self.act(who, lambda actor, held: actions.take_down(
            actor=actor, document=held, ground="wrong", reason="错", now=self.now
        ))  # fmt: skip

    def act(self, who: str, verb: object) -> None:
        held = self.fresh()
        actor = self.cast.actor(who)
        try:
            verb(actor, held)  # type: ignore[operator]
        except Refused:
            pass
        self.now += timedelta(minutes=7)

    @invariant()
    def what_is_out_was_reviewed(self) -> None:
        if not hasattr(self, "document"):
            return
        document = self.fresh()
        current = 0
        for out in Publication.objects.filter(document=document):
            reviews = list(Review.objects.filter(document=document, version=out.version, digest=out.digest, passed=True))
            last = max(review.round for review in reviews)
            made = [review for review in reviews if review.round == last]
            assert sorted(review.stage for review in made) == sorted(rules.STAGES)
            assert len({review.reviewer_id for review in made}) == 3
            current += out.replaced_at is None
            if out.down_at is None:
                text = self.versions.setdefault(out.version, (out.text, out.digest))
                assert text == (out.text, out.digest), "a published version never changes"
            else:
                assert out.text == "" and document.withheld[str(out.version)]["text"]
        assert current <= 1
        if document.state == rules.PUBLISHED:
            newest = Publication.objects.get(document=document, replaced_at__isnull=True)
            assert (newest.version, newest.text) == (document.version, document.text)
        for review in Review.objects.filter(document=document, version=document.version, round=document.round):
            if document.state in rules.STAGES:
                assert review.reviewer_id not in document.writers


@pytest.mark.usefixtures("db")
def test_random_walks(cast: Cast) -> None:
    Walk.cast = with_reviewers(cast)
    run_state_machine_as_test(Walk, settings=settings(max_examples=25, stateful_step_count=25))
