"""The page of rules says where a rule bites only of rules that something asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

from lianjian.config.wiring import RULES_HELD, RULES_UNUSED
from lianjian.rulebook.models import Rule
from tests.cast import Cast

HOUSE = Path(__file__).resolve().parents[1] / "src" / "lianjian"
APART = {"tests", "migrations", "demo", "locale"}
# Matters whose rules are looked up by a code that is put together: cases by their category and clock, time by the
# working calendar as a whole.
TOGETHER = ("case", "petition", "mediation", "tier", "escalate", "time")


def _source() -> str:
    files = [
        path
        for path in HOUSE.rglob("*.py")
        if not APART & set(path.parts) and "rulebook/data" not in path.as_posix() and path.name != "wiring.py"
    ]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_every_rule_is_asked_or_is_said_to_be_unused(cast: Cast) -> None:
    source, unused, held = _source(), set(RULES_UNUSED.split()), set(RULES_HELD.split())
    cast.system()
    codes = set(Rule.objects.values_list("code", flat=True))
    assert (unused | held) <= codes and not unused & held
    for code in sorted(codes):
        matter, _dot, name = code.partition(".")
        if matter in TOGETHER:
            continue
        # Steps of development put their codes together from the name of the step's rule.
        asked = f'"{code}"' in source or (matter == "member" and f'"{name}"' in source)
        assert asked != (code in unused | held), code


@pytest.mark.parametrize("code", ["vote.village", "company.limits"])
def test_an_unused_rule_names_no_page(cast: Cast, code: str) -> None:
    page = cast.client("clerk").get(reverse("rulebook:law", kwargs={"code": code})).content.decode()
    main = page.split("<main")[1].split("</main>")[0]
    assert "暂未使用" in main and "/events/" not in main and "/coverage/" not in main
