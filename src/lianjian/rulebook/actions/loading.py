"""Bring the table of rules up to the shipped data. Idempotent; called by migrations with the historical model."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from ..data.national import RULES


def digest() -> str:
    """Changes when the shipped rules change: the newest rules migration must carry it."""
    return hashlib.sha256(repr([asdict(row) for row in RULES]).encode()).hexdigest()[:16]


def load(rule_model: Any) -> int:
    """Add or correct every shipped version; nothing is removed, for evaluations name it. Returns their number."""
    rows = []
    for row in RULES:
        values = asdict(row)
        values["params"] = {"amount": values.pop("amount")}
        rows.append(rule_model(**values))
    rule_model.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code", "version"],
        update_fields=[
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
            "valid_from",
            "valid_to",
        ],
    )
    return len(rows)
