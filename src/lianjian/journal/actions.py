"""The only way into the journal: one entry per verb, in the transaction of the verb."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models

from lianjian.foundation import context
from lianjian.foundation.actor import Actor, SystemActor, Whole
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb as act
from lianjian.foundation.writing import add, add_together
from lianjian.jurisdictions.models import Jurisdiction

from . import anchors, queries
from .models import Anchor, Change, Check, Entry, Head
from .rules import ERASE, commitment, digest, erasure_note, shown

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
    kept = [
        (field, shown(before), shown(after), os.urandom(16))
        for field, (before, after) in (changes or {}).items()
    ]
    body: dict[str, Any] = {}
    if kept:
        body["fields"] = {
            field: commitment(salt, field, before, after) for field, before, after, salt in kept
        }
    if note:
        body["note"] = note
    entry = _entry(actor, verb, subject, owner, body)
    changes_ = [
        Change(jurisdiction_id=owner, entry=entry, field=field, before=before, after=after, salt=salt)
        for field, before, after, salt in kept
    ]
    add_together(entry, *changes_)
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
    return add(_entry(actor, verb, subject, owner, body))


def _entry(actor: Actor, verb: str, subject: models.Model | None, owner: int, body: dict[str, Any]) -> Entry:
    return Entry(
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


class NothingToErase(Refused):
    """The entry has no readable values, or they are gone."""

    sentence = _("这一条没有可清除的内容。")
    status = 409


@act
def erase_values(*, actor: Actor, entry: Entry, fields: Sequence[str], reason: str, now: datetime) -> int:
    """Erase values before and after of an entry; the entry with its commitments remains. Returns how many.

    A person may demand it (PIPL art. 47). The reason is kept as an erasable value of the erasure's own entry.
    """
    require(actor, "journal.erase", Whole(entry.jurisdiction_id))
    wanted = Change.objects.filter(entry=entry, field__in=fields).exclude(salt=b"")
    names = sorted(wanted.values_list("field", flat=True))
    if not names:
        raise NothingToErase
    erased = wanted.update(before="", after="", salt=b"")
    record(
        actor=actor,
        verb=ERASE,
        subject=entry,
        now=now,
        changes={"reason": ("", reason)},
        note=erasure_note(entry.seq or 0, names),
    )
    return erased


@act
def exported(*, actor: Actor, rows: int, now: datetime) -> None:
    """Journal that entries left the house as a file."""
    require(actor, "journal.read")
    record(actor=actor, verb="journal.export", subject=None, now=now, note=str(rows))


def _everywhere() -> list[int]:
    return list(Jurisdiction.objects.order_by("pk").values_list("pk", flat=True))


@act
def publish_heads(*, now: datetime) -> Anchor | None:
    """Sign the heads of all chains, lay the document in the folder, keep a copy; None while nothing is journalled."""
    places = _everywhere()
    with context.jurisdictions(places):
        heads = [
            (head.jurisdiction_id, head.jurisdiction.name, head.seq, bytes(head.hash))
            for head in Head.objects.select_related("jurisdiction").order_by("jurisdiction_id")
        ]
        if not heads:
            return None
        last = Anchor.objects.order_by("-number").first()
        previous = anchors.digest(json.loads(last.body)) if last else ""
        document = anchors.make(
            number=last.number + 1 if last else 1,
            previous=previous,
            heads=heads,
            at=now,
            key=anchors.signing_key(),
        )
        anchor = Anchor.objects.create(
            number=document["number"],
            at=now,
            short=anchors.digest(document)[: anchors.SHORT],
            body=json.dumps(document, ensure_ascii=False),
        )
        anchors.write(document)
        root = heads[0][0]
        record(actor=SystemActor(root), verb="journal.publish", subject=None, now=now, note=anchor.short)
    return anchor


@act
def check_chains(*, now: datetime) -> list[Check]:
    """Verify every chain and keep what was found, for the auditor's page."""
    places = _everywhere()
    with context.jurisdictions(places):
        results, known = queries.check_all()
        faults = [f"{name} {sentence}" for name, sentence in known.faults]
        return Check.objects.bulk_create(
            Check(
                jurisdiction_id=result.jurisdiction_id,
                at=now,
                entries=result.entries,
                problems=[queries.sentence(problem) for problem in result.problems] + faults,
            )
            for result in results
            if result.jurisdiction_id in places
        )


def list_exported(*, actor: Actor, name: str, rows: int, filters: Mapping[str, str], now: datetime) -> None:
    """Journal that rows left the house as a file: of which list, how many, under which filters.

    A filter may hold a person's name, so it is a value that can be erased.
    """
    told = "; ".join(f"{field}={value}" for field, value in sorted(filters.items()))
    changes = {"filters": ("", told)} if told else None
    record(actor=actor, verb="lists.export", subject=None, now=now, changes=changes, note=f"{name} {rows}")
