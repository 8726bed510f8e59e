"""The list of alliances, by form, with their members of today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Count, F, Func, Q, QuerySet
from django.db.models.functions import Now, TruncDate
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.directory.queries.lists import find_organizations
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import SearchSource, Seeking
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register
from lianjian.foundation.remembered import remembered

from .. import rules
from ..models import Alliance
from ..models.standing import undissolved
from .terms import every_term, term_name


def alliance_url(key: object) -> str:
    """The address of an alliance."""
    return reverse("alliances:alliance", kwargs={"key": key})


def _base(actor: Actor) -> QuerySet[Alliance]:
    today = TruncDate(Now())
    body = Func(F("members__entered_as"), Now(), function="alliance_body", output_field=BigIntegerField())
    now = Q(members__since__lte=today) & (Q(members__until__isnull=True) | Q(members__until__gt=today))
    now &= undissolved(today, "members__organization__")
    return Alliance.objects.visible_to(actor).annotate(
        number=Count(body, filter=now, distinct=True)
    )


def _row(values: Sequence[Any]) -> Row:
    key, name, form, mode, chain, place, founded, ended, number = values[:9]
    badge = Badge(gettext("已解散"), "paused") if ended else Badge(gettext(rules.FORMS[form]), "info")
    return Row(alliance_url(key), (name, badge, term_name(mode), term_name(chain), place, number, founded))


def _by_term(field: str) -> Any:
    return lambda rows, value, actor: rows.filter(**{field: value})


def _tagged(rows: QuerySet[Alliance], value: str, actor: Actor) -> QuerySet[Alliance]:
    return rows.filter(Q(tags__contains=[value]) | Q(functions__contains=[value]))


def _with(rows: QuerySet[Alliance], value: str, actor: Actor) -> QuerySet[Alliance]:
    """Alliances that a body belongs to, or once did."""
    try:
        return rows.filter(
            pk__in=Alliance.objects.filter(members__organization__key=UUID(value)).values("pk")
        )
    except ValueError:
        return rows.none()


def _on(rows: QuerySet[Alliance], value: str, actor: Actor) -> QuerySet[Alliance]:
    """Alliances that stood on a day."""
    try:
        return rows.standing(date.fromisoformat(value))  # type: ignore[attr-defined, no-any-return]
    except ValueError:
        return rows.none()


def _named(rows: QuerySet[Alliance], text: str) -> QuerySet[Alliance]:
    found = find_organizations(Organization.objects.filter(alliance__isnull=False), text)
    return rows.filter(organization__in=found.values("pk"))


def _words(*lists: str) -> Callable[[Actor], list[tuple[str, str]]]:
    """Options of a filter; all lists are asked for once in a request."""

    def options(actor: Actor) -> list[tuple[str, str]]:
        home = actor.jurisdiction_id
        known = remembered(("alliances.terms", home), lambda: every_term(home))
        return [pair for code in lists for pair in known[code]]

    return options


ALLIANCES = register(
    ListSpec(
        name="alliances.alliances",
        title=_("联盟与联建"),
        base=_base,
        columns=(
            Column("name", _("名称"), "first", "organization__name"),
            Column("form", _("形式"), "state"),
            Column("mode", _("联建模式"), "text", "mode"),
            Column("chain", _("产业链"), "text", None, True),
            Column("place", _("地区"), "text", None, True),
            Column("number", _("成员(个)"), "number"),
            Column("founded_on", _("成立日期"), "date", "founded_on"),
        ),
        values=(
            "key",
            "organization__name",
            "form",
            "mode",
            "chain",
            "jurisdiction__name",
            "founded_on",
            "organization__dissolved_on",
            "number",
        ),
        row=_row,
        right="alliances.see",
        default_sort="organization__name",
        filters=(
            Filter(
                "mode", _("联建模式"), _by_term("mode"), "select", _words("mode")
            ),
            Filter(
                "basis",
                _("组建依据"),
                _by_term("basis"),
                "select",
                _words("basis"),
            ),
            Filter(
                "chain", _("产业链"), _by_term("chain"), "select", _words("chain")
            ),
            Filter("tag", _("功能或工作方法"), _tagged, "select", _words("function", "tag")),
            Filter("day", _("哪一天"), _on, "date"),
            Filter("member", _("成员"), _with, "hidden"),
        ),
        state_field="form",
        states=tuple((code, _(word)) for code, word in rules.FORMS.items()),
        search=_named,
        empty=(_("还没有联盟"), _("登记联建党组织或功能型联盟,再把成员单位加进来。")),
    )
)


def search_alliances(actor: Actor, text: str, limit: int) -> Seeking:
    """Rows for the search box."""
    rows = _named(Alliance.objects.visible_to(actor), text).order_by("-pk")
    (found,) = yield (rows.values_list("key", "organization__name", "form")[:limit],)
    return [(name, gettext(rules.FORMS[form]), alliance_url(key)) for key, name, form in found]


SEARCHES = [SearchSource(str(_("联盟与联建")), "alliances.see", search_alliances, 25)]
