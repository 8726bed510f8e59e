"""Verifies chains: pure Python, one entry at a time, so that a chain of millions needs no more memory than one of ten.

What it finds: an entry edited, removed, inserted, swapped or moved; a tail cut off; a chain computed anew or wiped
(both only against heads published before); a readable value that is not the one committed to.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from lianjian.foundation.errors import _

from .rules import ERASE, canon, commitment, erased_by, genesis, link

MOST_PROBLEMS = 100
Head = tuple[int, bytes]
_HEAD = _("链头与最后一条不符:尾部被删或被改")


class Value(NamedTuple):
    """One row of `Change`."""

    field: str
    before: str
    after: str
    salt: bytes


class Entry(NamedTuple):
    """One entry as it lies in the database, with its values."""

    seq: int | None
    at: datetime | None
    actor_id: int | None
    actor_name: str
    verb: str
    subject_kind: str
    subject_key: UUID | None
    body: str
    prev: bytes | None
    hash: bytes | None
    values: tuple[Value, ...] = ()


class Problem(NamedTuple):
    """Something that is not as it was written. `sentence` is Chinese and still to be translated."""

    sentence: str
    seq: int | None
    field: str = ""


@dataclass
class Result:
    """What one chain was found to be."""

    jurisdiction_id: int
    entries: int = 0
    last: int = 0
    hash: bytes = b""
    problems: list[Problem] = field(default_factory=list)

    def add(self, sentence: str, seq: int | None, name: str = "") -> None:
        """Note a problem; a thoroughly broken chain is not told in full."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(sentence, seq, name))


def verify_chain(
    jurisdiction_id: int,
    entries: Iterable[Entry],
    *,
    head: Head | None,
    head_now: Callable[[], Head | None],
    published: Mapping[int, bytes],
) -> Result:
    """Walk one chain in the order of its numbers, while others may go on writing to it.

    `head` is (number, hash) as read before the walk, `head_now` reads it again after; `published` maps numbers to
    the hashes published for them.
    """
    result = Result(jurisdiction_id, hash=genesis(jurisdiction_id))
    erased: set[tuple[int, str]] = set()
    blank: list[tuple[int, str]] = []
    for entry in entries:
        result.entries += 1
        _check_link(result, entry)
        _check_body(result, entry, blank)
        if entry.verb == ERASE:
            erased |= erased_by(str(_body(entry).get("note", "")))
        if head is not None and entry.seq == head[0] and entry.hash != head[1]:
            result.add(_HEAD, entry.seq)
        if entry.seq is not None and entry.seq in published and published[entry.seq] != entry.hash:
            result.add(_("与已公布的链头不符:这一条或它之前的内容被改写过"), entry.seq)
    for seq, name in blank:
        if (seq, name) not in erased:
            result.add(_("内容被清除,却没有清除记录"), seq, name)
    cut = [seq for seq in published if seq > result.last]
    if cut:
        result.add(_("已公布到这一条,链里却没有:尾部被删"), max(cut))
    _check_head(result, head, head_now())
    return result


def _check_link(result: Result, entry: Entry) -> None:
    """Number, predecessor and hash of one entry; then go on from what it says, so that one fault is told once."""
    if entry.seq is None or entry.at is None or entry.hash is None or entry.prev is None:
        result.add(_("有一条没有编号:它不是经登记写入的"), None)
        return
    expected = result.last + 1
    if entry.seq != expected:
        result.add(_("编号不连续:这一条之前有缺失"), entry.seq)
    elif entry.prev != result.hash:
        result.add(_("与前一条接不上"), entry.seq)
    text = canon(
        jurisdiction_id=result.jurisdiction_id,
        seq=entry.seq,
        at=entry.at,
        actor_id=entry.actor_id,
        actor_name=entry.actor_name,
        verb=entry.verb,
        subject_kind=entry.subject_kind,
        subject_key=entry.subject_key,
        body=entry.body,
    )
    if link(entry.prev, text) != entry.hash:
        result.add(_("内容被改动过"), entry.seq)
    result.last, result.hash = entry.seq, entry.hash


def _body(entry: Entry) -> dict[str, Any]:
    try:
        found = json.loads(entry.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _check_body(result: Result, entry: Entry, blank: list[tuple[int, str]]) -> None:
    """The readable values are those committed to, or were erased on record."""
    promised = dict(_body(entry).get("fields", {}))
    seq = entry.seq or 0
    for value in entry.values:
        committed = promised.pop(value.field, None)
        if committed is None:
            result.add(_("多出一项内容,登记时没有"), seq, value.field)
        elif not value.salt:
            blank.append((seq, value.field))
        elif commitment(value.salt, value.field, value.before, value.after) != committed:
            result.add(_("改动前后的内容与登记时不符"), seq, value.field)
    for name in promised:
        result.add(_("改动前后的内容不见了"), seq, name)


def _check_head(result: Result, before: Head | None, after: Head | None) -> None:
    if after is None:
        if result.entries or before is not None:
            result.add(_("链头不见了"), result.last)
    elif (
        (before is not None and before[0] > result.last)
        or after[0] < result.last
        or (after[0] == result.last and after[1] != result.hash and before != after)
    ):
        result.add(_HEAD, after[0])
