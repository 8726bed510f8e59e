"""How an entry is hashed. The same text is made by `journal_canon` in the database (migration 0001)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID


def canon(
    *,
    jurisdiction_id: int,
    seq: int,
    at: datetime,
    actor_id: int | None,
    actor_name: str,
    verb: str,
    subject_kind: str,
    subject_key: UUID | None,
    body: str,
) -> bytes:
    """The text of an entry that is hashed, UTF-8."""
    values: list[Any] = [
        jurisdiction_id,
        seq,
        at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        actor_id,
        actor_name,
        verb,
        subject_kind,
        None if subject_key is None else str(subject_key),
        body,
    ]
    return json.dumps(values, ensure_ascii=False, separators=(", ", ": ")).encode()


def genesis(jurisdiction_id: int) -> bytes:
    """What stands before the first entry of a chain."""
    return hashlib.sha256(f"genesis:{jurisdiction_id}".encode()).digest()


def link(prev: bytes, text: bytes) -> bytes:
    """Hash of an entry that follows `prev`."""
    return hashlib.sha256(prev + text).digest()


def commitment(salt: bytes, field: str, before: str, after: str) -> str:
    """What the entry keeps of a change: it proves the values to who has them and the salt, and tells nothing else."""
    text = json.dumps([field, before, after], ensure_ascii=False, separators=(", ", ": "))
    return hashlib.sha256(salt + text.encode()).hexdigest()


def digest(ids: Sequence[int]) -> str:
    """Digest of the row ids of a bulk verb, in ascending order."""
    return hashlib.sha256(",".join(map(str, sorted(ids))).encode()).hexdigest()


def shown(value: Any) -> str:
    """A value as the journal keeps it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value)
