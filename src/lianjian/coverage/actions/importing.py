"""Stations and instructors of a whole ledger of enterprises at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lianjian.directory.actions.organizations import LINK_CONSTRAINTS
from lianjian.directory.models import Link, Membership, Organization, Person
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.among import Among
from lianjian.foundation.errors import Refused
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record_bulk

from .. import rules
from .covering import INSTRUCTOR, Writer, check_station, held_instructors, held_links
from .people import People


@dataclass(frozen=True)
class CoverageLine:
    """What one line of a ledger says about one enterprise. Empty cells leave everything as it is."""

    number: int
    enterprise: Organization
    station: Organization | None = None
    instructors: tuple[str, ...] = ()


@dataclass
class ImportedCoverage:
    """What an import did; new persons; cells that could not be stored, as (field, refusal) by row number."""

    made: list[Link | Membership] = field(default_factory=list)
    changed: list[tuple[Link | Membership, dict[str, Any]]] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    refused: dict[int, list[tuple[str, Refused]]] = field(default_factory=dict)


@verb(constraints=LINK_CONSTRAINTS)
def import_coverage(
    *,
    actor: Actor,
    jurisdiction_id: int,
    rows: Sequence[CoverageLine],
    since: date,
    batch_key: str,
    now: datetime,
) -> ImportedCoverage:
    """Let stations and instructors hold from `since` as the ledger says; days before stay. One journal entry.

    An enterprise written twice keeps what its first line says.
    """
    require(actor, "sheets.import", Whole(jurisdiction_id))
    result = ImportedCoverage()
    ids = {line.enterprise.pk for line in rows}
    links, guided = held_links(ids), held_instructors(ids)
    people = People(jurisdiction_id, [name for line in rows for name in line.instructors], role=INSTRUCTOR)
    meant = _meant(rows, people, result, now)
    result.people = people.write()
    writer, seen = Writer(since), set[tuple[str, int]]()
    for line, persons in meant:
        firm = line.enterprise
        if line.station is not None and ("station", firm.pk) not in seen:
            seen.add(("station", firm.pk))
            try:
                check_station(line.station, firm)
            except Refused as refusal:
                result.refused.setdefault(line.number, []).append(("station", refusal))
            else:
                writer.cover(
                    rules.plan(links.get(firm.pk, ()), [line.station.pk], since, exclusive=True), firm
                )
        if persons and ("instructor", firm.pk) not in seen:
            seen.add(("instructor", firm.pk))
            by_id = {person.pk: person for person in persons}
            writer.guide(
                rules.plan(guided.get(firm.pk, ()), list(by_id), since, exclusive=False), firm, by_id
            )
    _remember(writer, links, guided, result)
    writer.write()
    written = {**writer.rows(), "directory.person": [person.pk for person in result.people]}
    kept = {label: found for label, found in written.items() if found}
    if kept:
        record_bulk(
            actor=actor, verb="coverage.import_coverage", subject=None, rows=kept, now=now, note=batch_key,
            jurisdiction_id=jurisdiction_id,
        )  # fmt: skip
    result.made = [*writer.links, *writer.memberships]
    return result


def _meant(
    rows: Sequence[CoverageLine], people: People, result: ImportedCoverage, now: datetime
) -> list[tuple[CoverageLine, list[Person]]]:
    """Each line with the persons its names mean."""
    found = []
    for line in rows:
        persons: list[Person] = []
        for name in line.instructors:
            try:
                persons.append(people.get(name, now))
            except Refused as refusal:
                result.refused.setdefault(line.number, []).append(("instructor", refusal))
        found.append((line, persons))
    return found


def _remember(
    writer: Writer,
    links: dict[int, list[rules.Held]],
    guided: dict[int, list[rules.Held]],
    result: ImportedCoverage,
) -> None:
    """What the rows were before the plans are written, so that the batch can be undone."""
    known: dict[str, tuple[Any, dict[int, list[rules.Held]]]] = {
        "link": (Link, links),
        "membership": (Membership, guided),
    }
    for kind, (model, groups) in known.items():
        by_id = {row.id: row for group in groups.values() for row in group}
        turned = {pk: holder for word, pk, holder in writer.turned if word == kind}
        touched = {*writer.ended[kind], *writer.cuts[kind], *turned}
        holder = "source_id" if kind == "link" else "person_id"
        for row in model.objects.filter(Among("pk", touched)):
            if row.pk in turned:
                before: dict[str, Any] = {holder: by_id[row.pk].holder}
                setattr(row, holder, turned[row.pk])
            else:
                before = {"until": by_id[row.pk].until}
                row.until = writer.day if row.pk in writer.ended[kind] else rules.next_day(writer.day)
            result.changed.append((row, before))
