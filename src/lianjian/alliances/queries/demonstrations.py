"""Demonstration projects by year: the list, and how the present year stands against one or two (checklist 004-31)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.queries.lists import in_town, towns
from lianjian.foundation.actor import Actor
from lianjian.foundation.listing import Column, Filter, ListSpec, Row, register

from .. import rules
from ..models import Demonstration
from .listing import alliance_url


def _of_year(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(year=int(value)) if value.isdecimal() and len(value) == 4 else rows.none()


def _years(actor: Actor) -> list[tuple[str, str]]:
    found = Demonstration.objects.order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in found]


def _row(values: Sequence[Any]) -> Row:
    title, year, alliance, key, town, named_on = values[:6]
    return Row(alliance_url(key), (title, str(year), alliance, town, named_on))


DEMONSTRATIONS = register(
    ListSpec(
        name="alliances.demonstrations",
        title=_("联建示范项目"),
        right="alliances.see",
        base=lambda actor: Demonstration.objects.all(),
        columns=(
            Column("title", _("示范项目")),
            Column("year", _("年度"), "text", "year"),
            Column("alliance", _("联盟")),
            Column("town", _("地区"), hide_small=True),
            Column("named_on", _("确定日期"), "date", "named_on"),
        ),
        values=(
            "title", "year", "alliance__organization__name", "alliance__key", "jurisdiction__name", "named_on",
        ),
        row=_row,
        default_sort="-year",
        search=lambda rows, text: rows.filter(title__icontains=text),
        filters=(
            Filter("year", _("年度"), _of_year, "select", _years),
            Filter("town", _("地区"), in_town, options=towns),
        ),
        empty=(_("还没有联建示范项目"), _("每年从联盟里确定一到两个,在联盟页面上登记。")),
    )  # fmt: skip
)


def year_note(actor: Actor, year: int) -> tuple[str, str]:
    """(sentence, tone): how many the actor's place named for the year, held against one or two."""
    number = Demonstration.objects.filter(jurisdiction_id=actor.jurisdiction_id, year=year).count()
    least, most = rules.DEMONSTRATIONS
    if number < least:
        words = gettext("%(year)s年还没有确定联建示范项目,每年确定%(least)s至%(most)s个。")
        return words % {"year": year, "least": least, "most": most}, "due"
    words = gettext("%(year)s年已确定%(number)s个联建示范项目,每年%(least)s至%(most)s个。")
    return words % {"year": year, "number": number, "least": least, "most": most}, "done"
