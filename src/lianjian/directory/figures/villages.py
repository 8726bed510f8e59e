"""The figures that the directory can answer for: tags, classes of villages, relocated households, posted cadres."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from lianjian.foundation.actor import Actor, path_range
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _

from ..models import Membership, Organization, Relocation, Tagging
from ..queries.lists import organization_url, person_url
from ..queries.relocations import postings
from ..queries.tags import standing_on

Rows = Callable[[Actor, Scoped], QuerySet[Any]]


def _in_scope(rows: Any, scoped: Scoped, body: str) -> Any:
    """Rows of bodies of the places asked for; `body` leads from a row to its organization."""
    rows = rows.filter(**{f"{body}__jurisdiction_id__in": scoped.jurisdiction_ids})
    if scoped.path:
        low, high = path_range(scoped.path)
        rows = rows.filter(**{f"{body}__path__gte": low, f"{body}__path__lt": high})
    return rows


def tagged(actor: Actor, scoped: Scoped) -> QuerySet[Tagging]:
    """A row for each tag of each organization that stands on the day."""
    rows = standing_on(Tagging.objects.visible_to(actor).on(scoped.end), scoped.end)
    rows = _in_scope(rows, scoped, "organization").select_related("organization", "tag__scheme")
    return rows.order_by("organization__name", "pk")  # type: ignore[no-any-return]


def classed(actor: Actor, scoped: Scoped) -> QuerySet[Tagging]:
    """Villages by class: tags of groups of which a village has one at a time."""
    return tagged(actor, scoped).filter(tag__scheme__exclusive=True, organization__classification="village")


def relocated(actor: Actor, scoped: Scoped) -> QuerySet[Relocation]:
    """Households that live in a settlement on the day, by the village they came from."""
    rows = _in_scope(Relocation.objects.visible_to(actor).on(scoped.end), scoped, "village")
    return rows.select_related("village", "settlement").order_by("settlement__name", "village__name", "pk")  # type: ignore[no-any-return]


def _villages(actor: Actor) -> QuerySet[Organization]:
    rows = Organization.objects.visible_to(actor).select_related("jurisdiction")  # type: ignore[attr-defined]
    return rows.order_by("name", "pk")  # type: ignore[no-any-return]


def relocated_villages(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
    """A village that moved in several steps counts once."""
    villages = relocated(actor, scoped).order_by().values("village_id")
    return _villages(actor).filter(pk__in=villages)


def posted(actor: Actor, scoped: Scoped) -> QuerySet[Membership]:
    """Cadres posted to villages that stand on the day; nobody is posted to two at a time."""
    rows = _in_scope(standing_on(postings(actor).on(scoped.end), scoped.end), scoped, "organization")
    return rows.select_related("person", "organization", "sent_by").order_by("organization__name", "pk")  # type: ignore[no-any-return]


def posted_villages(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
    """Villages with at least one posted cadre."""
    held = posted(actor, scoped).order_by().filter(organization=OuterRef("pk"))
    return _villages(actor).filter(Exists(held))


def _address(of: str, url: Callable[[object], str]) -> Callable[[Any], str]:
    return lambda row: url(getattr(row, of).key)


_TAGGING: Any = (
    (_("组织"), "organization.name"),
    (_("标签"), "tag.name"),
    (_("标签组"), "tag.scheme.name"),
    (_("自"), "since"),
    (_("依据文件"), "document"),
)
_MOVED: Any = (
    (_("搬出的村"), "village.name"),
    (_("安置点"), "settlement.name"),
    (_("户数"), "households"),
    (_("人数"), "residents"),
    (_("搬入日期"), "since"),
)
_POSTED: Any = (
    (_("姓名"), "person.name"),
    (_("派驻的村"), "organization.name"),
    (_("派出单位"), "sent_by.name"),
    (_("自"), "since"),
)
_VILLAGE: Any = ((_("名称"), "name"), (_("地区"), "jurisdiction.name"))


def _figure(
    code: str, name: str, unit: str, definition: str, rows: Rows, columns: Any, address: Any, **more: Any
) -> Indicator:
    return Indicator(
        code=f"directory.{code}",
        name=name,
        unit=unit,
        period="as_of",
        definition=definition,
        rows=rows,
        columns=columns,
        address=address,
        subject=_("组织机构"),
        **more,
    )


_OF_BODY = _address("organization", organization_url)
_OF_VILLAGE = _address("village", organization_url)


def _own(row: Any) -> str:
    return organization_url(row.key)


INDICATORS = [
    _figure(
        "tagged",
        _("标签认定数"),
        "项",
        _("截至日有效的标签认定,一个组织有几个标签计几项;已撤销的组织不计。"),
        tagged,
        _TAGGING,
        _OF_BODY,
        split=(_("按标签"), "tag__name"),
    ),
    _figure(
        "village_class",
        _("已分类的村"),
        "个",
        _("截至日有分类的村(社区),分类指同时只能有一个的标签组;有几个这样的标签组,每组各计一次。"),
        classed,
        _TAGGING,
        _OF_BODY,
        split=(_("按分类"), "tag__name"),
    ),
    _figure(
        "relocated_residents",
        _("搬迁安置人数"),
        "人",
        _("截至日住在安置点的搬迁人数,按登记的人数合计,不含已结束的安置。"),
        relocated,
        _MOVED,
        _OF_VILLAGE,
        measure="residents",
        split=(_("按安置点"), "settlement__name"),
    ),
    _figure(
        "relocated_households",
        _("搬迁安置户数"),
        "户",
        _("截至日住在安置点的搬迁户数,按登记的户数合计,不含已结束的安置。"),
        relocated,
        _MOVED,
        _OF_VILLAGE,
        measure="households",
        split=(_("按安置点"), "settlement__name"),
    ),
    _figure(
        "relocated_villages",
        _("有搬迁安置的村"),
        "个",
        _("截至日有农户住在安置点的村(社区),分几次搬的只计一次。"),
        relocated_villages,
        _VILLAGE,
        _own,
    ),
    _figure(
        "posted_cadres",
        _("驻村干部数"),
        "名",
        _("截至日派驻在村(社区)的干部;一人同时只派驻一个村,只计一次;已撤销的村不计。"),
        posted,
        _POSTED,
        _address("person", person_url),
        split=(_("按派出单位"), "sent_by__name"),
    ),
    _figure(
        "posted_villages",
        _("有驻村干部的村"),
        "个",
        _("截至日至少有一名驻村干部的村(社区),已撤销的不计。"),
        posted_villages,
        _VILLAGE,
        _own,
    ),
]
