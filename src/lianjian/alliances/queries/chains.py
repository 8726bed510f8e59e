"""The register of industry chains, and the page of one: a chain is a word of the code list `chain`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    Case,
    CharField,
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Now, TruncDate
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_url
from lianjian.directory.queries.lists import in_town, towns
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register

from .. import rules
from ..models import Alliance, AllianceMember, PersonSeat, Term
from ..models.standing import undissolved
from ..rules.people import CHAIN_LEADER, HEAD, PARTNERS
from .listing import alliance_url
from .pairing_lists import standing
from .people import SeatedPerson, shown_person
from .reach import known_sum
from .terms import chain_options, named_chain, of_chain, term_name, within

FIRM = Organization.Classification.ENTERPRISE
USED, RETIRED = "used", "retired"


def chain_url(key: object) -> str:
    """The address of a chain."""
    return reverse("alliances:chain", kwargs={"key": key})


TODAY = TruncDate(Now())


def _here(way: str = "") -> Q:
    return Q(**{f"{way}chain": OuterRef("name")}) & within(way, OuterRef("jurisdiction_id"))


def _in_standing() -> Q:
    """Of an alliance that stands today."""
    return undissolved(TODAY, "alliance__organization__") & Q(alliance__founded_on__lte=TODAY)


def _seats(actor: Actor) -> QuerySet[AllianceMember]:
    """Seats that hold today in alliances that stand today, of bodies that do."""
    seats = AllianceMember.objects.visible_to(actor).filter(standing(), _in_standing())
    return seats.filter(undissolved(TODAY, "organization__"))


def _number(rows: QuerySet[Any], group: str, counted: Any) -> Coalesce:
    found = rows.order_by().values(group).annotate(number=counted).values("number")
    return Coalesce(Subquery(found, output_field=IntegerField()), Value(0))


def _base(actor: Actor) -> QuerySet[Term]:
    """Every chain with its alliances, committees, firms and heads of today."""
    alliances = Alliance.objects.visible_to(actor).standing(TODAY).filter(_here())
    seats = _seats(actor).filter(_here("alliance__"))
    heads = PersonSeat.objects.visible_to(actor).filter(_here("alliance__"), _in_standing(), standing(), role=HEAD)
    firms = seats.filter(organization__classification=FIRM)
    names = heads.order_by().values("role").annotate(names=StringAgg("person__name", "、", distinct=True))
    used = When(retired_on__isnull=True, then=Value(USED))
    rows: QuerySet[Term] = Term.objects.visible_to(actor).filter(list="chain")
    return rows.annotate(
        use=Case(used, default=Value(RETIRED), output_field=CharField()),
        committees=_number(alliances.filter(form=rules.FORMAL), "chain", Count("pk")),
        alliances=_number(alliances, "chain", Count("pk")),
        firms=_number(firms, "alliance__chain", Count("organization", distinct=True)),
        heads=Coalesce(Subquery(names.values("names"), output_field=CharField()), Value("")),
    )


STATES = {USED: _("在用"), RETIRED: _("已停用")}


def _row(values: Sequence[Any]) -> Row:
    key, name, use, heads, committees, alliances, firms, place = values[:8]
    badge = Badge(STATES[use], "done" if use == USED else "paused")
    return Row(chain_url(key), (name, badge, heads, committees, alliances, firms, place))


CHAINS = register(
    ListSpec(
        name="alliances.chains",
        title=_("产业链名录"),
        base=_base,
        columns=(
            Column("name", _("产业链"), "first", "name"),
            Column("use", _("状态"), "state"),
            Column("heads", _("链长"), "text", "heads"),
            Column("committees", _("产业链党委(个)"), "number", "committees"),
            Column("alliances", _("联盟(个)"), "number", "alliances"),
            Column("firms", _("企业(家)"), "number", "firms"),
            Column("place", _("地区"), "text", "jurisdiction__name", True),
        ),
        values=("key", "name", "use", "heads", "committees", "alliances", "firms", "jurisdiction__name"),
        row=_row,
        right="alliances.see",
        default_sort="name",
        filters=(Filter("town", _("地区"), in_town, "select", towns),),
        state_field="use",
        states=tuple(STATES.items()),
        search=lambda rows, text: rows.filter(Q(name__icontains=text) | Q(heads__icontains=text)),
        empty=(_("还没有产业链"), _("在“联建选项”里增加产业链,再在联盟和产业链党委上选它。")),
    )
)


def _of_chain(*roles: str) -> Any:
    """A filter: firms of one chain, in one of these roles."""

    def apply(rows: Any, value: str, actor: Actor) -> Any:
        term = named_chain(actor, value)
        if term is None:
            return rows.none()
        seats = _firm_seats(actor).filter(of_chain(term, "alliance__"))
        seats = seats.filter(role__in=roles) if roles else seats
        return rows.filter(pk__in=seats.values("organization"))

    return apply


def _firm_seats(actor: Actor) -> QuerySet[AllianceMember]:
    """Seats of firms on chains today."""
    return _seats(actor).filter(organization__classification=FIRM).exclude(alliance__chain="")


def chain_members(actor: Actor, term: Term) -> QuerySet[AllianceMember]:
    """Seats on a chain today, of bodies of every kind."""
    return _seats(actor).filter(of_chain(term, "alliance__"))


def chain_firm_seats(actor: Actor, term: Term) -> QuerySet[AllianceMember]:
    """Seats of firms on one chain today."""
    return _firm_seats(actor).filter(of_chain(term, "alliance__"))


def _firms(actor: Actor) -> QuerySet[Organization]:
    return Organization.objects.filter(pk__in=_firm_seats(actor).values("organization"))


def _firm_row(values: Sequence[Any]) -> Row:
    key, name, place, staff, members = values[:5]
    return Row(organization_url(key), (name, place, staff, members))


CHAIN_FIRMS = register(
    ListSpec(
        name="alliances.chain_firms",
        title=_("产业链企业"),
        base=_firms,
        columns=(
            Column("name", _("企业"), "first", "name"),
            Column("place", _("地区"), "text", "jurisdiction__name", True),
            Column("staff", _("职工(人)"), "number", "enterprise__staff"),
            Column("members", _("党员(人)"), "number", "enterprise__party_members"),
        ),
        values=("key", "name", "jurisdiction__name", "enterprise__staff", "enterprise__party_members"),
        row=_firm_row,
        right="alliances.see",
        default_sort="name",
        filters=(
            Filter("chain", _("产业链"), _of_chain(), "select", chain_options),
            Filter("partners", _("上下游企业"), _of_chain(*PARTNERS), "select", chain_options),
            Filter("town", _("地区"), in_town, "select", towns),
        ),
        search=lambda rows, text: rows.filter(name__icontains=text),
        empty=(_("还没有产业链企业"), _("企业以链主、上游、下游等角色加入产业链的联盟,就在这里。")),
    )
)


@dataclass(frozen=True)
class ChainAlliance:
    """An alliance of a chain as its page shows it."""

    name: str
    url: str
    note: str


@dataclass(frozen=True)
class ChainRole:
    """Firms in one role: seats, distinct firms, the seats behind them."""

    role: str
    seats: int
    firms: int
    url: str


@dataclass(frozen=True)
class ChainPage:
    """One chain today."""

    term: Term
    heads: list[SeatedPerson]
    past_heads: list[SeatedPerson]
    committees: list[ChainAlliance]
    alliances: list[ChainAlliance]
    leaders: list[tuple[str, str]]
    roles: list[ChainRole]
    firms: int
    partners: int
    staff: int | None
    members: int | None
    unknown_staff: int
    unknown_members: int
    firms_url: str
    partners_url: str
    may_write: bool


def chain_page(actor: Actor, term: Term, today: date) -> ChainPage:
    """Heads, alliances and firms; three queries."""
    people = PersonSeat.objects.visible_to(actor).filter(of_chain(term, "alliance__"), role=HEAD)
    heads = list(people.select_related("person", "on_behalf", "alliance__organization").order_by("-since", "pk"))
    firms = _firm_rows(actor, term)
    bodies = {row[0]: row for row in firms}
    staff, unknown_staff = known_sum([row[4] for row in bodies.values()])
    members, unknown_members = known_sum([row[5] for row in bodies.values()])
    committees, alliances = _alliances(actor, term, today)
    return ChainPage(
        term=term,
        heads=[_head(actor, one) for one in heads if _leads(one, today)],
        past_heads=[_head(actor, one) for one in heads if not _leads(one, today)],
        committees=committees,
        alliances=alliances,
        leaders=sorted({(row[1], organization_url(row[2])) for row in firms if row[3] == CHAIN_LEADER}),
        roles=_roles(term, firms, today),
        firms=len(bodies),
        partners=len({row[0] for row in firms if row[3] in PARTNERS}),
        staff=staff,
        members=members,
        unknown_staff=unknown_staff,
        unknown_members=unknown_members,
        firms_url=f"{reverse('alliances:chain_firms')}?chain={term.key}",
        partners_url=f"{reverse('alliances:chain_firms')}?partners={term.key}",
        may_write=actor.may("alliances.write", Whole(term.jurisdiction_id)),
    )


def _leads(seat: PersonSeat, today: date) -> bool:
    ended = seat.alliance.organization.dissolved_on
    return seat.stands(today) and (ended is None or ended > today)


def _head(actor: Actor, seat: PersonSeat) -> SeatedPerson:
    return shown_person(seat, bool(actor.scopes("people.see")), seat.alliance.organization.name)


def _firm_rows(actor: Actor, term: Term) -> list[tuple[Any, ...]]:
    """(id, name, key, role, staff, members) of each seat of a firm."""
    seats = chain_firm_seats(actor, term).order_by("organization__name", "pk")
    staff, members = "organization__enterprise__staff", "organization__enterprise__party_members"
    names = ("organization_id", "organization__name", "organization__key", "role", staff, members)
    return list(seats.values_list(*names))


def _alliances(actor: Actor, term: Term, today: date) -> tuple[list[ChainAlliance], list[ChainAlliance]]:
    """Committees, and alliances that are no party organization."""
    rows = Alliance.objects.visible_to(actor).standing(today).filter(of_chain(term))
    number = Count("members__organization", filter=standing("members__"), distinct=True)
    found = rows.annotate(number=number).order_by("organization__name", "pk")
    shown: tuple[list[ChainAlliance], list[ChainAlliance]] = ([], [])
    for key, name, form, place, members in found.values_list(
        "key", "organization__name", "form", "jurisdiction__name", "number"
    ):
        note = f"{place} · {gettext('成员 %(n)s 个') % {'n': members}}"
        shown[form != rules.FORMAL].append(ChainAlliance(name, alliance_url(key), note))
    return shown


def _roles(term: Term, firms: list[tuple[Any, ...]], today: date) -> list[ChainRole]:
    order = {role: place for place, role in enumerate(rules.LISTS["role"][1])}
    found = sorted({row[3] for row in firms}, key=lambda role: (order.get(role, len(order)), role))
    members = reverse("alliances:members")
    return [
        ChainRole(
            role=term_name(role),
            seats=sum(row[3] == role for row in firms),
            firms=len({row[0] for row in firms if row[3] == role}),
            url=f"{members}?{urlencode({'chain': term.key, 'role': role, 'kind': FIRM, 'day': today})}",
        )
        for role in found
    ]
