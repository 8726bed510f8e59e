"""Visits from a spreadsheet, thousands at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lianjian.directory.models import Organization, Person
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.rights import require
from lianjian.foundation.searchdb import vector
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record_bulk

from ..models import Visit, VisitPerson
from ..rules import purpose_of, split_names
from .visits import search_text

CHUNK = 2000


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


@verb
def import_visits(
    *, actor: Actor, jurisdiction_id: int, rows: Sequence[VisitLine], batch_key: str, now: datetime
) -> dict[int, Visit]:
    """Store visits in bulk; returns the new ones by row number. A line stored before is left as it is.

    One journal entry for all, with their number and digest.
    """
    require(actor, "sheets.import", Whole(jurisdiction_id))
    copies: dict[str, int] = {}
    keys: dict[int, str] = {}
    for line in rows:
        plain = line_key(line, 0)
        copies[plain] = copies.get(plain, 0) + 1
        keys[line.number] = line_key(line, copies[plain])
    known = set(
        Visit.objects.filter(jurisdiction_id=jurisdiction_id, line_key__in=list(keys.values())).values_list(
            "line_key", flat=True
        )
    )
    fresh = [line for line in rows if keys[line.number] not in known]
    visits = [_visit(actor, jurisdiction_id, line, keys[line.number], now) for line in fresh]
    Visit.objects.bulk_create(visits, batch_size=CHUNK)
    people = _people(jurisdiction_id, fresh)
    VisitPerson.objects.bulk_create(
        (
            VisitPerson(
                jurisdiction_id=jurisdiction_id,
                visit=visit,
                person=people.get(name),
                name=name[:40],
                position=place,
            )
            for visit, line in zip(visits, fresh, strict=True)
            for place, name in enumerate(split_names(line.visitors))
        ),
        batch_size=CHUNK,
    )
    if visits:
        record_bulk(
            actor=actor,
            verb="events.import_visits",
            subject=None,
            rows={"events.visit": [visit.pk for visit in visits]},
            now=now,
            note=batch_key,
            jurisdiction_id=jurisdiction_id,
        )
    return {line.number: visit for line, visit in zip(fresh, visits, strict=True)}


def _visit(actor: Actor, jurisdiction_id: int, line: VisitLine, key: str, now: datetime) -> Visit:
    purpose = purpose_of(line.content)
    visit = Visit(
        jurisdiction_id=jurisdiction_id,
        organization=line.organization,
        organization_text="" if line.organization else line.organization_text[:120],
        visited_on=line.visited_on,
        purpose=purpose or "other",
        visitors="、".join(split_names(line.visitors))[:200],
        received_by=line.received_by[:60],
        content=line.content,
        needs_found=line.needs_found,
        remark=line.remark[:300],
        recorded_by=actor.user_id,
        recorded_by_name=actor.name,
        recorded_at=now,
        line_key=key,
    )
    visit.search = vector(
        search_text(visit, line.organization.name if line.organization else line.organization_text)
    )
    return visit
