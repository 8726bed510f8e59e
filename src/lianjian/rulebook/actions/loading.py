"""Bring the table of rules up to the shipped data. Idempotent; called by migrations with the historical model."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from ..data.national import RULES

UPDATED = (
    "title",
    "matter",
    "source",
    "article",
    "kind",
    "params",
    "unit",
    "mode",
    "confidence",
    "bites",
    "ref",
    "overridable_by",
    "valid_from",
    "valid_to",
)


def digest() -> str:
    """Changes when the shipped rules change: the newest rules migration must carry it."""
    return hashlib.sha256(repr([asdict(row) for row in RULES]).encode()).hexdigest()[:16]


def load(rule_model: Any) -> int:
    """Add or correct every shipped version; nothing is removed, for evaluations name it. Returns their number."""
    known = {field.name for field in rule_model._meta.get_fields()}  # an earlier model lacks later fields
    names = [name for name in UPDATED if name in known]
    rows = [
        rule_model(**{name: value for name, value in asdict(row).items() if name in known}) for row in RULES
    ]
    rule_model.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code", "version"],
        update_fields=names,
    )
    return len(rows)
