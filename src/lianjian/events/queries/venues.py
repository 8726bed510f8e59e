"""The list of venues, and the page of one with all that takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.fields import BooleanField
from django.db.models.functions import Now, TruncDate
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.asking import answered
from lianjian.foundation.clock import local_day
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register
from lianjian.foundation.looks import show_date
from lianjian.foundation.searchdb import search

from ..models import Booking, Venue, VenueCount
from .bookings import Taken, between, count_words, taking, venue_month, weeks_of
from .calendar import Month
from .meeting import writes
from .meetings import words_of
from .words import word_name


def venue_url(key: object) -> str:
    """The address of a venue."""
    return reverse("events:venue", kwargs={"key": key})


def share_words(area: int | None, service: int | None) -> str:
    """How much of the area serves the public, in words; nothing where a number is missing."""
    return f"{service * 100 // area}%" if area and service is not None else ""


def _base(actor: Actor) -> QuerySet[Venue]:
    closed = When(closed_on__lte=TruncDate(Now()), then=Value(True))
    return Venue.objects.visible_to(actor).annotate(
        closed=Case(closed, default=Value(False), output_field=BooleanField())
    )


def _row(values: Sequence[Any]) -> Row:
    key, name, body, body_key, place, functions, area, service, closed = values[:9]
    badge = Badge(gettext("已停用"), "paused") if closed else Badge(gettext("在用"), "done")
    words = "、".join(map(word_name, functions))
    cells = (name, Link(body, organization_url(body_key)), place, words, area, share_words(area, service), badge)
    return Row(venue_url(key), cells)


def _state(rows: QuerySet[Venue], value: str, actor: Actor) -> QuerySet[Venue]:
    return rows.filter(closed=value == "closed")  # type: ignore[misc]


def _doubled(rows: QuerySet[Venue], value: str, actor: Actor) -> QuerySet[Venue]:
    """Open venues with a function that another open one of the same place has."""
    others = Venue.objects.filter(closed_on__isnull=True, jurisdiction_id=OuterRef("jurisdiction_id"))
    others = others.filter(functions__overlap=OuterRef("functions")).exclude(pk=OuterRef("pk"))
    return rows.filter(Exists(others), closed_on__isnull=True)


def _place(rows: QuerySet[Venue], value: str, actor: Actor) -> QuerySet[Venue]:
    return rows.filter(jurisdiction_id=actor.jurisdiction_id) if value == "own" else rows


VENUES = register(
    ListSpec(
        name="events.venues",
        title=_("阵地"),
        base=_base,
        columns=(
            Column("name", _("名称"), "first", "name"),
            Column("organization", _("管理单位"), "link"),
            Column("place", _("地区"), "text", None, True),
            Column("functions", _("功能"), "text"),
            Column("area_m2", _("面积(平方米)"), "number", "area_m2"),
            Column("share", _("服务面积占比"), "text"),
            Column("state", _("状态"), "state"),
        ),
        values=(
            "key",
            "name",
            "organization__name",
            "organization__key",
            "jurisdiction__name",
            "functions",
            "area_m2",
            "service_m2",
            "closed",
        ),
        row=_row,
        right="meetings.see",
        default_sort="name",
        filters=(
            Filter(
                "function",
                _("功能"),
                lambda rows, value, actor: rows.filter(functions__contains=[value]),
                "select",
                words_of("function"),
            ),
            Filter("double", _("功能重复"), _doubled, "select", lambda actor: [("yes", _("与别的阵地重复"))]),
            Filter("place", _("范围"), _place, "select", lambda actor: [("own", _("本地区"))]),
            Filter(
                "standing",
                _("状态"),
                _state,
                "select",
                lambda actor: [("open", _("在用")), ("closed", _("已停用"))],
            ),
        ),
        search=search,
        empty=(_("还没有阵地"), _("把会议室、党群服务中心和可以共用的场所登记在这里,写明功能和面积。")),
    )
)


class Shown(NamedTuple):
    """Something at a venue: a display, a service or a day that was counted, with words about it."""

    key: UUID
    name: str
    words: str
    over: bool = False
    kind: str = ""
    text: str = ""


@dataclass(frozen=True)
class VenuePage:
    """A venue: its facts, who shares it (name, address, address to take it out), what it doubles, when it is taken and
    by what, what it offers (`kind` is its charge), how many used it by themselves, what is on show there.
    """

    venue: Venue
    facts: list[tuple[str, str]]
    organization_url: str
    users: list[tuple[str, str, str]]
    doubled: list[tuple[str, str, str]]
    month: Month
    ahead: list[Taken]
    past: list[Taken]
    more_url: str
    services: list[Shown]
    counts: list[Shown]
    may_write: bool
    displays: list[Shown]


def venue_page(actor: Actor, venue: Venue, now: datetime, month: date | None = None) -> VenuePage:
    """Two queries: the functions it doubles, and all the rest in one round trip."""
    today = local_day(now)
    first = month or today.replace(day=1)
    may = writes(actor, "meetings.write", venue.organization) and venue.closed_on is None
    rows = Booking.objects.filter(venue=venue)
    weeks = weeks_of(first)
    within, ahead, past, (users, services, counts, displays) = answered(
        [
            taking(actor, between(venue, weeks[0][0], weeks[-1][-1])),
            taking(actor, rows.filter(ends_at__gte=now), 20),
            taking(actor, rows.filter(ends_at__lt=now), 6, "-starts_at"),
            _there(actor, venue),
        ]
    )
    return VenuePage(
        venue=venue,
        facts=_facts(venue),
        organization_url=organization_url(venue.organization.key),
        users=[
            (name, organization_url(body), reverse("events:unshare_venue", kwargs={"key": key}) if may else "")
            for key, name, body in users
        ],
        doubled=[
            (word_name(function), other.name, venue_url(other.key))
            for function, other in (venue.doubles(today) if venue.closed_on is None else [])
        ],
        month=venue_month(within, first, today),
        ahead=ahead,
        past=past,
        more_url=f"{reverse('events:meetings')}?venue={venue.key}",
        services=services,
        counts=counts,
        may_write=may,
        displays=displays,
    )


def _there(actor: Actor, venue: Venue) -> Any:
    """Who shares the venue, what it offers, how many came by themselves, what is on show."""
    last = F("until").desc(nulls_first=True)
    counts = VenueCount.objects.visible_to(actor).filter(venue=venue, booking__isnull=True).order_by("-on", "-pk")
    shown = venue.displays.order_by(last, "-since", "-pk")
    users, services, counted, displays = yield (
        venue.users.order_by("organization__name").values_list("key", "organization__name", "organization__key"),
        venue.services.order_by(last, "pk").values_list("key", "name", "charge", "hours", "since", "until")[:50],
        counts.values_list("key", "on", "service__name", "members", "others")[:6],
        shown.values_list("key", "kind", "title", "text", "since", "until")[:50],
    )
    return (
        users,
        [
            Shown(key, name, _offered(hours, since, until), until is not None, charge)
            for key, name, charge, hours, since, until in services
        ],
        [
            Shown(key, f"{_day(on)} {service or gettext('日常开放')}", count_words(members, others))
            for key, on, service, members, others in counted
        ],
        [
            Shown(key, title, f"{word_name(kind)} · {_shown(since, until)}", until is not None, kind, text)
            for key, kind, title, text, since, until in displays
        ],
    )


def _offered(hours: str, since: date, until: date | None) -> str:
    """When it is to be had, since when or till when."""
    days = gettext("%(day)s 停止") % {"day": _day(until)} if until else gettext("%(day)s 起") % {"day": _day(since)}
    return " · ".join((hours or gettext("开放时间内都有"), days))


def _shown(since: date, until: date | None) -> str:
    if until is None:
        return gettext("%(day)s 设置") % {"day": _day(since)}
    return gettext("%(since)s 设置,%(until)s 撤下") % {"since": _day(since), "until": _day(until)}


def _facts(venue: Venue) -> list[tuple[str, str]]:
    def square(number: int | None) -> str:
        return gettext("%(n)s 平方米") % {"n": number} if number is not None else ""

    share = share_words(venue.area_m2, venue.service_m2)
    service = " · ".join(filter(None, (square(venue.service_m2), share)))
    found = [
        (gettext("管理单位"), venue.organization.name),
        (gettext("地址"), venue.address),
        (gettext("功能"), "、".join(map(word_name, venue.functions))),
        (gettext("面积"), square(venue.area_m2)),
        (gettext("服务群众的面积"), service),
        (gettext("同时开几场"), gettext("可以") if venue.several else gettext("不可以")),
        (gettext("座位(个)"), str(venue.seats) if venue.seats else ""),
        (gettext("设施"), "、".join(venue.facilities)),
        (gettext("开放规则"), venue.opening),
        (gettext("启用日期"), _day(venue.opened_on)),
        (gettext("停用日期"), _day(venue.closed_on)),
        (gettext("重复设置的理由"), venue.double_reason),
    ]
    return [(label, words) for label, words in found if words]


def _day(day: date | None) -> str:
    return show_date(day) if day else ""
