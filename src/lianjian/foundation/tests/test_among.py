"""Conditions on more values than a statement has parameters."""

from __future__ import annotations

from typing import Any

from lianjian.directory.models import Organization
from lianjian.foundation.among import Among

MORE = 70_000  # a statement has at most 65,535 parameters


def test_more_values_than_parameters(cast: Any) -> None:
    cast.system()
    firm = cast.firm
    assert Organization.objects.get(Among("pk", [*range(-MORE, 0), firm.pk])) == firm
    names = [f"无此企业{number}" for number in range(MORE)]
    assert Organization.objects.filter(Among("name", [*names, firm.name])).get() == firm
    assert firm not in Organization.objects.exclude(Among("name", [*names, firm.name]))


def test_few_and_none(cast: Any) -> None:
    cast.system()
    assert not Organization.objects.filter(Among("pk", ())).exists()
    assert not Organization.objects.filter(Among("name", set())).exists()
    assert cast.firm in Organization.objects.exclude(Among("name", ()))
    child = Organization.objects.exclude(parent=None).first()
    assert child is not None and child in Organization.objects.filter(Among("parent_id", {child.parent_id}))
    assert Organization.objects.filter(Among("name", ['a"b', "c\\d", cast.firm.name])).get() == cast.firm
