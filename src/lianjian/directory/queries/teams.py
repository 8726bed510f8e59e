"""Teams for lists and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register
from lianjian.foundation.looks import show_date
from lianjian.rulebook.queries import subjects_of

from ..models import Organization, Team
from ..models.organizations import CURRENT


def team_url(key: object) -> str:
    """The address of a team."""
    return reverse("directory:team", kwargs={"key": key})


def _row(values: Sequence[Any]) -> Row:
    key, name, kind, unit, leader, project, ended, count = values[:8]
    badge = Badge(_("已解散"), "paused") if ended else Badge(Team.Kind(kind).label, "info")
    return Row(team_url(key), (name, badge, unit, leader, project, count))


TEAMS = register(
    ListSpec(
        name="directory.teams",
        title=_lazy("帮办团与专班"),
        base=lambda actor: Team.objects.visible_to(actor).annotate(  # type: ignore[attr-defined]
            number=Count("members", filter=Q(members__until__isnull=True))
        ),
        columns=(
            Column("name", _lazy("名称"), "first", "name"),
            Column("kind", _lazy("种类"), "state"),
            Column("organization", _lazy("牵头单位"), "text"),
            Column("leader", _lazy("负责人"), "text"),
            Column("project", _lazy("负责的项目"), "text", None, True),
            Column("number", _lazy("成员(人)"), "number"),
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
        ),
        row=_row,
        right="people.see",
        default_sort="name",
        filters=(
            Filter(
                "kind",
                _lazy("种类"),
                lambda rows, value, actor: rows.filter(kind=value),
                "select",
                lambda actor: list(Team.Kind.choices),
            ),
        ),
        empty=(_lazy("还没有帮办团"), _lazy("从需求清单出发选人:牵头单位、负责人、擅长的事、负责的村。")),
    )
)


def subject_names(jurisdiction_id: int) -> list[tuple[str, str]]:
    """(code, name) of what a team may help with, as higher apps name it."""
    return [pair for source in subjects_of for pair in source(jurisdiction_id)]


def villages_of(jurisdiction_id: int) -> list[tuple[str, str]]:
    """(key, name) of the villages of a place."""
    rows = Organization.objects.filter(CURRENT, jurisdiction_id=jurisdiction_id, classification="village")
    return [(str(key), name) for key, name in rows.order_by("name").values_list("key", "name")[:500]]


@dataclass(frozen=True)
class TeamPage:
    """One team as its page shows it."""

    team: Team
    facts: list[tuple[str, str]]
    members: list[tuple[str, str, str, str]]
    may_write: bool


def team_page(actor: Actor, team: Team) -> TeamPage:
    """Leader, subjects, area, members; three queries."""
    names = dict(subject_names(team.jurisdiction_id))
    may = team.dissolved_on is None and actor.may("people.write", Whole(team.jurisdiction_id))
    areas = team.areas.order_by("village__name").values_list("village__name", flat=True)
    rows = team.members.filter(until__isnull=True).select_related("person", "unit").order_by("id")
    lines = [
        (_("种类"), str(team.get_kind_display())),  # type: ignore[attr-defined]
        (_("牵头单位"), team.organization.name),
        (_("负责人"), team.leader.name),
        (_("负责的项目"), team.project),
        (_("帮办的事"), "、".join(names.get(code, code) for code in team.subjects)),
        (_("擅长"), team.skills),
        (_("负责的村"), "、".join(areas) or _("全部")),
        (_("成立日期"), show_date(team.founded_on)),
    ]
    return TeamPage(
        team=team,
        facts=[(label, words) for label, words in lines if words],
        members=[
            (
                one.person.name,
                one.unit.name if one.unit else "",
                one.task or (_("负责人") if one.person_id == team.leader_id else ""),
                reverse("directory:leave_team", kwargs={"key": one.key})
                if may and one.person_id != team.leader_id
                else "",
            )
            for one in rows
        ],
        may_write=may,
    )
