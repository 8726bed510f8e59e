"""A ledger of needs: stored once, closed where it says so, doubtful things kept and named."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lianjian.cases import sheets
from lianjian.cases.figures import INDICATORS
from lianjian.cases.models import Case
from lianjian.directory.models import Organization
from lianjian.duties.models import Duty
from lianjian.foundation.dates import parse_period
from lianjian.foundation.declare import Scoped
from lianjian.journal.models import Entry
from tests.cast import NOW, Cast


@dataclass
class FakeRow:
    """A good row as the wizard hands it on."""

    number: int
    values: dict[str, Any]
    raw: tuple[Any, ...] = ()
    made: dict[str, Any] = field(default_factory=dict)


@dataclass
class FakeBatch:
    """What `sheets` gives: names resolved, problems kept."""

    jurisdiction_id: int
    known: dict[str, Organization]
    label: str = "ledger"
    problems: list[tuple[int, str]] = field(default_factory=list)
    kept: list[Any] = field(default_factory=list)

    def resolve_org(self, name: str, code: str = "", kinds: Any = None, **where: Any) -> Organization | None:
        return self.known.get(name)

    def problem(self, row: FakeRow, field: str, severity: str, sentence: str) -> None:
        self.problems.append((row.number, field))

    def make_many(self, model: Any, ids: Any, rows: Any = None) -> None:
        if rows is not None:
            self.kept.extend(ids)


def line(number: int, /, **values: Any) -> FakeRow:
    return FakeRow(
        number,
        {
            "number": f"JB{number:03}",
            "date": date(2024, 1, 9),
            "enterprise": "晨光木业",
            "content": "想建党员活动室,缺少资料和指导",
            "category": "其他",
            "source": "走访",
            "office": "企业办",
            "officer": "薛丽",
            "due": parse_period("7个工作日"),
            "progress": "正在对接",
            "state": "推进中",
            **values,
        },
    )


def store(cast: Cast, rows: list[FakeRow]) -> FakeBatch:
    actor = cast.actor("clerk")
    batch = FakeBatch(cast.town.pk, {"晨光木业": cast.firm, "企业办": cast.office})
    sheets.store(actor=actor, batch=batch, rows=rows, now=NOW)
    return batch


ROWS = [
    line(1, state="已解决", progress="已协调解决", done_on=date(2024, 1, 20), rating="满意"),
    line(2),
    line(3, enterprise="查无此厂", due=parse_period("年底前"), state="挂账", category="子女入学"),
    line(4, state="已解决", done_on=None, source="来电"),
    line(5, state="等领导", category="夜间治安"),
]


def test_a_ledger_is_stored_with_its_states(cast: Cast) -> None:
    batch = store(cast, ROWS)
    cases = list(Case.objects.order_by("external_number").select_related("category"))
    assert [case.state for case in cases] == ["closed", "handling", "parked", "closed", "handling"]
    assert [case.number for case in cases] == [f"LX-2024-000{n}" for n in range(1, 6)]
    first = cases[0]
    assert (first.closing, first.closed_on, first.outcome, first.rating) == (
        "by_import",
        date(2024, 1, 20),
        "solved",
        "satisfied",
    )
    assert (first.organization, first.handler, first.handler_person, first.source) == (
        cast.firm,
        cast.office,
        "薛丽",
        "visit",
    )
    assert cases[2].organization is None and cases[2].whose == "查无此厂"
    assert [case.category.name for case in cases] == ["其他", "其他", "子女入学", "其他", "夜间治安"]
    assert cases[1].due_at is not None and cases[1].due_at.date() == date(2024, 1, 18)
    assert cases[2].due_at is not None and cases[2].due_at.date() == date(2024, 12, 31)
    assert batch.problems == [(3, "enterprise"), (4, "done_on"), (5, "state")]
    assert len(batch.kept) == 5
    assert Entry.objects.filter(verb="cases.import_needs").count() == 1
    kinds = Duty.objects.filter(state="open").order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["cases.answer", "cases.answer", "cases.review"]


def test_a_second_run_changes_nothing(cast: Cast) -> None:
    store(cast, ROWS)
    plain = [line(9, number=None), line(10, number=None)]
    store(cast, plain)
    assert Case.objects.count() == 7
    again = store(cast, [*ROWS, *plain])
    assert Case.objects.count() == 7 and again.kept == []


def values(cast: Cast, who: str, start: date, end: date) -> dict[str, tuple[int, int | None]]:
    actor = cast.actor(who)
    scoped = Scoped((cast.town.pk,), start, end)
    return {
        i.code.removeprefix("cases."): (
            i.rows(actor, scoped).count(),
            i.base(actor, scoped).count() if i.base else None,
        )
        for i in INDICATORS
    }


def test_figures_of_a_year(cast: Cast) -> None:
    store(cast, ROWS)
    Case.objects.filter(external_number="JB002").update(registered_on=date(2023, 12, 1))
    found = values(cast, "leader", date(2024, 1, 1), date(2024, 12, 31))
    assert found["collected"] == (4, None)
    assert found["solved"] == (2, None)
    assert found["solving_rate_linked"] == (2, 4)
    assert found["solving_rate_unlinked"] == (2, 4)
    assert found["closed_without_reply"] == (0, None)
    assert found["overdue_open"] == (2, None)
    assert set(values(cast, "other_clerk", date(2024, 1, 1), date(2024, 12, 31)).values()) <= {
        (0, None),
        (0, 0),
    }


def test_linked_and_unlinked_rates_differ(cast: Cast) -> None:
    store(cast, [line(1, state="已解决", date=date(2023, 12, 20), done_on=date(2024, 1, 5)), line(2)])
    found = values(cast, "clerk", date(2024, 1, 1), date(2024, 3, 31))
    assert found["solving_rate_linked"] == (0, 1) and found["solving_rate_unlinked"] == (1, 1)
