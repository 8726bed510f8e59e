"""Cadres sent down to stations: from where, to which station, resident at the service centre or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lianjian.directory.models import Membership, Organization, Person
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.errors import Refused
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record, record_bulk

from .. import rules
from .people import People, check_band, person_of

DISPATCHED = "dispatched"


@dataclass(frozen=True)
class CadreLine:
    """One line of a list of cadres. `number` is its row in the sheet."""

    number: int
    name: str
    station: Organization
    since: date
    origin: str = ""
    resident: bool = False
    phone: str = ""


@dataclass
class ImportedCadres:
    """What an import did, by row number; new persons; lines that could not be stored."""

    made: dict[int, Membership] = field(default_factory=dict)
    changed: list[tuple[Membership, dict[str, Any]]] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    refused: dict[int, Refused] = field(default_factory=dict)


def _check(station: Organization) -> None:
    if station.classification != Organization.Classification.STATION:
        raise rules.NotAStation(name=station.name)
    if station.merged_into_id is not None or station.dissolved_on is not None:
        raise rules.StandsNoLonger(name=station.name)


@verb
def dispatch_cadre(
    *,
    actor: Actor,
    person: Person | str,
    station: Organization,
    since: date,
    now: datetime,
    resident: bool = False,
    origin: str = "",
    phone: str = "",
    band: str = "",
) -> Membership:
    """Send a cadre to a station from `since`; a posting elsewhere ends the day before.

    `band`: of the cadre's rank (`rules.BANDS`). Raises `NotAStation`, `UnknownChoice`, `AlreadyCovered`,
    `SeveralPeople`, `Denied`.
    """
    require(actor, "coverage.write", station)
    _check(station)
    check_band(band)
    who = person_of(person, station.jurisdiction_id, role=DISPATCHED, now=now, phone=phone)
    rows = [
        rules.Held(pk, place, begun, until)
        for pk, place, begun, until in Membership.objects.filter(role=DISPATCHED, person=who).values_list(
            "id", "organization_id", "since", "until"
        )
    ]
    found = rules.plan(rows, [station.pk], since, exclusive=True)
    if found.nothing:
        raise rules.AlreadyCovered(day=since)
    details = {"resident": resident, "origin": origin.strip()[:80]} | ({"band": band} if band else {})
    Membership.objects.filter(pk__in=found.end).update(until=since)
    turned = [pk for pk, _holder in found.hand_over]
    Membership.objects.filter(pk__in=turned).update(organization=station, details=details)
    for _station, until in found.begin:
        Membership.objects.create(
            jurisdiction_id=who.jurisdiction_id,
            person=who,
            organization=station,
            role=DISPATCHED,
            since=since,
            until=until,
            details=details,
        )
    record(
        actor=actor,
        verb="coverage.dispatch_cadre",
        subject=station,
        now=now,
        changes={"cadre": ("", who.name), "since": ("", since), "resident": ("", resident)},
    )
    return Membership.objects.get(role=DISPATCHED, person=who, organization=station, since=since)


@verb
def end_dispatch(*, actor: Actor, membership: Membership, until: date, now: datetime) -> None:
    """A cadre goes back: `until` is the first day away from the station. Raises `EndsTooEarly`, `Denied`."""
    require(actor, "coverage.write", membership.organization)
    if until <= membership.since:
        raise rules.EndsTooEarly(since=membership.since)
    membership.until = until
    membership.save(update_fields=["until"])
    record(
        actor=actor,
        verb="coverage.end_dispatch",
        subject=membership.organization,
        now=now,
        changes={"cadre": (membership.person.name, ""), "until": ("", until)},
    )


@verb
def import_cadres(
    *, actor: Actor, jurisdiction_id: int, rows: Sequence[CadreLine], batch_key: str, now: datetime
) -> ImportedCadres:
    """Store a list of dispatched cadres; one who is at the station already is mended. One journal entry for all."""
    require(actor, "sheets.import", Whole(jurisdiction_id))
    result = ImportedCadres()
    people = People(jurisdiction_id, [line.name for line in rows], role=DISPATCHED)
    meant: list[tuple[CadreLine, Person]] = []
    for line in rows:
        try:
            _check(line.station)
            meant.append((line, people.get(line.name, now, line.phone)))
        except Refused as refusal:
            result.refused[line.number] = refusal
    result.people = people.write()
    stored = {
        row.person_id: row
        for row in Membership.objects.filter(
            role=DISPATCHED, person__in=[person for _line, person in meant], until__isnull=True
        )
    }
    ended: list[Membership] = []
    mended: list[Membership] = []
    for line, person in meant:
        _post(line, person, stored, result, ended, mended)
    Membership.objects.bulk_update(ended, ["until"], batch_size=2000)
    Membership.objects.bulk_update(mended, ["details", "organization", "since"], batch_size=2000)
    Membership.objects.bulk_create(result.made.values(), batch_size=2000)
    written = {
        "directory.membership": [row.pk for row in result.made.values()],
        "changed": [row.pk for row, _before in result.changed],
        "directory.person": [person.pk for person in result.people],
    }
    if any(written.values()):
        kept = {label: ids for label, ids in written.items() if ids}
        record_bulk(
            actor=actor, verb="coverage.import_cadres", subject=None, rows=kept, now=now, note=batch_key,
            jurisdiction_id=jurisdiction_id,
        )  # fmt: skip
    return result


def _post(
    line: CadreLine,
    person: Person,
    stored: dict[int, Membership],
    result: ImportedCadres,
    ended: list[Membership],
    mended: list[Membership],
) -> None:
    """One line: the same posting is mended, another station ends it, nobody posted is posted."""
    details = {"resident": line.resident, "origin": line.origin.strip()[:80]}
    row = stored.get(person.pk)
    if row is not None and (row.organization_id == line.station.pk or row.since >= line.since):
        wanted = {"details": {**row.details, **details}, "since": min(row.since, line.since)}
        before = {name: getattr(row, name) for name, value in wanted.items() if getattr(row, name) != value}
        if before and row.pk is not None:
            for name, value in wanted.items():
                setattr(row, name, value)
            mended.append(row)
            result.changed.append((row, before))
        return
    if row is not None and row.pk is not None:
        result.changed.append((row, {"until": None}))
        row.until = line.since
        ended.append(row)
    made = Membership(
        jurisdiction_id=person.jurisdiction_id, person=person, organization=line.station, role=DISPATCHED,
        since=line.since, details=details,
    )  # fmt: skip
    stored[person.pk] = result.made[line.number] = made
