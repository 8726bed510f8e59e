"""The figures of venues: how many stand, what of them serves the public, how many use them."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from lianjian.foundation.actor import Actor, subtree_q
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _

from ..models import Venue, VenueCount, VenueService
from ..queries import venue_url


def venues_standing(actor: Actor, scoped: Scoped) -> QuerySet[Venue]:
    """Venues open on the last day asked for."""
    rows = Venue.objects.visible_to(actor).standing(scoped.end)
    rows = rows.filter(jurisdiction_id__in=scoped.jurisdiction_ids)
    if scoped.path:
        rows = rows.filter(subtree_q("organization__path", [scoped.path]))
    return rows.select_related("organization").order_by("name", "id")


def venues_measured(actor: Actor, scoped: Scoped) -> QuerySet[Venue]:
    """Those of which both areas are known."""
    return venues_standing(actor, scoped).filter(area_m2__isnull=False, service_m2__isnull=False)


def services_offered(actor: Actor, scoped: Scoped) -> QuerySet[VenueService]:
    """What venues open on the last day asked for offer on it."""
    rows = VenueService.objects.filter(venue__in=venues_standing(actor, scoped).order_by().values("pk"))
    rows = rows.filter(since__lte=scoped.end).exclude(until__lte=scoped.end)
    return rows.select_related("venue__organization").order_by("venue__name", "id")


def services_free(actor: Actor, scoped: Scoped) -> QuerySet[VenueService]:
    """Those of them that cost nothing."""
    return services_offered(actor, scoped).filter(charge="")


def venue_uses(actor: Actor, scoped: Scoped) -> QuerySet[VenueCount]:
    """What was counted at venues in the period, with `total`: members and others together."""
    rows = VenueCount.objects.visible_to(actor).filter(
        venue__jurisdiction_id__in=scoped.jurisdiction_ids, on__range=(scoped.start, scoped.end)
    )
    if scoped.path:
        rows = rows.filter(subtree_q("venue__organization__path", [scoped.path]))
    rows = rows.annotate(total=F("members") + F("others"))
    return rows.select_related("venue__organization", "booking", "service").order_by("on", "id")


def venues_doubled(actor: Actor, scoped: Scoped) -> QuerySet[Venue]:
    """Those that have a function which another venue of the place has too."""
    others = Venue.objects.standing(scoped.end).exclude(pk=OuterRef("pk"))
    others = others.filter(jurisdiction_id=OuterRef("jurisdiction_id"), functions__overlap=OuterRef("functions"))
    return venues_standing(actor, scoped).filter(Exists(others))


def _venue_address(row: Any) -> str:
    return venue_url(row.key)


def _of_venue_address(row: Any) -> str:
    return venue_url(row.venue.key)


_VENUE: Any = (
    (_("名称"), "name"),
    (_("管理单位"), "organization.name"),
    (_("面积(平方米)"), "area_m2"),
    (_("其中服务群众的面积(平方米)"), "service_m2"),
)



def _area(code: str, name: str, definition: str, measure: str) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        unit="平方米",
        period="as_of",
        definition=definition,
        rows=venues_measured,
        measure=measure,
        columns=_VENUE,
        address=_venue_address,
        subject=_("会议与活动"),
    )


_USE: Any = (
    (_("日期"), "on"),
    (_("阵地"), "venue.name"),
    (_("用途"), "what"),
    (_("党员(人次)"), "members"),
    (_("群众(人次)"), "others"),
)


def _use(code: str, name: str, definition: str, measure: str) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        unit="人次",
        period="during",
        definition=definition,
        rows=venue_uses,
        measure=measure,
        columns=_USE,
        address=_of_venue_address,
        subject=_("会议与活动"),
    )


VENUES = [
    Indicator(
        code="events.venues",
        name=_("阵地"),
        unit="个",
        period="as_of",
        definition=_("截至日在用的阵地。"),
        rows=venues_standing,
        columns=_VENUE,
        address=_venue_address,
        subject=_("会议与活动"),
    ),
    _area(
        "events.venue_area",
        _("阵地面积"),
        _("截至日在用、两个面积都登记了的阵地,总面积相加。"),
        "area_m2",
    ),
    _area(
        "events.service_area",
        _("阵地服务群众的面积"),
        _("截至日在用、两个面积都登记了的阵地,服务群众的面积相加;与阵地面积对照看占比。"),
        "service_m2",
    ),
    Indicator(
        code="events.service_share",
        name=_("阵地服务面积占比"),
        unit="%",
        period="as_of",
        definition=_("截至日在用、两个面积都登记了的阵地,服务群众的面积之和占总面积之和的比例;没有登记面积的不计。"),
        rows=venues_measured,
        measure="service_m2",
        base=venues_measured,
        base_measure="area_m2",
        columns=_VENUE,
        address=_venue_address,
        subject=_("会议与活动"),
    ),
    Indicator(
        code="events.venues_doubled",
        name=_("功能重复的阵地"),
        unit="个",
        period="as_of",
        definition=_("截至日在用、有一项功能和同一乡镇(或县本级)别的在用阵地相同的阵地;写了重复设置理由的也在内。"),
        rows=venues_doubled,
        columns=(*_VENUE[:2], (_("功能"), "functions_words"), (_("重复设置的理由"), "double_reason")),
        address=_venue_address,
        subject=_("会议与活动"),
    ),
    Indicator(
        code="events.free_services",
        name=_("阵地免费服务项目"),
        unit="项",
        period="as_of",
        definition=_("截至日在用的阵地当天提供、不收费的服务项目;同一项服务在两个阵地提供算两项。"),
        rows=services_free,
        columns=((_("服务"), "name"), (_("阵地"), "venue.name"), (_("服务时间"), "hours")),
        address=_of_venue_address,
        subject=_("会议与活动"),
    ),
    _use(
        "events.venue_uses",
        _("阵地使用人次"),
        _("时段内在本地区阵地登记的使用人次,党员和群众相加;会议活动、预订和日常开放都计,没有登记人数的不计。同一个人用两次算两人次。"),
        "total",
    ),
    _use(
        "events.venue_member_uses",
        _("阵地党员使用人次"),
        _("阵地使用人次里,登记为党员的。"),
        "members",
    ),
    _use(
        "events.venue_public_uses",
        _("阵地群众使用人次"),
        _("阵地使用人次里,登记为群众(不是党员)的。"),
        "others",
    ),
]
