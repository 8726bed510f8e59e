"""Deadlines under rules: what is chosen, what is kept, what moves when days are loaded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianjian.foundation.calendar import CHINA
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from lianjian.rulebook import actions, queries, rules
from lianjian.rulebook.actions.loading import digest, load
from lianjian.rulebook.data.national import RULES
from lianjian.rulebook.models import Evaluation, LocalRule, Rule
from tests.cast import NOW, Cast


def evaluate(cast: Cast, code: str, start: date | datetime, **more: Any) -> Evaluation:
    return actions.evaluate_deadline(
        actor=cast.actor("clerk"), code=code, start=start, now=NOW, jurisdiction_id=cast.town.pk, **more
    )


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [  # rules.md section 11
        (date(2026, 2, 12), 5, "wd", "2026-02-26"),
        (date(2026, 9, 18), 7, "wd", "2026-09-29"),
        (date(2026, 9, 30), 3, "wd", "2026-10-10"),
        (date(2026, 4, 30), 1, "wd", "2026-05-06"),
        (date(2026, 2, 13), 1, "wd", "2026-02-14"),
        (date(2026, 9, 1), 30, "d", "2026-10-08"),
        (date(2026, 3, 9), None, "year_end", "2026-12-31"),
    ],
)
def test_published_vectors(cast: Cast, start: date, amount: int | None, unit: str, due: str) -> None:
    found = evaluate(cast, "case.need", start, amount=amount, unit=unit)
    assert found.result["due"] == due
    assert found.due_at is not None
    assert found.due_at.astimezone(CHINA).strftime("%F %T") == f"{due} 23:59:59"
    assert not found.provisional


def test_the_default_is_seven_working_days_and_says_so(cast: Cast) -> None:
    found = evaluate(cast, "case.need", date(2026, 9, 18))
    lines = dict(queries.arithmetic(found))
    assert lines["时限"] == "7 个工作日"
    assert lines["起算"] == "2026-09-18 周五(当日不计)"
    assert lines["跳过休息日"].startswith("2026-09-19 周末") and "中秋节" in lines["跳过休息日"]
    assert lines["到期"] == "2026-09-29 周二 24:00"
    assert "由各地规定" in lines["依据"]


def test_the_night_before_is_still_the_day_before(cast: Cast) -> None:
    """23:30 in Beijing on Thursday is 15:30 UTC: the count starts on Friday."""
    late = evaluate(cast, "case.consult", datetime(2026, 3, 12, 15, 30, tzinfo=UTC))
    after = evaluate(cast, "case.consult", datetime(2026, 3, 12, 16, 30, tzinfo=UTC))
    assert (late.result["due"], after.result["due"]) == ("2026-03-17", "2026-03-18")


def test_hours_run_through_the_night_and_holidays(cast: Cast) -> None:
    found = evaluate(cast, "case.urgent", datetime(2026, 10, 1, 15, 0, tzinfo=UTC), amount=2, unit="h")
    assert found.due_at == datetime(2026, 10, 1, 17, 0, tzinfo=UTC)
    assert dict(queries.arithmetic(found))["到期"] == "2026-10-02 周五 01:00"


def test_a_national_number_is_never_loosened(cast: Cast) -> None:
    plain = evaluate(cast, "petition.close", date(2026, 3, 9))
    looser = evaluate(cast, "petition.close", date(2026, 3, 9), amount=90, unit="d", ground="某文件")
    tighter = evaluate(cast, "petition.close", date(2026, 3, 9), amount=20, unit="wd", ground="某文件")
    assert looser.due_at == plain.due_at
    assert queries.cite(looser) == "《信访工作条例》第34条"
    assert tighter.due_at < plain.due_at  # type: ignore[operator]
    assert queries.cite(tighter) == "某文件"
    assert len(tighter.inputs["compared"]) == 2
    assert "国家规定 60 日" in dict(queries.arithmetic(tighter))["从严"]


def test_local_numbers_of_the_nearest_place(cast: Cast) -> None:
    admin = cast.actor("system_admin")
    for place, amount in ((cast.county, 6), (cast.town, 9)):
        actions.set_local_rule(
            actor=admin, jurisdiction_id=place.pk, code="case.need", amount=amount, unit="wd",
            source=f"{place.name}〔2026〕3号", valid_from=date(2026, 1, 1), now=NOW,
        )  # fmt: skip
    town = evaluate(cast, "case.need", date(2026, 3, 9))
    assert (town.result["amount"], queries.cite(town)) == (9, "柳溪镇〔2026〕3号")
    other = actions.evaluate_deadline(
        actor=cast.actor("other_clerk"), code="case.need", start=date(2026, 3, 9), now=NOW,
        jurisdiction_id=cast.other_town.pk,
    )  # fmt: skip
    assert other.result["amount"] == 6


def test_an_act_is_judged_by_its_own_day(cast: Cast) -> None:
    admin = cast.actor("system_admin")
    for first, amount in ((date(2026, 1, 1), 9), (date(2026, 6, 1), 4)):
        actions.set_local_rule(
            actor=admin, jurisdiction_id=cast.town.pk, code="case.need", amount=amount, unit="wd", source="文件",
            valid_from=first, now=NOW,
        )  # fmt: skip
    assert LocalRule.objects.get(valid_from=date(2026, 1, 1)).valid_to == date(2026, 5, 31)
    assert evaluate(cast, "case.need", date(2026, 5, 31)).result["amount"] == 9
    assert evaluate(cast, "case.need", date(2026, 6, 1)).result["amount"] == 4
    assert evaluate(cast, "case.need", date(2025, 12, 31)).result["amount"] == 7
    with pytest.raises(rules.UnknownRule):
        evaluate(cast, "village.posting", date(2025, 12, 31))


def test_a_looser_local_number_is_refused(cast: Cast) -> None:
    admin = cast.actor("system_admin")
    with pytest.raises(rules.LooserThanNational) as refusal:
        actions.set_local_rule(
            actor=admin, jurisdiction_id=cast.town.pk, code="petition.close", amount=61, unit="d", source="文件",
            valid_from=date(2026, 1, 1), now=NOW,
        )  # fmt: skip
    assert "60 日" in str(refusal.value)
    with pytest.raises(Denied):
        actions.set_local_rule(
            actor=cast.actor("clerk"), jurisdiction_id=cast.town.pk, code="case.need", amount=5, unit="wd",
            source="文件", valid_from=date(2026, 1, 1), now=NOW,
        )  # fmt: skip


def test_a_year_without_calendar_is_provisional_until_it_is_loaded(cast: Cast) -> None:
    found = evaluate(cast, "case.need", date(2027, 9, 28))
    assert found.provisional
    assert "2027" in dict(queries.arithmetic(found))["暂定"]
    before = found.due_at
    text = "2027-01-01 休 元旦\n2027-02-05 至 2027-02-13 休 春节\n2027-09-29 至 2027-10-08 休 国庆节\n2027-10-09 班"
    admin = cast.actor("system_admin")
    places = actions.load_days(
        actor=admin, year=2027, days=actions.read_days(text, 2027), source="国办通知", complete=True, now=NOW
    )
    assert set(places) == {cast.county.pk, cast.town.pk, cast.other_town.pk}
    heard: list[int] = []
    actions.on_recompute.append(lambda actor, evaluations, now: heard.extend(e.pk for e in evaluations))
    try:
        moved = actions.recompute(actor=cast.system(), jurisdiction_id=cast.town.pk, now=NOW)
    finally:
        actions.on_recompute.pop()
    assert [e.pk for e in moved] == heard == [found.pk]
    found.refresh_from_db()
    assert not found.provisional and found.due_at > before  # type: ignore[operator]
    assert found.result["earlier"][0][0] == "2027-10-08"
    assert found.result["due"] == "2027-10-16" or found.result["due"] == "2027-10-18"
    assert actions.recompute(actor=cast.system(), jurisdiction_id=cast.town.pk, now=NOW) == []


def test_lists_of_days_are_read_strictly() -> None:
    rows = actions.read_days("2027-10-01 至 2027-10-03 休 国庆节\n\n2027-10-09 班 补班", 2027)
    assert [(r.day.day, r.working, r.name) for r in rows] == [
        (1, False, "国庆节"), (2, False, "国庆节"), (3, False, "国庆节"), (9, True, "补班"),
    ]  # fmt: skip
    for text in ("10月1日休", "2027-10-03 至 2027-10-01 休 倒", "2027-02-30 休 无", "2028-01-01 休 元旦"):
        with pytest.raises(Exception, match=r"第 1 行|不在 2027 年"):
            actions.read_days(text, 2027)


def test_only_the_administrator_of_the_whole_house_loads_days(cast: Cast) -> None:
    for who in ("clerk", "county_clerk", "leader"):
        with pytest.raises(Denied):
            actions.load_days(actor=cast.actor(who), year=2027, days=[], source="x", complete=False, now=NOW)


def test_many_at_once_cost_as_much_as_one(cast: Cast) -> None:
    actor = cast.actor("clerk")

    def cost(count: int) -> int:
        asks = [actions.Ask("case.need", date(2026, 3, 1) + timedelta(days=n)) for n in range(count)]
        with CaptureQueriesContext(connection) as caught:
            actions.evaluate_deadlines(actor=actor, asks=asks, now=NOW, jurisdiction_id=cast.town.pk)
        return len(caught)

    assert cost(1) == cost(50) <= 7


def test_shipped_rules_are_loaded_and_a_change_needs_a_migration(db: None) -> None:
    folder = Path(import_module("lianjian.rulebook.migrations").__path__[0])
    newest = sorted(path.stem for path in folder.glob("0*_rules*.py"))[-1]
    assert digest() == import_module(f"lianjian.rulebook.migrations.{newest}").DIGEST
    assert {(r.code, r.version) for r in Rule.objects.all()} == {(r.code, r.version) for r in RULES}
    assert load(Rule) == len(RULES) == Rule.objects.count()


def test_versions_of_a_rule_do_not_overlap() -> None:
    spans: dict[str, list[tuple[date, date]]] = {}
    for row in RULES:
        last = row.valid_to or date.max
        for first_other, last_other in spans.get(row.code, []):
            assert last < first_other or row.valid_from > last_other, row.code
        spans.setdefault(row.code, []).append((row.valid_from, last))
        if row.kind in rules.TERMS:
            assert row.unit in rules.UNITS and (row.params["amount"] > 0 or row.params.get("exact")), row.code
        assert row.article or row.confidence != "V1"


def test_pages_of_rules(as_instructor: Client, as_system_admin: Client, cast: Cast) -> None:
    page = as_instructor.get("/rules/").content.decode()
    assert "《信访工作条例》第34条" in page and "用在哪里" in page
    law = "/rules/law/petition.close/"
    assert "设置本地规定" not in as_instructor.get(law).content.decode()
    assert "设置本地规定" in as_system_admin.get(law).content.decode()
    old = as_instructor.get("/rules/?day=2025-12-31").content.decode()
    assert "村务公开公示" not in old and "信访" in old
    assert as_instructor.get("/rules/?day=nonsense").status_code == 422
    assert as_instructor.get("/rules/days/?year=2026").status_code == 200
    assert "248" in as_instructor.get("/rules/days/?year=2026").content.decode()
    assert "载入后自动重算" in as_instructor.get("/rules/days/?year=2031").content.decode()
    assert as_instructor.get("/rules/days/?year=0").status_code == 404
    assert as_instructor.get("/rules/days/load/").status_code == 403
    assert as_system_admin.get("/rules/days/load/").status_code == 200
    saved = as_system_admin.post(
        "/rules/local/case.need/",
        {"amount": 5, "unit": "wd", "valid_from": "2026-01-01", "source": "云岭〔2026〕1号"},
    )
    assert saved.status_code == 303
    assert "本地:5 个工作日" in as_system_admin.get("/rules/").content.decode()


def test_loading_days_by_the_front_door(as_system_admin: Client, cast: Cast) -> None:
    bad = as_system_admin.post("/rules/days/load/", {"year": 2027, "days": "明天休息", "source": "通知"})
    assert bad.status_code == 422 and "第 1 行" in bad.content.decode()
    few = as_system_admin.post(
        "/rules/days/load/", {"year": 2027, "days": "2027-01-01 休 元旦", "source": "通知", "complete": "on"}
    )
    assert few.status_code == 422
    good = as_system_admin.post(
        "/rules/days/load/", {"year": 2027, "days": "2027-01-01 休 元旦", "source": "通知"}
    )
    assert good.status_code == 303
    cast.actor("auditor")
    assert Entry.objects.filter(verb="rulebook.load_days").count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'rulebook.recompute'")
        assert cursor.fetchone()[0] == 3


def test_an_evaluation_page_is_of_one_place(cast: Cast) -> None:
    found = evaluate(cast, "case.need", date(2026, 9, 18))
    address = f"/rules/evaluations/{found.key}/"
    page = cast.client("clerk").get(address)
    assert page.status_code == 200
    text = page.content.decode()
    assert "时限怎么算的" in text and "2026-09-29" in text and "7 个工作日" in text
    assert cast.client("county_leader").get(address).status_code == 200
    assert cast.client("other_clerk").get(address).status_code == 404
