"""Cases brought to a state by the people of the cast."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from lianjian.cases import actions
from lianjian.cases.models import Case, Handover
from lianjian.duties.models import Duty
from tests.cast import NOW, Cast

TEXT = "喷涂线环评批复迟迟未下。11月底前不能投产。"


def register(cast: Cast, who: str = "clerk", **more: Any) -> Case:
    """A need of the first firm, told on a Monday at nine."""
    values = {
        "text": TEXT,
        "category": "approval.environment",
        "source": "desk",
        "organization": cast.firm,
        "now": NOW,
        **more,
    }
    return actions.register_case(actor=cast.actor(who), **values)


def walked(cast: Cast, to: str, start: datetime = NOW, **more: Any) -> Case:
    """A case in the state `to`, one step an hour."""
    case = register(cast, now=start, **more)
    at = start
    steps = ["dispatched", "signed", "handling", "answered", "closed"]
    for step in steps[: steps.index(to) + 1] if to != "registered" else []:
        at += timedelta(hours=1)
        if step == "dispatched":
            actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.office, now=at)
        elif step == "signed":
            actions.sign_case(actor=cast.actor("handler"), case=case, now=at)
        elif step == "handling":
            actions.handle_note(actor=cast.actor("handler"), case=case, text="已联系企业,补正材料2项", now=at)
        elif step == "answered":
            actions.answer_case(actor=cast.actor("handler"), case=case, text="批复已下达", now=at)
        else:
            actions.confirm_case(actor=cast.actor("contact"), case=case, rating="satisfied", now=at)
    return case


def open_duties(record: Case | Handover) -> list[str]:
    """Kinds of the open duties of a case or of an offer."""
    rows = Duty.objects.filter(subject_key=record.key, state="open").order_by("kind")
    return list(rows.values_list("kind", flat=True))
