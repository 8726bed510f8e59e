"""The page of rules says where each rule bites, and of every rule that nothing asks why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from lianjian.config.rule_places import HELD, PLACES, TOLD, UNASKED, UNUSED
from lianjian.foundation.errors import translate
from lianjian.rulebook.models import Rule
from lianjian.rulebook.queries import in_force, places_known
from tests.cast import TODAY, Cast

HOUSE = Path(__file__).resolve().parents[1] / "src" / "lianjian"
APART = {"tests", "migrations", "demo", "locale"}
# Matters whose rules are looked up by a code that is put together: cases by their category and clock, time by the
# working calendar as a whole.
TOGETHER = ("case", "petition", "mediation", "tier", "escalate", "time")
# Where the finding is shown on a page of another app than the one that asks: as a part of it, or because it counts by it.
ELSEWHERE = {"branch.project", "vote.branch", "vote.committee", "company.scope"}
WHY = {code: (kind, str(why)) for kind, rows in UNASKED.items() for codes, why in rows for code in codes.split()}
LISTED = [code for rows in UNASKED.values() for codes, _why in rows for code in codes.split()]


def _files() -> dict[str, str]:
    """The text of the code, by app."""
    found: dict[str, str] = {}
    for path in HOUSE.rglob("*.py"):
        if APART & set(path.parts) or "rulebook/data" in path.as_posix() or path.name == "rule_places.py":
            continue
        app = path.relative_to(HOUSE).parts[0]
        found[app] = found.get(app, "") + path.read_text(encoding="utf-8")
    return found


def _asking(code: str, files: dict[str, str]) -> set[str]:
    """Which apps name a rule. Steps of development put their codes together from the name of the step's rule."""
    matter, _dot, name = code.partition(".")
    return {
        app
        for app, text in files.items()
        if f'"{code}"' in text or (matter == "member" and app == "partylife" and f'"{name}"' in text)
    }


def test_every_rule_is_asked_or_says_why_it_is_not(cast: Cast) -> None:
    cast.system()
    codes, files = set(Rule.objects.values_list("code", flat=True)), _files()
    assert set(WHY) <= codes and len(LISTED) == len(WHY)
    assert all(len(why) > 10 for _kind, why in WHY.values())
    for code in sorted(codes):
        if code.partition(".")[0] in TOGETHER:
            continue
        kind = WHY.get(code, ("", ""))[0]
        asked = bool(_asking(code, files))
        if kind == TOLD:  # shown where it matters, or only here
            assert asked == bool(places_known(code)), code
        else:
            assert asked != (kind in (HELD, UNUSED)), code


def test_every_rule_that_is_asked_has_a_place_of_the_app_that_asks_it(cast: Cast) -> None:
    cast.system()
    files = _files()
    for code in sorted(set(Rule.objects.values_list("code", flat=True))):
        kind = WHY.get(code, ("", ""))[0]
        apps = {page.split(":")[0] for _words, page, _right in places_known(code)}
        if kind == UNUSED:
            assert not apps, code
        elif kind == "" and code.partition(".")[0] in TOGETHER:
            assert apps, code
        elif kind == "":
            assert apps and (code in ELSEWHERE or apps <= _asking(code, files)), code


def test_what_is_said_of_places_is_said_of_rules(cast: Cast) -> None:
    """No place is declared for a code that is no rule, or twice."""
    cast.system()
    codes = set(Rule.objects.values_list("code", flat=True))
    named = [code for some, _places in PLACES for code in some.split()]
    assert len(named) == len(set(named))
    for code in named:
        assert code in codes or (code.endswith(".") and any(one.startswith(code) for one in codes)), code


def test_every_place_opens_for_a_clerk(cast: Cast) -> None:
    client, actor = cast.client("clerk"), cast.actor("clerk")
    places = {(page, right) for _codes, found in PLACES for _words, page, right in found}
    for page, right in sorted(places):
        assert actor.may(right), right
        assert client.get(reverse(page)).status_code == 200, page


@pytest.mark.parametrize("day", [date(2018, 10, 28), date(2020, 7, 13), TODAY])
def test_the_page_links_each_rule_in_force_by_itself(cast: Cast, day: date) -> None:
    page = cast.client("clerk").get(reverse("rulebook:rules"), {"day": day.isoformat(), "open": "1"})
    text = page.content.decode()
    cast.system()
    rows = list(Rule.objects.filter(in_force(day)))
    assert rows
    for row in rows:
        start = text.index(reverse("rulebook:law", kwargs={"code": row.code}))
        line = text[start : text.index("</tr>", start)]
        for _words, name, _right in places_known(row.code):
            assert f'href="{reverse(name)}"' in line, row.code
        if row.code in WHY:
            assert WHY[row.code][1] in line, row.code
        assert translate(row.source) in line and row.valid_from.strftime("%Y") in line


@pytest.mark.parametrize("code", ["vote.village", "life.village_matters"])
def test_an_unused_rule_names_no_page(cast: Cast, code: str) -> None:
    page = cast.client("clerk").get(reverse("rulebook:law", kwargs={"code": code})).content.decode()
    main = page.split("<main")[1].split("</main>")[0]
    assert "暂未使用" in main and "对照原文" in main and "/events/" not in main and "/members/" not in main


def test_information_says_why_and_where_it_is_read(cast: Cast) -> None:
    client = cast.client("clerk")
    for code, place in (("company.limits", True), ("company.not_run", True), ("mobile.dues", False)):
        page = client.get(reverse("rulebook:law", kwargs={"code": code})).content.decode()
        main = page.split("<main")[1].split("</main>")[0]
        assert "仅供查阅" in main and WHY[code][1] in main
        assert ("/members/branches" in main) is place
    election = client.get(reverse("rulebook:law", kwargs={"code": "election.order"})).content.decode()
    assert 'href="/members/terms"' in election and "暂未使用" not in election
