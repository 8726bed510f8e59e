"""Rows written by kept statements are those that `save` would write; references are never older than the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from lianjian.cases.models import Case, CaseEvent, Category
from lianjian.cases.queries.tree import tree_of
from lianjian.cases.tests.walk import register
from lianjian.foundation import prepared, references
from lianjian.foundation.remembered import one_request
from lianjian.foundation.searchdb import search, vector
from lianjian.foundation.writing import add, add_all, add_together
from lianjian.jurisdictions import catalog
from tests.cast import NOW, Cast


def _copy(case: Case, number: str) -> Case:
    facts = {field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields}
    facts |= {"id": None, "number": number, "search": vector("独一无二")}
    del facts["key"]
    return Case(**facts)


def test_what_is_added_is_what_save_would_store(cast: Cast) -> None:
    case = register(cast, reporter="丁宁", reporter_phone="13800000000")
    saved, added = _copy(case, "A-1"), _copy(case, "A-2")
    saved.save(force_insert=True)
    assert add(added) is added and added.pk and not added._state.adding
    one, two = Case.objects.get(pk=saved.pk), Case.objects.get(pk=added.pk)
    for field in Case._meta.concrete_fields:
        if field.name not in ("id", "key", "number"):
            assert getattr(one, field.attname) == getattr(two, field.attname), field.name
    assert {saved.pk, added.pk} == set(search(Case.objects.all(), "独一无二").values_list("pk", flat=True))
    with connection.cursor() as cursor:  # a sealed field is sealed
        cursor.execute("SELECT reporter_phone FROM cases_case WHERE id = %s", [added.pk])
        assert "13800000000" not in str(cursor.fetchone())
    added.title = "改过"
    added.save()
    assert Case.objects.get(pk=added.pk).title == "改过"


def test_together_in_one_round_trip(cast: Cast) -> None:
    case = _copy(register(cast), "B-1")
    told = [
        CaseEvent(jurisdiction_id=case.jurisdiction_id, case=case, at=NOW + timedelta(hours=n), move="note", to_state="x")
        for n in range(3)
    ]
    with CaptureQueriesContext(connection) as asked:
        add_together(case, *told)
    assert len(asked) == 1
    assert list(CaseEvent.objects.filter(case_id=case.pk).order_by("at")) == told
    assert CaseEvent.objects.get(pk=told[1].pk).case_id == case.pk
    stranger = CaseEvent(jurisdiction_id=case.jurisdiction_id, case=_copy(case, "B-2"), at=NOW, move="note", to_state="x")
    with pytest.raises(ValueError, match="not stored"):
        add(stranger)
    with pytest.raises(IntegrityError), transaction.atomic():
        add_all([_copy(case, "B-3"), _copy(case, "B-3")])
    assert add_all([]) == []


@pytest.mark.django_db
def test_references_are_counted_and_readable_by_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'reference'")
        assert {table for (table,) in cursor.fetchall()} == references.TABLES
        cursor.execute(
            "SELECT tablename FROM pg_policies WHERE policyname = 'read' AND qual = 'true' AND schemaname = 'public'"
        )
        open_to_all = {table for (table,) in cursor.fetchall()}
    assert open_to_all | set(catalog.WITHOUT_JURISDICTION) >= references.TABLES


def _count() -> int:
    return int(prepared.rows(f"SELECT {references.COUNT}")[0][0])


def test_rows_are_kept_until_somebody_changes_them(cast: Cast) -> None:
    category = Category.objects.filter(jurisdiction=cast.town).first() or register(cast).category

    def names(*, asks: int) -> str:
        with CaptureQueriesContext(connection) as asked:
            found = tree_of(cast.town.pk).nodes[category.code].name
        assert len(asked) == asks
        return found

    for _time in range(2):  # nobody said how many changes there were: always asked, places and tree
        names(asks=2)
    for asks in (1, 0, 0):
        with one_request(), references.watched():
            references.learn(_count())
            tree_of(cast.county.pk)  # the line of places is remembered
            if asks:
                references.clear()
            assert names(asks=asks) == category.name
    with one_request(), references.watched():
        references.learn(_count())
        Category.objects.filter(pk=category.pk).update(name="换了名")
        assert tree_of(cast.town.pk).nodes[category.code].name == "换了名"  # its own change is seen at once
    with one_request(), references.watched():
        references.learn(_count())
        assert tree_of(cast.town.pk).nodes[category.code].name == "换了名"
        with pytest.raises(RuntimeError), transaction.atomic():
            Category.objects.filter(pk=category.pk).update(name="没有成")
            raise RuntimeError
    with one_request(), references.watched():
        references.learn(_count())
        assert tree_of(cast.town.pk).nodes[category.code].name == "换了名"


def test_the_count_only_grows(cast: Cast) -> None:
    from lianjian.foundation.tasks import tidy

    cast.actor("clerk")
    before = _count()
    Category.objects.filter(jurisdiction=cast.town).update(position=7)
    after = _count()
    assert after > before
    tidy(timestamp=0)
    assert _count() == after


def test_what_a_slower_reader_brings_is_kept_under_its_own_count() -> None:
    def slow() -> str:
        references.learn(8)  # meanwhile another thread learned of a change and read anew
        assert references.kept("other", lambda: "new") == "new"
        references.learn(7)
        return "old"

    with one_request():
        references.learn(7)
        assert references.kept("key", slow) == "old"
        references.learn(8)
        assert references.kept("key", lambda: "fresh") == "fresh"
