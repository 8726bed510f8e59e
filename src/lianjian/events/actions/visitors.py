"""Who went on a visit: the names as told, and which of them are registered persons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lianjian.directory.models import Person
from lianjian.foundation.among import Among

from ..rules import split_names

Visitor = Person | str


def registered(jurisdiction_id: int, names: Iterable[str]) -> dict[str, int]:
    """Persons by name, only where the name belongs to one person of the jurisdiction."""
    found: dict[str, int | None] = {}
    people = Person.objects.filter(Among("name", set(names)), jurisdiction_id=jurisdiction_id)
    for pk, name in people.values_list("id", "name"):
        found[name] = None if name in found else pk
    return {name: pk for name, pk in found.items() if pk is not None}


def named(people: Sequence[Visitor]) -> dict[str, int | None]:
    """Names in order without doubles, with the person where one was given; a text may hold several names."""
    found: dict[str, int | None] = {}
    for one in people:
        if isinstance(one, Person):
            found[one.name] = found.get(one.name) or one.pk
        else:
            for name in split_names(one):
                found.setdefault(name, None)
    return found


def joined(names: Iterable[str]) -> str:
    """The names as a visit keeps them."""
    return "、".join(names)
