"""How an entry is hashed. The same text is made by `journal_canon` in the database (migration 0001)."""

from __future__ import annotations

import hashlib
import json
import re
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


_IDENTITY = re.compile(r"(?<!\d)(\d{3})\d{11}(\d{3}[\dXx])(?!\d)")
_CARD = re.compile(r"(?<!\d)(\d{4})\d{8,11}(\d{4})(?!\d)")
_PHONE = re.compile(r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)")
ERASE = "journal.erase_values"


def masked(text: str) -> str:
    """Values as an auditor reads them: identity numbers, bank cards and mobile phones keep their ends only."""
    text = _IDENTITY.sub(r"\1***********\2", text)
    text = _CARD.sub(r"\1********\2", text)
    return _PHONE.sub(r"\1****\2", text)


def erasure_note(seq: int, fields: Sequence[str]) -> str:
    """What the entry of an erasure says about what it erased: number and fields, no value and no reason."""
    return f"{seq}:{','.join(sorted(fields))}"


def erased_by(note: str) -> set[tuple[int, str]]:
    """(number, field) pairs that such a note names; empty for a note of another form."""
    number, _colon, fields = note.partition(":")
    if not number.isdecimal():
        return set()
    return {(int(number), field) for field in fields.split(",") if field}
