"""Lists: filters and sort in the address, keyset paging, counts that stop early, export of what is shown.

A list is declared once as a `ListSpec`; `build` answers a request with a finished `Listing`. It costs at most
three queries (rows, counts, saved views) whatever its length. Rows come as tuples of `values`, not as objects.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.exceptions import EmptyResultSet, FieldDoesNotExist
from django.db import connection
from django.db.models import CharField, F, QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import prepared
from .actor import Actor
from .keyset import beyond, read_key, write_key
from .models import SavedView
from .text import labelled

COUNT_LIMIT = 1000
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


def narrowed(spec: ListSpec, actor: Actor, query: Mapping[str, str], *, with_state: bool = True) -> QuerySet[Any]:
    """The rows of a list under the filters of an address: what page, counts and export share."""
    rows = spec.base(actor)
    for item in spec.filters:
        value = query.get(item.name, "")
        if value:
            rows = item.apply(rows, value, actor)
    text = query.get("q", "").strip()
    if text and spec.search:
        rows = spec.search(rows, text)
    state = query.get("state", "")
    if with_state and state and spec.state_field and state in {s for s, _l in spec.states}:
        rows = rows.filter(**{spec.state_field: state})
    return rows


def build(request: HttpRequest, spec: ListSpec, *, empty_action: Any = None) -> Listing:
    """Answer a request for a list page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    query = {k: v for k, v in request.GET.items() if v and "\0" not in v}
    wide = lambda: narrowed(spec, actor, query, with_state=False)  # noqa: E731 - made only where its SQL is not known
    rows = lambda: narrowed(spec, actor, query)  # noqa: E731
    sort = _valid_sort(spec, query.get("sort", ""))
    key = _statement_key(spec, actor, query)
    shown, next_key, prev_key = _page(spec, rows, sort, query.get("at", ""), key)
    counts = _counts(spec, wide, key) if spec.state_field else {}
    total = _total(spec, rows, counts, query)
    return Listing(
        name=spec.name,
        title=spec.title,
        columns=[_column(c, sort, query, request.path) for c in spec.columns],
        rows=shown,
        filters=[_filter(f, query, actor) for f in spec.filters],
        states=_states(spec, counts, query, request.path),
        search=query.get("q", "") if spec.search else None,
        chips=_chips(spec, query, request.path, actor),
        next_url=_address(request.path, query, at=next_key) if next_key else None,
        prev_url=_address(request.path, query, at=prev_key) if prev_key else None,
        count_text=capped(total),
        may_export=bool(actor.scopes("lists.export")),
        saved=_saved(actor, spec, request),
        empty=(spec.empty[0] or _("没有符合条件的记录"), spec.empty[1] or _("换一个条件试试。"), empty_action),
        query=query,
    )


def capped(count: int) -> str:
    """The count in words: beyond the limit only "1,000+"."""
    return f"{COUNT_LIMIT:,}+" if count > COUNT_LIMIT else f"{count:,}"


def _valid_sort(spec: ListSpec, wanted: str) -> str:
    allowed = {c.sort for c in spec.columns if c.sort}
    return wanted if wanted.lstrip("-") in allowed else spec.default_sort


Rows = Callable[[], QuerySet[Any]]


def _statement_key(spec: ListSpec, actor: Actor, query: Mapping[str, str]) -> Hashable:
    """Under what the SQL of a list is kept: all that decides it. None for texts and places, which rarely recur."""
    print_ = getattr(actor, "fingerprint", None)
    if print_ is None or "at" in query or "q" in query:
        return None
    return ("list", spec.name, print_, get_language(), *sorted(query.items()))


def _ask(
    key: Hashable, part: str, build: Callable[[], QuerySet[Any] | prepared.Statement]
) -> list[tuple[Any, ...]]:
    return prepared.run(build()) if key is None else prepared.recall((part, key), build)


def _page(
    spec: ListSpec, rows: Rows, sort: str, at: str, known: Hashable
) -> tuple[list[Row], str | None, str | None]:
    """One page by keyset: never an OFFSET, so the thousandth page costs what the first does."""
    key = read_key(at)
    back = bool(key and key[2])
    found = _ask(known, "page", lambda: _page_rows(spec, rows(), sort, key))
    more = len(found) > spec.page_size
    found = found[: spec.page_size]
    if back:
        found.reverse()
    has_next, has_prev = (True, more) if back else (more, bool(key))
    next_key = write_key(found[-1][-2], found[-1][-1], False) if found and has_next else None
    prev_key = write_key(found[0][-2], found[0][-1], True) if found and has_prev else None
    return [spec.row(values) for values in found], next_key, prev_key


def _page_rows(
    spec: ListSpec, rows: QuerySet[Any], sort: str, key: tuple[Any, int, bool] | None
) -> QuerySet[Any]:
    """The rows of one page and one more, in the order walked."""
    name, down = sort.lstrip("-"), sort.startswith("-")
    back = bool(key and key[2])
    empty = _may_be_empty(rows, name)
    turned = down != back
    if key:
        rows = rows.filter(beyond(name, key[0], key[1], turned, back=back, empty=empty))
    # Only where values may be missing: "nulls last" keeps the database from walking a plain index.
    nulls = {("nulls_first" if back else "nulls_last"): True} if empty else {}
    order = F(name).desc(**nulls) if turned else F(name).asc(**nulls)
    pk_order = "-pk" if turned else "pk"
    return rows.order_by(order, pk_order).values_list(*spec.values, name, "pk")[: spec.page_size + 1]


def _may_be_empty(rows: QuerySet[Any], name: str) -> bool:
    """Whether the column can be without a value; one of another table or an annotation is taken to be."""
    if name == "pk":
        return False
    try:
        return bool(getattr(rows.model._meta.get_field(name), "null", True))
    except FieldDoesNotExist:
        return True


def _counts(spec: ListSpec, rows: Rows, known: Hashable) -> dict[str, int]:
    """Rows by state, each count stopping just past the limit, in one query."""
    return dict(_ask(known, "counts", lambda: _count_rows(spec, rows())))  # type: ignore[arg-type]


def _count_rows(spec: ListSpec, rows: QuerySet[Any]) -> prepared.Statement:
    """(state, count): one counted query that the database plans once and runs for each state."""
    state = RawSQL(f"shown.state{_cast(rows, str(spec.state_field))}", [])  # noqa: S611
    own = rows.filter(**{str(spec.state_field): state}).order_by().values("pk")
    try:
        sql, values = own[: COUNT_LIMIT + 1].query.sql_with_params()
    except EmptyResultSet:  # a filter that can match nothing
        return prepared.Statement("")
    counted = f"SELECT shown.state, (SELECT count(*) FROM ({sql}) s) FROM unnest(%s::text[]) shown(state)"  # noqa: S608
    return prepared.Statement(counted, [*values, [state for state, _label in spec.states]])


def _cast(rows: QuerySet[Any], name: str) -> str:
    """States are words; a column that is not one has them cast to its type."""
    try:
        field = rows.model._meta.get_field(name)
    except FieldDoesNotExist:  # an annotation
        return ""
    return "" if isinstance(field, CharField | TextField) else f"::{field.db_type(connection)}"


def _total(spec: ListSpec, rows: Rows, counts: Mapping[str, int], query: Mapping[str, str]) -> int:
    if counts:
        state = query.get("state")
        return counts.get(state, 0) if state in counts else sum(counts.values())
    return int(rows().order_by().values("pk")[: COUNT_LIMIT + 1].count())


def _states(
    spec: ListSpec, counts: Mapping[str, int], query: Mapping[str, str], path: str
) -> list[tuple[Text, str, str, bool]]:
    if not spec.state_field:
        return []
    now = query.get("state", "")
    shown: list[tuple[Text, str, str, bool]] = [
        (_("全部"), _address(path, query, state=None, at=None), capped(sum(counts.values())), not now)
    ]
    for state, label in spec.states:
        if len(spec.states) > MANY_STATES and not counts.get(state) and state != now:
            continue
        shown.append((label, _address(path, query, state=state, at=None), capped(counts.get(state, 0)), now == state))
    return shown


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
        words_now = labelled(item.label, words.get(value, value))
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
