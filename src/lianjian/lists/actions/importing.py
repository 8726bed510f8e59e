"""Items that come from a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from lianjian.alliances.queries import terms
from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.searchdb import vector
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record_bulk

from ..models import Item

OTHER = "其他"


@dataclass(frozen=True)
class ItemLine:
    """One row: what a registered body offers, plans or invites to. `category` in any words."""

    number: int
    organization: Organization
    kind: str
    title: str
    category: str = ""
    text: str = ""
    place: str = ""
    capacity: Decimal | None = None
    unit: str = ""
    expires_on: date | None = None


@dataclass(frozen=True)
class Imported:
    """Items made by row number; rows whose category is in no list, and rows that are over already."""

    made: dict[int, Item]
    unknown: list[int]
    over: list[int]


@verb
def import_items(
    *, actor: Actor, jurisdiction_id: int, rows: Sequence[ItemLine], batch_key: str, now: datetime
) -> Imported:
    """Publish the rows to the county; one that is on the list already (body, kind, title) says nothing new.

    Raises `Denied`.
    """
    require(actor, "lists.write", Whole(jurisdiction_id))
    today, known = local_day(now), dict(terms(jurisdiction_id, "item"))
    open_now = Item.objects.filter(jurisdiction_id=jurisdiction_id).offered(today)
    held = set(open_now.values_list("organization_id", "kind", "title"))
    made: dict[int, Item] = {}
    unknown, over = [], []
    for line in rows:
        mark = (line.organization.pk, line.kind, line.title[:80])
        if line.expires_on is not None and line.expires_on < today:
            over.append(line.number)
            continue
        if mark in held:
            continue
        held.add(mark)
        category = line.category if line.category in known else OTHER
        if line.category and category != line.category:
            unknown.append(line.number)
        made[line.number] = Item(
            jurisdiction_id=jurisdiction_id,
            organization=line.organization,
            kind=line.kind,
            category=category,
            title=line.title[:80],
            text=line.text[:4000],
            place=line.place[:120],
            capacity=line.capacity,
            unit=line.unit[:10],
            expires_on=line.expires_on,
            source="import",
            published_at=now,
            published_by=actor.name[:80],
            search=vector(line.title, line.text, category, line.place, line.organization.name),
        )
    Item.objects.bulk_create(made.values(), batch_size=1000)
    if made:
        ids = [item.pk for item in made.values()]
        record_bulk(
            actor=actor,
            verb="lists.import",
            subject=None,
            rows={"lists.item": ids},
            now=now,
            note=batch_key,
            jurisdiction_id=jurisdiction_id,
        )
    return Imported(made, unknown, over)
