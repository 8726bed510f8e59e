"""What the pages of visits show: the list, one visit, the choices of its form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Membership, Organization
from lianjian.directory.queries import organization_choices, organization_url
from lianjian.files.models import File
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Asking, FileSource, SearchSource, Seeking
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register
from lianjian.foundation.searchdb import search
from lianjian.rulebook.queries import line_of

from ..models import Purpose, Visit, covered_by
from ..rules import PURPOSES

VISITABLE = ("enterprise", "social", "cooperative", "village", "bank", "park")


def purpose_name(code: str) -> str:
    """The purpose in the active language; a place's own purpose is its own name."""
    return gettext(PURPOSES[code]) if code in PURPOSES else code


def purposes(jurisdiction_id: int, *, retired: bool = True, held: str = "") -> list[tuple[str, str]]:
    """(code, name) for forms and filters: the known ones, then those of the place and the places above.

    Forms leave out the retired ones, except the one that is `held` already.
    """
    own = Purpose.objects.filter(jurisdiction_id__in=line_of(jurisdiction_id)).order_by("id")
    if not retired:
        own = own.filter(Q(retired_on__isnull=True) | Q(name=held))
    names = dict.fromkeys(own.values_list("name", flat=True))
    return [*((code, gettext(name)) for code, name in PURPOSES.items()), *((name, name) for name in names)]


def purpose_rows(jurisdiction_id: int) -> list[tuple[Purpose, int]]:
    """The purposes that a place added, those on offer first, each with how many of its visits have it."""
    counts = dict(
        Visit.objects.filter(jurisdiction_id=jurisdiction_id)
        .order_by()
        .values_list("purpose")
        .annotate(n=Count("pk"))
    )
    rows = Purpose.objects.filter(jurisdiction_id=jurisdiction_id)
    return [
        (row, counts.get(row.name, 0)) for row in rows.order_by(F("retired_on").asc(nulls_first=True), "id")
    ]


@cache
def _address() -> str:
    zero = UUID(int=0)
    return reverse("events:visit", kwargs={"key": zero}).replace(str(zero), "")


def visit_url(key: object) -> str:
    """The address of a visit; `reverse` once, not once a row."""
    return f"{_address()}{key}"


def day_of(text: str) -> date | None:
    """A day of a filter, None when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _since(rows: QuerySet[Visit], value: str, actor: Actor) -> QuerySet[Visit]:
    day = day_of(value)
    return rows.filter(visited_on__gte=day) if day else rows.none()


def _until(rows: QuerySet[Visit], value: str, actor: Actor) -> QuerySet[Visit]:
    day = day_of(value)
    return rows.filter(visited_on__lte=day) if day else rows.none()


def _by_person(rows: QuerySet[Visit], value: str, actor: Actor) -> QuerySet[Visit]:
    """Visits that name `value` among the visitors; the search index narrows them down first."""
    named = rf"(^|、){re.escape(value)}(、|$)"
    return search(rows, value).filter(visitors__regex=named)


def _at(rows: QuerySet[Visit], value: str, actor: Actor) -> QuerySet[Visit]:
    try:
        return rows.filter(organization__key=UUID(value))
    except ValueError:
        return rows.none()


def _purpose(rows: QuerySet[Visit], value: str, actor: Actor) -> QuerySet[Visit]:
    return rows.filter(purpose=value)


def instructors(actor: Actor) -> list[tuple[str, str]]:
    """Names of the instructors in force whom the actor may see, to choose one."""
    rows = Membership.objects.visible_to(actor).filter(role="instructor", until__isnull=True)
    return [
        (name, name)
        for name in rows.order_by("person__name").values_list("person__name", flat=True).distinct()
    ]


def _row(values: Sequence[Any]) -> Row:
    key, day, name, text, org_key, purpose, visitors, received, needs, withdrawn = values[:10]
    whom: Any = Link(name, organization_url(org_key)) if name else text
    mark: Any = Badge(_("已作废"), "paused") if withdrawn else purpose_name(purpose)
    return Row(visit_url(key), (day.isoformat(), whom, visitors, mark, received, needs))


VISITS = register(
    ListSpec(
        name="events.visits",
        title=_("走访"),
        base=lambda actor: Visit.objects.visible_to(actor),
        columns=(
            Column("visited_on", _("日期"), "first", "visited_on"),
            Column("whom", _("走访对象"), "link"),
            Column("visitors", _("走访人"), "text"),
            Column("purpose", _("走访内容"), "text"),
            Column("received_by", _("接待人"), "text", None, True),
            Column("needs_found", _("发现需求(个)"), "number", "needs_found"),
        ),
        values=(
            "key",
            "visited_on",
            "organization__name",
            "organization_text",
            "organization__key",
            "purpose",
            "visitors",
            "received_by",
            "needs_found",
            "withdrawn_at",
        ),
        row=_row,
        right="events.see",
        default_sort="-visited_on",
        filters=(
            Filter("since", _("不早于"), _since, "date"),
            Filter("until", _("不晚于"), _until, "date"),
            Filter("person", _("红管家"), _by_person, "select", instructors),
            Filter(
                "purpose", _("走访内容"), _purpose, "select", lambda actor: purposes(actor.jurisdiction_id)
            ),
            Filter("organization", _("走访对象"), _at, "hidden"),
        ),
        search=search,
        empty=(_("还没有走访记录"), _("走访企业后在这里记一笔,一分钟就够。")),
    )
)


def covered_choices(actor: Actor) -> list[tuple[str, str]]:
    """(key, name) of the enterprises the actor covers, by name."""
    rows = covered_by(actor).order_by("organization__name")
    return [(str(key), name) for key, name in rows.values_list("organization__key", "organization__name")]


def whom_choices(actor: Actor, text: str, *, limit: int = 12) -> list[dict[str, str]]:
    """`[{key, label, note}]` for the combobox: enterprises one covers first; for others only where one may write."""
    words = text.strip()
    own = [
        {"key": key, "label": name, "note": gettext("我联系的企业")}
        for key, name in covered_choices(actor)
        if words in name
    ][:limit]
    seen = {choice["key"] for choice in own}
    if len(own) < limit and any(scope.whole for scope in actor.scopes("events.write")):
        for choice in organization_choices(actor, words, classifications=VISITABLE, limit=limit):
            if choice["key"] not in seen and len(own) < limit:
                own.append(choice)
    return own


@dataclass(frozen=True)
class VisitPage:
    """One visit as its page shows it."""

    visit: Visit
    title: str
    whom_url: str
    purpose: str
    files: Sequence[File]
    may_change: bool
    items: Sequence[Any] = ()


def may_change(actor: Actor, visit: Visit) -> bool:
    """Who recorded the visit, or who writes visits of the visited body."""
    if visit.withdrawn_at is not None or not actor.scopes("events.write"):
        return False
    if actor.user_id is not None and visit.recorded_by == actor.user_id:
        return True
    return visit.organization is not None and actor.may("events.write", visit.organization)


def visit_page(actor: Actor, visit: Visit) -> VisitPage:
    """Everything the page of a visit needs; one query for its files."""
    files = File.objects.present().filter(bundle_id=visit.bundle_id).order_by("id") if visit.bundle_id else []
    return VisitPage(
        visit=visit,
        title=gettext("走访%(whom)s") % {"whom": visit.whom},
        whom_url=organization_url(visit.organization.key) if visit.organization is not None else "",
        purpose=purpose_name(visit.purpose),
        files=list(files),
        may_change=may_change(actor, visit),
    )


def organization_panel(
    *, actor: Actor, record: Organization, now: datetime
) -> Asking:
    """The last visits, for the page of an organization."""
    if record.classification not in VISITABLE or not actor.scopes("events.see"):
        return None
    rows = (
        Visit.objects.visible_to(actor).standing().filter(organization=record).order_by("-visited_on", "-id")
    )
    (found,) = yield (rows.values_list("key", "visited_on", "visitors", "purpose")[:6],)
    shown = [
        (None, str(day), f"{names} · {purpose_name(code)}", visit_url(key))
        for key, day, names, code in found[:5]
    ]
    return "events/_organization.html", {
        "visits": shown,
        "more_url": f"{reverse('events:visits')}?organization={record.key}" if len(found) > 5 else "",
        "new_url": f"{reverse('events:record')}?organization={record.key}"
        if actor.scopes("events.write")
        else "",
        "recent": bool(found) and found[0][1] >= (now - timedelta(days=92)).date(),
    }


def search_visits(actor: Actor, text: str, limit: int) -> Seeking:
    """Rows for the search box."""
    rows = search(Visit.objects.visible_to(actor).standing(), text).order_by("-visited_on", "-id")
    columns = ("key", "visited_on", "organization__name", "organization_text", "visitors")
    (found,) = yield (rows.values_list(*columns)[:limit],)
    return [(f"{day} {name or plain}", visitors, visit_url(key)) for key, day, name, plain, visitors in found]


VISIT_SEARCHES = [SearchSource(str(_("走访")), "events.see", search_visits, 50)]


def _visits_of(actor: Actor, organization: Organization) -> QuerySet[Visit]:
    return Visit.objects.visible_to(actor).standing().filter(organization=organization)


FILE_SOURCES = [
    FileSource(
        label=str(_("走访")),
        right="events.see",
        rows=_visits_of,
        title="visited_on",
        record_url=visit_url,
        file_url=lambda key, file: reverse("events:file", kwargs={"key": key, "file_key": file}),
    )
]
