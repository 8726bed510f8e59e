"""Teams for lists and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.dbday import Today
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register
from lianjian.foundation.looks import show_date
from lianjian.rulebook.queries import subjects_of

from ..models import Organization, Team, TeamMember
from ..models.organizations import CURRENT

SHOWN = 60  # members on the page of a team; all of them are a list of their own


def team_url(key: object) -> str:
    """The address of a team."""
    return reverse("directory:team", kwargs={"key": key})


def _now() -> Q:
    """Seats that hold today."""
    return Q(since__lte=Today()) & (Q(until__isnull=True) | Q(until__gt=Today()))


def _teams(actor: Actor) -> QuerySet[Team]:
    seats = TeamMember.objects.filter(_now(), team=OuterRef("pk")).order_by().values("team")
    number = Subquery(seats.annotate(n=Count("person", distinct=True)).values("n"), output_field=IntegerField())
    return Team.objects.visible_to(actor).annotate(number=Coalesce(number, 0))


def _row(values: Sequence[Any]) -> Row:
    key, name, kind, unit, leader, project, ended, count, founded = values[:9]
    badge = Badge(_("已解散"), "paused") if ended else Badge(Team.Kind(kind).label, "info")
    return Row(team_url(key), (name, badge, unit, leader, project, founded, count))


def _search(rows: Any, text: str) -> Any:
    words = Q(name__icontains=text) | Q(leader__name__icontains=text) | Q(organization__name__icontains=text)
    return rows.filter(words | Q(project__icontains=text) | Q(purpose__icontains=text))


def _standing(rows: Any, value: str, actor: Actor) -> Any:
    return rows.filter(dissolved_on__isnull=value != "over") if value in ("now", "over") else rows


TEAMS = register(
    ListSpec(
        name="directory.teams",
        title=_lazy("团队"),
        base=_teams,
        columns=(
            Column("name", _lazy("名称"), "first", "name"),
            Column("kind", _lazy("种类"), "state"),
            Column("organization", _lazy("所属单位"), "text", "organization__name"),
            Column("leader", _lazy("负责人"), "text"),
            Column("project", _lazy("负责的项目"), "text", None, True),
            Column("founded", _lazy("成立日期"), "date", "founded_on", True),
            Column("number", _lazy("成员(人)"), "number", "number"),
        ),
        values=(
            "key",
            "name",
            "kind",
            "organization__name",
            "leader__name",
            "project",
            "dissolved_on",
            "number",
            "founded_on",
        ),
        row=_row,
        right="directory.read",
        default_sort="name",
        filters=(
            Filter(
                "kind",
                _lazy("种类"),
                lambda rows, value, actor: rows.filter(kind=value),
                "select",
                lambda actor: list(Team.Kind.choices),
            ),
            Filter(
                "standing",
                _lazy("状态"),
                _standing,
                "select",
                lambda actor: [("now", _("在册")), ("over", _("已解散"))],
            ),
        ),
        search=_search,
        empty=(
            _lazy("还没有团队"),
            _lazy("帮办团从需求清单出发选人,专班负责一个项目,志愿服务队常年服务群众:写明所属单位、负责人和成员。"),
        ),
    )
)


def _written(actor: Actor) -> list[int]:
    """Places whose teams the actor writes."""
    return [pk for pk in sorted(actor.writable) if actor.may("people.write", Whole(pk))]


def _seats(actor: Actor) -> Any:
    may = ExpressionWrapper(
        Q(jurisdiction_id__in=_written(actor), team__dissolved_on__isnull=True), output_field=BooleanField()
    )
    return TeamMember.objects.visible_to(actor).annotate(may=may)


def _seat_row(values: Sequence[Any]) -> Row:
    key, team_key, name, team, unit, task, since, until, may = values[:9]
    url = reverse("directory:correct_seat", kwargs={"key": key}) if may else team_url(team_key)
    return Row(url, (name, team, unit or "", task, since, until))


def _of_team(rows: Any, value: str, actor: Actor) -> Any:
    try:
        return rows.filter(team__key=UUID(value))
    except ValueError:
        return rows.none()


def _on(rows: Any, value: str, actor: Actor) -> Any:
    try:
        return rows.on(date.fromisoformat(value))
    except ValueError:
        return rows.none()


def _seat_search(rows: Any, text: str) -> Any:
    return rows.filter(
        Q(person__name__icontains=text) | Q(unit__name__icontains=text) | Q(team__name__icontains=text)
    )


TEAM_MEMBERS = register(
    ListSpec(
        name="directory.team_members",
        title=_lazy("团队成员"),
        base=_seats,
        columns=(
            Column("person", _lazy("姓名"), "first", "person__name"),
            Column("team", _lazy("所在团队"), "text", "team__name"),
            Column("unit", _lazy("派出单位"), "text", None, True),
            Column("task", _lazy("分工"), "text", None, True),
            Column("since", _lazy("加入日期"), "date", "since"),
            Column("until", _lazy("退出日期"), "date", "until"),
        ),
        values=(
            "key",
            "team__key",
            "person__name",
            "team__name",
            "unit__name",
            "task",
            "since",
            "until",
            "may",
        ),
        row=_seat_row,
        right="directory.read",
        default_sort="person__name",
        filters=(
            Filter("day", _lazy("在册的日子"), _on, "date"),
            Filter(
                "kind",
                _lazy("种类"),
                lambda rows, value, actor: rows.filter(team__kind=value),
                "select",
                lambda actor: list(Team.Kind.choices),
            ),
            Filter("team", _lazy("所在团队"), _of_team, "hidden"),
        ),
        search=_seat_search,
        empty=(_lazy("没有成员"), _lazy("在团队里添加成员,或者用表格导入。")),
    )
)


def subject_names(jurisdiction_id: int) -> list[tuple[str, str]]:
    """(code, name) of what a team may help with, as higher apps name it."""
    return [pair for source in subjects_of for pair in source(jurisdiction_id)]


def villages_of(jurisdiction_id: int) -> list[tuple[str, str]]:
    """(key, name) of the villages of a place."""
    rows = Organization.objects.filter(CURRENT, jurisdiction_id=jurisdiction_id, classification="village")
    return [(str(key), name) for key, name in rows.order_by("name").values_list("key", "name")[:500]]


def team_choices(actor: Actor, text: str, *, limit: int = 12) -> list[dict[str, str]]:
    """`[{key, label, note}]` of standing teams of the places where one writes; the note says whose they are."""
    rows = Team.objects.visible_to(actor).standing().filter(jurisdiction_id__in=actor.writable)
    if text.strip():
        rows = _search(rows, text.strip())
    found = rows.order_by("name", "pk").values_list("key", "name", "kind", "organization__name")[:limit]
    return [
        {"key": str(key), "label": name, "note": f"{Team.Kind(kind).label} · {body}"} for key, name, kind, body in found
    ]


def named_teams(actor: Actor, names: Sequence[str], held: Sequence[Team] = ()) -> dict[str, Team]:
    """Teams by their names: standing ones that one sees and may write for, and those `held` already. One query."""
    rows = Team.objects.visible_to(actor).standing().filter(jurisdiction_id__in=actor.writable, name__in=names)
    found: dict[str, Team] = {}
    for team in rows.order_by("pk"):
        # Of two towns' teams with one name, the own town's.
        if team.name not in found or team.jurisdiction_id == actor.jurisdiction_id:
            found[team.name] = team
    return {**found, **{team.name: team for team in held if team.name in names}}


@dataclass(frozen=True)
class SeatLine:
    """A person or body in a team: name, words, and the addresses to correct and to end it."""

    name: str
    words: str
    change_url: str
    leave_url: str


@dataclass(frozen=True)
class TeamPage:
    """One team as its page shows it on a day; `number` members of whom the first are shown."""

    team: Team
    day: date
    facts: list[tuple[str, str]]
    number: int
    members: list[SeatLine]
    units: list[SeatLine]
    list_url: str
    may_write: bool


def _facts(team: Team, areas: Sequence[str]) -> list[tuple[str, str]]:
    names = dict(subject_names(team.jurisdiction_id))
    volunteers = team.kind == Team.Kind.VOLUNTEER
    lines = [
        (_("种类"), str(Team.Kind(team.kind).label)),
        (_("服务宗旨") if volunteers else _("任务"), team.purpose),
        (_("所属单位"), team.organization.name),
        (_("负责人"), team.leader.name),
        (_("负责的项目"), team.project),
        (_("帮办的事"), "、".join(names.get(code, code) for code in team.subjects)),
        (_("擅长"), team.skills),
        (_("负责的村"), "、".join(areas) or ("" if volunteers else _("全部"))),
        (_("成立日期"), show_date(team.founded_on)),
        (_("解散日期"), show_date(team.dissolved_on) if team.dissolved_on else ""),
    ]
    return [(label, words) for label, words in lines if words]


def _span(row: Any) -> str:
    if row.until is not None:
        return _("%(since)s 至 %(until)s") % {"since": show_date(row.since), "until": show_date(row.until)}
    return _("%(since)s 起") % {"since": show_date(row.since)}


def _line(name: str, words: Sequence[str], row: Any, *, may: bool, leads: bool = False) -> SeatLine:
    kind = "seat" if isinstance(row, TeamMember) else "unit"
    return SeatLine(
        name=name,
        words=" · ".join(filter(None, (*words, _span(row)))),
        change_url=reverse(f"directory:correct_{kind}", kwargs={"key": row.key}) if may else "",
        leave_url=reverse(f"directory:leave_{'team' if kind == 'seat' else 'unit'}", kwargs={"key": row.key})
        if may and not leads and row.until is None
        else "",
    )


def team_page(actor: Actor, team: Team, day: date) -> TeamPage:
    """Leader, purpose, area, and who is in it on a day; four queries."""
    may = team.dissolved_on is None and team.jurisdiction_id in _written(actor)
    areas = list(team.areas.order_by("village__name").values_list("village__name", flat=True))
    seats = team.members.all().on(day)  # type: ignore[attr-defined]
    number = seats.values("person_id").distinct().count()
    leads = Q(person=team.leader_id)
    rows = seats.select_related("person", "unit").annotate(leads=ExpressionWrapper(leads, BooleanField()))
    rows = rows.order_by("-leads", "person__name", "pk")[:SHOWN]
    units = team.units.all().on(day).select_related("organization").order_by("organization__name")  # type: ignore[attr-defined]
    lead = _("负责人")
    return TeamPage(
        team=team,
        day=day,
        facts=_facts(team, areas),
        number=number,
        members=[
            _line(
                one.person.name,
                (lead if one.person_id == team.leader_id else "", one.unit.name if one.unit else "", one.task),
                one,
                may=may,
                leads=one.person_id == team.leader_id,
            )
            for one in rows
        ],
        units=[_line(one.organization.name, (), one, may=may) for one in units],
        list_url=f"{reverse('directory:team_members')}?team={team.key}&day={day}",
        may_write=may,
    )
