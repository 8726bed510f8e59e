"""The figures that the four lists can answer for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import ONE_DAY, day_end
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _

from . import rules
from .models import Claim, Item, Outcome
from .queries.listing import claim_url, item_url


def _whole(rows: Any, scoped: Scoped, field: str) -> Any:
    """Rows whose body (`field`) lies in what the figure is asked for."""
    rows = rows.filter(**{f"{field}__jurisdiction_id__in": scoped.jurisdiction_ids})
    if scoped.path:
        rows = rows.filter(**{f"{field}__path__gte": scoped.path, f"{field}__path__lt": scoped.path + "~"})
    return rows


def offered(kind: str) -> Callable[[Actor, Scoped], QuerySet[Item]]:
    """Items of a list that were offered at the end of a day: published by then, neither ended nor over."""

    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Item]:
        end = day_end(scoped.end)
        found = Item.objects.visible_to(actor).filter(
            Q(ended_at__isnull=True) | Q(ended_at__gte=end),
            Q(expires_on__isnull=True) | Q(expires_on__gte=scoped.end),
            Q(organization__dissolved_on__isnull=True) | Q(organization__dissolved_on__gt=scoped.end),
            kind=kind,
            published_at__lt=end,
        )
        return _whole(found, scoped, "organization").select_related("organization").order_by("-pk")  # type: ignore[no-any-return]

    return rows


def agreed(actor: Actor, scoped: Scoped) -> QuerySet[Claim]:
    """Claims on which both sides agreed in the period and that were not taken back, of items of the place's bodies."""
    rows = Claim.objects.visible_to(actor).filter(
        agreed_at__gte=day_end(scoped.start - ONE_DAY), agreed_at__lt=day_end(scoped.end)
    )
    return _claims(rows.filter(state__in=[rules.AGREED, rules.FULFILLED]), scoped)


def fulfilled(actor: Actor, scoped: Scoped) -> QuerySet[Claim]:
    """Claims that were fulfilled in the period."""
    rows = Claim.objects.visible_to(actor).filter(
        state=rules.FULFILLED, ended_at__gte=day_end(scoped.start - ONE_DAY), ended_at__lt=day_end(scoped.end)
    )
    return _claims(rows, scoped)


def _claims(rows: Any, scoped: Scoped) -> QuerySet[Claim]:
    rows = _whole(rows, scoped, "item__organization")
    return rows.select_related("organization", "item__organization").order_by("-pk")  # type: ignore[no-any-return]


def outcomes(kind: str) -> Callable[[Actor, Scoped], QuerySet[Outcome]]:
    """What came of claims in the period, of one kind; one side tells each."""

    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Outcome]:
        found = Outcome.objects.filter(
            claim__in=Claim.objects.visible_to(actor)
            .filter(state__in=[rules.AGREED, rules.FULFILLED])
            .values("pk"),
            withdrawn_at__isnull=True,
            kind=kind,
            on__gte=scoped.start,
            on__lte=scoped.end,
        )
        found = _whole(found, scoped, "claim__item__organization")
        return found.select_related("claim__organization", "claim__item__organization").order_by("-on", "-pk")  # type: ignore[no-any-return]

    return rows


_ITEM: Any = ((_("名称"), "title"), (_("发布单位"), "organization.name"), (_("类别"), "category"))
_CLAIM: Any = (
    (_("名称"), "item.title"),
    (_("发布方"), "item.organization.name"),
    (_("对接方"), "organization.name"),
)
_OUTCOME: Any = (
    (_("名称"), "claim.item.title"),
    (_("发布方"), "claim.item.organization.name"),
    (_("对接方"), "claim.organization.name"),
    (_("数量"), "amount"),
    (_("日期"), "on"),
)
_SUBJECT = _("四张清单")


def _item_address(row: Any) -> str:
    return item_url(row.key)


def _claim_address(row: Any) -> str:
    return claim_url(row.key)


def _outcome_address(row: Any) -> str:
    return claim_url(row.claim.key)


def _offered(kind: str, name: str, definition: str) -> Indicator:
    return Indicator(
        code=f"lists.offered_{kind}",
        name=name,
        unit="项",
        period="as_of",
        definition=definition,
        rows=offered(kind),
        columns=_ITEM,
        address=_item_address,
        subject=_SUBJECT,
    )


def _claimed(code: str, name: str, definition: str, rows: Any) -> Indicator:
    return Indicator(
        code=f"lists.{code}",
        name=name,
        unit="次",
        period="during",
        definition=definition,
        rows=rows,
        columns=_CLAIM,
        address=_claim_address,
        subject=_SUBJECT,
    )


def _came(kind: str, name: str, unit: str, definition: str) -> Indicator:
    return Indicator(
        code=f"lists.outcome_{kind}",
        name=name,
        unit=unit,
        period="during",
        definition=definition,
        rows=outcomes(kind),
        columns=_OUTCOME,
        address=_outcome_address,
        measure="amount",
        subject=_SUBJECT,
    )


INDICATORS = [
    _offered(
        "need", _("清单上的需求"), _("截至日在需求清单上、没有结束也没有过期的条目。需求件数以诉求为准。")
    ),
    _offered("resource", _("清单上的资源"), _("截至日在资源清单上、没有结束也没有过期的条目。")),
    _offered("project", _("清单上的项目"), _("截至日在项目清单上、没有结束也没有过期的条目。")),
    _offered("activity", _("清单上的活动"), _("截至日在活动清单上、没有结束也没有过期的条目。")),
    _claimed(
        "agreed", _("对接成功"), _("期内双方都确认、后来没有撤销的对接,按发布单位所在地区统计。"), agreed
    ),
    _claimed("fulfilled", _("对接完成"), _("期内双方确认并已完成的对接。"), fulfilled),
    _came("money", _("对接资金"), "元", _("期内登记的对接成效里的资金;预计数不登记。")),
    _came("jobs", _("对接用工"), "人", _("期内登记的对接成效里的用工人数。")),
    _came("land", _("对接用地"), "亩", _("期内登记的对接成效里的用地。")),
]
