"""Visits from a spreadsheet, thousands at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from lianjian.directory.actions.bulk.rows import allocate, insert, new_keys
from lianjian.directory.models import Organization, Person
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.rights import require
from lianjian.foundation.searchdb import vector_text
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record_bulk

from ..models import Visit, VisitPerson
from ..rules import purpose_of, split_names


@dataclass(frozen=True)
class VisitLine:
    """One line of a ledger, resolved as far as it could be. `number` is its row in the sheet."""

    number: int
    visited_on: date
    visitors: str
    organization: Organization | None
    organization_text: str
    received_by: str = ""
    content: str = ""
    needs_found: int = 0
    remark: str = ""


def line_key(line: VisitLine, copy: int) -> str:
    """Equal lines of one sheet are told apart by `copy`; the same sheet read again gives the same keys."""
    parts = (
        line.visited_on.isoformat(),
        line.visitors,
        str(line.organization.pk if line.organization else line.organization_text),
        line.received_by,
        line.content,
        str(copy),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _people(jurisdiction_id: int, lines: Sequence[VisitLine]) -> dict[str, Person]:
    """Registered persons by name, only where the name belongs to one person of the jurisdiction."""
    names = {name for line in lines for name in split_names(line.visitors)}
    found: dict[str, Person | None] = {}
    for person in Person.objects.filter(jurisdiction_id=jurisdiction_id, name__in=names).only("id", "name"):
        found[person.name] = None if person.name in found else person
    return {name: person for name, person in found.items() if person is not None}


def _stored(jurisdiction_id: int, keys: Iterable[str]) -> set[str]:
    """Those of the keys that a visit has."""
    rows = Visit.objects.filter(jurisdiction_id=jurisdiction_id, line_key__in=list(keys))
    return set(rows.values_list("line_key", flat=True))


@verb
def import_visits(
    *, actor: Actor, jurisdiction_id: int, rows: Sequence[VisitLine], batch_key: str, now: datetime
) -> dict[int, int]:
    """Store visits in bulk; returns the ids of the new ones by row number. A line stored before is left as it is.

    One journal entry for all, with their number and digest.
    """
    require(actor, "sheets.import", Whole(jurisdiction_id))
    copies: dict[str, int] = {}
    nth: dict[int, int] = {}
    for line in rows:
        plain = line_key(line, 0)
        copies[plain] = nth[line.number] = copies.get(plain, 0) + 1
    keys = {line.number: line_key(line, nth[line.number]) for line in rows}
    known = _stored(jurisdiction_id, keys.values())
    fresh = [line for line in rows if keys[line.number] not in known]
    # A line stored before its firm was recognised has the key of the name as written.
    written = {
        line.number: line_key(replace(line, organization=None), nth[line.number])
        for line in fresh
        if line.organization is not None
    }
    known = _stored(jurisdiction_id, written.values())
    fresh = [line for line in fresh if written.get(line.number) not in known]
    ids = allocate(Visit, len(fresh))
    if not fresh:
        return {}
    _insert_visits(actor, jurisdiction_id, fresh, ids, [keys[line.number] for line in fresh], now)
    _insert_people(jurisdiction_id, fresh, ids)
    record_bulk(
        actor=actor,
        verb="events.import_visits",
        subject=None,
        rows={"events.visit": ids},
        now=now,
        note=batch_key,
        jurisdiction_id=jurisdiction_id,
    )
    return {line.number: pk for line, pk in zip(fresh, ids, strict=True)}


def _insert_visits(
    actor: Actor,
    jurisdiction_id: int,
    lines: Sequence[VisitLine],
    ids: list[int],
    keys: list[str],
    now: datetime,
) -> None:
    names = ["、".join(split_names(line.visitors))[:200] for line in lines]
    whom = [line.organization.name if line.organization else line.organization_text for line in lines]
    insert(
        Visit,
        {
            "id": ids,
            "key": list(new_keys(len(ids))),
            "organization_id": [line.organization.pk if line.organization else None for line in lines],
            "organization_text": [
                "" if line.organization else line.organization_text[:120] for line in lines
            ],
            "visited_on": [line.visited_on for line in lines],
            "purpose": [purpose_of(line.content) or "other" for line in lines],
            "visitors": names,
            "received_by": [line.received_by[:60] for line in lines],
            "content": [line.content for line in lines],
            "needs_found": [line.needs_found for line in lines],
            "remark": [line.remark[:300] for line in lines],
            "line_key": keys,
            "search": [
                vector_text(f"{firm} {people} {line.received_by} {line.content}")
                for line, people, firm in zip(lines, names, whom, strict=True)
            ],
        },
        {
            "jurisdiction_id": jurisdiction_id,
            "heard": "",
            "recorded_by": actor.user_id,
            "recorded_by_name": actor.name[:80],
            "recorded_at": now,
            "withdrawn_reason": "",
        },
    )


def _insert_people(jurisdiction_id: int, lines: Sequence[VisitLine], ids: list[int]) -> None:
    people = _people(jurisdiction_id, lines)
    found = [
        (pk, people[name].pk if name in people else None, name[:40], place)
        for pk, line in zip(ids, lines, strict=True)
        for place, name in enumerate(split_names(line.visitors))
    ]
    if found:
        visits, persons, names, places = (list(column) for column in zip(*found, strict=True))
        insert(
            VisitPerson,
            {
                "key": list(new_keys(len(found))),
                "visit_id": visits,
                "person_id": persons,
                "name": names,
                "position": places,
            },
            {"jurisdiction_id": jurisdiction_id},
        )


@verb
def adopt_visits(
    *, actor: Actor, jurisdiction_id: int, name: str, organization: Organization, now: datetime
) -> int:
    """Link visits that were kept under a name as text, once a clerk has decided whom the name means."""
    require(actor, "sheets.import", Whole(jurisdiction_id))
    rows = Visit.objects.filter(
        jurisdiction_id=jurisdiction_id, organization__isnull=True, organization_text=name
    )
    ids = list(rows.values_list("pk", flat=True))
    if ids:
        Visit.objects.filter(pk__in=ids).update(organization=organization, organization_text="")
        record_bulk(
            actor=actor,
            verb="events.adopt_visits",
            subject=organization,
            rows={"events.visit": ids},
            now=now,
            jurisdiction_id=jurisdiction_id,
        )
    return len(ids)
