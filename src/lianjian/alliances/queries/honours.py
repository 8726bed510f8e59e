"""Honours, and brands of branches: lists and panels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Asking
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register

from ..models import Brand, Honour
from ..rules import honours as rules


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
