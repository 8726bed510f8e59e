"""The list of cases: states as filters, filters, search, export."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, cast
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_url
from lianjian.events.queries import day_of
from lianjian.foundation import prepared
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import CHINA, day_end, day_start
from lianjian.foundation.declare import FileSource, SearchSource, Seeking
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register
from lianjian.foundation.searchdb import search

from .. import rules
from ..models import Case, CaseEvent
from .categories import category_filter, in_category
from .solved import of_alliance

TONES = {
    "registered": "due",
    "returned": "due",
    "dispatched": "neutral",
    "signed": "info",
    "handling": "info",
    "answered": "due",
    "disputed": "late",
    "parked": "paused",
    "closed": "done",
    "withdrawn": "paused",
    "declined": "paused",
    "merged": "paused",
    "objected": "late",
    "vetting": "due",
}
# Where the clock of the answer runs; a parked case has none, and before the first dispatch there is no limit yet.
TICKING = ("returned", "objected", "vetting", "dispatched", "signed", "handling", "disputed")


def visible(actor: Actor) -> QuerySet[Case]:
    """Every case the actor may see."""
    return cast("QuerySet[Case]", Case.objects.visible_to(actor))


def overdue() -> Q:
    """Cases whose answer is late at the moment of the question."""
    return Q(state__in=TICKING, due_at__lt=Now())


def _base(actor: Actor) -> QuerySet[Case]:
    return visible(actor).annotate(late=ExpressionWrapper(overdue(), output_field=BooleanField()))


@cache
def _address() -> str:
    zero = UUID(int=0)
    return reverse("cases:case", kwargs={"key": zero}).replace(str(zero), "")


def case_url(key: object) -> str:
    """The address of a case; `reverse` once, not once a row."""
    return f"{_address()}{key}"


def state_word(state: str, kind: str = "") -> str:
    """The word of a state as the kind says it."""
    own = rules.kind_of(kind).states.get(state) if kind else None
    return str(own) if own is not None else gettext(rules.STATES[state])


def state_badge(state: str, late: bool = False, kind: str = "") -> Badge:
    """The word of a state with its tone; a late case says so."""
    word = state_word(state, kind)
    return Badge(gettext("%(state)s · 超期") % {"state": word}, "late") if late else Badge(word, TONES[state])


def _row(values: Sequence[Any]) -> Row:
    key, number, title, firm, text, firm_key, category, unit, plain, state, day, due, late, kind = values[:14]
    whose: Any = Link(firm, organization_url(firm_key)) if firm else text
    if due is not None:
        local = due.astimezone(CHINA)
        # A limit in days ends with its day; the last second of it says nothing.
        due = local.date() if (local.hour, local.minute) == (23, 59) else due
    cells = (number, title, whose, category, unit or plain, state_badge(state, bool(late), kind), day, due)
    return Row(case_url(key), cells)


def _handler(rows: QuerySet[Case], value: str, actor: Actor) -> QuerySet[Case]:
    try:
        return rows.filter(handler__key=UUID(value))
    except ValueError:
        return rows.none()


def _service(rows: QuerySet[Case], value: str, actor: Actor) -> QuerySet[Case]:
    try:
        return rows.filter(service__key=UUID(value))
    except ValueError:
        return rows.none()


def _stretch(text: str) -> tuple[list[str], Any, Any] | None:
    """Names, first moment and end of "A>B>2026-01-01>2026-03-31"; None for anything else."""
    *names, first, last = text.split(">")
    since, until = day_of(first), day_of(last)
    return (names, day_start(since), day_end(until)) if since and until and names else None


def _handed(rows: QuerySet[Case], value: str, actor: Actor) -> QuerySet[Case]:
    """Cases that went from one unit to another within a span."""
    found = _stretch(value) if value.count(">") == 3 else None
    if found is None:
        return rows.none()
    (a, b), since, until = found
    lines = CaseEvent.objects.filter(from_unit=a, unit=b, at__gte=since, at__lt=until)
    return rows.filter(pk__in=lines.values("case_id"))


def _held(rows: QuerySet[Case], value: str, actor: Actor) -> QuerySet[Case]:
    """Cases of which a unit gave away a stretch within a span."""
    found = _stretch(value) if value.count(">") == 2 else None
    if found is None:
        return rows.none()
    (name,), since, until = found
    lines = CaseEvent.objects.filter(hand="unit", hand_name=name, at__gte=since, at__lt=until, seconds__gt=0)
    return rows.filter(pk__in=lines.values("case_id"))


def _since(rows: QuerySet[Case], value: str, actor: Actor) -> QuerySet[Case]:
    day = day_of(value)
    return rows.filter(registered_on__gte=day) if day else rows.none()


def _until(rows: QuerySet[Case], value: str, actor: Actor) -> QuerySet[Case]:
    day = day_of(value)
    return rows.filter(registered_on__lte=day) if day else rows.none()


def _handlers(actor: Actor) -> list[tuple[str, str]]:
    """Units of the places the actor reads, for the filter."""
    rows = prepared.recall(
        ("cases.handlers", actor.readable),
        lambda: (
            Organization.objects.filter(
                jurisdiction_id__in=actor.readable,
                classification__in=("government", "mass", "station", "centre"),
                merged_into__isnull=True,
            )
            .order_by("name")
            .values_list("key", "name")[:200]
        ),
    )
    return [(str(key), name) for key, name in rows]


CASES = register(
    ListSpec(
        name="cases.cases",
        title=_("诉求"),
        base=_base,
        columns=(
            Column("number", _("编号"), "first"),
            Column("title", _("诉求"), "text"),
            Column("whose", _("诉求人"), "link"),
            Column("category", _("类别"), "text", None, True),
            Column("handler", _("承办单位"), "text", None, True),
            Column("state", _("状态"), "state"),
            Column("registered_on", _("登记日期"), "date", "registered_on"),
            Column("due_at", _("应反馈"), "date", "due_at"),
        ),
        values=(
            "key",
            "number",
            "title",
            "organization__name",
            "organization_text",
            "organization__key",
            "category__name",
            "handler__name",
            "handler_text",
            "state",
            "registered_on",
            "due_at",
            "late",
            "kind",
        ),
        row=_row,
        right="cases.see",
        default_sort="-registered_on",
        filters=(
            Filter(
                "kind",
                _("事项种类"),
                lambda rows, value, actor: rows.filter(kind=value),
                "select",
                lambda actor: [(kind.code, str(kind.name)) for kind in rules.KINDS.values()],
            ),
            Filter("category", _("类别"), in_category, "select", category_filter),
            Filter("handler", _("承办单位"), _handler, "select", _handlers),
            Filter(
                "source",
                _("来源"),
                lambda rows, value, actor: rows.filter(source=value),
                "select",
                lambda actor: [(code, gettext(word)) for code, word in rules.SOURCES.items()],
            ),
            Filter("service", _("服务事项"), _service, "hidden"),
            Filter(
                "category_alone",
                _("类别"),
                lambda rows, value, actor: rows.filter(category__code=value),
                "hidden",
            ),
            Filter("handed", _("转办"), _handed, "hidden"),
            Filter("held", _("在办单位"), _held, "hidden"),
            Filter("solved_for", _("成立以来解决的成员诉求"), of_alliance, "hidden"),
            Filter("since", _("不早于"), _since, "date"),
            Filter("until", _("不晚于"), _until, "date"),
            Filter("overdue", _("只看超期"), lambda rows, value, actor: rows.filter(overdue()), "check"),
        ),
        state_field="state",
        states=tuple((code, _(word)) for code, word in rules.STATES.items()),
        search=search,
        empty=(_("还没有诉求"), _("走访或接待时听到的需求,在这里登记后派给承办单位。")),
    )
)


def search_cases(actor: Actor, text: str, limit: int) -> Seeking:
    """Rows for the search box."""
    rows = search(visible(actor), text).order_by("-id")
    columns = ("key", "number", "title", "organization__name", "organization_text", "state")
    (found,) = yield (rows.values_list(*columns)[:limit],)
    return [
        (f"{number} {title}", f"{name or plain} · {gettext(rules.STATES[state])}", case_url(key))
        for key, number, title, name, plain, state in found
    ]


SEARCHES = [SearchSource(str(_("诉求")), "cases.see", search_cases, 30)]


def _cases_of(actor: Actor, organization: Any) -> QuerySet[Case]:
    return visible(actor).filter(organization=organization)


FILE_SOURCES = [
    FileSource(
        label=str(_("诉求")),
        right="cases.see",
        rows=_cases_of,
        title="title",
        record_url=case_url,
        file_url=lambda key, file: reverse("cases:file", kwargs={"key": key, "file_key": file}),
    )
]
