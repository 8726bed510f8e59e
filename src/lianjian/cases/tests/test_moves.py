"""A need goes from the day it is told to the day the firm says it is met."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from lianjian.cases import actions, rules
from lianjian.cases.models import Case
from lianjian.duties.models import Duty
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from lianjian.notices.models import Message
from tests.cast import NOW, Cast


def register(cast: Cast, who: str = "clerk", **more: object) -> Case:
    values = {
        "text": "喷涂线环评批复迟迟未下。11月底前不能投产。",
        "category": "approval.environment",
        "source": "desk",
        "organization": cast.firm,
        "now": NOW,
        **more,
    }
    return actions.register_case(actor=cast.actor(who), **values)  # type: ignore[arg-type]


def walked(cast: Cast, to: str) -> Case:
    """A case brought to a state by the people of the cast."""
    case = register(cast)
    at = NOW + timedelta(hours=1)
    steps = ["dispatched", "signed", "handling", "answered"]
    for step in steps[: steps.index(to) + 1]:
        if step == "dispatched":
            actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.office, now=at)
        elif step == "signed":
            actions.sign_case(actor=cast.actor("handler"), case=case, now=at)
        elif step == "handling":
            actions.handle_note(actor=cast.actor("handler"), case=case, text="已联系企业,补正材料2项", now=at)
        else:
            actions.answer_case(actor=cast.actor("handler"), case=case, text="批复已下达", now=at)
        at += timedelta(hours=1)
    return case


def open_duties(case: Case) -> list[str]:
    return list(Duty.objects.filter(subject_key=case.key, state="open").values_list("kind", flat=True))


def test_the_whole_way(cast: Cast) -> None:
    case = register(cast)
    assert case.number == "LX-2026-0001" and case.hand == "desk"
    assert open_duties(case) == ["cases.dispatch"]
    cast.actor("clerk")
    actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.office, now=NOW + timedelta(hours=1))
    assert case.due_at is not None and case.evaluation is not None
    # Monday 9 March 2026 plus seven working days is Wednesday the 18th, to its last second.
    assert case.due_at == datetime(2026, 3, 18, 15, 59, 59, tzinfo=UTC)
    assert open_duties(case) == ["cases.sign"]
    actions.sign_case(actor=cast.actor("handler"), case=case, now=NOW + timedelta(hours=2))
    duty = Duty.objects.get(subject_key=case.key, state="open")
    assert (duty.kind, duty.due_at, duty.organization_id) == ("cases.answer", case.due_at, cast.office.pk)
    actions.handle_note(actor=cast.actor("handler"), case=case, text="联系企业", now=NOW + timedelta(hours=3))
    actions.answer_case(actor=cast.actor("handler"), case=case, text="批复已下达", now=NOW + timedelta(days=1))
    assert open_duties(case) == ["cases.confirm"]
    actions.confirm_case(actor=cast.actor("contact"), case=case, rating="satisfied", now=NOW + timedelta(days=2))
    case.refresh_from_db()
    assert (case.state, case.hand, case.closing, case.outcome) == ("closed", "", "confirmed", "solved")
    assert open_duties(case) == []
    cast.actor("clerk")
    moves = list(case.events.order_by("id").values_list("move", flat=True))
    assert moves == ["register", "dispatch", "sign", "note", "answer", "confirm"]
    verbs = list(Entry.objects.filter(subject_key=case.key).order_by("id").values_list("verb", flat=True))
    assert verbs == [f"cases.{move}" for move in moves]
    cast.actor("handler")
    kinds = Message.objects.filter(user=cast.users["handler"]).values_list("kind", flat=True)
    assert set(kinds) == {"cases.dispatched", "cases.closed"}
