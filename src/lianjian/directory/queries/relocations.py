"""Villages that moved and the settlements they moved to; cadres posted to villages: lists and parts of pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.declare import Asking
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register

from ..models import Membership, Organization, Relocation
from ..rules import relocations as rules
from .lists import as_day, in_town, organization_url, own_towns, person_url, towns
from .tags import PERIODS, standing_on, stands, state_today

SHOWN = 200  # rows on a page of an organization; all of them are a list of their own
_SIDES = {"organization": "village", "sent_by": "sender"}  # the filter of the list of postings that names each side


def on_day(rows: Any, value: str, actor: Actor) -> Any:
    """As of a day of an address."""
    day = as_day(value)
    return rows.on(day) if day is not None else rows.none()


def standing_day(rows: Any, value: str, actor: Actor) -> Any:
    """As of a day of an address, in bodies that were not dissolved by it."""
    day = as_day(value)
    return standing_on(rows.on(day), day) if day is not None else rows.none()


def _keyed(field: str) -> Any:
    def apply(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
        try:
            return rows.filter(**{f"{field}__key": UUID(value)})
        except ValueError:
            return rows.none()

    return apply


def _in(field: str) -> Any:
    def apply(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
        return rows.filter(**{f"{field}__in": in_town(Organization.objects.all(), value, actor).values("pk")})

    return apply


def _state(code: str) -> Badge:
    word, tone = PERIODS[code]
    return Badge(word, tone)


def _relocation_row(values: Sequence[Any]) -> Row:
    key, village, town, place, place_key, since, until, households, residents, whole, document, state = values[:12]
    how = _("整村") if whole else _("部分")
    to = Link(place, organization_url(place_key))
    cells = (village, to, _state(state), households, residents, how, town, since, until, document)
    return Row(organization_url(key), cells)


RELOCATIONS = register(
    ListSpec(
        name="directory.relocations",
        title=_("搬迁安置"),
        base=lambda actor: Relocation.objects.visible_to(actor).annotate(state=state_today()),
        columns=(
            Column("village", _("搬出的村"), "first", "village__name"),
            Column("settlement", _("安置点"), "text", "settlement__name"),
            Column("state", _("状态"), "state"),
            Column("households", _("户数"), "number", "households"),
            Column("residents", _("人数"), "number", "residents"),
            Column("whole", _("整村或部分"), "text", None, True),
            Column("town", _("地区"), "text", None, True),
            Column("since", _("搬入日期"), "date", "since"),
            Column("until", _("至"), "date", "until", True),
            Column("document", _("依据文件"), "text", None, True),
        ),
        values=(
            "village__key", "village__name", "village__jurisdiction__name", "settlement__name", "settlement__key",
            "since", "until", "households", "residents", "whole", "document", "state",
        ),
        row=_relocation_row,
        right="directory.read",
        default_sort="settlement__name",
        state_field="state",
        states=tuple((code, word) for code, (word, _tone) in PERIODS.items()),
        filters=(
            Filter("town", _("地区"), _in("village"), options=towns),
            Filter("day", _("截至日"), on_day, "date"),
            Filter("settlement", _("安置点"), _keyed("settlement"), "hidden"),
            Filter("village", _("搬出的村"), _keyed("village"), "hidden"),
        ),
        search=lambda rows, text: rows.filter(
            Q(village__name__icontains=text) | Q(settlement__name__icontains=text) | Q(document__icontains=text)
        ),
        empty=(_("还没有搬迁安置"), _("在村的页面登记搬迁,只记户数和人数,不记姓名。")),
    )
)  # fmt: skip


def _posting_row(values: Sequence[Any]) -> Row:
    key, name, village, village_key, town, sender, sender_key, since, until, task, state = values[:11]
    at, by = Link(village, organization_url(village_key)), Link(sender, organization_url(sender_key))
    return Row(person_url(key), (name, at, _state(state), by, town, since, until, task or ""))


def postings(actor: Actor) -> Any:
    """Postings to villages that the actor may see, with their `task`."""
    return _posted(actor).annotate(task=KeyTextTransform("task", "details"))


def _posted(actor: Actor) -> Any:
    return Membership.objects.visible_to(actor).filter(role=Membership.POSTED)  # type: ignore[attr-defined]


POSTINGS = register(
    ListSpec(
        name="directory.postings",
        title=_("驻村干部"),
        base=lambda actor: postings(actor).annotate(state=state_today("organization")),
        columns=(
            Column("name", _("姓名"), "first", "person__name"),
            Column("village", _("派驻的村"), "text", "organization__name"),
            Column("state", _("状态"), "state"),
            Column("sent_by", _("派出单位"), "text", "sent_by__name"),
            Column("town", _("地区"), "text", None, True),
            Column("since", _("自"), "date", "since"),
            Column("until", _("至"), "date", "until", True),
            Column("task", _("任务"), "text", None, True),
        ),
        values=(
            "person__key", "person__name", "organization__name", "organization__key",
            "organization__jurisdiction__name", "sent_by__name", "sent_by__key", "since", "until", "task", "state",
        ),
        row=_posting_row,
        right="people.see",
        default_sort="organization__name",
        state_field="state",
        states=tuple((code, word) for code, (word, _tone) in PERIODS.items()),
        filters=(
            Filter("town", _("地区"), _in("organization"), options=own_towns),
            Filter("day", _("截至日"), standing_day, "date"),
            Filter("sender", _("派出单位"), _keyed("sent_by"), "hidden"),
            Filter("village", _("派驻的村"), _keyed("organization"), "hidden"),
        ),
        search=lambda rows, text: rows.filter(
            Q(person__name__icontains=text) | Q(organization__name__icontains=text) | Q(sent_by__name__icontains=text)
        ),
        empty=(_("还没有驻村干部"), _("在村的页面登记派驻,写明派出单位、起止日期和任务。")),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Moved:
    """One step of a relocation as a page shows it."""

    key: str
    name: str
    url: str
    since: date
    until: date | None
    households: int
    residents: int
    whole: bool
    document: str
    current: bool
    may_end: bool


def relocation_panel(*, actor: Actor, record: Organization, now: datetime) -> Asking:
    """Where a village moved, or which villages a settlement took in, with the sum of those who live there today."""
    if record.classification not in rules.INTO:
        return None
    day = local_day(now)
    names = ("key", "since", "until", "households", "residents", "whole", "document")
    sides = []
    for field, other in (("village", "settlement"), ("settlement", "village")):
        rows = Relocation.objects.visible_to(actor).filter(**{field: record})
        rows = rows.order_by(F("until").desc(nulls_first=True), f"{other}__name", "since", "pk")
        sides.append(rows.values_list(*names, f"{other}__name", f"{other}__key", "village__jurisdiction_id"))
    # The sums are of all rows, however many the page shows.
    living = Relocation.objects.visible_to(actor).filter(settlement=record).on(day).order_by().values("settlement_id")
    sums = living.annotate(villages=Count("village", distinct=True), homes=Sum("households"), people=Sum("residents"))
    out, into, summed = yield (
        sides[0][: SHOWN + 1],
        sides[1][: SHOWN + 1],
        sums.values_list("villages", "homes", "people"),
    )
    if not out and not into:
        return None
    villages, households, residents = summed[0] if summed else (0, 0, 0)
    address = reverse("directory:relocations")
    return "directory/_relocations.html", {
        "out": [_moved(actor, row, day) for row in out[:SHOWN]],
        "into": [_moved(actor, row, day) for row in into[:SHOWN]],
        "villages": villages,
        "households": households,
        "residents": residents,
        "list_url": f"{address}?settlement={record.key}&day={day}",
        "all_out": f"{address}?village={record.key}" if len(out) > SHOWN else "",
        "all_into": f"{address}?settlement={record.key}" if len(into) > SHOWN else "",
        "shown": SHOWN,
    }


def _moved(actor: Actor, row: tuple[Any, ...], day: date) -> Moved:
    key, since, until, households, residents, whole, document, name, other, owner = row
    return Moved(
        key=str(key),
        name=name,
        url=organization_url(other),
        since=since,
        until=until,
        households=households,
        residents=residents,
        whole=whole,
        document=document,
        current=since <= day and (until is None or until > day),
        may_end=owner in actor.writable and bool(actor.scopes("directory.write")),
    )


@dataclass(frozen=True)
class Posted:
    """One posting as a page shows it; the other side is the body that sent, or the village."""

    name: str
    url: str
    other: str
    other_url: str
    since: date
    until: date | None
    task: str
    current: bool


def posting_panel(*, actor: Actor, record: Organization, now: datetime) -> Asking:
    """Who is posted to a village, or whom a body posted to villages: those that the actor may see."""
    if not actor.scopes("people.see"):
        return None
    day = local_day(now)
    other = "sent_by" if record.classification == rules.FROM else "organization"
    field = "organization" if other == "sent_by" else "sent_by"
    rows = postings(actor).filter(**{field: record})
    names = ("person__name", "person__key", f"{other}__name", f"{other}__key", "since", "until")
    order = (F("until").desc(nulls_first=True), f"{other}__name", "since", "pk")
    running = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day)) & stands(day)
    # The numbers are of all rows, however many the page shows.
    numbers = _posted(actor).filter(**{field: record}).order_by().values(f"{field}_id")
    numbers = numbers.annotate(
        rows=Count("pk"),
        running=Count("pk", filter=running),
        people=Count("person", filter=running, distinct=True),
        villages=Count("organization", filter=running, distinct=True),
    )
    found, counted = yield (
        rows.order_by(*order).values_list(*names, "task", "organization__dissolved_on")[:SHOWN],
        numbers.values_list("rows", "running", "people", "villages"),
    )
    if not found:
        return None
    number, held, people, villages = counted[0]
    shown = [
        Posted(
            name, person_url(key), where, organization_url(there), since, until, task or "",
            since <= day and (until is None or until > day) and (gone is None or gone > day),
        )
        for name, key, where, there, since, until, task, gone in found
    ]  # fmt: skip
    current = [one for one in shown if one.current]
    return "directory/_postings.html", {
        "current": current,
        "others": [one for one in shown if not one.current],
        "at_village": other == "sent_by",
        "people": people,
        "villages": villages,
        "past": number - held,
        "list_url": f"{reverse('directory:postings')}?{_SIDES[field]}={record.key}" if number > SHOWN else "",
        "shown": SHOWN,
    }
