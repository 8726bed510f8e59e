"""New organizations of an import, collected row by row and written at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from lianjian.foundation.among import Among
from lianjian.foundation.names import match_key
from lianjian.foundation.searchdb import vector_text

from ...models import Alias, Likeness, Link, Organization
from ...models.organizations import path_step
from ...rules import loose_key
from ..organizations import refresh_search
from ..standing import first_days
from .rows import allocate, insert, new_keys, stand_in

Place = tuple[int, str, int]  # id, path and depth of a parent


class NewOrganizations:
    """Collects organizations of one jurisdiction; ids are given at once, rows are written by `write`."""

    def __init__(self, *, jurisdiction_id: int, since: date, now: datetime, most: int) -> None:
        self.jurisdiction_id = jurisdiction_id
        self.since = since
        self.now = now
        self._free = iter(allocate(Organization, most))
        self.made: dict[int, Any] = {}
        self._rows: list[tuple[Any, ...]] = []
        self._tags: list[str] = []
        self.aliases: dict[int, list[str]] = {}
        self.alias_ids: list[int] = []

    def add(
        self,
        *,
        name: str,
        classification: str,
        parent: Place,
        code: str = "",
        external_code: str = "",
        tags: Sequence[str] = (),
    ) -> Any:
        """A new organization below `parent`; returns its stand-in."""
        pk = next(self._free)
        path = parent[1] + path_step(pk)
        self._rows.append(
            (pk, name, match_key(name), classification, code, external_code, parent[0], path, parent[2] + 1)
        )
        self._tags.append(json.dumps(list(tags), ensure_ascii=False) if tags else "[]")
        organization = stand_in(
            Organization,
            id=pk,
            jurisdiction_id=self.jurisdiction_id,
            name=name,
            classification=classification,
            code=code,
            path=path,
            depth=parent[2] + 1,
            parent_id=parent[0],
            is_root=False,
            merged_into_id=None,
            dissolved_on=None,
        )
        self.made[pk] = organization
        return organization

    def also(self, pk: int, name: str) -> None:
        """Another name of an organization of this import."""
        self.aliases.setdefault(pk, []).append(name)

    def write(self) -> None:
        """Organizations, their place in the tree, and other names; also other names of registered ones."""
        if self._rows:
            self._write_rows()
        self._write_aliases()

    def _write_rows(self) -> None:
        ids, names, keys, kinds, codes, others, parents, paths, depths = (
            list(column) for column in zip(*self._rows, strict=True)
        )
        uuids = list(new_keys(len(ids)))
        for pk, key in zip(ids, uuids, strict=True):
            self.made[pk].__dict__["key"] = key
        found_by = [
            vector_text(name, code, *self.aliases.get(pk, ()))
            for pk, name, code in zip(ids, names, codes, strict=True)
        ]
        insert(
            Organization,
            {
                "id": ids,
                "key": uuids,
                "name": names,
                "name_key": keys,
                "short_key": [loose_key(name) for name in names],
                "classification": kinds,
                "code": codes,
                "external_code": others,
                "parent_id": parents,
                "path": paths,
                "depth": depths,
                "tags": self._tags,
                "search": found_by,
            },
            {
                "jurisdiction_id": self.jurisdiction_id,
                "short_name": "",
                "is_root": False,
                "address": "",
                "functions": "",
                "changed_at": self.now,
            },
        )
        insert(
            Link,
            {
                "key": list(new_keys(len(ids))),
                "source_id": parents,
                "target_id": ids,
                "since": self._first_days(ids, parents),
            },
            {"jurisdiction_id": self.jurisdiction_id, "kind": Link.ADMINISTRATION, "note": ""},
        )

    def _first_days(self, ids: Sequence[int], parents: Sequence[int]) -> list[date]:
        """The first day of each: the import's, or the first of the parent if that came later. Parents stand first."""
        days = first_days(set(parents) - set(ids))
        for pk, parent in zip(ids, parents, strict=True):
            days[pk] = max(self.since, days.get(parent, self.since))
        return [days[pk] for pk in ids]

    def _write_aliases(self) -> None:
        pairs: dict[tuple[int, str], str] = {}
        for pk, others in self.aliases.items():
            own = match_key(self.made[pk].name) if pk in self.made else ""
            for name in others:
                key = match_key(name)
                if key and key != own:
                    pairs.setdefault((pk, key), name)
        ids = allocate(Alias, len(pairs))
        insert(
            Alias,
            {
                "id": ids,
                "key": list(new_keys(len(pairs))),
                "organization_id": [pk for pk, _key in pairs],
                "name_key": [key for _pk, key in pairs],
                "name": list(pairs.values()),
            },
            {"jurisdiction_id": self.jurisdiction_id},
        )
        # Names of organizations of this import go with them; those of registered ones are told apart.
        known = {alias: pk for alias, (pk, _key) in zip(ids, pairs, strict=True) if pk not in self.made}
        self.alias_ids = list(known)
        for organization in Organization.objects.filter(Among("pk", set(known.values()))):
            refresh_search(organization)
            organization.save(update_fields=["search"])


def note_likenesses(
    new: NewOrganizations, *, county: Sequence[int], classifications: Sequence[str], now: datetime
) -> list[tuple[int, int, str]]:
    """Pairs of a new organization and another of its county with an equal name or short form, for the review list.

    Compared in memory: the tables may have grown a hundredfold within this transaction, unknown to the planner.
    """
    if not new.made:
        return []
    held: dict[str, list[tuple[int, str]]] = {}
    rows = Organization.objects.current().filter(  # type: ignore[attr-defined]
        jurisdiction_id__in=list(county), classification__in=list(classifications)
    )
    for pk, short, key in rows.order_by("id").values_list("id", "short_key", "name_key"):
        if short:
            held.setdefault(short, []).append((pk, key))
    pairs: list[tuple[int, int, str]] = []
    for group in held.values():
        # A short form that many share says nothing: it is not a list for a person.
        if 1 < len(group) <= 6:
            for place, (low, key) in enumerate(group):
                for high, other in group[place + 1 :]:
                    if low in new.made or high in new.made:
                        pairs.append((low, high, "same_name" if key == other else "short"))
    insert(
        Likeness,
        {
            "key": list(new_keys(len(pairs))),
            "first_id": [low for low, _high, _reason in pairs],
            "second_id": [high for _low, high, _reason in pairs],
            "reason": [reason for _low, _high, reason in pairs],
        },
        {"jurisdiction_id": new.jurisdiction_id, "state": "open", "found_at": now, "decided_by": ""},
    )
    return pairs
