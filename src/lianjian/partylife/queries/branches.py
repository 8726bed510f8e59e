"""The list of branches, the page of one, and the page of a member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization, PartyProfile
from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor, path_range
from lianjian.foundation.dbday import Today
from lianjian.foundation.declare import Asking
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Column, Filter, Link, ListSpec, Row, register
from lianjian.rulebook.queries import rule_on

from .. import rules
from ..models import BranchMembership, MemberExemption, PartyMember
from ..models.doors import RIGHT, of_branches
from ..models.moves import stopped
from ..rules import bodies
from ..rules.moves import REMOVED
from .listing import address_of
from .members import at_home, looked_after

LEVELS = dict(PartyProfile.Level.choices)
FORMS = dict(PartyProfile.Formation.choices)
SHOWN = 50
LEFT: dict[str, Any] = {**rules.LEAVINGS, REMOVED: _("除名")}
NOT_ENTERED = _("未编入")  # nobody was ever entered: the branch's number is not known here, which is not 0


def branch_url(key: object) -> str:
    """The address of a branch's page."""
    return f"{address_of('partylife:branch')}{key}"


def member_url(key: object) -> str:
    """The address of a member's record."""
    return f"{address_of('partylife:member')}{key}"


def branches_of(actor: Actor) -> QuerySet[Organization]:
    """Party organizations whose members the actor may see."""
    rows: Any = Organization.objects.current()  # type: ignore[attr-defined]
    return rows.filter(of_branches(actor, ""), classification=Organization.Classification.PARTY)  # type: ignore[no-any-return]


def _count(day: Any, condition: Q) -> Coalesce:
    seats: Any = BranchMembership.objects.on(day).filter(condition, branch_id=OuterRef("pk"))  # type: ignore[attr-defined]
    counted = seats.order_by().values("branch_id").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def counted(rows: QuerySet[Any], day: Any) -> QuerySet[Any]:
    """Branches with how many members they have on a day; `entered` says whether anybody was entered by then."""
    home = Q(role=BranchMembership.HOME)
    seats = BranchMembership.objects.filter(home, branch_id=OuterRef("pk"), since__lte=day)
    found: QuerySet[Any] = rows.annotate(
        entered=Exists(seats),
        home_count=_count(day, home),
        full_count=_count(day, home & Q(member__full_on__lte=day) & ~Q(member__in=stopped(day).values("member_id"))),
        host_count=_count(day, Q(role=BranchMembership.HOST)),
    )
    return found


def _base(actor: Actor) -> QuerySet[Any]:
    return counted(branches_of(actor), Today())


def _row(values: Sequence[Any]) -> Row:
    key, name, level, form, entered, home, full, host, headcount, secretary = values[:10]
    words = (LEVELS.get(level, ""), FORMS.get(form, ""))
    counted = (home, full) if entered else (NOT_ENTERED, NOT_ENTERED)
    return Row(branch_url(key), (name, *words, *counted, host, headcount, secretary or ""))


def _equals(field: str) -> Any:
    def apply(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
        return rows.filter(**{field: value})

    return apply


def _below(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    try:
        body = Organization.objects.filter(key=UUID(value)).first()
    except ValueError:
        body = None
    if body is None:
        return rows.none()
    low, high = path_range(body.path)
    return rows.filter(path__gte=low, path__lt=high).exclude(pk=body.pk)


def _of_rank(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(party__level__in=[level for level, rank in bodies.RANK.items() if rank == value])


BRANCHES = register(
    ListSpec(
        name="partylife.branches",
        title=_("支部名册"),
        right="partylife.see",
        base=_base,
        columns=(
            Column("name", _("名称"), sort="name"),
            Column("level", _("类型")),
            Column("form", _("组建方式")),
            Column("members", _("已编入党员"), "number", "home_count"),
            Column("full", _("正式党员"), "number", "full_count"),
            Column("hosts", _("共管党员"), "number", "host_count", True),
            Column("headcount", _("台账党员数"), "number", "party__members", True),
            Column("secretary", _("书记"), hide_small=True),
        ),
        values=(
            "key", "name", "party__level", "party__formation", "entered", "home_count", "full_count", "host_count",
            "party__members", "party__secretary_name",
        ),
        row=_row,
        default_sort="name",
        search=lambda rows, text: rows.filter(Q(name__contains=text) | Q(short_name__contains=text)),
        filters=(
            Filter("level", _("类型"), _equals("party__level"), "select", lambda actor: list(LEVELS.items())),
            Filter("form", _("组建方式"), _equals("party__formation"), "select", lambda actor: list(FORMS.items())),
            Filter("bare", _("只看未编入"), lambda rows, value, actor: rows.filter(entered=False), "check"),
            Filter("below", _("上级党组织"), _below, "hidden"),
            Filter("rank", _("层级"), _of_rank, "hidden"),
        ),
        empty=(_("还没有党支部"), _("先在机构里登记党组织,再把党员编入支部。")),
    )
)  # fmt: skip


@dataclass(frozen=True)
class BranchPage:
    """A branch with its members of today: the first `SHOWN` of `total`, all of them behind `roster_url`.

    `members` and `guests` are rows of a table, names lead to the record.
    """

    name: str
    facts: Sequence[tuple[str, Any]]
    members: Sequence[tuple[Any, ...]]
    guests: Sequence[tuple[Any, ...]]
    roster_url: str
    total: int
    organization_url: str
    meetings_url: str
    may_write: bool


def may_write(actor: Actor, branch: Organization) -> bool:
    """Whether the actor may change who belongs to the branch."""
    return branch.jurisdiction_id in actor.writable and actor.may("partylife.write", branch)


def branch_page(actor: Actor, branch: Organization, day: date) -> BranchPage:
    """A branch on a day. Four queries, however many members."""
    seats = at_home(branch, day).values_list(
        "member__key", "member__person__name", "member__joined_on", "member__full_on", "since", "exempt", "left_out",
        "halted",
    )
    rows, full, voting, exempted = [], 0, 0, 0
    for key, name, joined, full_on, since, exempt, left_out, halted in seats:
        is_full = full_on is not None and full_on <= day and not halted
        full += is_full
        voting += is_full and not left_out
        exempted += exempt
        notes = [gettext("不作出勤硬性要求")] * exempt + [gettext("不计入应到会人数")] * left_out
        state = gettext("停止党籍") if halted else gettext("已转正") if is_full else gettext("在预备期")
        rows.append((Link(name, member_url(key)), state, joined, since, "、".join(notes)))
    profile = getattr(branch, "party", None)
    guests = looked_after(branch, day)
    headcount = profile.members if profile else None
    entered = bool(rows) or BranchMembership.objects.filter(branch=branch, role=BranchMembership.HOME).exists()
    facts = [
        (gettext("类型"), LEVELS.get(profile.level, "") if profile else ""),
        (gettext("组建方式"), FORMS.get(profile.formation, "") if profile else ""),
        (gettext("书记"), profile.secretary_name if profile else ""),
        (gettext("成立日期"), branch.founded_on),
        *([(gettext("台账党员数"), headcount)] if headcount is not None else []),
        (gettext("已编入党员"), len(rows) if entered else NOT_ENTERED),
        (gettext("正式党员"), full if entered else ""),
        (gettext("应到会有表决权的党员"), voting if entered else ""),
        (gettext("不作出勤硬性要求"), exempted if entered else ""),
        (gettext("共管党员(不计入本支部)"), len(guests)),
    ]
    return BranchPage(
        branch.name, [fact for fact in facts if fact[1] not in ("", None)], rows[:SHOWN],
        [(name, since) for _person, name, since in guests],
        f"{reverse('partylife:roster')}?branch={branch.key}", len(rows), organization_url(branch.key),
        f"{reverse('events:meetings')}?organization={branch.key}", may_write(actor, branch),
    )  # fmt: skip


@dataclass(frozen=True)
class MemberPage:
    """A member's record: the branches from day to day, exemptions, what may be done."""

    name: str
    facts: Sequence[tuple[str, Any]]
    seats: Sequence[tuple[Any, ...]]
    exemptions: Sequence[tuple[Any, ...]]
    open_hosts: Sequence[tuple[str, str]]
    open_exemptions: Sequence[tuple[str, str]]
    home: Organization | None
    may_write: bool
    may_enter: bool


def _reason(exemption: MemberExemption, left_out: Any) -> str:
    words = rules.EXEMPTIONS if exemption.effect == MemberExemption.ATTENDANCE else left_out
    return translate(words.get(exemption.kind, exemption.kind))


def member_page(actor: Actor, member: PartyMember, day: date) -> MemberPage:
    """A member as the page shows him. Three queries."""
    seats = list(member.branches.select_related("branch").order_by("-since", "-id"))
    exemptions = list(member.exemptions.order_by("-since", "-id"))
    left_out = rule_on("election.left_out", day).params["one_of"] if exemptions else {}
    home = next((seat.branch for seat in seats if seat.role == seat.HOME and seat.until is None), None)
    hosts = [seat for seat in seats if seat.role == seat.HOST and seat.until is None]
    running = [one for one in exemptions if one.until is None or one.until > day]
    state = gettext("已转正") if member.full_on is not None and member.full_on <= day else gettext("在预备期")
    facts = [
        (gettext("党员身份"), state),
        (gettext("组织关系所在党支部"), home.name if home is not None else gettext("已不在本地党支部")),
        (gettext("入党日期"), member.joined_on),
        (gettext("转正日期"), member.full_on),
        (gettext("职业(岗位)"), member.occupation),
        (gettext("登记人"), member.recorded_by_name),
    ]
    return MemberPage(
        name=member.person.name,
        facts=[fact for fact in facts if fact[1] not in ("", None)],
        seats=[
            (Link(s.branch.name, branch_url(s.branch.key)), s.get_role_display(), s.since, s.until, _ended(s))
            for s in seats
        ],
        exemptions=[(x.get_effect_display(), _reason(x, left_out), x.since, x.until, x.consent) for x in exemptions],
        open_hosts=[(s.branch.name, reverse("partylife:end_host", kwargs={"key": s.key})) for s in hosts],
        open_exemptions=[
            (_reason(x, left_out), reverse("partylife:end_exemption", kwargs={"key": x.key})) for x in running
        ],
        home=home,
        may_write=home is not None and may_write(actor, home),
        may_enter=home is None and bool(seats) and member.jurisdiction_id in actor.writable
        and may_write(actor, seats[0].branch),
    )


def branch_panel(*, actor: Actor, record: Organization, now: datetime) -> Asking:
    """How many members a party organization has today, for its page."""
    if record.classification != Organization.Classification.PARTY or not actor.scopes(RIGHT):
        return None
    counts = _base(actor).filter(pk=record.pk).values_list("entered", "home_count", "full_count", "host_count")
    (rows,) = yield (counts,)
    if not rows:
        return None
    entered, home, full, host = rows[0]
    facts = [
        (gettext("已编入党员"), home if entered else NOT_ENTERED),
        (gettext("正式党员"), full if entered else None),
        (gettext("共管党员(不计入本支部)"), host),
    ]
    known = [fact for fact in facts if fact[1] is not None]
    return "partylife/_branch.html", {"facts": known, "url": branch_url(record.key)}


def _ended(seat: BranchMembership) -> str:
    word = translate(LEFT[seat.ended_kind]) if seat.ended_kind else ""
    return ":".join(filter(None, (word, seat.ended_reason)))
