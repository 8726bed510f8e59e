"""Deadlines under rules: what is chosen, what is kept, what moves when days are loaded."""

from __future__ import annotations

from datetime import date

from lianjian.jurisdictions import catalog
from lianjian.rulebook import actions, queries
from lianjian.rulebook.data.national import RULES
from lianjian.rulebook.loading import digest
from lianjian.rulebook.models import Rule
from tests.cast import NOW, Cast


def test_default_deadline(cast: Cast) -> None:
    actor = cast.actor("clerk")
    found = actions.evaluate_deadline(
        actor=actor, code="case.need", start=date(2026, 9, 18), now=NOW, jurisdiction_id=cast.town.pk
    )
    assert found.result["due"] == "2026-09-29"
