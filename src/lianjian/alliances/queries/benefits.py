"""Agreements by which several parties share: the list and the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import BooleanField, Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.dbday import Today
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register
from lianjian.foundation.looks import show_date, show_number

from ..models import BenefitAgreement, BenefitItem, BenefitParty, BenefitPayout
from ..rules import benefits as rules

Line = tuple[str, Any]


def benefit_url(key: object) -> str:
    """The address of an agreement."""
    return reverse("alliances:benefit", kwargs={"key": key})


def _base(actor: Actor) -> QuerySet[Any]:
    """Agreements with the names of their parties in the order of signing."""
    name = Coalesce("organization__name", NullIf("group", Value("")))
    parties = BenefitParty.objects.filter(agreement=OuterRef("pk")).order_by().values("agreement")
    names = parties.annotate(names=StringAgg(name, "、", order_by="number")).values("names")
    rows: QuerySet[Any] = BenefitAgreement.objects.visible_to(actor)
    over = Case(When(until__lte=Today(), then=Value(True)), default=Value(False), output_field=BooleanField())
    named: QuerySet[Any] = rows.annotate(names=Subquery(names, output_field=CharField()), over=over)
    return named


def _state(over: bool, reason: str) -> Badge:
    """An agreement holds to the day before its last; an end with a reason came before its time."""
    if not over:
        return Badge(gettext("有效"), "done")
    return Badge(gettext("已终止") if reason else gettext("已到期"), "paused")


def _row(values: Sequence[Any]) -> Row:
    key, title, names, signed, since, until, over, reason = values[:8]
    return Row(benefit_url(key), (title, _state(over, reason), names, signed, since, until))


def _with_side(rows: Any, value: str, actor: Actor) -> Any:
    return rows.filter(pk__in=BenefitParty.objects.filter(side=value).values("agreement"))


def _sides(actor: Actor) -> list[tuple[str, Any]]:
    return [(code, _(word)) for code, word in rules.SIDES.items()]


BENEFITS = register(
    ListSpec(
        name="alliances.benefits",
        title=_("利益共享协议"),
        base=_base,
        columns=(
            Column("title", _("协议"), "first", "title"),
            Column("state", _("状态"), "state"),
            Column("parties", _("各方"), "text"),
            Column("signed_on", _("签订日期"), "date", "signed_on"),
            Column("since", _("生效日期"), "date", "since", True),
            Column("until", _("结束日期"), "date", "until", True),
        ),
        values=("key", "title", "names", "signed_on", "since", "until", "over", "end_reason"),
        row=_row,
        right="alliances.see",
        default_sort="-signed_on",
        filters=(
            Filter("side", _("有哪一方"), _with_side, "select", _sides),
        ),
        search=lambda rows, text: rows.filter(Q(title__icontains=text) | Q(names__icontains=text)),
        empty=(_("还没有利益共享协议"), _("登记各方的协议,约定各项的分享比例,再按年度登记数字,兑现一笔记一笔。")),
    )
)


@dataclass(frozen=True)
class Part:
    """A party's part of a thing: basis points, what it is due of all years, what it was paid (None: not money)."""

    name: str
    points: int
    due: Decimal
    paid: Decimal | None

    @property
    def share(self) -> str:
        """In percent."""
        return percent(self.points)

    @property
    def left(self) -> Decimal | None:
        """What it is still due."""
        return self.due - self.paid if self.paid is not None else None


@dataclass(frozen=True)
class ShownPayout:
    """A payment; struck ones with their reason."""

    on: str
    name: str
    amount: Decimal
    source: str
    struck: str
    strike_url: str


@dataclass(frozen=True)
class ShownItem:
    """One thing shared. `years`: (year, whole, each part as `heads` name them, source with earlier numbers)."""

    key: str
    name: str
    unit: str
    parts: list[Part]
    heads: list[tuple[str, str]]
    years: list[tuple[Any, ...]]
    payouts: list[ShownPayout]
    paid: bool
    pay_url: str

    def rows(self) -> list[tuple[Any, ...]]:
        """The parts as a table shows them."""
        short = [(part.name, part.share, part.due) for part in self.parts]
        if not self.paid:
            return list(short)
        return [(*row, part.paid, part.left) for row, part in zip(short, self.parts, strict=True)]

    def year_heads(self) -> list[tuple[str, str]]:
        """The years as columns of numbers."""
        return [(row[0], "number") for row in self.years]

    def of_years(self, whole: str, source: str) -> list[tuple[Any, ...]]:
        """A line each: the whole, every party, the sources; years across."""
        names = (whole, *(name for name, _kind in self.heads), source)
        lines = zip(*(row[1:] for row in self.years), strict=True)
        return [(name, *values) for name, values in zip(names, lines, strict=True)]


@dataclass(frozen=True)
class BenefitPage:
    """An agreement with its parties and what they share."""

    agreement: BenefitAgreement
    facts: list[Line]
    parties: list[tuple[str, str, str]]
    items: list[ShownItem]
    state: Badge
    ended: bool
    may_write: bool


def benefit_page(actor: Actor, agreement: BenefitAgreement, day: date) -> BenefitPage:
    """As it stands on a day. Five queries: parties, what is shared, shares, numbers, payouts."""
    may = (
        actor.may("alliances.write", Whole(agreement.jurisdiction_id))
        and agreement.jurisdiction_id in actor.writable
    )
    parties = list(agreement.parties.select_related("organization").order_by("number"))
    items = list(agreement.items.order_by("pk").prefetch_related("figures", "shares", "payouts"))
    lines = [
        (gettext("依据文件"), agreement.document),
        (gettext("签订日期"), show_date(agreement.signed_on)),
        (gettext("起止日期"), f"{show_date(agreement.since)} – {_last(agreement)}"),
        (gettext("终止原因"), agreement.end_reason),
    ]
    return BenefitPage(
        agreement=agreement,
        facts=[(label, words) for label, words in lines if words],
        parties=[(translate(rules.SIDES[one.side]), str(one), _address(one)) for one in parties],
        items=[_item(one, parties, may) for one in items],
        state=_state(agreement.until is not None and agreement.until <= day, agreement.end_reason),
        ended=bool(agreement.end_reason),
        may_write=may,
    )


def _last(agreement: BenefitAgreement) -> str:
    return show_date(agreement.until) if agreement.until is not None else gettext("长期")


def _address(party: BenefitParty) -> str:
    return organization_url(party.organization.key) if party.organization is not None else ""


def percent(points: int) -> str:
    """Basis points as a percentage: 6,550 is 65.5 %."""
    return f"{Decimal(points) / 100:f}%"


def item_words(item: BenefitItem) -> tuple[str, str]:
    """Name and unit of a thing shared."""
    name, unit = rules.KINDS[item.kind]
    return item.name or translate(name), item.unit or translate(unit)


def parts_of(item: BenefitItem, parties: Sequence[BenefitParty]) -> list[Part]:
    """What each party is due of the years that stand and was paid, in the order of the parties."""
    points = _points(item, parties)
    split = [rules.split(one.value, points) for one in item.figures.all() if one.replaced_at is None]
    due = [sum(parts, Decimal(0)) for parts in zip(*split, strict=True)] if split else [Decimal(0)] * len(parties)
    paid = dict.fromkeys((one.pk for one in parties), Decimal(0))
    for one in item.payouts.all():
        if one.struck_at is None:
            paid[one.party_id] += one.amount
    money = rules.in_yuan(item.kind, item.unit)
    return [
        Part(str(party), share, whole, paid[party.pk] if money else None)
        for party, share, whole in zip(parties, points, due, strict=True)
    ]


def _points(item: BenefitItem, parties: Sequence[BenefitParty]) -> list[int]:
    held = {one.party_id: one.points for one in item.shares.all()}
    return [held.get(one.pk, 0) for one in parties]


def _item(item: BenefitItem, parties: list[BenefitParty], may: bool) -> ShownItem:
    points = _points(item, parties)
    figures = sorted(item.figures.all(), key=lambda one: (-one.year, one.pk))
    years = []
    for one in figures:
        if one.replaced_at is None:
            old = [show_number(other.value) for other in figures if other.year == one.year and other.replaced_at]
            note = f"{one.source}({gettext('更正前:%(old)s') % {'old': '、'.join(old)}})" if old else one.source
            years.append((str(one.year), one.value, *rules.split(one.value, points), note))
    money = rules.in_yuan(item.kind, item.unit)
    payouts = sorted(item.payouts.all(), key=lambda one: (one.on, one.pk), reverse=True)
    name, unit = item_words(item)
    return ShownItem(
        key=str(item.key),
        name=name,
        unit=unit,
        parts=parts_of(item, parties),
        heads=[(str(party), "number") for party in parties],
        years=years,
        payouts=[_payout(one, {party.pk: str(party) for party in parties}, may) for one in payouts],
        paid=money,
        pay_url=reverse("alliances:pay_benefit", kwargs={"key": item.key}) if may and money else "",
    )


def _payout(one: BenefitPayout, names: dict[int, str], may: bool) -> ShownPayout:
    url = reverse("alliances:strike_payout", kwargs={"key": one.key}) if may and one.struck_at is None else ""
    return ShownPayout(str(one.on), names[one.party_id], one.amount, one.source, one.struck_reason, url)
