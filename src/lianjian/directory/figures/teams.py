"""The figures of teams: volunteer teams of a day and who is in them; task forces whose project is followed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from lianjian.foundation.actor import Actor, subtree_q
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _

from ..models import Person, Team, TeamMember, TeamNote
from ..queries.teams import team_url
from ..rules.team_notes import FRESH_DAYS


def _standing(actor: Actor, scoped: Scoped, kind: str) -> QuerySet[Team]:
    rows: QuerySet[Team] = Team.objects.visible_to(actor).standing(scoped.end).filter(kind=kind)
    rows = rows.filter(jurisdiction_id__in=scoped.jurisdiction_ids)
    if scoped.path:
        rows = rows.filter(subtree_q("organization__path", [scoped.path]))
    return rows.select_related("organization", "leader").order_by("name", "pk")


def volunteer_teams(actor: Actor, scoped: Scoped) -> QuerySet[Team]:
    """Volunteer teams that stand on the last day asked for."""
    return _standing(actor, scoped, Team.Kind.VOLUNTEER)


def task_forces(actor: Actor, scoped: Scoped) -> QuerySet[Team]:
    """Task forces that stand on the last day asked for."""
    return _standing(actor, scoped, Team.Kind.TASK)


def projects_followed(actor: Actor, scoped: Scoped) -> QuerySet[Team]:
    """Those of them of whose project something was noted within the last 31 days."""
    fresh = TeamNote.objects.standing().filter(
        team=OuterRef("pk"), day__gt=scoped.end - timedelta(days=FRESH_DAYS), day__lte=scoped.end
    )
    return task_forces(actor, scoped).filter(Exists(fresh))


def volunteers(actor: Actor, scoped: Scoped) -> QuerySet[Person]:
    """Who is in one of them on that day; a person in two teams counts once."""
    teams = volunteer_teams(actor, scoped).order_by().values("pk")
    seats = TeamMember.objects.on(scoped.end).filter(team__in=teams)
    names = seats.filter(person=OuterRef("pk")).order_by("team__name").values("team__name")
    people: Any = Person.objects.visible_to(actor)  # type: ignore[attr-defined]
    found: QuerySet[Person] = people.filter(pk__in=seats.values("person_id")).annotate(teams=ArraySubquery(names))
    return found.order_by("name", "pk")


def _team_address(row: Any) -> str:
    return team_url(row.key)


def _person_address(row: Any) -> str:
    return reverse("directory:person", kwargs={"key": row.key})


INDICATORS = [
    Indicator(
        code="directory.volunteer_teams",
        name=_("志愿服务队"),
        unit="支",
        period="as_of",
        definition=_("截至日在册的志愿服务队,已解散的不计。"),
        rows=volunteer_teams,
        columns=(
            (_("名称"), "name"),
            (_("所属单位"), "organization.name"),
            (_("负责人"), "leader.name"),
            (_("成立日期"), "founded_on"),
        ),
        address=_team_address,
        subject=_("志愿服务"),
    ),
    Indicator(
        code="directory.volunteers",
        name=_("志愿服务队成员"),
        unit="人",
        period="as_of",
        definition=_("截至日在志愿服务队里的人,一个人参加几支队伍只计一次,已退出的不计。"),
        rows=volunteers,
        columns=((_("姓名"), "name"), (_("志愿服务队"), lambda row: "、".join(row.teams))),
        address=_person_address,
        subject=_("志愿服务"),
    ),
    Indicator(
        code="directory.projects_followed",
        name=_("在建项目进度已登记"),
        unit="%",
        period="as_of",
        definition=_(
            "截至日在册的专班里,截至日前31天内(含当日)登记过项目进度的比例;已解散的专班和作废的进度不计。"
        ),
        rows=projects_followed,
        base=task_forces,
        columns=(
            (_("名称"), "name"),
            (_("负责的项目"), "project"),
            (_("所属单位"), "organization.name"),
            (_("负责人"), "leader.name"),
        ),
        address=_team_address,
        subject=_("项目专班"),
    ),
]
