"""Party organizations from a spreadsheet, and the branches that a sheet of enterprises names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from lianjian.foundation.actor import Actor
from lianjian.foundation.among import Among
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record_bulk

from ...models import Link, Organization, PartyProfile
from ...queries.resolving import Resolver, county_of
from ...rules import party_kind, same_committee
from .organizations import NewOrganizations
from .rows import allocate, insert, new_keys, stand_in

KINDS = ("party", "station", "centre")


def _whole(value: Any) -> int | None:
    from .enterprises import count_of

    return count_of(value)[0]


class Branches:
    """The party organizations that enterprises belong to: found by exact name, or made below the town's root."""

    def __init__(self, *, batch: Any, county: Sequence[int], since: date, now: datetime) -> None:
        self.batch, self.county, self.since, self.now = batch, county, since, now

    def of_enterprises(self, lines: Sequence[Any], made: Any) -> set[int]:
        """Link each firm with the branch its row names; returns ids of firms whose branch changed."""
        named = [line for line in lines if line.row.values.get("branch")]
        if not named:
            return set()
        resolver = Resolver.of(self.county, KINDS)
        new = NewOrganizations(
            jurisdiction_id=self.batch.jurisdiction_id, since=self.since, now=self.now, most=len(named)
        )
        root = self.batch.root
        secretaries: dict[int, str] = {}
        formations: dict[int, str] = {}
        wanted: dict[int, int] = {}
        for line in named:
            pk = self._find(line, resolver)
            if pk is None:
                branch = new.add(
                    name=line.row.values["branch"],
                    classification="party",
                    parent=(root.pk, root.path, root.depth),
                )
                pk = branch.pk
                resolver.add(pk, branch.name)
                secretaries[pk] = str(line.row.values.get("secretary") or "")[:40]
                formations[pk] = line.facts["party_formation"]
            if pk:
                wanted.setdefault(line.organization.pk, pk)
        new.write()
        _insert_profiles(new, self.batch, secretaries, formations)
        self.batch.make_many(Organization, list(new.made))
        made.note("directory.organization", list(new.made))
        return self._link(wanted, made)

    def _find(self, line: Any, resolver: Resolver) -> int | None:
        """Id of the branch; None to make it; 0 when the name means several."""
        name = line.row.values["branch"]
        found = resolver.resolve(name)
        if found.how == "several":
            self.batch.problem(
                line.row, "branch", "warning", _("“%(name)s”有多个同名组织,请核对后再关联。") % {"name": name}
            )
            return 0
        # Only the whole name makes a link here: 家具党支部 is not 家具产业链党支部.
        return found.organization_id if found.how in ("name", "alias") else None

    def _link(self, wanted: dict[int, int], made: Any) -> set[int]:
        held: dict[int, list[Link]] = {}
        for link in Link.objects.filter(Among("target_id", wanted), kind=Link.PARTY, until__isnull=True):
            held.setdefault(link.target_id, []).append(link)
        fresh, changed = [], set()
        for target, source in wanted.items():
            links = held.get(target, [])
            if any(link.source_id == source for link in links):
                continue
            for link in links:
                if link.since < self.since:
                    link.until = self.since
                    link.save(update_fields=["until"])
                    self.batch.change(link, {"until": None})
                    changed.add(target)
            fresh.append((source, target))
        ids = allocate(Link, len(fresh))
        insert(
            Link,
            {
                "id": ids,
                "key": list(new_keys(len(fresh))),
                "source_id": [source for source, _target in fresh],
                "target_id": [target for _source, target in fresh],
            },
            {
                "jurisdiction_id": self.batch.jurisdiction_id,
                "kind": Link.PARTY,
                "since": self.since,
                "note": "",
            },
        )
        made.note("directory.link", ids)
        self.batch.make_many(Link, ids)
        return changed


def _insert_profiles(
    new: NewOrganizations,
    batch: Any,
    secretaries: dict[int, str],
    formations: dict[int, str],
    **columns: dict[int, Any],
) -> None:
    """Party details of the new organizations that are party bodies."""
    bodies = [o for o in new.made.values() if o.classification == "party"]
    insert(
        PartyProfile,
        {
            "key": list(new_keys(len(bodies))),
            "organization_id": [o.pk for o in bodies],
            "level": [columns.get("level", {}).get(o.pk) or party_kind(o.name)[1] for o in bodies],
            "formation": [formations.get(o.pk, "") for o in bodies],
            "secretary_name": [secretaries.get(o.pk, "") for o in bodies],
            "members": [columns.get("members", {}).get(o.pk) for o in bodies],
        },
        {"jurisdiction_id": batch.jurisdiction_id, "chain": ""},
    )


@verb
def store_party_organizations(*, actor: Actor, batch: Any, rows: Sequence[Any], now: datetime) -> None:
    """Store the good rows of a sheet of party organizations and stations, each below the parent its row names.

    A parent may stand in any row, also a later one. Known bodies are recognised by exact name and brought up to
    date. One journal entry for all. Raises `Denied`.
    """
    require(actor, "directory.write", batch.root)
    since = min(date(batch.year or local_day(now).year, 1, 1), local_day(now))
    county = county_of(batch.jurisdiction_id)
    resolver = Resolver.of(county, KINDS)
    resolver.add(batch.root.pk, batch.root.name)
    new = NewOrganizations(jurisdiction_id=batch.jurisdiction_id, since=since, now=now, most=len(rows))
    places = {batch.root.pk: (batch.root.pk, batch.root.path, batch.root.depth)}
    waiting = list(rows)
    facts: dict[int, dict[str, Any]] = {}
    rounds = 0
    while waiting:
        rounds += 1
        later = []
        names = {str(row.values["name"]) for row in waiting}
        for row in waiting:
            parent = str(row.values.get("parent") or "")
            if parent in names and parent != row.values["name"] and rounds <= len(rows):
                later.append(row)
                continue
            _store_one(row, parent, resolver, new, places, facts, batch)
        if len(later) == len(waiting):
            rounds = len(rows) + 1  # a circle in the sheet: everything left goes below the root
        waiting = later
    new.write()
    columns = {name: {pk: values[name] for pk, values in facts.items()} for name in ("level", "members")}
    secretaries = {pk: values["secretary_name"] for pk, values in facts.items()}
    formations = {pk: values["formation"] for pk, values in facts.items()}
    _insert_profiles(new, batch, secretaries, formations, **columns)
    changed = _update({pk: v for pk, v in facts.items() if pk not in new.made}, batch)
    batch.make_many(Organization, list(new.made))
    if new.made or changed:
        record_bulk(
            actor=actor,
            verb="directory.store_party_organizations",
            subject=batch.root,
            rows={"directory.organization": list(new.made), "changed": sorted(changed)},
            now=now,
            note=str(getattr(batch, "label", ""))[:80],
            jurisdiction_id=batch.jurisdiction_id,
        )


def _store_one(
    row: Any,
    parent: str,
    resolver: Resolver,
    new: NewOrganizations,
    places: dict[int, Any],
    facts: dict[int, Any],
    batch: Any,
) -> None:
    values = row.values
    name = str(values["name"])
    classification, level = party_kind(str(values.get("category") or ""), name)
    pk = batch.root.pk if same_committee(name, batch.root.name) else None
    if pk is None:
        found = resolver.resolve(name)
        pk = found.organization_id if found.how in ("name", "alias") else None
    if pk is not None and resolver.homes.get(pk, batch.jurisdiction_id) != batch.jurisdiction_id:
        said = _("“%(name)s”登记在另一个地区,档案未作改动。") % {"name": resolver.shown[pk]}
        batch.problem(row, "name", "warning", said)
        return
    if pk is None:
        above = _parent(row, parent, resolver, places, batch)
        organization = new.add(name=name, classification=classification, parent=above)
        pk = organization.pk
        places[pk] = (pk, organization.path, organization.depth)
        resolver.add(pk, name)
        row.made["organization"] = organization
    else:
        row.made["organization"] = new.made.get(pk) or stand_in(
            Organization, id=pk, jurisdiction_id=batch.jurisdiction_id, name=name
        )
    formation = values.get("formation") or ""
    facts[pk] = {
        "level": level,
        "formation": formation if formation in PartyProfile.Formation.values else "",
        "secretary_name": str(values.get("secretary") or "")[:40],
        "members": _whole(values.get("members")),
    }


def _parent(row: Any, parent: str, resolver: Resolver, places: dict[int, Any], batch: Any) -> Any:
    """Where a new body hangs: id, path and depth of its parent; the root where the name says nothing certain."""
    root = places[batch.root.pk]
    if not parent or same_committee(parent, batch.root.name):
        return root
    found = resolver.resolve(parent)
    home = resolver.homes.get(found.organization_id or 0, batch.jurisdiction_id)
    if found.organization_id is None or home != batch.jurisdiction_id:
        batch.problem(
            row,
            "parent",
            "warning",
            _("没有找到上级“%(name)s”,暂放在%(root)s之下。") % {"name": parent, "root": batch.root.name},
        )
        return root
    if found.organization_id not in places:
        above = Organization.objects.get(pk=found.organization_id)
        places[above.pk] = (above.pk, above.path, above.depth)
    return places[found.organization_id]


def _update(facts: dict[int, dict[str, Any]], batch: Any) -> set[int]:
    from .enterprises import set_news

    changed = set()
    for profile in PartyProfile.objects.filter(Among("organization_id", facts)):
        news = {k: v for k, v in facts[profile.organization_id].items() if k != "level"}
        if set_news(profile, news, batch):
            changed.add(profile.organization_id)
    return changed
