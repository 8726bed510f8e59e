"""Lists: filters and sort in the address, keyset paging, counts that stop early, export of what is shown.

A list is declared once as a `ListSpec`; `build` answers a request with a finished `Listing`. It costs at most
three queries (rows, counts, saved views) whatever its length. Rows come as tuples of `values`, not as objects.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from . import prepared
from .actor import Actor
from .listrows import COUNT_LIMIT, Asked
from .models import SavedView
from .text import labelled

MANY_STATES = 12  # of more states than these, only those with rows are offered
Text = str | Promise


class Badge(NamedTuple):
    """A state word with its tone: done, due, late, paused, neutral or info."""

    word: Text
    tone: str


class Link(NamedTuple):
    """A word that leads to a page."""

    text: Text
    url: str


class Row(NamedTuple):
    """One line: the address of its record and its cells in the order of the columns."""

    url: str
    cells: Sequence[Any]


@dataclass(frozen=True)
class Column:
    """One column. `sort` names the field to order by; None means it cannot be sorted."""

    key: str
    label: Text
    kind: str = "text"
    sort: str | None = None
    hide_small: bool = False


@dataclass(frozen=True)
class Filter:
    """One filter of the bar. `apply(queryset, value, actor)` narrows; `options(actor)` lists (value, label)."""

    name: str
    label: Text
    apply: Callable[[Any, str, Actor], Any]
    kind: str = "select"
    options: Callable[[Actor], Sequence[tuple[str, Text]]] | None = None


@dataclass(frozen=True)
class ListSpec:
    """A list page. `base(actor)` must already be reduced by `visible_to(actor)`."""

    name: str
    title: Text
    base: Callable[[Actor], QuerySet[Any]]
    columns: Sequence[Column]
    values: Sequence[str]
    row: Callable[[Sequence[Any]], Row]
    right: str
    default_sort: str = "-pk"
    filters: Sequence[Filter] = ()
    state_field: str | None = None
    states: Sequence[tuple[str, Text]] = ()
    search: Callable[[Any, str], Any] | None = None
    page_size: int = 50
    empty: tuple[Text, Text] = ("", "")


@dataclass(frozen=True)
class ShownColumn:
    """A column as the table shows it, with the address that sorts by it."""

    key: str
    label: Text
    kind: str
    sortable: bool
    sort_url: str
    sorted: str | None
    hide_small: bool


@dataclass(frozen=True)
class ShownFilter:
    """A filter as the bar shows it."""

    name: str
    label: Text
    kind: str
    value: str
    options: Sequence[tuple[str, Text, int | None]]


@dataclass
class Listing:
    """A finished list page, ready for the macros of `ui/kit.html`."""

    name: str
    title: Text
    columns: Sequence[ShownColumn]
    rows: Sequence[Row]
    filters: Sequence[ShownFilter] = ()
    states: Sequence[tuple[Text, str, bool]] | Sequence[tuple[Text, str, str, bool]] = ()
    search: str | None = None
    chips: Sequence[tuple[str, str]] = ()
    next_url: str | None = None
    prev_url: str | None = None
    count_text: str = ""
    may_export: bool = False
    saved: Sequence[tuple[str, str, bool]] = ()
    empty: tuple[Text, Text, Any] = ("", "", None)
    query: Mapping[str, str] = field(default_factory=dict)


REGISTRY: dict[str, ListSpec] = {}


def register(spec: ListSpec) -> ListSpec:
    """Make the list known by name, so that an export job can build it again."""
    REGISTRY[spec.name] = spec
    return spec


def build(request: HttpRequest, spec: ListSpec, *, empty_action: Any = None) -> Listing:
    """Answer a request for a list page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    query = {k: v for k, v in request.GET.items() if v and "\0" not in v}
    sort = _valid_sort(spec, query.get("sort", ""))
    asked = Asked(spec, actor, query, sort)
    found, next_key, prev_key = asked.page()
    counts = asked.counts() if spec.state_field else {}
    total = asked.total(counts)
    return Listing(
        name=spec.name,
        title=spec.title,
        columns=[_column(c, sort, query, request.path) for c in spec.columns],
        rows=[spec.row(values) for values in found],
        filters=[_filter(f, query, actor) for f in spec.filters],
        states=_states(spec, counts, query, request.path),
        search=query.get("q", "") if spec.search else None,
        chips=_chips(spec, query, request.path, actor),
        next_url=_address(request.path, query, at=next_key) if next_key else None,
        prev_url=_address(request.path, query, at=prev_key) if prev_key else None,
        count_text=capped(total),
        may_export=bool(actor.scopes("lists.export")),
        saved=_saved(actor, spec, request),
        empty=_empty(spec, query, request.path, empty_action),
        query=query,
    )


def _empty(spec: ListSpec, query: Mapping[str, str], path: str, action: Any) -> tuple[Text, Text, Any]:
    """What a list without rows says: that there are none yet, or that none fits what was asked."""
    sort = query.get("sort")
    if query.keys() - {"sort"}:
        return _("没有符合条件的记录"), _("换一个条件试试。"), (_("查看全部"), _address(path, {}, sort=sort))
    return spec.empty[0] or _("没有符合条件的记录"), spec.empty[1] or _("换一个条件试试。"), action


def capped(count: int | None) -> str:
    """The count in words: beyond the limit only "1,000+"; nothing for one that was not taken."""
    if count is None:
        return ""
    return f"{COUNT_LIMIT:,}+" if count > COUNT_LIMIT else f"{count:,}"


def _valid_sort(spec: ListSpec, wanted: str) -> str:
    allowed = {c.sort for c in spec.columns if c.sort}
    return wanted if wanted.lstrip("-") in allowed else spec.default_sort


def _states(
    spec: ListSpec, counts: Mapping[str, int | None], query: Mapping[str, str], path: str
) -> list[tuple[Text, str, str, bool]]:
    if not spec.state_field:
        return []
    now = query.get("state", "")
    shown: list[tuple[Text, str, str, bool]] = [
        (_("全部"), _address(path, query, state=None, at=None), _all(counts), not now)
    ]
    for state, label in spec.states:
        if len(spec.states) > MANY_STATES and counts.get(state, 0) == 0 and state != now:
            continue
        shown.append((label, _address(path, query, state=state, at=None), capped(counts.get(state, 0)), now == state))
    return shown


def _all(counts: Mapping[str, int | None]) -> str:
    return capped(COUNT_LIMIT + 1 if None in counts.values() else sum(filter(None, counts.values())))


def _column(column: Column, sort: str, query: Mapping[str, str], path: str) -> ShownColumn:
    name, down = sort.lstrip("-"), sort.startswith("-")
    here = column.sort is not None and column.sort == name
    turned = f"-{column.sort}" if here and not down else column.sort
    return ShownColumn(
        key=column.key,
        label=column.label,
        kind=column.kind,
        sortable=column.sort is not None,
        sort_url=_address(path, query, sort=turned, at=None) if column.sort else "",
        sorted=("desc" if down else "asc") if here else None,
        hide_small=column.hide_small,
    )


def _filter(item: Filter, query: Mapping[str, str], actor: Actor) -> ShownFilter:
    options = [(value, label, None) for value, label in item.options(actor)] if item.options else []
    return ShownFilter(item.name, item.label, item.kind, query.get(item.name, ""), options)


def _chips(spec: ListSpec, query: Mapping[str, str], path: str, actor: Actor) -> list[tuple[str, str]]:
    chips = []
    for item in spec.filters:
        value = query.get(item.name)
        if not value:
            continue
        words = {v: str(label) for v, label in item.options(actor)} if item.options else {}
        # What a hidden filter holds is a key: its label alone says what is shown.
        named = value in words or item.kind != "hidden"
        words_now = labelled(item.label, words.get(value, value)) if named else str(item.label)
        chips.append((words_now, _address(path, query, at=None, **{item.name: None})))
    if query.get("q"):
        chips.append((labelled(_("搜索"), query["q"]), _address(path, query, q=None, at=None)))
    return chips


def _saved(actor: Actor, spec: ListSpec, request: HttpRequest) -> list[tuple[str, str, bool]]:
    if actor.user_id is None:
        return []
    here = request.META.get("QUERY_STRING", "")
    rows = prepared.recall(
        ("saved", actor.user_id, spec.name),
        lambda: SavedView.objects.filter(user_id=actor.user_id, page=spec.name)
        .order_by("name")
        .values_list("name", "query"),
    )
    return [(name, f"{request.path}?{query}", query == here) for name, query in rows]


def _address(path: str, query: Mapping[str, str], **changes: str | None) -> str:
    merged = {k: v for k, v in {**query, **changes}.items() if v}
    return f"{path}?{urlencode(merged)}" if merged else path


def parse_query(text: str) -> dict[str, str]:
    """The filters of a stored address."""
    return {k: v for k, v in QueryDict(text).items() if isinstance(v, str) and v}
