"""What a store is given (`foundation.batch.Batch`): names resolved in memory, and everything it wrote, noted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models

from lianjian.directory.actions.bulk.rows import stand_in
from lianjian.directory.models import Membership, Organization, Person
from lianjian.directory.queries.resolving import Resolution, Resolver, county_of
from lianjian.foundation.actor import Actor
from lianjian.foundation.batch import SheetRow
from lianjian.foundation.names import match_key, person_key
from lianjian.foundation.secretfield import blind

from .likely import LikeIndex
from .models import Import
from .reading.book import Sheet

PLACES = 10  # places of one doubtful name that the review list shows
LIKENED = 300  # doubtful names of one import for which likenesses are looked for
FIELDS = (
    "id",
    "key",
    "jurisdiction_id",
    "name",
    "short_name",
    "classification",
    "code",
    "path",
    "depth",
    "parent_id",
    "is_root",
    "merged_into_id",
    "dissolved_on",
)


class Doubt:
    """A written name that could not be decided, with the places where it stands."""

    __slots__ = ("candidates", "classification", "count", "name", "places")

    def __init__(self, name: str, classification: str, candidates: Sequence[int]) -> None:
        self.name = name
        self.classification = classification
        self.candidates = tuple(candidates)
        self.count = 0
        self.places: list[dict[str, Any]] = []


class Run:
    """One pass over a file: what all its sheets share."""

    def __init__(self, *, actor: Actor, imported: Import, root: Organization, now: datetime) -> None:
        self.actor = actor
        self.imported = imported
        self.jurisdiction_id = imported.jurisdiction_id
        self.root = root
        self.now = now
        self.label = f"{imported.name[:50]} {str(imported.key)[-12:]}"
        self.county = county_of(imported.jurisdiction_id)
        self.doubts: dict[tuple[str, str], Doubt] = {}
        self._resolvers: dict[tuple[str, ...], Resolver] = {}
        self._known: dict[int, tuple[Any, ...]] | None = None
        self._memo: dict[tuple[str, str, Any], Any] = {}
        self._people: dict[str, list[tuple[int, str]]] | None = None

    def forget(self) -> None:
        """A store has run: names may be new."""
        self._resolvers, self._known, self._memo, self._people = {}, None, {}, None

    def resolver(self, classification: str | Sequence[str] | None) -> Resolver:
        """The register of the county, all of it or some kinds, read once between two stores."""
        wanted = (classification,) if isinstance(classification, str) else tuple(classification or ())
        if wanted not in self._resolvers:
            self._resolvers[wanted] = Resolver.of(self.county, wanted)
        return self._resolvers[wanted]

    def organization(self, pk: int) -> Any:
        """An organization with what the register's own columns say; anything else is read when asked for."""
        if self._known is None:
            rows = Organization.objects.filter(jurisdiction_id__in=self.county).values_list(*FIELDS)
            self._known = {row[0]: row for row in rows}
        return stand_in(Organization, **dict(zip(FIELDS, self._known[pk], strict=True)))

    def resolve(self, name: str, code: str, classification: Any) -> tuple[Any | None, Resolution]:
        """The organization that a name or code means, remembered until the next store."""
        key = (name, code, classification if classification is None else tuple(classification))
        if key not in self._memo:
            found = self.resolver(classification).resolve(name, code)
            pk = found.organization_id
            self._memo[key] = (None if pk is None else self.organization(pk), found)
        return self._memo[key]  # type: ignore[no-any-return]

    def people(self) -> dict[str, list[tuple[int, str]]]:
        """Everybody of the town by name: (id, mark of the phone)."""
        if self._people is None:
            self._people = {}
            rows = Person.objects.filter(jurisdiction_id=self.jurisdiction_id)
            for pk, name, mark in rows.values_list("id", "name", "phone_blind"):
                self._people.setdefault(person_key(name), []).append((pk, mark))
        return self._people

    def doubt(self, name: str, classification: Any, found: Resolution, place: dict[str, Any] | None) -> None:
        """Put a name on the review list of this run."""
        words = classification if isinstance(classification, str) else ",".join(classification or ())
        key = (match_key(name)[:200], words)
        if not key[0]:
            return
        held = self.doubts.setdefault(key, Doubt(name, words, found.candidates))
        held.count += 1
        if place and len(held.places) < PLACES:
            held.places.append(place)

    def likenesses(self) -> dict[tuple[str, str], list[dict[str, Any]]]:
        """Candidates for each doubtful name, with the difference shown. Names that are like none have no entry."""
        indexes: dict[str, LikeIndex] = {}
        found: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for key, doubt in list(self.doubts.items())[:LIKENED]:
            resolver = self.resolver(doubt.classification.split(",") if doubt.classification else None)
            if doubt.classification not in indexes:
                indexes[doubt.classification] = LikeIndex(resolver.written, resolver.places)
            index = indexes[doubt.classification]
            if doubt.candidates:
                likes = [index.compare(doubt.name, pk, resolver.shown[pk]) for pk in doubt.candidates]
            else:
                likes = index.find(doubt.name)
            if likes:
                found[key] = [
                    {
                        "id": like.pk,
                        "name": resolver.shown[like.pk],
                        "likeness": like.likeness,
                        "difference": like.sentence,
                        "left": like.left,
                        "right": like.right,
                    }
                    for like in likes
                ]
        return found


class SheetBatch:
    """The batch of one sheet. Rows with an error reported by a store are kept from the stores after it."""

    def __init__(self, run: Run, sheet: Sheet, sheet_id: int) -> None:
        self.run = run
        self.sheet = sheet
        self.sheet_id = sheet_id
        self.jurisdiction_id = run.jurisdiction_id
        self.root = run.root
        self.year = sheet.year
        self.label = run.label
        self.problems: list[dict[str, Any]] = []
        self.dropped: set[int] = set()
        self.made: dict[str, dict[int, int]] = {}
        self.changed: list[tuple[Any, dict[str, Any], int]] = []
        self.new_rows: set[int] = set()
        self.touched_rows: set[int] = set()
        self._anchors: dict[str, dict[int, int]] = {}

    def resolve_org(
        self,
        name: str,
        code: str = "",
        classification: str | Sequence[str] | None = None,
        *,
        row: SheetRow | None = None,
        field: str = "",
    ) -> Any | None:
        """The organization meant by code, exact name, an alias or short name of the register; else None."""
        if not name and not code:
            return None
        organization, found = self.run.resolve(name, code, classification)
        if organization is None and name:
            self.run.doubt(name, classification, found, self._place(row, field) if row else self._somewhere())
        return organization

    def resolve_person(self, name: str, phone: str = "", organization: Any | None = None) -> Any | None:
        """The only person of the town with this name, and this phone or a post in the organization where given."""
        found = self.run.people().get(person_key(name), [])
        if phone:
            mark = blind(phone)
            found = [one for one in found if one[1] == mark] or [one for one in found if not one[1]]
        if organization is not None and len(found) > 1:
            holders = set(
                Membership.objects.filter(
                    organization_id=organization.pk, person_id__in=[pk for pk, _mark in found]
                ).values_list("person_id", flat=True)
            )
            found = [one for one in found if one[0] in holders]
        if len(found) != 1:
            return None
        return stand_in(Person, id=found[0][0], name=name, jurisdiction_id=self.jurisdiction_id)

    def make(self, instance: models.Model, row: SheetRow | None = None) -> None:
        """A row was made."""
        label = instance._meta.label_lower
        self.made.setdefault(label, {})[instance.pk] = row.number if row else 0
        anchor = _anchor(instance)
        if anchor and row is None:
            self._anchors.setdefault(label, {})[instance.pk] = anchor

    def make_many(
        self, model: type[models.Model], ids: Iterable[int], rows: Iterable[SheetRow | None] | None = None
    ) -> None:
        """Many rows of one model were made."""
        held = self.made.setdefault(model._meta.label_lower, {})
        if rows is None:
            held.update(dict.fromkeys(ids, 0))
        else:
            held.update((pk, row.number if row else 0) for pk, row in zip(ids, rows, strict=True))

    def change(self, instance: models.Model, before: Mapping[str, Any], row: SheetRow | None = None) -> None:
        """A row was changed."""
        self.changed.append((instance, dict(before), row.number if row else 0))

    def problem(self, row: SheetRow, field: str, severity: str, sentence: str) -> None:
        """Something to look at in a row; an error means that it was not stored."""
        self.problems.append(
            {
                "row": row.number,
                "cell": self.sheet.cell(row.number, field),
                "field": field,
                "severity": severity,
                "code": "store",
                "sentence": str(sentence)[:300],
            }
        )
        if severity == "error":
            self.dropped.add(row.number)

    def _place(self, row: SheetRow, field: str) -> dict[str, Any]:
        return {"sheet": self.sheet.name, "row": row.number, "cell": self.sheet.cell(row.number, field)}

    def _somewhere(self) -> dict[str, Any]:
        return {"sheet": self.sheet.name, "row": None, "cell": ""}

    def attribute(self, rows: Sequence[SheetRow]) -> None:
        """Say of which sheet row each made or changed row is, where the store did not, and which rows brought news."""
        origin: dict[tuple[str, int], int] = {}
        for row in rows:
            for held in row.made.values():
                if isinstance(held, models.Model) and held.pk is not None:
                    origin.setdefault((held._meta.label_lower, held.pk), row.number)
        self.made = {label: ids for label, ids in self.made.items() if ids}
        for label, ids in self.made.items():
            anchors = self._anchors.get(label, {})
            for pk, number in ids.items():
                own = number or origin.get((label, pk), 0)
                if own:
                    ids[pk] = own
                    self.new_rows.add(own)
                else:
                    ids[pk] = origin.get((ORGANIZATION, anchors.get(pk, 0)), 0)
                    self.touched_rows.add(ids[pk])
        for place, (one, before, number) in enumerate(self.changed):
            number = number or origin.get((one._meta.label_lower, one.pk), 0)
            number = number or origin.get((ORGANIZATION, _anchor(one)), 0)
            self.changed[place] = (one, before, number)
            self.touched_rows.add(number)
        self._sort_out(rows, origin)

    def _sort_out(self, rows: Sequence[SheetRow], origin: Mapping[tuple[str, int], int]) -> None:
        """A row is new by the record it became; one that only added to a record, or doubles a row above, is not."""
        for row in rows:
            if row.number not in self.new_rows or not row.made:
                continue
            keys = [
                (one._meta.label_lower, one.pk) for one in row.made.values() if isinstance(one, models.Model)
            ]
            own = (key[1] in self.made.get(key[0], ()) and origin.get(key) == row.number for key in keys)
            if keys and not any(own):
                self.new_rows.discard(row.number)
                self.touched_rows.add(row.number)
        self.touched_rows -= {0} | self.new_rows


ORGANIZATION = Organization._meta.label_lower


def _anchor(instance: models.Model) -> int:
    """Id of the organization that a row hangs on, if that is known without asking the database."""
    known = instance.__dict__
    return known.get("organization_id") or known.get("target_id") or 0
