"""Phones of firms: the person who can be called, with a dated membership. No phone, no person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from lianjian.foundation.among import Among
from lianjian.foundation.secretfield import blind, seal

from ...models import Membership, Person
from .rows import allocate, insert, new_keys

ROLE = "legal_representative"
COLUMN = "directory_person.phone"


def store_contacts(*, lines: Sequence[Any], batch: Any, since: date, now: datetime, made: Any) -> None:
    """A person for each phone that came with a name, and that person's role in the firm. Known ones are reused."""
    called = [
        (line, line.facts["legal_representative"], str(line.row.values.get("phone") or ""))
        for line in lines
        if line.row.values.get("phone") and line.facts["legal_representative"]
    ]
    if not called:
        return
    people = _people(called, batch, now, made)
    wanted = {(people[name, phone], line.organization.pk): line for line, name, phone in called}
    held = set(
        Membership.objects.filter(
            Among("organization_id", {pk for _person, pk in wanted}), role=ROLE, until__isnull=True
        ).values_list("person_id", "organization_id")
    )
    fresh = [pair for pair in wanted if pair not in held]
    ids = allocate(Membership, len(fresh))
    insert(
        Membership,
        {
            "id": ids,
            "key": list(new_keys(len(fresh))),
            "person_id": [person for person, _pk in fresh],
            "organization_id": [pk for _person, pk in fresh],
        },
        {"jurisdiction_id": batch.jurisdiction_id, "role": ROLE, "since": since, "details": "{}"},
    )
    made.note("directory.membership", ids)
    batch.make_many(Membership, ids, [wanted[pair].row for pair in fresh])


def _people(
    called: Sequence[tuple[Any, str, str]], batch: Any, now: datetime, made: Any
) -> dict[tuple[str, str], int]:
    """The person of each (name, phone): known by the same phone and name in this jurisdiction, or new."""
    blinds = {phone: blind(phone) for _line, _name, phone in called}
    known = {
        (name, mark): pk
        for pk, name, mark in Person.objects.filter(
            Among("phone_blind", set(blinds.values())), jurisdiction_id=batch.jurisdiction_id
        ).values_list("id", "name", "phone_blind")
    }
    found: dict[tuple[str, str], int] = {}
    fresh: dict[tuple[str, str], None] = {}
    for _line, name, phone in called:
        pk = known.get((name, blinds[phone]))
        if pk is not None:
            found[name, phone] = pk
        else:
            fresh[name, phone] = None
    ids = allocate(Person, len(fresh))
    insert(
        Person,
        {
            "id": ids,
            "key": list(new_keys(len(fresh))),
            "name": [name for name, _phone in fresh],
            "phone": [seal(phone, COLUMN) for _name, phone in fresh],
            "phone_blind": [blinds[phone] for _name, phone in fresh],
        },
        {
            "jurisdiction_id": batch.jurisdiction_id,
            "sex": "",
            "identity_number": "",
            "identity_blind": "",
            "name_published": False,
            "note": "",
            "changed_at": now,
        },
    )
    found |= dict(zip(fresh, ids, strict=True))
    made.note("directory.person", ids)
    batch.make_many(Person, ids)
    return found
