"""Declarations that apps make and `config/wiring.py` collects, so that no app need know who reads them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

from .actor import Actor

PeriodType = Literal["during", "since", "as_of"]


@dataclass(frozen=True)
class Scoped:
    """What a figure is asked for: jurisdictions, optionally one organization's subtree, and a closed period."""

    jurisdiction_ids: tuple[int, ...]
    start: date
    end: date
    path: str = ""
    organization_id: int | None = None


class Balance(NamedTuple):
    """A number from kept counts: the sum of `column` over `plus`, less the number of rows of `minus`."""

    plus: Any
    column: str
    minus: Any


@dataclass(frozen=True)
class Indicator:
    """One figure an app can answer for. `rows` gives the numerator's rows, `base` the denominator's for a rate.

    Both are called as `rows(actor, scoped)` and return a queryset already reduced by `visible_to(actor)`;
    the value is the number of rows, or the sum of `measure` over them (of the base, of `base_measure`). A rate is shown
    in per cent, or (`share` false) as an average in `unit`. `columns` say how a row is shown: (label, attribute path or
    callable). `address` gives the page of a row. `quickly` may answer with the same value from counts that are kept, or
    with None where it cannot. `split` (label, field of a row) says by which word of a code list the page takes the
    figure apart; the parts add up to the value; `told` says how a part is told where its code is no word. `note` says
    what a place settled about the figure for that day (which firms are counted), beside the definition, which is the
    same everywhere.
    """

    code: str
    name: str
    unit: str
    period: PeriodType
    definition: str
    rows: Callable[[Actor, Scoped], Any]
    columns: Sequence[tuple[str, str | Callable[[Any], Any]]]
    address: Callable[[Any], str]
    base: Callable[[Actor, Scoped], Any] | None = None
    measure: str | None = None
    base_measure: str | None = None
    quickly: Callable[[Actor, Scoped], Balance | None] | None = None
    version: int = 1
    since: date = date(2024, 1, 1)
    right: str = "figures.read"
    subject: str = ""
    split: tuple[str, str] | None = None
    note: Callable[[Actor, Scoped], str] | None = None
    share: bool = True
    told: Callable[[str], str] | None = None


@dataclass(frozen=True)
class Field:
    """One column a sheet kind understands.

    `required`: a row without it is not stored; `expected`: it is stored with a warning. `unit`: of a bare number.
    `choices` maps the stored code to the words people write; others are an error when `closed`, else kept as written.
    """

    code: str
    title: str
    type: str = "text"
    synonyms: Sequence[str] = ()
    required: bool = False
    unit: str = ""
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    expected: bool = False
    closed: bool = False


@dataclass(frozen=True)
class SheetPart:
    """Columns that one app adds to a kind of sheet, and the verb that stores them.

    `store(actor=, batch=, rows=, now=)` receives the good rows in order; see `foundation.batch` for rows and batch.
    Parts of one kind run from the lowest app upwards; a later part finds in `row.made` what earlier parts made.
    `adopt(actor=, jurisdiction_id=, name=, organization=, now=) -> int` links rows that were stored under a firm's
    name as text, once a clerk has decided which organization the name means; returns how many.
    """

    kind: str
    fields: Sequence[Field]
    store: Callable[..., None]
    check: Callable[..., None] | None = None
    adopt: Callable[..., int] | None = None


@dataclass(frozen=True)
class SheetKind:
    """A kind of spreadsheet: its name, words by which its title is known, and the right to import it.

    Kinds are stored by `order`, so that what others point to comes first. `listing` is where its records are seen:
    a url name, with a query where needed ("directory:organizations?classification=enterprise"). Columns whose header
    holds one of the words in `unkept`, and columns of identity numbers, are neither read nor kept aside in this kind.
    """

    code: str
    title: str
    right: str
    words: Sequence[str] = ()
    order: int = 100
    listing: str = ""
    unkept: Sequence[str] = ()


Filled = tuple[str, dict[str, Any]] | None
# Yields the `values_list` queries it needs, once, and is sent their rows; then returns what it fills.
Seeking = Generator[tuple[Any, ...], list[list[tuple[Any, ...]]], Sequence[tuple[str, str, str]]]
Asking = Generator[tuple[Any, ...], list[list[tuple[Any, ...]]], Filled]


@dataclass(frozen=True)
class Panel:
    """A part of a lower page that a higher app fills: `build(actor, record, now)` gives (template, context) or None.

    `build` may be a generator (`Asking`): then the queries of all panels of the page are asked in one round trip.
    """

    page: str
    build: Callable[..., Filled | Asking]
    order: int = 100


@dataclass(frozen=True)
class FileSource:
    """One kind of record whose files the page of an organization lists beside those of the other kinds.

    `rows(actor, organization)` gives the records that the actor may see, each with a `key` and a `bundle`; `title` is
    the field a record is told by. `record_url(key)` is its page, `file_url(key, file_key)` its own download.
    """

    label: str
    right: str
    rows: Callable[[Actor, Any], Any]
    title: str
    record_url: Callable[[Any], str]
    file_url: Callable[[Any, Any], str]


@dataclass(frozen=True)
class NavEntry:
    """One entry of the main navigation; shown to those who hold `right` somewhere."""

    label: str
    url: str
    icon: str
    right: str | None
    order: int
    phone: bool = False
    prefixes: Sequence[str] = ()


@dataclass(frozen=True)
class SearchSource:
    """One kind of record that the search box finds: `find(actor, text, limit)` gives (title, note, url) rows.

    `find` may be a generator, as a panel's `build` may: all kinds are then asked for in one round trip.
    """

    label: str
    right: str | None
    find: Callable[[Actor, str, int], Sequence[tuple[str, str, str]] | Seeking]
    order: int = 100


class PairFact(NamedTuple):
    """One thing known of a body, or between it and a partner, as of a day; who says so.

    `kind` is one of `alliances.rules.pairing.FACTS`; what nobody says is unknown, never 0.
    """

    kind: str
    organization_id: int
    partner_id: int | None
    text: str
    value: float | None
    day: date
    source: str


class GoalKind(NamedTuple):
    """One thing that a goal may count: its words and unit."""

    code: str
    name: str
    unit: str


@dataclass(frozen=True)
class GoalSource:
    """What an app can count towards the goals of a campaign.

    `count(actor, campaign, places)` gives the number of each kind, in one query; none to whom a number would not be
    whole. `places` are those of the bodies that take part. `address(campaign, code)` is the list of what is counted.
    """

    kinds: Sequence[GoalKind]
    count: Callable[[Actor, Any, Sequence[int]], Mapping[str, int]]
    address: Callable[[Any, str], str]


@dataclass(frozen=True)
class PairFactSource:
    """Facts that an app can tell before bodies are paired: `facts(actor, organization_ids, day)`, one query."""

    label: str
    facts: Callable[[Actor, Sequence[int], date], Sequence[PairFact]]
