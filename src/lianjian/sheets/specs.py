"""The kinds of sheets that the apps declare, as the reader takes them, with what an office taught it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lianjian.directory.models import Industry
from lianjian.foundation import registry
from lianjian.foundation.declare import Field, SheetKind
from lianjian.foundation.errors import translate

from .models import Memory
from .reading.spec import FieldSpec, KindSpec
from .reading.spec import Memory as Remembered


def kind_fields(kind: str) -> dict[str, Field]:
    """The fields of a kind, of all its parts; of two with one code the lower app's counts."""
    found: dict[str, Field] = {}
    for part in registry.parts_of(kind):
        for item in part.fields:
            found.setdefault(item.code, item)
    return found


def kinds_in_order() -> list[SheetKind]:
    """Kinds that something can store, in the order in which they are stored."""
    held = {part.kind for part in registry.sheet_parts}
    return sorted(
        (kind for kind in registry.sheet_kinds.values() if kind.code in held), key=lambda k: (k.order, k.code)
    )


def kind_title(code: str) -> str:
    """The name of a kind in the active language; of a kind that no longer exists its code."""
    kind = registry.sheet_kinds.get(code)
    return translate(str(kind.title)) if kind else code


def field_title(kind: str, code: str) -> str:
    """The name of a field in the active language."""
    item = kind_fields(kind).get(code)
    return translate(str(item.title)) if item else code


def memories(jurisdiction_id: int) -> list[Memory]:
    """Everything an office corrected."""
    return list(Memory.objects.filter(jurisdiction_id=jurisdiction_id).order_by("id"))


def kind_specs(remembered: Iterable[Memory] = ()) -> list[KindSpec]:
    """All kinds for the reader; words that an office explained count as synonyms of a choice."""
    words: dict[tuple[str, str, str], list[str]] = {}
    for row in remembered:
        if row.what == Memory.What.VALUE:
            words.setdefault((row.kind, row.field, row.target), []).append(row.word)
    return [
        KindSpec(
            kind.code,
            str(kind.title),
            [_field_spec(kind.code, item, words) for item in kind_fields(kind.code).values()],
            [str(word) for word in kind.words],
            kind.unkept,
        )
        for kind in kinds_in_order()
    ]


def _field_spec(kind: str, item: Field, words: Mapping[tuple[str, str, str], Sequence[str]]) -> FieldSpec:
    choices = {
        code: (*written, *words.get((kind, item.code, code), ())) for code, written in item.choices.items()
    }
    return FieldSpec(
        item.code,
        str(item.title),
        item.type,
        [str(word) for word in item.synonyms],
        item.required,
        item.expected,
        item.unit,
        choices,
        item.closed,
    )


def remembered(rows: Iterable[Memory]) -> Remembered:
    """Corrections as the reader takes them."""
    sheets: dict[str, str] = {}
    columns: dict[str, dict[str, str]] = {}
    for row in rows:
        if row.what == Memory.What.SHEET:
            sheets[row.word] = row.target
        elif row.what == Memory.What.COLUMN:
            columns.setdefault(row.kind, {})[row.word] = row.target
    return Remembered(sheets, columns)


def industries() -> dict[str, str] | None:
    """Codes and names where the full table is loaded; the sections and divisions alone say nothing about classes."""
    held = dict(Industry.objects.values_list("code", "name"))
    return held if any(len(code) >= 4 for code in held) else None


def choices_of(kind: str, field: str) -> list[tuple[str, str]]:
    """(stored code, first word for it) of a field that has choices."""
    item: Any = kind_fields(kind).get(field)
    return [(code, str(words[0]) if words else code) for code, words in item.choices.items()] if item else []
