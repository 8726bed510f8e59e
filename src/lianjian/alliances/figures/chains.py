"""Industry chains: committees, firms, their staff and members; what joint bodies reach in their villages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _

from .. import rules
from ..queries.listing import alliance_url
from ..queries.reach import firms_on, partners_on, villages_on
from ..rules.people import PARTNERS
from .standing import standing_in


def committees(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """Party organizations of industry chains (checklist 004-47)."""
    return standing_in(actor, scoped, rules.FORMAL).exclude(chain="")


def _chains(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    return standing_in(actor, scoped).order_by().exclude(chain="")


def firms(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """Firms on any chain, each once."""
    return firms_on(actor, scoped.end, _chains(actor, scoped))


def partners(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """Firms before or behind others on a chain, each once (checklist 004-49)."""
    return partners_on(actor, scoped.end, _chains(actor, scoped), PARTNERS)


def _known(source: Callable[[Actor, Scoped], QuerySet[Any]], field: str) -> Callable[[Actor, Scoped], QuerySet[Any]]:
    """Of these rows, those that say the number."""
    return lambda actor, scoped: source(actor, scoped).filter(**{f"{field}__isnull": False})


def villages(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """Villages in joint bodies, each once (checklist 004-22)."""
    return villages_on(actor, scoped.end, standing_in(actor, scoped, rules.FORMAL).order_by())


def _address(row: Any) -> str:
    return str(row.get_absolute_url())


_FIRM: Any = (
    (_("企业"), "name"),
    (_("地区"), "jurisdiction.name"),
    (_("职工(人)"), "firm_staff"),
    (_("党员(人)"), "firm_members"),
)
_VILLAGE: Any = (
    (_("村(社区)"), "name"),
    (_("户数"), "village_households"),
    (_("人口"), "village_residents"),
    (_("党员(人)"), "village_members"),
)


def _figure(code: str, name: str, unit: str, definition: str, rows: Any, columns: Any, **more: Any) -> Indicator:
    given = {"period": "as_of", "address": _address, "subject": _("产业链"), **more}
    return Indicator(
        code=f"alliances.{code}", name=name, unit=unit, definition=definition, rows=rows, columns=columns, **given
    )


_JOINT = {"subject": _("联盟与联建")}
INDICATORS = [
    _figure(
        "chain_committees",
        _("产业链党委"),
        "个",
        _("截至日存在、写明产业链的联建党组织;功能型联盟不计。"),
        committees,
        ((_("名称"), "organization.name"), (_("产业链"), "chain"), (_("成立日期"), "founded_on")),
        address=lambda row: alliance_url(row.key),
        split=(_("按产业链"), "chain"),
    ),
    _figure(
        "chain_firms",
        _("产业链企业"),
        "家",
        _("截至日在写明产业链的联盟里的企业,一家在几个联盟、几条链里的只算一家。"),
        firms,
        _FIRM,
    ),
    _figure(
        "chain_partners",
        _("产业链上下游企业"),
        "家",
        _("截至日以上游企业或下游企业角色在写明产业链的联盟里的企业,只算一家。"),
        partners,
        _FIRM,
    ),
    _figure(
        "chain_staff",
        _("产业链企业职工"),
        "人",
        _("产业链企业的职工数之和,每家只加一次,取截至日当年或以前最近一年登记的数;没有登记的不计。"),
        _known(firms, "firm_staff"),
        _FIRM,
        measure="firm_staff",
    ),
    _figure(
        "chain_members",
        _("产业链企业党员"),
        "人",
        _("产业链企业的党员数之和,每家只加一次,取截至日当年或以前最近一年登记的数;没有登记的不计。"),
        _known(firms, "firm_members"),
        _FIRM,
        measure="firm_members",
    ),
    _figure(
        "joint_households",
        _("联建村户数"),
        "户",
        _("截至日在联建党组织里的村(社区)现在的户数之和;村的党组织加入的,算这个村;一个村只加一次,没有登记的不计。"),
        _known(villages, "village_households"),
        _VILLAGE,
        measure="village_households",
        **_JOINT,
    ),
    _figure(
        "joint_residents",
        _("联建村人口"),
        "人",
        _("截至日在联建党组织里的村(社区)现在的人口之和;村的党组织加入的,算这个村;一个村只加一次,没有登记的不计。"),
        _known(villages, "village_residents"),
        _VILLAGE,
        measure="village_residents",
        **_JOINT,
    ),
    _figure(
        "joint_party_members",
        _("联建村党员"),
        "人",
        _("截至日在联建党组织里的村(社区),直接设在村里的党组织现在登记的党员数之和;一个村只加一次,没有登记的不计。"),
        _known(villages, "village_members"),
        _VILLAGE,
        measure="village_members",
        **_JOINT,
    ),
]
