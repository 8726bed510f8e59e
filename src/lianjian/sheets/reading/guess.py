"""Guesses what a table is about and what its columns mean, from words, titles and the looks of the values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from lianjian.sheets.reading.assign import best_pairs
from lianjian.sheets.reading.header import HeaderColumn, Table
from lianjian.sheets.reading.likeness import key_likeness, path_likeness
from lianjian.sheets.reading.shapes import TELLING, Profile, fit, profile
from lianjian.sheets.reading.spec import Choice, FieldSpec, KindSpec, Memory
from lianjian.sheets.reading.words import GENERIC, label_key

Source = Literal["person", "memory", "header", "shape"]

ACCEPTED: Final = 0.5  # a column is mapped from here on
SURE: Final = 0.95  # header words equal
LEAST_KIND: Final = 0.5
LEAST_COVER: Final = 0.34
REMARKS: Final = frozenset({"备注", "说明", "remarks", "remark", "note", "notes"})


@dataclass(frozen=True, slots=True)
class Match:
    """A column's field with the score (0 to about 1.1) and where it came from."""

    field: str
    score: float
    source: Source


@dataclass(frozen=True, slots=True)
class Guess:
    """What a table is taken for. `kind` None: nothing known fits, the table is kept as it is."""

    kind: str | None
    confidence: float
    runner_up: str | None = None
    columns: Mapping[int, Match] = field(default_factory=dict)
    ranking: tuple[tuple[str, float], ...] = ()
    source: Source = "header"


@dataclass(frozen=True, slots=True)
class _Trial:
    kind: KindSpec
    score: float
    cover: float
    columns: dict[int, Match]


def known_words(kinds: Sequence[KindSpec], memory: Memory | None = None) -> frozenset[str]:
    """All header words of all kinds as keys: what the search for headers knows."""
    words = {
        label_key(word.rpartition("/")[2])
        for kind in kinds
        for spec in kind.fields
        for word in (spec.title, *spec.synonyms)
    }
    if memory:
        words.update(key.rpartition("/")[2] for columns in memory.columns.values() for key in columns)
    return frozenset(words - {""})


def guess(
    table: Table, kinds: Sequence[KindSpec], memory: Memory | None = None, choice: Choice | None = None
) -> Guess:
    """Guess kind and columns; a person's choice goes before what is remembered, and that before the guess."""
    memory, choice = memory or Memory(), choice or Choice()
    looks = {column.index: profile(table.grid.columns[column.index], table.rows) for column in table.columns}
    trials = sorted(
        (_try(table, kind, kinds, looks, memory, choice) for kind in kinds),
        key=lambda trial: (-trial.score, trial.kind.code),
    )
    ranking = tuple((trial.kind.code, round(trial.score, 3)) for trial in trials[:5])
    told = choice.kind
    source: Source = "person"
    if told is None and table.signature in memory.sheets:
        told, source = memory.sheets[table.signature], "memory"
    if told is not None:
        chosen = next((trial for trial in trials if trial.kind.code == told), None)
        others = [trial.kind.code for trial in trials if trial.kind.code != told]
        columns = chosen.columns if chosen else {}
        code = chosen.kind.code if chosen else None
        return Guess(code, 1.0, others[0] if others else None, columns, ranking, source)
    if not trials or trials[0].score < LEAST_KIND or trials[0].cover < LEAST_COVER:
        doubt = trials[0].score if trials else 0.0
        return Guess(
            None, round(1.0 - min(doubt, 1.0), 2), trials[0].kind.code if trials else None, {}, ranking
        )
    best = trials[0]
    second = trials[1].score if len(trials) > 1 else 0.0
    margin = min(1.0, (best.score - second) / 0.2)
    confidence = round(min(1.0, best.score) * (0.7 + 0.3 * margin), 2)
    return Guess(
        best.kind.code, confidence, trials[1].kind.code if len(trials) > 1 else None, best.columns, ranking
    )


def _try(
    table: Table,
    kind: KindSpec,
    kinds: Sequence[KindSpec],
    looks: Mapping[int, Profile],
    memory: Memory,
    choice: Choice,
) -> _Trial:
    """Pair the columns with the fields of one kind and score the whole."""
    told = _told(table, kind, memory, choice)
    columns: dict[int, Match] = {index: match for index, match in told.items() if match.field}
    taken = {match.field for match in columns.values()}
    open_columns = [
        column for column in table.columns if column.index not in told and not _is_running(column, looks)
    ]
    open_fields = [spec for spec in kind.fields if spec.code not in taken]
    scores = [
        [_score(column, spec, looks[column.index])[0] for column in open_columns] for spec in open_fields
    ]
    for row, place in best_pairs(scores):
        column, spec = open_columns[place], open_fields[row]
        score, source = _score(column, spec, looks[column.index])
        if score >= ACCEPTED:
            columns[column.index] = Match(spec.code, round(score, 3), source)
    cover = _cover(table, columns, looks)
    return _Trial(kind, _kind_score(table, kind, kinds, columns, cover), cover, dict(sorted(columns.items())))


def _told(table: Table, kind: KindSpec, memory: Memory, choice: Choice) -> dict[int, Match]:
    """Columns already decided by a person or remembered; an empty field means: keep the column unmapped."""
    remembered = memory.columns.get(kind.code, {})
    fields = {spec.code for spec in kind.fields} | {""}
    told: dict[int, Match] = {}
    used: set[str] = set()
    for column in table.columns:
        if choice.kind in (None, kind.code) and choice.columns.get(column.index) in fields:
            told[column.index] = Match(choice.columns[column.index], 1.1, "person")
            used.add(choice.columns[column.index])
    for column in table.columns:
        code = remembered.get(column.key)
        if column.index not in told and code in fields and (not code or code not in used):
            told[column.index] = Match(code, 1.1, "memory")
            used.add(code)
    return told


def _is_running(column: HeaderColumn, looks: Mapping[int, Profile]) -> bool:
    """A column of running numbers under a word such as 序号; 编号 with codes like JB001 is a column of its own."""
    seen = looks[column.index]
    return column.serial and (not seen.count or seen.share("number") + seen.share("amount") > 0.8)


def _score(column: HeaderColumn, spec: FieldSpec, seen: Profile) -> tuple[float, Source]:
    likeness = max((path_likeness(column.path, word) for word in (spec.title, *spec.synonyms)), default=0.0)
    looks = fit(spec, seen)
    if likeness >= SURE:
        return likeness + 0.3 * looks, "header"
    if likeness >= 0.4:
        return likeness + looks, "header"
    # Codes and phones are known by their looks, under a foreign word or none; other values are too common.
    return (TELLING[spec.type] * max(0.0, looks / 0.3) if spec.type in TELLING else 0.0), "shape"


def _meaningful(table: Table, looks: Mapping[int, Profile]) -> list[HeaderColumn]:
    return [
        column
        for column in table.columns
        if not _is_running(column, looks) and label_key(column.path[-1] if column.path else "") not in REMARKS
    ]


def _cover(table: Table, columns: Mapping[int, Match], looks: Mapping[int, Profile]) -> float:
    """Share of the columns that the kind explains."""
    meaningful = _meaningful(table, looks)
    if not meaningful:
        return 0.0
    return sum(
        min(1.0, columns[column.index].score) for column in meaningful if column.index in columns
    ) / len(meaningful)


def _kind_score(
    table: Table, kind: KindSpec, kinds: Sequence[KindSpec], columns: Mapping[int, Match], cover: float
) -> float:
    paths = {column.index: column for column in table.columns}
    sure = [(paths[index], match) for index, match in columns.items() if match.score >= 0.8]
    special = sum(_special(column, kinds) for column, _match in sure) / max(1, len(sure))
    required = [spec.code for spec in kind.fields if spec.required]
    found = {match.field for match in columns.values()}
    needed = sum(code in found for code in required) / len(required) if required else 1.0
    score = 0.45 * cover + 0.15 * special + 0.2 * needed + 0.2 * _title_evidence(table, kind)
    return score if needed > 0 else 0.5 * score


def _special(column: HeaderColumn, kinds: Sequence[KindSpec]) -> float:
    """1 for a header that only one kind knows, less for one that many share (姓名, 日期)."""
    leaf = label_key(column.path[-1]) if column.path else ""
    if leaf in GENERIC:
        return 0.2
    sharing = sum(
        any(
            label_key(word.rpartition("/")[2]) == leaf
            for spec in kind.fields
            for word in (spec.title, *spec.synonyms)
        )
        for kind in kinds
    )
    return 1.0 / sharing if sharing else 0.5


def _title_evidence(table: Table, kind: KindSpec) -> float:
    """1 when a word of the kind stands in a title, 0.8 in the sheet's name, less for a likeness."""
    titles, name = [label_key(title) for title in table.titles], label_key(table.grid.name)
    best = 0.0
    for word in (kind.title, *kind.sheet_words):
        key = label_key(word)
        if not key:
            continue
        length = min(1.0, 0.6 + 0.1 * len(key))
        if any(key in title for title in titles):
            best = max(best, length)
        elif key in name:
            best = max(best, 0.8 * length)
        else:
            best = max(
                best, 0.4 * max((key_likeness(title, key) for title in [*titles, name] if title), default=0.0)
            )
    return best
