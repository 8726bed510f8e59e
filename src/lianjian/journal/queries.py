"""Reads on the journal: the history of a record, entries for the auditor, chains for verification."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from lianjian.foundation import prepared
from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.jurisdictions.models import Jurisdiction

from . import anchors, verify
from .models import Anchor, Change, Check, Entry, Head
from .rules import masked
from .words import field_word, kind_word, verb_word

CHUNK = 2000


@dataclass(frozen=True)
class Changed:
    """A field before and after, as words."""

    field: str
    label: str
    before: str
    after: str
    erased: bool


@dataclass(frozen=True)
class HistoryLine:
    """One act on a record."""

    at: datetime
    by: str
    verb: str
    words: str
    note: str
    changes: tuple[Changed, ...]
    number: int | None


def history(actor: Actor, subject: models.Model, limit: int = 50) -> list[HistoryLine]:
    """The latest acts on a record, the newest first. The caller has loaded `subject` by its `visible_to(actor)`.

    Phone and identity numbers in values are masked. One round trip, whatever the length.
    """
    key = getattr(subject, "key", None)
    if key is None:
        return []
    owner = getattr(subject, "jurisdiction_id", None)
    rows = Entry.objects.filter(subject_key=key)
    if owner is not None:
        rows = rows.filter(jurisdiction_id=owner)
    latest = rows.order_by("-pk")
    changes = Change.objects.filter(entry_id__in=latest.values("pk")[:limit]).order_by("pk")
    entries, values = prepared.together(latest.values_list(*_ACT)[:limit], changes.values_list(*_VALUE))
    return list(_lines(entries, values))


_ACT = ("pk", "at", "actor_name", "verb", "body", "seq")
_VALUE = ("entry_id", "field", "before", "after", "salt")


def _lines(entries: list[tuple[Any, ...]], values: list[tuple[Any, ...]]) -> Iterator[HistoryLine]:
    found: dict[int, list[Change]] = {row[0]: [] for row in entries}
    for row in values:
        found[row[0]].append(Change(**dict(zip(_VALUE, row, strict=True))))
    for row in entries:
        yield _line(Entry(**dict(zip(_ACT, row, strict=True))), found[row[0]])


def _with_values(entries: list[Entry]) -> Iterator[tuple[Entry, list[Change]]]:
    found: dict[int, list[Change]] = {entry.pk: [] for entry in entries}
    for change in Change.objects.filter(entry_id__in=list(found)).order_by("pk"):
        found[change.entry_id].append(change)
    for entry in entries:
        yield entry, found[entry.pk]


def _line(entry: Entry, values: list[Change]) -> HistoryLine:
    if entry.at is None:  # stamped at insertion
        raise ValueError("an entry without its time")
    return HistoryLine(
        at=entry.at,
        by=entry.actor_name,
        verb=entry.verb,
        words=verb_word(entry.verb),
        note=str(json.loads(entry.body).get("note", "")),
        changes=tuple(_changed(value) for value in values),
        number=entry.seq,
    )


def _changed(value: Change) -> Changed:
    return Changed(
        field=value.field,
        label=field_word(value.field),
        before=masked(value.before),
        after=masked(value.after),
        erased=not bytes(value.salt),
    )


@dataclass(frozen=True)
class EntryPage:
    """Everything about one entry."""

    line: HistoryLine
    place: str
    kind: str
    subject_key: str
    rows: Mapping[str, tuple[int, str]]
    hash: str
    prev: str


def entry_page(entry: Entry) -> EntryPage:
    """An entry for the auditor; it was loaded by `visible_to`."""
    ((_entry, values),) = _with_values([entry])
    body = json.loads(entry.body)
    return EntryPage(
        line=_line(entry, values),
        place=entry.jurisdiction.name,
        kind=kind_word(entry.subject_kind),
        subject_key=str(entry.subject_key or ""),
        rows={kind_word(label): (count, mark[:12]) for label, (count, mark) in body.get("rows", {}).items()},
        hash=bytes(entry.hash or b"").hex(),
        prev=bytes(entry.prev or b"").hex(),
    )


def verbs_seen(actor: Actor) -> list[tuple[str, str]]:
    """Verbs to filter by, with their words."""
    rows = Entry.objects.visible_to(actor).order_by().values_list("verb", flat=True).distinct()  # type: ignore[attr-defined]
    return sorted(((verb, verb_word(verb)) for verb in rows), key=lambda pair: pair[1])


# ---- verification ----------------------------------------------------------------------------------------------------

_ENTRY = (
    "pk",
    "seq",
    "at",
    "actor_id",
    "actor_name",
    "verb",
    "subject_kind",
    "subject_key",
    "body",
    "prev",
    "hash",
)


def chain_of(jurisdiction_id: int) -> Iterator[verify.Entry]:
    """The entries of a chain in order, a few thousand at a time."""
    last = 0
    rows = Entry.objects.filter(jurisdiction_id=jurisdiction_id)
    while True:
        chunk = list(rows.filter(seq__gt=last).order_by("seq").values_list(*_ENTRY)[:CHUNK])
        yield from _entries(chunk)
        if len(chunk) < CHUNK:
            break
        last = chunk[-1][1]
    # In this very transaction entries have no number yet; those of another are not seen. In a place at rest: none.
    yield from _entries(
        list(rows.filter(models.Q(seq__isnull=True) | models.Q(seq__lte=0)).values_list(*_ENTRY)[:CHUNK])
    )


def _entries(chunk: list[tuple[Any, ...]]) -> Iterator[verify.Entry]:
    values: dict[int, list[verify.Value]] = {}
    rows = Change.objects.filter(entry_id__in=[row[0] for row in chunk])
    for entry_id, field, before, after, salt in rows.values_list(
        "entry_id", "field", "before", "after", "salt"
    ):
        values.setdefault(entry_id, []).append(verify.Value(field, before, after, bytes(salt)))
    for pk, *rest, prev, mark in chunk:
        found = tuple(values.get(pk, ()))
        yield verify.Entry._make((*rest, _bytes(prev), _bytes(mark), found))


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)


def published(heads: Path | None = None) -> anchors.Published:
    """The documents in the folder, and one from outside. Without a key of our own the document names its key."""
    paths = list(anchors.folder().glob("*.json")) if anchors.folder().is_dir() else []
    key = anchors.public_text(anchors.signing_key()) if anchors.has_key() else None
    return anchors.read([*paths, *([heads] if heads else [])], key)


def _head(place: int) -> tuple[int, bytes] | None:
    found = Head.objects.filter(pk=place).values_list("seq", "hash").first()
    return (found[0], bytes(found[1])) if found else None


def check_all(heads: Path | None = None) -> tuple[list[verify.Result], anchors.Published]:
    """Verify every chain that exists, should exist by its head, or was published."""
    known = published(heads)
    stored = {
        place: head
        for place in Head.objects.values_list("pk", flat=True)
        if (head := _head(place)) is not None
    }
    ids = {*Jurisdiction.objects.values_list("pk", flat=True), *stored, *known.heads}
    results = [
        verify.verify_chain(
            place,
            chain_of(place),
            head=stored.get(place),
            head_now=partial(_head, place),
            published=known.heads.get(place, {}),
        )
        for place in sorted(ids)
    ]
    return results, known


def sentence(problem: verify.Problem) -> str:
    """A problem in the active language."""
    where = _("第 %(seq)s 条") % {"seq": problem.seq} if problem.seq else ""
    return " ".join(part for part in (where, problem.field, _(problem.sentence)) if part)


@dataclass(frozen=True)
class HeadsPage:
    """What the auditor sees of checks and publications."""

    checks: tuple[tuple[str, datetime | None, int, tuple[str, ...]], ...]
    anchors: tuple[tuple[int, datetime, str], ...]


def heads_page(actor: Actor) -> HeadsPage:
    """The last check of each chain one may read, and the last thirty publications."""
    places = dict(
        Jurisdiction.objects.filter(pk__in=whole_jurisdictions(actor, "journal.read")).values_list(
            "pk", "name"
        )
    )
    latest = {
        check.jurisdiction_id: check
        for check in Check.objects.filter(jurisdiction_id__in=places)
        .order_by("jurisdiction_id", "-at")
        .distinct("jurisdiction_id")
    }
    checks = []
    for place, name in places.items():
        check = latest.get(place)
        checks.append(
            (name, check.at, check.entries, tuple(check.problems)) if check else (name, None, 0, ())
        )
    rows = Anchor.objects.order_by("-number").values_list("number", "at", "short")[:30]
    return HeadsPage(tuple(checks), tuple(rows))
