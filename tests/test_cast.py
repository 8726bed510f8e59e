"""The cast itself: it can be built, and the wall stands around its towns."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from lianjian.directory.models import Organization, Person
from lianjian.foundation import context
from lianjian.jurisdictions import catalog
from tests.cast import Cast


def test_catalog_finds_no_fault(db: None) -> None:
    assert catalog.problems(connection) == []


def test_without_context_nothing_owned_can_be_read(cast: Cast) -> None:
    context.leave()
    with pytest.raises(DatabaseError), transaction.atomic():
        list(Person.objects.all())


def test_a_forgotten_filter_shows_one_town_only(cast: Cast) -> None:
    cast.actor("other_clerk")
    assert set(Person.objects.values_list("jurisdiction_id", flat=True)) == {cast.other_town.pk}
    cast.actor("county_leader")
    assert set(Person.objects.values_list("jurisdiction_id", flat=True)) == {
        cast.county.pk,
        cast.town.pk,
        cast.other_town.pk,
    }


def test_a_forged_context_is_refused(cast: Cast) -> None:
    good = context.sign((cast.town.pk,), (), expires=4102444800)
    wide = good.replace(f"{{{cast.town.pk}}}", f"{{{cast.town.pk},{cast.county.pk}}}", 1)
    for value in (wide, good[:-1], "{1}|{1}|4102444800|00", "x", context.sign((1,), (1,), expires=1)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.ctx', %s, true)", [value])
        with pytest.raises(DatabaseError), transaction.atomic():
            list(Person.objects.all())


def test_the_path_is_the_chain_of_parents(cast: Cast) -> None:
    firm = Organization.objects.select_related("parent__parent").get(pk=cast.firm.pk)
    assert firm.path.startswith(firm.parent.path) and firm.parent.path.startswith(firm.parent.parent.path)
    assert (firm.depth, firm.parent.depth, firm.parent.parent.depth) == (2, 1, 0)
