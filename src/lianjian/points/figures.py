"""The figures of points: exchange days held, exchanges, and what was entered."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from lianjian.foundation.actor import Actor, subtree_q
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _

from .models import Claim, Entry, Exchange, ExchangeDay
from .queries import account_name, claim_words, held_days, url_of
from .rules import points as rules


def _within(rows: Any, scoped: Scoped, day: str, path: str) -> Any:
    held = {f"{day}__gte": scoped.start, f"{day}__lte": scoped.end, "jurisdiction_id__in": scoped.jurisdiction_ids}
    rows = rows.filter(**held)
    return rows.filter(subtree_q(path, [scoped.path])) if scoped.path else rows


def days_held(actor: Actor, scoped: Scoped) -> QuerySet[ExchangeDay]:
    """Exchange days of the period that were closed, or on which something was given."""
    standing = Q(exchanges__returned_on__isnull=True)
    seen = ExchangeDay.objects.visible_to(actor)
    rows: QuerySet[ExchangeDay] = _within(seen, scoped, "on", "scheme__organization__path")
    counted = rows.filter(held_days()).annotate(given=Count("exchanges", filter=standing))
    return counted.select_related("scheme__organization")


def exchanges(actor: Actor, scoped: Scoped) -> QuerySet[Exchange]:
    """What was given in the period and not given back."""
    rows: QuerySet[Exchange] = _within(
        Exchange.objects.visible_to(actor).standing(), scoped, "day__on", "day__scheme__organization__path"
    )
    return rows.select_related("day__scheme__organization", "account", "good").order_by("day__on", "number", "pk")


def entered(actor: Actor, scoped: Scoped) -> QuerySet[Claim]:
    """Claims whose points were entered in the period and not put right since."""
    earned = Entry.objects.filter(kind=rules.EARNED, on__gte=scoped.start, on__lte=scoped.end).values("claim")
    rows: QuerySet[Claim] = Claim.objects.visible_to(actor).filter(
        state=rules.POSTED, pk__in=earned, jurisdiction_id__in=scoped.jurisdiction_ids
    )
    if scoped.path:
        rows = rows.filter(subtree_q("scheme__organization__path", [scoped.path]))
    return rows.select_related("scheme__organization", "account", "item").order_by("on", "pk")


INDICATORS = [
    Indicator(
        code="points.days",
        name=_("开展积分集中兑换"),
        unit="次",
        period="during",
        definition=_("日期在时段内、已结束或已有兑换的兑换日;取消的不计。"),
        rows=days_held,
        columns=(
            (_("日期"), "on"), (_("单位"), "scheme.organization.name"), (_("积分办法"), "scheme.name"),
            (_("兑换笔数"), "given"), (_("地点"), "place"),
        ),
        address=lambda row: url_of("day", row.key),
        subject=_("积分兑换"),
    ),
    Indicator(
        code="points.exchanges",
        name=_("积分兑换次数"),
        unit="次",
        period="during",
        definition=_("兑换日在时段内的兑换,每张凭证计一次;退回的不计。按兑换品分列。"),
        rows=exchanges,
        columns=(
            (_("日期"), "day.on"), (_("凭证号"), "number"), (_("积分户"), lambda row: account_name(row.account.name)),
            (_("兑换品"), "good.name"), (_("数量"), "quantity"), (_("积分"), "points"),
            (_("单位"), "day.scheme.organization.name"),
        ),
        address=lambda row: url_of("day", row.day.key),
        split=(_("兑换品"), "good__name"),
        subject=_("积分兑换"),
    ),
    Indicator(
        code="points.entered",
        name=_("评议入账的积分事项"),
        unit="项",
        period="during",
        definition=_("评议、公示后在时段内入账的积分事项,每户每天每个事项计一项;以后冲正的不计。按事项分列。"),
        rows=entered,
        columns=(
            (_("日期"), "on"), (_("积分户"), lambda row: account_name(row.account.name)),
            (_("事项"), lambda row: claim_words(row.item.name, row.times)), (_("积分"), "points"),
            (_("单位"), "scheme.organization.name"),
        ),
        address=lambda row: url_of("claim", row.key),
        split=(_("事项"), "item__name"),
        subject=_("积分兑换"),
    ),
]  # fmt: skip
