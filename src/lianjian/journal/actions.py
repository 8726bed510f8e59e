"""The only way into the journal: one entry per verb, in the transaction of the verb."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models

from lianjian.foundation.actor import Actor

from .models import Change, Entry
from .rules import commitment, digest, shown

Changes = Mapping[str, tuple[Any, Any]]


def record(
    *,
    actor: Actor,
    verb: str,
    subject: models.Model | None,
    now: datetime,
    changes: Changes | None = None,
    note: str = "",
    jurisdiction_id: int | None = None,
) -> Entry:
    """Write that `actor` did `verb` to `subject`.

    `changes` maps field names to (before, after); the entry keeps commitments, `Change` the values.
    `note` goes into the chain for ever: no personal data in it. The time kept is the database's own.
    """
    owner = jurisdiction_id or getattr(subject, "jurisdiction_id", None) or actor.jurisdiction_id
    kept = [(field, shown(before), shown(after), os.urandom(16)) for field, (before, after) in (changes or {}).items()]
    body: dict[str, Any] = {}
    if kept:
        body["fields"] = {field: commitment(salt, field, before, after) for field, before, after, salt in kept}
    if note:
        body["note"] = note
    entry = _write(actor, verb, subject, owner, body)
    if kept:
        Change.objects.bulk_create(
            Change(jurisdiction_id=owner, entry=entry, field=field, before=before, after=after, salt=salt)
            for field, before, after, salt in kept
        )
    return entry


def record_bulk(
    *,
    actor: Actor,
    verb: str,
    subject: models.Model | None,
    rows: Mapping[str, Sequence[int]],
    now: datetime,
    note: str = "",
    jurisdiction_id: int | None = None,
) -> Entry:
    """One entry for a bulk verb: for each model label the number of rows and the digest of their ids."""
    owner = jurisdiction_id or getattr(subject, "jurisdiction_id", None) or actor.jurisdiction_id
    body: dict[str, Any] = {"rows": {label: [len(ids), digest(ids)] for label, ids in rows.items()}}
    if note:
        body["note"] = note
    return _write(actor, verb, subject, owner, body)


def _write(actor: Actor, verb: str, subject: models.Model | None, owner: int, body: dict[str, Any]) -> Entry:
    return Entry.objects.create(
        jurisdiction_id=owner,
        actor_id=actor.user_id,
        actor_name=actor.name[:80],
        verb=verb,
        subject_kind=subject._meta.label_lower if subject is not None else "",
        subject_key=getattr(subject, "key", None),
        body=json.dumps(body, ensure_ascii=False, sort_keys=True),
    )


def diff(before: Mapping[str, Any], record_after: models.Model) -> dict[str, tuple[Any, Any]]:
    """What changed: `before` maps field names to old values, `record_after` holds the new ones."""
    found = {}
    for field, old in before.items():
        new = getattr(record_after, field)
        if old != new:
            found[field] = (old, new)
    return found
