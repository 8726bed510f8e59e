"""What an import made, changed and could not decide, written down beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, models

from lianjian.directory.actions.bulk.rows import insert, literal, new_keys
from lianjian.foundation.secretfield import SecretField

from .. import specs
from ..batches import Run, SheetBatch
from ..models import ChangedRow, Import, MadeChunk, ReviewItem

CHUNK = 10_000


def store_made(imported: Import, batch: SheetBatch) -> None:
    """Ids of the rows made, thousands to a line; rows changed, each with its values before and after."""
    pieces = [
        (label, list(held)[start : start + CHUNK], list(held.values())[start : start + CHUNK])
        for label, held in batch.made.items()
        for start in range(0, len(held), CHUNK)
    ]
    insert(
        MadeChunk,
        {
            "key": list(new_keys(len(pieces))),
            "label": [label for label, _ids, _numbers in pieces],
            "ids": [literal(ids) for _label, ids, _numbers in pieces],
            "numbers": [literal(numbers) for _label, _ids, numbers in pieces],
        },
        {
            "jurisdiction_id": imported.jurisdiction_id,
            "imported_id": imported.pk,
            "sheet_id": batch.sheet_id,
        },
    )
    changed = batch.changed
    facts = [_facts(one, before) for one, before, _number in changed]
    insert(
        ChangedRow,
        {
            "key": list(new_keys(len(changed))),
            "label": [one._meta.label_lower for one, _before, _number in changed],
            "row_id": [one.pk for one, _before, _number in changed],
            "number": [number for _one, _before, number in changed],
            "before": [json.dumps(before, ensure_ascii=False) for before, _after in facts],
            "after": [json.dumps(after, ensure_ascii=False) for _before, after in facts],
        },
        {
            "jurisdiction_id": imported.jurisdiction_id,
            "imported_id": imported.pk,
            "sheet_id": batch.sheet_id,
            "name": "",
        },
    )


def _facts(one: models.Model, before: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    old, new = {}, {}
    for name, value in before.items():
        item: Any = one._meta.get_field(name)
        old[item.attname] = plain(item, value)
        new[item.attname] = plain(item, getattr(one, item.attname))
    return old, new


def plain(item: Any, value: Any) -> Any:
    """A field's value as JSON holds it; a secret stays sealed."""
    if isinstance(value, models.Model):
        value = value.pk
    if isinstance(item, SecretField):
        return item.get_prep_value(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def last_ids() -> dict[str, int]:
    """The last id given out in every table: what is above came after this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT regexp_replace(sequencename, '_id_seq$', ''), last_value FROM pg_sequences"
            " WHERE schemaname = 'public' AND sequencename LIKE '%\\_id\\_seq' AND last_value IS NOT NULL"
        )
        return {table: int(last) for table, last in cursor.fetchall()}


def store_doubts(work: Run) -> int:
    """Names to decide: each once for the office, however many files bring it. Returns how many are new."""
    likes = work.likenesses()
    if not likes:
        return 0
    known = {
        (item.name_key, item.classification): item
        for item in ReviewItem.objects.filter(
            jurisdiction_id=work.jurisdiction_id, name_key__in=[name_key for name_key, _words in likes]
        )
    }
    fresh = []
    for key, candidates in likes.items():
        doubt = work.doubts[key]
        if key in known:
            continue
        fresh.append(
            ReviewItem(
                jurisdiction_id=work.jurisdiction_id,
                imported=work.imported,
                name=doubt.name[:200],
                name_key=key[0],
                classification=key[1][:60],
                candidates=candidates,
                places=doubt.places,
                count=doubt.count,
                found_at=work.now,
            )
        )
    ReviewItem.objects.bulk_create(fresh)
    return len(fresh)


def write_receipt(
    imported: Import, passed: Sequence[Any], kept: Sequence[dict[str, Any]], doubts: int
) -> dict[str, Any]:
    """The receipt: rows by kind, rows by model, what was kept, how many names wait."""
    kinds: dict[str, dict[str, Any]] = {}
    made: dict[str, int] = {}
    changed: dict[str, int] = {}
    for one in passed:
        kind = kinds.setdefault(
            one.record.kind,
            {"kind": one.record.kind, "rows": 0, "new": 0, "changed": 0, "unchanged": 0, "left": 0},
        )
        kind["rows"] += one.record.rows
        for name, count in one.counts.items():
            kind[name] += count
        for label, ids in one.batch.made.items():
            made[label] = made.get(label, 0) + len(ids)
        for row, _before, _number in one.batch.changed:
            changed[row._meta.label_lower] = changed.get(row._meta.label_lower, 0) + 1
    order = {kind.code: place for place, kind in enumerate(specs.kinds_in_order())}
    return {
        "kinds": sorted(kinds.values(), key=lambda kind: order.get(kind["kind"], 0)),
        "rows": sum(kind["rows"] - kind["left"] for kind in kinds.values()),
        "made": made,
        "changed": changed,
        "kept": list(kept),
        "doubts": doubts,
    }
