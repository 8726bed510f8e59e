"""Measures and outcomes of a case, the figures made of them, and the backlog of a past day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from lianjian.cases import actions, figures, rules
from lianjian.cases.models import Case, Measure
from lianjian.cases.tests.walk import register, walked
from lianjian.foundation.declare import Scoped
from lianjian.foundation.errors import Refused
from lianjian.foundation.rights import Denied
from lianjian.insight.queries import parts_of, place_of
from lianjian.insight.rules import read_period
from tests.cast import NOW, TODAY, Cast

DAY = timedelta(days=1)


def scoped(cast: Cast, start: date, end: date) -> Scoped:
    return Scoped(jurisdiction_ids=(cast.town.pk,), path="", start=start, end=end)


def test_one_case_is_answered_by_several_measures(cast: Cast) -> None:
    case = walked(cast, "handling")
    rows = [("work", "硬化道路", "1600平方米"), ("work", "新修水渠", "1000米"), ("work", "铺砂石路", "1.5公里"),
            ("jobs", "务工岗位", "12人"), ("money", "以工代赈", "30万元")]  # fmt: skip
    for kind, what, quantity in rows:
        actions.add_measure(
            actor=cast.actor("handler"), case=case, kind=kind, what=what, quantity=quantity, now=NOW + DAY
        )
    kept = [(row.amount, row.unit) for row in Measure.objects.filter(case=case).order_by("id")]
    assert kept == [
        (Decimal(1600), "m2"), (Decimal(1000), "m"), (Decimal(1500), "m"), (Decimal(12), "person"), (Decimal(300000), "yuan")
    ]  # fmt: skip
    page = cast.client("contact").get(reverse("cases:case", kwargs={"key": case.key})).content.decode()
    assert "硬化道路 1600平方米" in page and "铺砂石路 1.5公里" in page
    clerk, period = cast.actor("clerk"), scoped(cast, date(2026, 3, 1), date(2026, 3, 31))
    by_code = {item.code: item for item in figures.INDICATORS}
    assert by_code["cases.measures"].rows(clerk, period).count() == 3
    assert [row.amount for row in by_code["cases.money"].rows(clerk, period)] == [Decimal(300000)]
    money = Measure.objects.get(kind="money")
    actions.withdraw_measure(actor=cast.actor("handler"), case=case, measure=money, now=NOW + DAY)
    assert not by_code["cases.money"].rows(cast.actor("clerk"), period).exists()
    assert not by_code["cases.jobs"].rows(cast.actor("other_clerk"), period).exists()


def test_what_is_no_measure_is_refused_in_words(cast: Cast) -> None:
    case = walked(cast, "handling")
    good = {"actor": cast.actor("handler"), "case": case, "kind": "jobs", "what": "岗位", "quantity": "12人", "now": NOW}
    with pytest.raises(rules.MeasureUnit):
        actions.add_measure(**{**good, "quantity": "12户"})
    with pytest.raises(Refused):
        actions.add_measure(**{**good, "quantity": "很多"})
    with pytest.raises(rules.WhatNeeded):
        actions.add_measure(**{**good, "what": " "})
    with pytest.raises(rules.NotMeasured):
        actions.add_measure(**{**good, "actor": cast.actor("clerk"), "case": register(cast)})
    with pytest.raises(Denied):
        actions.add_measure(**{**good, "actor": cast.actor("contact")})


def test_measures_by_form(cast: Cast) -> None:
    case = walked(cast, "handling")
    handler = cast.client("handler")
    new = reverse("cases:measure", kwargs={"key": case.key})
    assert new in handler.get(reverse("cases:case", kwargs={"key": case.key})).content.decode()
    wrong = handler.post(new, {"kind": "work", "what": "修路", "quantity": "一些", "done_on": "2026-03-10"})
    assert wrong.status_code == 422 and "修路" in wrong.content.decode()
    right = handler.post(new, {"kind": "work", "what": "修路", "quantity": "2公里", "done_on": "2026-03-10"})
    assert right.status_code == 303
    cast.actor("clerk")
    row = Measure.objects.get()
    back = reverse("cases:withdraw_measure", kwargs={"key": case.key, "measure": row.key})
    assert handler.post(back).status_code == 303
    assert cast.client("other_handler").post(back).status_code == 404
    row.refresh_from_db()
    assert row.withdrawn_at is not None


def test_the_backlog_of_a_past_day_is_what_it_was(cast: Cast) -> None:
    closed, open_case = walked(cast, "closed"), walked(cast, "signed")
    other = walked(cast, "dispatched", start=NOW + DAY)
    actions.merge_case(actor=cast.actor("clerk"), case=other, into=open_case, reason="同一件", now=NOW + 2 * DAY)
    actions.reopen_case(actor=cast.actor("contact"), case=closed, reason="又坏了", now=NOW + 5 * DAY)

    def on(day: date) -> set[int]:
        rows = figures.backlog(cast.actor("clerk"), scoped(cast, day, day))
        return set(rows.values_list("pk", flat=True))

    today = NOW.date()
    assert on(today - DAY) == set()
    assert on(today) == {open_case.pk}  # the other was closed on its first day
    assert on(today + 4 * DAY) == {open_case.pk}
    assert on(today + 5 * DAY) == {open_case.pk, closed.pk}
    assert Case.objects.get(pk=closed.pk).ended_at is None


def test_a_case_merged_into_another_counts_once(cast: Cast) -> None:
    first, second = walked(cast, "signed"), register(cast)
    actions.merge_case(actor=cast.actor("clerk"), case=second, into=first, reason="同一件", now=NOW + DAY)
    period = scoped(cast, date(2026, 3, 1), date(2026, 3, 31))
    assert [row.pk for row in figures.collected(cast.actor("clerk"), period)] == [first.pk]


def test_settled_on_which_level(cast: Cast) -> None:
    case = walked(cast, "answered", kind="dispute", tier="hamlet")
    actions.confirm_case(actor=cast.actor("contact"), case=case, now=NOW + DAY)
    period = scoped(cast, date(2026, 3, 1), date(2026, 3, 31))
    by_code = {item.code: item for item in figures.INDICATORS}
    clerk = cast.actor("clerk")
    assert by_code["cases.settled_hamlet"].rows(clerk, period).count() == 1
    assert by_code["cases.settled_village"].rows(clerk, period).count() == 0
    rate = by_code["cases.settled_hamlet_rate"]
    assert rate.base is not None and rate.base(clerk, period).count() == 1


def test_obstacles_solved_are_taken_apart_by_category(cast: Cast) -> None:
    """Row 003-52: labour, levelled sites, poles moved, finance; needs of firms are another number."""
    for number, category in enumerate(("labour", "site", "site.lines", "site.lines", "finance")):
        walked(cast, "closed", kind="obstacle", category=category, text=f"第{number}处堵点,请协调解决")
    walked(cast, "answered", kind="obstacle", category="site", text="还在办理的堵点")
    walked(cast, "closed", category="labour", text="缺十名木工,请帮助招工")
    clerk, period = cast.actor("clerk"), scoped(cast, date(2026, 3, 1), date(2026, 3, 31))
    item = next(one for one in figures.INDICATORS if one.code == "cases.obstacles_solved")
    assert item.rows(clerk, period).count() == 5
    place, asked = place_of(clerk, ""), read_period("2026-03", today=TODAY)
    assert place is not None
    parts = {word: number for _code, word, number in parts_of(clerk, item, place, asked)}
    assert parts == {"电杆和管线迁移": 2, "用工": 1, "场地平整": 1, "融资": 1}
    page = cast.client("clerk").get("/figures/cases.obstacles_solved/?period=2026-03").content.decode()
    assert "电杆和管线迁移" in page and "第2处堵点" in page
