"""Visits from a spreadsheet, thousands at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from lianjian.directory.actions.bulk.rows import allocate, insert, new_keys
from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.among import Among
from lianjian.foundation.rights import require
from lianjian.foundation.searchdb import Vectors
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record_bulk

from ..models import Visit, VisitPerson
from ..rules import purpose_of, split_names
from .visitors import joined, registered


class VisitLine(NamedTuple):
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


_day = lru_cache(4096)(date.isoformat)
Parts = tuple[str, str, str, str, str]


def _parts(line: VisitLine, whom: str) -> Parts:
    return (_day(line.visited_on), line.visitors, whom, line.received_by, line.content)


def line_key(parts: Parts, copy: int) -> str:
    """Equal lines of one sheet are told apart by `copy`; the same sheet read again gives the same keys."""
    return hashlib.sha256("\0".join((*parts, str(copy))).encode()).hexdigest()


def _keyed(rows: Sequence[VisitLine]) -> list[tuple[VisitLine, str, int]]:
    """Each line with its key and which of the equal lines it is."""
    copies: dict[Parts, int] = {}
    keyed = []
    for line in rows:
        parts = _parts(line, str(line.organization.pk) if line.organization else line.organization_text)
        nth = copies[parts] = copies.get(parts, 0) + 1
        keyed.append((line, line_key(parts, nth), nth))
    return keyed


def _stored(jurisdiction_id: int, keys: Iterable[str]) -> set[str]:
    """Those of the keys that a visit has."""
    rows = Visit.objects.filter(Among("line_key", keys), jurisdiction_id=jurisdiction_id)
    return set(rows.values_list("line_key", flat=True))


def _fresh(jurisdiction_id: int, rows: Sequence[VisitLine]) -> tuple[list[VisitLine], list[str]]:
    """The lines that no visit has yet, with their keys.

    A line stored before its firm was recognised has the key of the name as written.
    """
    keyed = _keyed(rows)
    known: set[str] = set()
    if Visit.objects.filter(jurisdiction_id=jurisdiction_id).exclude(line_key="").exists():
        known = _stored(jurisdiction_id, [key for _line, key, _nth in keyed])
        written = {
            key: line_key(_parts(line, line.organization_text), nth)
            for line, key, nth in keyed
            if line.organization is not None and key not in known
        }
        before = _stored(jurisdiction_id, written.values())
        known |= {key for key, old in written.items() if old in before}
    left = [(line, key) for line, key, _nth in keyed if key not in known]
    return [line for line, _key in left], [key for _line, key in left]


@verb
def import_visits(
    *, actor: Actor, jurisdiction_id: int, rows: Sequence[VisitLine], batch_key: str, now: datetime
) -> dict[int, int]:
    """Store visits in bulk; returns the ids of the new ones by row number. A line stored before is left as it is.

    One journal entry for all, with their number and digest.
    """
    require(actor, "sheets.import", Whole(jurisdiction_id))
    fresh, keys = _fresh(jurisdiction_id, rows)
    if not fresh:
        return {}
    ids = allocate(Visit, len(fresh))
    parties = [split_names(line.visitors) for line in fresh]
    _insert_visits(actor, jurisdiction_id, fresh, parties, ids, keys, now)
    _link_people(jurisdiction_id, parties, ids)
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
    parties: Sequence[Sequence[str]],
    ids: list[int],
    keys: list[str],
    now: datetime,
) -> None:
    whom = [line.organization.name if line.organization else line.organization_text for line in lines]
    words = Vectors()
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
            "visitors": [joined(names) for names in parties],
            "received_by": [line.received_by[:60] for line in lines],
            "content": [line.content for line in lines],
            "needs_found": [line.needs_found for line in lines],
            "remark": [line.remark[:300] for line in lines],
            "line_key": keys,
            "search": [
                " ".join(map(words.__getitem__, (firm, *names, line.received_by, line.content)))
                for line, names, firm in zip(lines, parties, whom, strict=True)
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


def _link_people(jurisdiction_id: int, parties: Sequence[Sequence[str]], ids: list[int]) -> None:
    people = registered(jurisdiction_id, {name for party in parties for name in party})
    if not people:
        return
    found = [
        (pk, people[name])
        for pk, names in zip(ids, parties, strict=True)
        for name in dict.fromkeys(names)
        if name in people
    ]
    if found:
        visits, persons = (list(column) for column in zip(*found, strict=True))
        keys = list(new_keys(len(found)))
        insert(
            VisitPerson,
            {"key": keys, "visit_id": visits, "person_id": persons},
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
        Visit.objects.filter(Among("pk", ids)).update(organization=organization, organization_text="")
        record_bulk(
            actor=actor,
            verb="events.adopt_visits",
            subject=organization,
            rows={"events.visit": ids},
            now=now,
            jurisdiction_id=jurisdiction_id,
        )
    return len(ids)
