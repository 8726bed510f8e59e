"""The figures of volunteer service: activities, and people served."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianjian.directory.models import Team
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _

from ..models import Meeting, ServingTeam
from ..queries import meeting_url
from ..rules.serving import KIND
from .meetings import meetings_held

_COLUMNS: Any = (
    (_("时间"), "starts_at"),
    (_("名称"), "title"),
    (_("召集方"), "convener.name"),
    (_("服务团队"), lambda row: "、".join(one.name for one in row.teams.all())),
    (_("服务人数"), "served"),
)


def volunteer_activities(actor: Actor, scoped: Scoped) -> QuerySet[Meeting]:
    """What was held in the period as volunteer service, or served by a volunteer team; each once."""
    teams = ServingTeam.objects.filter(meeting=OuterRef("pk"), kind=Team.Kind.VOLUNTEER)
    rows = meetings_held(actor, scoped).filter(Q(kind=KIND) | Q(Exists(teams)))
    return rows.prefetch_related("teams")


def volunteer_served(actor: Actor, scoped: Scoped) -> QuerySet[Meeting]:
    """Those of them that say how many people they served."""
    return volunteer_activities(actor, scoped).filter(served__isnull=False)


def _address(row: Any) -> str:
    return meeting_url(row.key)


_ACTIVITIES = Indicator(
    code="events.volunteer_activities",
    name=_("志愿服务活动场次"),
    unit="次",
    period="during",
    definition=_("时段内开过的志愿服务,和有志愿服务队服务的其他活动;几家合办、几支队伍同去的算一次。"),
    rows=volunteer_activities,
    columns=_COLUMNS,
    address=_address,
    subject=_("志愿服务"),
)

INDICATORS = [
    _ACTIVITIES,
    replace(
        _ACTIVITIES,
        code="events.volunteer_served",
        name=_("志愿服务人数"),
        unit="人",
        definition=_("时段内志愿服务活动登记的服务人数相加,没有登记的活动不计;服务人次另计,两个数不相加。"),
        rows=volunteer_served,
        measure="served",
    ),
]
