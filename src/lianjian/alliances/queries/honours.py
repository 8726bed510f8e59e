"""Honours, brands of branches, and agreements by which two bodies share: lists and the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.declare import Asking
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register
from lianjian.foundation.looks import show_date, show_number

from ..models import BenefitAgreement, BenefitItem, Brand, Honour
from ..rules import honours as rules

Line = tuple[str, str]


def benefit_url(key: object) -> str:
    """The address of an agreement."""
    return reverse("alliances:benefit", kwargs={"key": key})


def honour_url(key: object) -> str:
    """The address of an honour."""
    return reverse("alliances:honour", kwargs={"key": key})


def _honour_row(values: Sequence[Any]) -> Row:
    key, title, level, body, person, by, on, withdrawn = values[:8]
    badge = Badge(gettext("已收回"), "paused") if withdrawn else Badge(gettext(rules.LEVELS[level]), "info")
    return Row(honour_url(key), (title, badge, body, person, by, on))


def _of_body(rows: Any, value: str, actor: Actor) -> Any:
    try:
        return rows.filter(organization__key=UUID(value))
    except ValueError:
        return rows.none()


HONOURS = register(
    ListSpec(
        name="alliances.honours",
        title=_("荣誉登记"),
        base=lambda actor: Honour.objects.visible_to(actor),
        columns=(
            Column("title", _("荣誉"), "first", "title"),
            Column("level", _("级别"), "state"),
            Column("body", _("单位"), "text", "organization__name"),
            Column("person", _("个人(按公布)"), "text", None, True),
            Column("by", _("授予单位"), "text", None, True),
            Column("on", _("授予日期"), "date", "awarded_on"),
        ),
        values=(
            "key", "title", "level", "organization__name", "person_name", "awarded_by", "awarded_on", "withdrawn_on",
        ),
        row=_honour_row,
        right="alliances.see",
        default_sort="-awarded_on",
        filters=(Filter("body", _("单位"), _of_body, "hidden"),),
        state_field="level",
        states=tuple((code, _(word)) for code, word in rules.LEVELS.items()),
        search=lambda rows, text: rows.filter(Q(title__icontains=text) | Q(organization__name__icontains=text)),
        empty=(_("还没有登记荣誉"), _("按公布的文件登记,写明授予单位、日期和文号。不排名,不打分。")),
    )
)  # fmt: skip


def _brand_row(values: Sequence[Any]) -> Row:
    key, name, body, kind, since, about, until = values[:7]
    badge = Badge(gettext("以前的"), "paused") if until else Badge(gettext("现用"), "done")
    return Row(organization_url(key), (name, badge, body, kind, since, about))


def _in_use(rows: Any, value: str, actor: Actor) -> Any:
    return rows.filter(until__isnull=value == "now")


BRANDS = register(
    ListSpec(
        name="alliances.brands",
        title=_("党建品牌"),
        base=lambda actor: Brand.objects.all() if actor.scopes("alliances.see") else Brand.objects.none(),
        columns=(
            Column("name", _("品牌"), "first", "name"),
            Column("state", _("状态"), "state"),
            Column("body", _("组织"), "text", "organization__name"),
            Column("town", _("地区"), "text", None, True),
            Column("since", _("自"), "date", "since"),
            Column("about", _("说明"), "text", None, True),
        ),
        values=(
            "organization__key", "name", "organization__name", "organization__jurisdiction__name", "since", "about",
            "until",
        ),
        row=_brand_row,
        right="alliances.see",
        default_sort="name",
        filters=(
            Filter(
                "used", _("状态"), _in_use, "select", lambda actor: [("now", _("现用")), ("past", _("以前的"))]
            ),
        ),
        search=lambda rows, text: rows.filter(Q(name__icontains=text) | Q(organization__name__icontains=text)),
        empty=(_("还没有品牌"), _("在党组织的页面确定品牌,一个支部同时只有一个。")),
    )
)  # fmt: skip


def _benefit_row(values: Sequence[Any]) -> Row:
    key, title, first, second, signed, since, until, reason = values[:8]
    badge = Badge(gettext("已终止"), "paused") if reason else Badge(gettext("有效"), "done")
    return Row(benefit_url(key), (title, badge, first, second, signed, since, until))


BENEFITS = register(
    ListSpec(
        name="alliances.benefits",
        title=_("利益共享协议"),
        base=lambda actor: BenefitAgreement.objects.visible_to(actor),
        columns=(
            Column("title", _("协议"), "first", "title"),
            Column("state", _("状态"), "state"),
            Column("first", _("甲方"), "text", "first__name"),
            Column("second", _("乙方"), "text", "second__name"),
            Column("signed_on", _("签订日期"), "date", "signed_on"),
            Column("since", _("生效日期"), "date", "since", True),
            Column("until", _("结束日期"), "date", "until", True),
        ),
        values=("key", "title", "first__name", "second__name", "signed_on", "since", "until", "end_reason"),
        row=_benefit_row,
        right="alliances.see",
        default_sort="-signed_on",
        search=lambda rows, text: rows.filter(
            Q(title__icontains=text) | Q(first__name__icontains=text) | Q(second__name__icontains=text)
        ),
        empty=(_("还没有利益共享协议"), _("登记镇和园区的协议,约定各项的分享比例,再按年度登记数字。")),
    )
)


@dataclass(frozen=True)
class ShownItem:
    """One thing shared, and its years: (year, whole, first part, second part, source with earlier numbers)."""

    key: str
    name: str
    unit: str
    shares: str
    years: list[tuple[str, Decimal, Decimal, Decimal, str]]


@dataclass(frozen=True)
class BenefitPage:
    """An agreement with what is shared."""

    agreement: BenefitAgreement
    facts: list[Line]
    items: list[ShownItem]
    over: bool
    may_write: bool


def benefit_page(actor: Actor, agreement: BenefitAgreement) -> BenefitPage:
    """Two queries: what is shared, and its numbers."""
    may = (
        actor.may("alliances.write", Whole(agreement.jurisdiction_id))
        and agreement.jurisdiction_id in actor.writable
    )
    items = list(agreement.items.order_by("pk").prefetch_related("figures"))
    lines = [
        (gettext("甲方"), agreement.first.name),
        (gettext("乙方"), agreement.second.name),
        (gettext("依据文件"), agreement.document),
        (gettext("签订日期"), show_date(agreement.signed_on)),
        (gettext("起止日期"), f"{agreement.since} – {agreement.until or gettext('长期')}"),
        (gettext("终止原因"), agreement.end_reason),
    ]
    return BenefitPage(
        agreement=agreement,
        facts=[(label, words) for label, words in lines if words],
        items=[_item(one) for one in items],
        over=bool(agreement.end_reason),
        may_write=may,
    )


def percent(points: int) -> str:
    """Basis points as a percentage: 6,550 is 65.5 %."""
    return f"{Decimal(points) / 100:f}%"


def _item(item: BenefitItem) -> ShownItem:
    name, unit = rules.KINDS[item.kind]
    figures = sorted(item.figures.all(), key=lambda one: (-one.year, one.pk))
    years = []
    for one in figures:
        if one.replaced_at is None:
            old = [
                show_number(other.value) for other in figures if other.year == one.year and other.replaced_at
            ]
            note = f"{one.source}({gettext('更正前:%(old)s') % {'old': '、'.join(old)}})" if old else one.source
            years.append((str(one.year), one.value, *rules.split(one.value, item.first_share), note))
    return ShownItem(
        key=str(item.key),
        name=translate(name),
        unit=translate(unit),
        shares=f"{percent(item.first_share)} : {percent(item.second_share)}",
        years=years,
    )


def honour_panel(*, actor: Actor, record: Organization, now: datetime) -> Asking:
    """The honours of a body; nothing for a body without any."""
    if not actor.scopes("alliances.see"):
        return None
    rows = Honour.objects.visible_to(actor).filter(organization=record, withdrawn_on__isnull=True)
    names = ("key", "title", "level", "awarded_by", "awarded_on", "person_name")
    (found,) = yield (rows.order_by("-awarded_on", "pk").values_list(*names)[:20],)
    shown = [
        (
            honour_url(key),
            title,
            translate(rules.LEVELS[level]),
            " · ".join(filter(None, (person, by, str(on)))),
        )
        for key, title, level, by, on, person in found
    ]
    return ("alliances/_honours.html", {"honours": shown}) if shown else None
