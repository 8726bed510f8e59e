"""Bulk import through the real sheet parts, and the figures of what it stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from lianjian.directory.models import Organization, Person
from lianjian.foundation.batch import SheetRow
from lianjian.foundation.declare import Scoped
from lianjian.partylife import figures, sheets
from lianjian.partylife.models import Applicant, FoundMember
from tests.cast import NOW, Cast


@dataclass
class Batch:
    """What the wizard offers a part, kept in lists."""

    root: Organization
    year: int = 2024
    label: str = "批次"
    made: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    problems: list[tuple[int, str, str, str]] = field(default_factory=list)

    @property
    def jurisdiction_id(self) -> int:
        return self.root.jurisdiction_id

    def make(self, instance: Any, row: Any = None) -> None:
        self.made.append(instance)

    def change(self, instance: Any, before: dict[str, Any], row: Any = None) -> None:
        self.changed.append((instance, before))

    def problem(self, row: SheetRow, field: str, severity: str, sentence: str) -> None:
        self.problems.append((row.number, field, severity, sentence))

    def resolve_org(
        self, name: str, code: str = "", classification: Any = None, **place: Any
    ) -> Organization | None:
        rows = Organization.objects.filter(Q(name=name) | Q(short_name=name))[:2]
        return rows[0] if len(rows) == 1 else None


FOUND = [
    {"name": "秦川", "sex": "male", "enterprise": "晨光木业", "home_branch": "外县党支部",
     "joint_branch": "晨光木业党支部", "found_on": date(2024, 2, 3)},
    {"name": "唐雨", "sex": "female", "enterprise": "柳溪远山家居有限公司", "joint_branch": "五金产业链党支部",
     "found_on": date(2024, 8, 31)},
    {"name": "唐雨", "sex": "female", "enterprise": "没有登记的厂", "found_on": date(2023, 12, 30)},
]  # fmt: skip
WAY = [
    {"name": "甲一", "enterprise": "晨光木业", "kind": "业务骨干", "applied_on": date(2024, 1, 28),
     "activist_on": date(2024, 8, 21), "contacts": ("沈斌", "于莉")},
    {"name": "乙二", "enterprise": "晨光木业", "kind": "企业负责人", "applied_on": date(2024, 6, 1)},
    {"name": "丙三", "enterprise": "柳溪远山家居有限公司", "kind": "产业人才", "applied_on": date(2021, 5, 10),
     "activist_on": date(2021, 11, 2), "probationary_on": date(2024, 7, 1)},
    {"name": "丁四", "enterprise": "柳溪远山家居有限公司", "kind": "驻厂技师", "applied_on": date(2024, 5, 10),
     "activist_on": date(2024, 5, 1)},
]  # fmt: skip


def _run(cast: Cast, store: Any, lines: list[dict[str, Any]]) -> Batch:
    batch = Batch(cast.town_root)
    rows = [SheetRow(number, dict(values)) for number, values in enumerate(lines, start=4)]
    store(actor=cast.actor("clerk"), batch=batch, rows=rows, now=NOW)
    return batch


def _value(cast: Cast, code: str, start: date, end: date, *, base: bool = False) -> int:
    indicator = next(i for i in figures.INDICATORS if i.code == f"partylife.{code}")
    asked = Scoped((cast.town.pk,), start, end)
    rows = (indicator.base if base else indicator.rows)(cast.actor("leader"), asked)  # type: ignore[misc]
    return int(rows.count())


YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def test_found_members_are_stored_once(cast: Cast) -> None:
    first = _run(cast, sheets.store_found, FOUND)
    assert FoundMember.objects.count() == 3 and Person.objects.filter(name="唐雨").count() == 2
    assert [problem[:3] for problem in first.problems] == [(6, "enterprise", "warning")]
    assert len(first.made) == 7, "one of the three is in nobody's care yet and has a follow-up"
    again = _run(cast, sheets.store_found, FOUND)
    assert (again.made, again.changed) == ([], []) and FoundMember.objects.count() == 3
    row = FoundMember.objects.get(person__name="秦川")
    assert (row.joint_branch_id, row.home, row.managed_on) == (cast.branch.pk, "外县党支部", date(2024, 2, 3))
    mended = _run(cast, sheets.store_found, [{**FOUND[0], "found_on": date(2024, 2, 5), "home_branch": ""}])
    row.refresh_from_db()
    assert len(mended.changed) == 1 and row.found_on == date(2024, 2, 5) and row.home == "外县党支部"


def test_figures_of_found_members(cast: Cast) -> None:
    _run(cast, sheets.store_found, FOUND)
    assert _value(cast, "found", *YEAR) == 2
    assert _value(cast, "managed_rate", *YEAR) == 2 and _value(cast, "managed_rate", *YEAR, base=True) == 2
    assert _value(cast, "found", date(2023, 1, 1), date(2023, 12, 31)) == 1
    assert _value(cast, "managed", date(2023, 1, 1), date(2023, 12, 31)) == 0


def test_each_step_counts_in_its_own_year(cast: Cast) -> None:
    batch = _run(cast, sheets.store_development, WAY)
    assert [problem[:3] for problem in batch.problems] == [(7, "activist_on", "error")]
    assert Applicant.objects.count() == 3
    assert _value(cast, "applications", *YEAR) == 2
    assert _value(cast, "activists", *YEAR) == 1
    assert _value(cast, "developed", *YEAR) == 1
    assert _value(cast, "applications", date(2021, 1, 1), date(2021, 12, 31)) == 1
    row = Applicant.objects.get(person__name="甲一")
    assert (row.kind, row.contacts, row.stage) == ("backbone", "沈斌、于莉", "activist")
    again = _run(cast, sheets.store_development, WAY)
    assert again.made == [] and Applicant.objects.count() == 3
    step = _run(cast, sheets.store_development, [{**WAY[1], "activist_on": date(2024, 9, 1)}])
    assert len(step.changed) == 1 and Applicant.objects.get(person__name="乙二").stage == "activist"


def test_too_short_an_interval_is_kept_and_shown(cast: Cast) -> None:
    line = {**WAY[0], "probationary_on": date(2024, 12, 1)}
    batch = _run(cast, sheets.store_development, [line])
    assert Applicant.objects.get().stage == "probationary"
    assert batch.problems[0][2] == "warning" and "2025-08-21" in batch.problems[0][3]
