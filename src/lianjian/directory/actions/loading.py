"""Public tables and boundaries: loaded, and loaded again without harm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require, require_in
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.jurisdictions.queries import top

from ..loaders import AreaRow, IndustryRow
from ..models import AreaShape, Industry
from ..rules import to_wgs

_UPSERT = """
WITH given AS (
    SELECT * FROM unnest(%s::text[], %s::text[], %s::int[], %s::text[]) AS t(code, name, level, above)
), put AS (
    INSERT INTO directory_area AS a (code, name, level, parent_id, first_year)
    SELECT g.code, g.name, g.level, p.id, %s FROM given g LEFT JOIN directory_area p ON p.code = g.above
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, parent_id = coalesce(excluded.parent_id, a.parent_id)
     WHERE a.name <> excluded.name OR (a.parent_id IS NULL AND excluded.parent_id IS NOT NULL)
    RETURNING (xmax = 0) AS fresh
)
SELECT count(*) FILTER (WHERE fresh), count(*) FILTER (WHERE NOT fresh) FROM put
"""


@verb
def load_areas(*, actor: Actor, rows: Iterable[AreaRow], now: datetime) -> dict[str, int]:
    """Add and rename divisions; none is removed, because a code that retired is still written in old papers.

    Upper levels of the same file come first. Returns how many were read, new, changed and the same.
    """
    require(actor, "system.manage", top())
    by_level: dict[int, dict[str, AreaRow]] = {}
    read = 0
    for row in rows:
        by_level.setdefault(row.level, {})[row.code] = row
        read += 1
    counts = {"read": read, "new": 0, "changed": 0, "same": 0}
    year = local_day(now).year
    with connection.cursor() as cursor:
        for level in sorted(by_level):
            held = list(by_level[level].values())
            for start in range(0, len(held), 20_000):
                part = held[start : start + 20_000]
                columns: Sequence[list[Any]] = (
                    [r.code for r in part],
                    [r.name for r in part],
                    [r.level for r in part],
                    [r.parent for r in part],
                )
                cursor.execute(_UPSERT, [*columns, year])
                fresh, changed = cursor.fetchone()
                counts["new"] += fresh
                counts["changed"] += changed
    counts["same"] = sum(map(len, by_level.values())) - counts["new"] - counts["changed"]
    _note(actor, "directory.load_areas", counts, now)
    return counts


@verb
def load_industries(*, actor: Actor, rows: Iterable[IndustryRow], now: datetime) -> dict[str, int]:
    """Add and rename industries of the full table; sections and divisions are there from the start."""
    require(actor, "system.manage", top())
    given = {row.code: row for row in rows}
    known = {row.code: row for row in Industry.objects.all()}
    counts = {"read": len(given), "new": 0, "changed": 0, "same": 0}
    for level in (1, 2, 3, 4):
        ids = {code: row.pk for code, row in known.items()}
        fresh = []
        for row in given.values():
            if row.level != level:
                continue
            held = known.get(row.code)
            if held is None:
                fresh.append(
                    Industry(
                        code=row.code,
                        name=row.name,
                        section=row.section,
                        level=level,
                        parent_id=ids.get(row.parent),
                    )
                )
            elif held.name != row.name and level > 2:
                held.name = row.name
                held.save(update_fields=["name"])
                counts["changed"] += 1
        for made in Industry.objects.bulk_create(fresh):
            known[made.code] = made
        counts["new"] += len(fresh)
    counts["same"] = counts["read"] - counts["new"] - counts["changed"]
    _note(actor, "directory.load_industries", counts, now)
    return counts


def _note(actor: Actor, name: str, counts: dict[str, int], now: datetime) -> None:
    if counts["new"] or counts["changed"]:
        record(actor=actor, verb=name, subject=None, now=now, changes={k: ("", v) for k, v in counts.items()})


@verb
def upload_shapes(
    *,
    actor: Actor,
    areas: Sequence[tuple[str, dict[str, Any]]],
    name: str,
    datum: str,
    source: str,
    now: datetime,
) -> int:
    """Keep the boundaries of a file in WGS-84; one of the same name is replaced. Returns how many there were."""
    require_in(actor, "directory.write", actor.jurisdiction_id)
    for place, (own, geometry) in enumerate(areas, start=1):
        called = own or (name if len(areas) == 1 else f"{name} {place}")
        AreaShape.objects.filter(jurisdiction_id=actor.jurisdiction_id, name=called).delete()
        AreaShape.objects.create(
            jurisdiction_id=actor.jurisdiction_id,
            name=called,
            geojson=to_wgs(geometry, datum),
            source_datum=datum,
            source=source,
            uploaded_at=now,
        )
    record(
        actor=actor,
        verb="directory.upload_shapes",
        subject=None,
        now=now,
        changes={"shapes": ("", len(areas)), "datum": ("", datum), "source": ("", source)},
    )
    return len(areas)


@verb
def remove_shape(*, actor: Actor, shape: AreaShape, now: datetime) -> None:
    """Take a boundary off the map."""
    require_in(actor, "directory.write", shape.jurisdiction_id)
    record(
        actor=actor, verb="directory.remove_shape", subject=None, now=now, changes={"shape": (shape.name, "")}
    )
    shape.delete()
