"""The list of members: who is at home in which branch today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor
from lianjian.foundation.dbday import Today
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register

from ..models import BranchMembership, MemberExemption, PartyMember
from ..models.moves import stopped
from .branches import branch_url, member_url

FULL, PROBATION, STOPPED = "full", "probation", "stopped"
WORDS: dict[str, Any] = {FULL: _("正式党员"), PROBATION: _("预备党员"), STOPPED: _("停止党籍")}
TONES = {FULL: "done", PROBATION: "info", STOPPED: "paused"}


def _base(actor: Actor) -> QuerySet[Any]:
    """Seats at home of today, of members whom the actor sees: each member once."""
    day = Today()
    mine = PartyMember.objects.visible_to(actor).order_by().values("pk")  # type: ignore[attr-defined]
    seats: Any = BranchMembership.objects.filter(member__in=mine, role=BranchMembership.HOME)
    state = Case(
        When(member__in=stopped(day).values("member_id"), then=Value(STOPPED)),
        When(member__full_on__lte=day, then=Value(FULL)), default=Value(PROBATION), output_field=CharField()
    )
    hosts: Any = BranchMembership.objects.filter(member_id=OuterRef("member_id"), role=BranchMembership.HOST)
    free: Any = MemberExemption.objects.filter(member_id=OuterRef("member_id"), effect=MemberExemption.ATTENDANCE)
    return seats.on(day).annotate(  # type: ignore[no-any-return]
        state=state, hosted=Exists(hosts.on(day)), exempt=Exists(free.on(day))
    )


def _row(values: Sequence[Any]) -> Row:
    key, name, branch_key, branch, joined, full_on, occupation, since, state, hosted, exempt = values[:11]
    badge = Badge(translate(WORDS[state]), TONES[state])
    notes = [gettext("双联共管")] * hosted + [gettext("不作出勤硬性要求")] * exempt
    return Row(
        member_url(key),
        (name, Link(branch, branch_url(branch_key)), joined, full_on, since, occupation, "、".join(notes), badge),
    )


def _of_branch(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    try:
        return rows.filter(branch__key=UUID(value))
    except ValueError:
        return rows.none()


def _ticked(name: str) -> Any:
    return lambda rows, value, actor: rows.filter(Q(**{name: True}))


ROSTER = register(
    ListSpec(
        name="partylife.roster",
        title=_("党员名册"),
        right="partylife.see",
        base=_base,
        columns=(
            Column("name", _("姓名"), sort="member__person__name"),
            Column("branch", _("组织关系所在党支部"), sort="branch__name"),
            Column("joined_on", _("入党日期"), "date", "member__joined_on"),
            Column("full_on", _("转正日期"), "date", "member__full_on", True),
            Column("since", _("编入日期"), "date", "since", True),
            Column("occupation", _("职业(岗位)"), hide_small=True),
            Column("notes", _("说明"), hide_small=True),
            Column("state", _("党员身份"), "state"),
        ),
        values=(
            "member__key", "member__person__name", "branch__key", "branch__name", "member__joined_on",
            "member__full_on", "member__occupation", "since", "state", "hosted", "exempt",
        ),
        row=_row,
        default_sort="member__person__name",
        state_field="state",
        states=tuple(WORDS.items()),
        search=lambda rows, text: rows.filter(
            Q(member__person__name__contains=text) | Q(branch__name__contains=text)
        ),
        filters=(
            Filter("hosted", _("只看双联共管"), _ticked("hosted"), "check"),
            Filter("exempt", _("只看不作出勤硬性要求"), _ticked("exempt"), "check"),
            Filter("branch", _("组织关系所在党支部"), _of_branch, "hidden"),
        ),
        empty=(_("还没有编入党员"), _("在支部页面编入党员,或导入党员花名册;名册自动形成,一名党员只列一次。")),
    )
)  # fmt: skip
