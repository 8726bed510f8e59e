"""People in alliances: what a page shows of them, how they are counted, and their list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Person
from lianjian.directory.queries import person_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Asking
from lianjian.foundation.listing import Column, Filter, Link, ListSpec, Row, register

from .. import rules
from ..models import Alliance, PersonSeat
from .listing import _words, alliance_url
from .members import SEAT_FILTERS, on_day, span
from .terms import term_name


@dataclass(frozen=True)
class SeatedPerson:
    """A person as a page shows it: addresses are empty where the actor may not go there."""

    name: str
    url: str
    role: str
    note: str
    end_url: str
    correct_url: str


def seated_people(
    actor: Actor, alliance: Alliance, day: date, may: bool
) -> tuple[list[SeatedPerson], list[SeatedPerson], int]:
    """Those of the day in the order of roles, those before and after it, distinct people of the day; one query."""
    rows = PersonSeat.objects.visible_to(actor).filter(alliance=alliance).select_related("person", "on_behalf")
    seats = list(rows.order_by("since", "pk"))
    order = {role: place for place, role in enumerate(rules.LISTS["person"][1])}
    now = sorted(
        (one for one in seats if one.stands(day)), key=lambda one: (order.get(one.role, len(order)), one.person.name)
    )
    past = [one for one in seats if not one.stands(day)]
    opens = actor.scopes("people.see")
    shown = [[shown_person(one, bool(opens), "", may) for one in part] for part in (now, past)]
    return shown[0], shown[1], len({one.person_id for one in now})


def shown_person(seat: PersonSeat, opens: bool, where: str = "", may: bool = False) -> SeatedPerson:
    """A seat as a page shows it; `where` names the alliance on pages that are not its own."""
    behalf = gettext("代表%(body)s") % {"body": seat.on_behalf.name} if seat.on_behalf else ""
    key = {"key": seat.key}
    return SeatedPerson(
        name=seat.person.name,
        url=person_url(seat.person.key) if opens else "",
        role=term_name(seat.role),
        note=" · ".join(filter(None, (where, span(seat.since, seat.until), behalf, seat.ground))),
        end_url=reverse("alliances:end_person", kwargs=key) if may and seat.until is None else "",
        correct_url=reverse("alliances:correct_person", kwargs=key) if may else "",
    )


def person_seats_on(
    actor: Actor, day: date, alliances: QuerySet[Alliance] | None = None
) -> QuerySet[PersonSeat]:
    """Seats of people that hold on a day, in alliances that stand then."""
    rows = Alliance.objects.visible_to(actor) if alliances is None else alliances
    seats = PersonSeat.objects.visible_to(actor).on(day)
    return seats.filter(alliance__in=rows.standing(day).order_by().values("pk"))  # type: ignore[attr-defined]


def people_on(actor: Actor, day: date, alliances: QuerySet[Alliance] | None = None) -> QuerySet[Person]:
    """The distinct people in alliances on a day."""
    return Person.objects.filter(pk__in=person_seats_on(actor, day, alliances).values("person"))


def person_panel(*, actor: Actor, record: Person, now: datetime) -> Asking:
    """The alliances of a person, for the page of the person."""
    if not actor.scopes("alliances.see"):
        return None
    rows = PersonSeat.objects.visible_to(actor).filter(person=record).order_by("-since", "pk")
    names = ("alliance__key", "alliance__organization__name", "role", "since", "until")
    (found,) = yield (rows.values_list(*names)[:20],)
    shown = [(alliance_url(key), name, term_name(role), span(since, until)) for key, name, role, since, until in found]
    return ("alliances/_person.html", {"seats": shown}) if shown else None


def _row(values: Sequence[Any]) -> Row:
    _pk, name, role, key, alliance, behalf, since, until = values[:8]
    return Row(alliance_url(key), (name, term_name(role), Link(alliance, alliance_url(key)), behalf, since, until))


PEOPLE = register(
    ListSpec(
        name="alliances.people",
        title=_("联盟人员"),
        base=lambda actor: PersonSeat.objects.visible_to(actor),
        columns=(
            Column("name", _("姓名"), "first", "person__name"),
            Column("role", _("角色"), "text", "role"),
            Column("alliance", _("联盟"), "link", "alliance__organization__name"),
            Column("behalf", _("代表单位"), "text", None, True),
            Column("since", _("开始日期"), "date", "since"),
            Column("until", _("结束日期"), "date", "until", True),
        ),
        values=(
            "pk", "person__name", "role", "alliance__key", "alliance__organization__name", "on_behalf__name", "since",
            "until",
        ),
        row=_row,
        right="alliances.see",
        default_sort="person__name",
        filters=(
            Filter("day", _("哪一天"), on_day, "date"),
            *SEAT_FILTERS,
            Filter("role", _("角色"), lambda rows, value, actor: rows.filter(role=value), "select", _words("person")),
        ),
        search=lambda rows, text: rows.filter(
            Q(person__name__icontains=text) | Q(alliance__organization__name__icontains=text)
        ),
        empty=(_("还没有联盟人员"), _("在联盟的页面增加链长、召集人、联络员、技术顾问等人员。")),
    )
)  # fmt: skip
