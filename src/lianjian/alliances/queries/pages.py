"""The page of an alliance, and what the page of an organization shows of its alliances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_url
from lianjian.events.queries import held_since
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.declare import Asking
from lianjian.foundation.listing import Link
from lianjian.foundation.looks import show_date
from lianjian.rulebook.queries import line_of

from .. import rules
from ..models import Alliance, AllianceMember, Brand, Term
from .chains import chain_url
from .listing import alliance_url
from .people import SeatedPerson, seated_people
from .reach import known_sum, villages_on
from .terms import term_name


@dataclass(frozen=True)
class Seat:
    """A member as the page shows it; `end_url` where the actor may end it."""

    name: str
    url: str
    role: str
    kind: str
    note: str
    drop_url: str
    end_url: str


@dataclass(frozen=True)
class Reached:
    """A village in an alliance, itself or by its party organization, or the sum of all (without an address).

    `numbers` are its households, residents and members, None where nobody said; each with how many villages lack it.
    """

    name: str
    url: str
    numbers: list[tuple[int | None, int]]


@dataclass(frozen=True)
class AlliancePage:
    """One alliance on a day."""

    alliance: Alliance
    name: str
    form: str
    day: date
    facts: list[tuple[str, Any]]
    seats: list[Seat]
    past: list[Seat]
    total: int
    distinct: int
    people: list[SeatedPerson]
    past_people: list[SeatedPerson]
    people_distinct: int
    demonstrations: list[tuple[int, str, str]]
    villages: list[Reached]
    may_write: bool
    organization_url: str


def alliance_page(actor: Actor, alliance: Alliance, day: date) -> AlliancePage:
    """Facts, members on the day, seats that have ended or not begun; eight queries."""
    may = alliance.organization.dissolved_on is None and actor.may("alliances.write", alliance.organization)
    rows = alliance.members.with_body(day).select_related("organization")
    seats = list(rows.order_by("since", "pk"))
    now = [seat for seat in seats if _holds(seat, day)]
    people, past_people, people_distinct = seated_people(actor, alliance, day, may)
    order = {role: place for place, role in enumerate(rules.LISTS["role"][1])}
    now.sort(key=lambda seat: (order.get(seat.role, len(order)), seat.organization.name))
    return AlliancePage(
        alliance=alliance,
        name=alliance.organization.name,
        form=_(rules.FORMS[alliance.form]),
        day=day,
        facts=_facts(actor, alliance, next((seat for seat in now if seat.role == rules.CHAIR), None)),
        seats=[_seat(seat, may) for seat in now],
        past=[_seat(seat, may) for seat in seats if seat not in now],
        total=len(now),
        distinct=len({seat.body for seat in now}),  # type: ignore[attr-defined]
        people=people,
        past_people=past_people,
        people_distinct=people_distinct,
        demonstrations=[
            (year, title, str(key) if may else "")
            for year, title, key in alliance.demonstrations.order_by("-year", "pk").values_list("year", "title", "key")
        ],
        villages=_villages(actor, alliance, day),
        may_write=may,
        organization_url=organization_url(alliance.organization.key),
    )


def _holds(seat: AllianceMember, day: date) -> bool:
    """It holds on a day, and its body stands then."""
    ended = seat.organization.dissolved_on
    begun = seat.since <= day and (seat.until is None or seat.until > day)
    return begun and (ended is None or ended > day)


def _villages(actor: Actor, alliance: Alliance, day: date) -> list[Reached]:
    """Villages of the day with households, residents and members, their sum at the end; one query."""
    rows = villages_on(actor, day, Alliance.objects.filter(pk=alliance.pk))
    found = list(rows.values_list("name", "key", "village_households", "village_residents", "village_members"))
    shown = [
        Reached(name, organization_url(key), [(number, 0) for number in numbers]) for name, key, *numbers in found
    ]
    if shown:
        shown.append(Reached(_("合计"), "", [known_sum([one[place] for one in found]) for place in (2, 3, 4)]))
    return shown


def _chain(alliance: Alliance) -> Any:
    """The chain as a way to its page, that of the nearest place; one query where there is one."""
    if not alliance.chain:
        return ""
    line = line_of(alliance.jurisdiction_id)
    terms = Term.objects.filter(list="chain", name=alliance.chain, jurisdiction_id__in=line)
    places = dict(terms.values_list("jurisdiction_id", "key"))
    key = next((places[place] for place in line if place in places), None)
    return Link(term_name(alliance.chain), chain_url(key)) if key else term_name(alliance.chain)


def _activities(actor: Actor, alliance: Alliance) -> Any:
    """How many meetings and activities were held since the founding, and which; one query (checklist 002-29)."""
    if not actor.scopes("meetings.see"):
        return ""
    rows, address = held_since(actor, alliance.organization.key, alliance.founded_on)
    number = rows.count()
    return Link(ngettext("%(num)s 次", "%(num)s 次", number) % {"num": number}, address)


def _facts(actor: Actor, alliance: Alliance, chair: AllianceMember | None) -> list[tuple[str, Any]]:
    lines = [
        (_("形式"), _(rules.FORMS[alliance.form])),
        (_("联建模式"), term_name(alliance.mode)),
        (_("组建依据"), term_name(alliance.basis)),
        (_("产业链"), _chain(alliance)),
        (_("牵头单位"), chair.organization.name if chair is not None else ""),
        (_("功能"), "、".join(map(term_name, alliance.functions))),
        (_("工作方法"), "、".join(map(term_name, alliance.tags))),
        (_("成立日期"), show_date(alliance.founded_on)),
        (_("成立以来的会议活动"), _activities(actor, alliance)),
        (_("成立文件"), alliance.document),
        (_("本届任期至"), show_date(alliance.term_until) if alliance.term_until else ""),
    ]
    return [(label, words) for label, words in lines if words]


def _seat(seat: AllianceMember, may: bool) -> Seat:
    span = (
        f"{seat.since} – {seat.until or ''}".strip(" –")
        if seat.until
        else _("%(day)s 起") % {"day": seat.since}
    )
    return Seat(
        name=seat.organization.name,
        url=organization_url(seat.organization.key),
        role=term_name(seat.role),
        kind=str(seat.organization.get_classification_display()),
        note=" · ".join(filter(None, (span, seat.ground))),
        drop_url=reverse("alliances:drop", kwargs={"key": seat.key}) if may else "",
        end_url=reverse("alliances:leave", kwargs={"key": seat.key}) if may and seat.until is None else "",
    )


def organization_panel(
    *, actor: Actor, record: Organization, now: datetime
) -> Asking:
    """The alliances of a body, and its brand."""
    if not actor.scopes("alliances.see"):
        return None
    day = local_day(now)
    standing = Alliance.objects.standing(day).order_by().values("pk")
    rows = AllianceMember.objects.visible_to(actor).on(day).filter(organization=record, alliance__in=standing)
    seats = rows.order_by("since", "pk").values_list(
        "alliance__key", "alliance__organization__name", "role", "since"
    )
    brands = Brand.objects.filter(organization=record, until__isnull=True).values_list("name", "about")
    found, named = yield (seats, brands)
    shown = [(alliance_url(key), name, term_name(role), since) for key, name, role, since in found]
    brand = named[0] if named else None
    may = actor.may("alliances.write", record) and record.dissolved_on is None
    if not shown and brand is None and record.classification != "party":
        return None
    url = (
        reverse("alliances:brand", kwargs={"key": record.key})
        if may and record.classification == "party"
        else ""
    )
    return "alliances/_panel.html", {"alliances": shown, "brand": brand, "brand_url": url}
