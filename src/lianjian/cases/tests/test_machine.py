"""Random walks: whatever people do in whatever order, a case lies in exactly one hand and no time is lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from lianjian.cases import actions, rules
from lianjian.cases.models import Case, Handover
from lianjian.cases.queries.pages import hand_times
from lianjian.cases.queries.pauses import counted_days
from lianjian.cases.tests.test_counts import counts_hold
from lianjian.cases.tests.walk import open_duties
from lianjian.foundation.errors import Refused
from lianjian.journal.models import Entry
from lianjian.rulebook.queries import calendar
from tests.cast import NOW, Cast

WHO = ["clerk", "handler", "other_handler", "contact", "other_contact", "leader"]


class Undo(Exception):
    """Takes back what one example wrote."""


class Walk(RuleBasedStateMachine):
    """One case of one town; `cast` and `savepoint` are set by the test."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now: datetime = NOW
        self.moves = 0

    @initialize(kind=st.sampled_from(["need", "dispute"]))
    def told(self, kind: str) -> None:
        self.case = actions.register_case(
            actor=self.cast.actor("clerk"),
            text="缺技师",
            category="labour",
            source="phone",
            kind=kind,
            organization=self.cast.firm,
            now=self.now,
        )
        self.moves = 1
        self.other = actions.register_case(
            actor=self.cast.actor("clerk"),
            text="缺技师13人",
            category="labour",
            source="desk",
            organization=self.cast.firm,
            now=self.now,
        )

    def teardown(self) -> None:
        self.atomic.__exit__(Undo, Undo(), None)

    def _try(self, who: str, code: str, **values: Any) -> None:
        """Make a move as somebody; a refusal must leave everything as it was."""
        self.case = Case.objects.select_related(
            "handler", "category", "organization", "evaluation", "lent_to"
        ).get(pk=self.case.pk)
        before = (self.case.state, self.case.version)
        verb = VERBS[code]
        try:
            verb(actor=self.cast.actor(who), case=self.case, now=self.now, **values)
        except Refused:
            self.cast.actor("clerk")
            now = Case.objects.values_list("state", "version").get(pk=self.case.pk)
            assert now == before
        else:
            assert any(before[0] in rules.MOVES[one].sources for one in SAME.get(code, (code,)))
            self.moves += 1
        self.cast.actor("clerk")

    @rule(minutes=st.integers(0, 60 * 24 * 4))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    # The next step by who should make it comes often, so that walks reach the end.
    @precondition(lambda self: self.case.state in rules.NEXT)
    @rule(text=st.sampled_from(["办妥", " "]))
    def onward(self, text: str) -> None:
        code = rules.NEXT[self.case.state]
        unit = "other_handler" if self.case.handler_id == self.cast.housing.pk else "handler"
        self._try(OFFICE.get(code, unit), code, **self._values(code, text))

    # A unit sends back again and again, and is sent the case again and again.
    @precondition(lambda self: self.case.state in ("dispatched", "returned", "objected"))
    @rule()
    def to_and_fro(self) -> None:
        unit = "other_handler" if self.case.handler_id == self.cast.housing.pk else "handler"
        code = "return" if self.case.state == "dispatched" else rules.NEXT[self.case.state]
        due = self.case.due_at
        self._try(OFFICE.get(code, unit), code, **self._values(code, "理由"))
        self.case.refresh_from_db()
        assert due is None or self.case.due_at == due, "no refusal stops or renews the clock"

    @precondition(lambda self: Handover.objects.filter(case=self.case).exists())
    @rule(
        who=st.sampled_from(["clerk", "handler", "other_handler"]),
        code=st.sampled_from(["accept", "refuse", "hand_back", "revoke"]),
        text=st.sampled_from(["理由", ""]),
    )
    def among_units(self, who: str, code: str, text: str) -> None:
        self._try(who, code, **self._values(code, text))

    @rule(
        who=st.sampled_from(WHO),
        code=st.sampled_from(sorted(set(rules.MOVES) - {"accept", "refuse", "hand_back", "revoke", "hear"})),
        text=st.sampled_from(["理由", ""]),
    )
    def anything(self, who: str, code: str, text: str) -> None:
        self._try(who, code, **self._values(code, text))

    def _values(self, code: str, text: str) -> dict[str, Any]:
        day = self.now.date() + timedelta(days=20)
        return {
            "dispatch": {"handler": self.cast.office, "reason": text},
            "redispatch": {"handler": self.cast.housing, "reason": text},
            "sign": {},
            **dict.fromkeys(
                ("return", "object"), {"reason_code": "not_ours", "reason": text, "proposed_text": "县住建局"}
            ),
            "rule": {"handler": self.cast.housing, "ground": text},
            "recall": {"reason": text},
            "decline": {"reason_code": "court", "text": text},
            "answer_impossible": {"text": text, "outcome": "unsolved"},
            "vet": {"approve": True, "ground": text},
            "vet_back": {"approve": False, "ground": text},
            "reopen": {"reason": text},
            "merge": {"into": self.other, "reason": text},
            "unmerge": {"reason": text},
            "split": {"parts": [text]},
            "reword": {"title": "缺技师", "text": text},
            "offer": {
                "kind": sorted(rules.OFFERS)[self.moves % 3],
                "organization": self.cast.housing,
                "ground": text,
            },
            **self._held(code, text),
            "supplement": {"text": text},
            "recuse": {"reason": text},
            "note": {"text": text},
            "answer": {"text": text},
            "confirm": {"reason": text},
            "dispute": {"reason": text},
            "close_silent": {},
            "park": {"reason": text, "review_on": day},
            "resume": {},
            "withdraw": {"reason": text},
            "urge": {},
            "ask_pause": {"reason_code": "superior", "reason": text, "last": self.now.date() + timedelta(days=9)},
            "decide_pause": {"approve": True, "ground": text},
            "end_pause": {"reason": text},
            "supervise": {"text": text},
            "raise_tier": {"reason": text},
            "ask_extension": {"days": 3, "reason": text},
            "decide_extension": {"approve": bool(text), "ground": text},
        }[code]

    def _held(self, code: str, text: str) -> dict[str, dict[str, Any]]:
        """Values of the moves about the last offer."""
        if code not in ("accept", "refuse", "hand_back", "revoke"):
            return {}
        held = Handover.objects.select_related("organization").filter(case=self.case).latest("id")
        more = {"refuse": {"reason": text}, "hand_back": {"text": text}, "revoke": {"reason": text}}
        return {code: {"handover": held, **more.get(code, {})}}

    @invariant()
    def offers_have_their_duty(self) -> None:
        if not self.moves:
            return
        self.cast.actor("clerk")
        case = Case.objects.get(pk=self.case.pk)
        lent = None
        for held in Handover.objects.filter(case=case):
            wanted = {"offered": ["cases.handover"], "accepted": ["cases.co_answer"]}.get(held.state, [])
            assert open_duties(held) == wanted
            if (held.kind, held.state) == ("refer", "accepted"):
                lent = held.organization_id
        assert case.lent_to_id == lent

    @invariant()
    def one_hand_and_its_duty(self) -> None:
        if not self.moves:
            return
        self.cast.actor("clerk")
        case = Case.objects.get(pk=self.case.pk)
        assert case.hand == rules.HAND_OF[case.state]
        steps = [kind for kind in open_duties(case) if kind not in BESIDE]
        assert len(steps) == (1 if case.hand else 0), (case.state, steps)
        pending = case.extensions.filter(decision="").count()
        assert open_duties(case).count("cases.extension") == pending <= 1
        asked = case.pauses.filter(decision="").count()
        assert open_duties(case).count("cases.pause") == asked <= 1
        assert case.hand == rules.UNIT or pending == asked == 0

    @invariant()
    def time_adds_up(self) -> None:
        if not self.moves:
            return
        case = Case.objects.get(pk=self.case.pk)
        days = calendar()
        end = case.story_at if case.ended else max(self.now, case.story_at)
        events = list(case.events.all())
        counts = counted_days(case, days)
        shared = sum(seconds for _hand, seconds in hand_times(case, events, counts, end))
        ended = sum(event.seconds for event in events if not event.hand)  # before it was opened again
        assert shared + ended == rules.worked_seconds(case.registered_at, end, counts)

    @invariant()
    def one_line_and_one_entry_a_move(self) -> None:
        if not self.moves:
            return
        assert self.case.events.count() == self.moves
        entries = Entry.objects.filter(subject_key=self.case.key).exclude(verb="cases.escalate")
        assert entries.count() == self.moves


    @invariant()
    def kept_numbers_are_those_of_the_cases(self) -> None:
        if self.moves:
            counts_hold(self.cast, NOW.date(), self.now.date() - timedelta(days=2), self.now.date())


BESIDE = ("cases.extension", "cases.pause", "cases.supervise", "cases.supervise_head")
VERBS: dict[str, Any] = {
    "ask_pause": actions.ask_pause,
    "decide_pause": actions.decide_pause,
    "end_pause": actions.end_pause,
    "supervise": actions.supervise_case,
    "raise_tier": actions.raise_tier,
    "dispatch": actions.dispatch_case,
    "redispatch": actions.dispatch_case,
    "sign": actions.sign_case,
    "return": actions.return_case,
    "object": actions.return_case,
    "rule": actions.rule_case,
    "recall": actions.recall_case,
    "decline": actions.decline_case,
    "note": actions.handle_note,
    "answer": actions.answer_case,
    "answer_impossible": actions.answer_case,
    "vet": actions.vet_case,
    "vet_back": actions.vet_case,
    "reopen": actions.reopen_case,
    "merge": actions.merge_case,
    "unmerge": actions.unmerge_case,
    "split": actions.split_case,
    "reword": actions.reword_case,
    "offer": actions.offer_case,
    "accept": actions.accept_offer,
    "refuse": actions.refuse_offer,
    "hand_back": actions.hand_back,
    "revoke": actions.revoke_offer,
    "confirm": actions.confirm_case,
    "dispute": actions.dispute_case,
    "close_silent": actions.close_silent_case,
    "park": actions.park_case,
    "resume": actions.resume_case,
    "withdraw": actions.withdraw_case,
    "supplement": actions.supplement_case,
    "recuse": actions.recuse_handler,
    "urge": actions.urge_case,
    "ask_extension": actions.ask_extension,
    "decide_extension": actions.decide_extension,
}

# One verb for two moves: which of them it makes depends on the case or on a value.
SAME = {
    **dict.fromkeys(("dispatch", "redispatch"), ("dispatch", "redispatch")),
    **dict.fromkeys(("return", "object"), ("return", "object")),
}
OFFICE = {"dispatch": "clerk", "confirm": "contact", "resume": "clerk", "rule": "leader", "vet": "clerk"}


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_random_walks(cast: Cast) -> None:
    machine = type("CaseWalk", (Walk,), {"cast": cast})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=12, stateful_step_count=20, deadline=None)
    )
