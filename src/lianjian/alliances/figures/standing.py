"""The figures that alliances can answer for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from lianjian.directory.models import Organization
from lianjian.directory.queries import person_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _

from .. import rules
from ..models import Alliance, Demonstration
from ..queries.counting import bodies_on
from ..queries.listing import alliance_url
from ..queries.people import people_on


def standing_in(actor: Actor, scoped: Scoped, form: str = "") -> QuerySet[Alliance]:
    """Alliances of the places that stand on the last day asked for."""
    rows = Alliance.objects.visible_to(actor).standing(scoped.end)
    rows = rows.filter(jurisdiction_id__in=scoped.jurisdiction_ids)
    rows = rows.filter(form=form) if form else rows
    return rows.select_related("organization").order_by("organization__name", "pk")


def joint_bodies(actor: Actor, scoped: Scoped) -> QuerySet[Alliance]:
    """Only party organizations count among the joint bodies."""
    return standing_in(actor, scoped, rules.FORMAL)


def functional(actor: Actor, scoped: Scoped) -> QuerySet[Alliance]:
    """Alliances that are no party organization."""
    return standing_in(actor, scoped, "functional")


def _members(*kinds: str, form: str = "") -> Callable[[Actor, Scoped], QuerySet[Organization]]:
    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
        found = bodies_on(actor, scoped.end, standing_in(actor, scoped, form).order_by())
        return found.filter(classification__in=kinds).order_by("name", "pk")

    return rows


def demonstrations(actor: Actor, scoped: Scoped) -> QuerySet[Demonstration]:
    """What the places named for the year of the last day, by that day (checklist 004-31)."""
    rows = Demonstration.objects.filter(jurisdiction_id__in=scoped.jurisdiction_ids, year=scoped.end.year)
    rows = rows.filter(named_on__lte=scoped.end)
    return rows.select_related("alliance__organization").order_by("jurisdiction", "pk")


def _alliance_address(row: Any) -> str:
    return alliance_url(row.key)


def _body_address(row: Any) -> str:
    return str(row.get_absolute_url())


_ALLIANCE: Any = ((_("名称"), "organization.name"), (_("联建模式"), "mode"), (_("成立日期"), "founded_on"))
_BODY: Any = ((_("名称"), "name"), (_("种类"), "get_classification_display"))


def _counted(code: str, name: str, unit: str, definition: str, rows: Any, *, bodies: bool) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        unit=unit,
        period="as_of",
        definition=definition,
        rows=rows,
        columns=_BODY if bodies else _ALLIANCE,
        address=_body_address if bodies else _alliance_address,
        subject=_("联盟与联建"),
    )


def people(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """Distinct people with a seat in an alliance of the places on the last day asked for."""
    return people_on(actor, scoped.end, standing_in(actor, scoped).order_by()).order_by("name", "pk")


INDICATORS = [
    _counted(
        "alliances.joint_bodies",
        _("联建党组织"),
        "个",
        _("截至日存在的联建党组织(正式党组织);功能型联盟不计。"),
        joint_bodies,
        bodies=False,
    ),
    _counted(
        "alliances.functional", _("功能型联盟"), "个", _("截至日存在的功能型联盟。"), functional, bodies=False
    ),
    _counted(
        "alliances.enterprises",
        _("联盟成员企业"),
        "家",
        _("截至日在任一联盟里的企业,同时在几个联盟里的只算一家。"),
        _members("enterprise"),
        bodies=True,
    ),
    _counted(
        "alliances.party_organizations",
        _("联盟成员党组织"),
        "个",
        _("截至日在任一联盟里的党组织,只算一次;与企业数是两个口径。"),
        _members("party"),
        bodies=True,
    ),
    _counted(
        "alliances.villages",
        _("联建带动的村"),
        "个",
        _("截至日在任一联建党组织里的村(社区),只算一次。"),
        _members("village", form=rules.FORMAL),
        bodies=True,
    ),
    Indicator(
        code="alliances.people",
        name=_("联盟人员"),
        unit="人",
        period="as_of",
        definition=_("截至日在任一联盟里担任链长、召集人、联络员、技术顾问等的人员,一人担任几个角色只算一人;只算看得到的人员。"),
        rows=people,
        columns=((_("姓名"), "name"),),
        address=lambda row: person_url(row.key),
        subject=_("联盟与联建"),
    ),
    Indicator(
        code="alliances.demonstrations",
        name=_("联建示范项目"),
        unit="个",
        period="as_of",
        definition=_("截至日当年已确定的联建示范项目,每个地区每年一到两个。"),
        rows=demonstrations,
        columns=((_("示范项目"), "title"), (_("联盟"), "alliance.organization.name"), (_("确定日期"), "named_on")),
        address=lambda row: alliance_url(row.alliance.key),
        subject=_("联盟与联建"),
    ),
]
