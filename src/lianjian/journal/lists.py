"""The auditor's list of entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.foundation.listing import Column, Filter, ListSpec, Row, register
from lianjian.jurisdictions.models import Jurisdiction

from .models import Entry
from .queries import verbs_seen
from .words import KINDS, kind_word, verb_word


def _visible(actor: Actor) -> QuerySet[Any]:
    return Entry.objects.visible_to(actor)  # type: ignore[attr-defined,no-any-return]


def _moment(text: str) -> datetime | None:
    try:
        return timezone.make_aware(datetime.combine(date.fromisoformat(text), time.min))
    except ValueError:
        return None


def _since(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    moment = _moment(value)
    return rows.filter(at__gte=moment) if moment else rows


def _until(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    moment = _moment(value)
    return rows.filter(at__lt=moment + timedelta(days=1)) if moment else rows


def _places(actor: Actor) -> Sequence[tuple[str, str]]:
    ids = whole_jurisdictions(actor, "journal.read")
    return [
        (str(pk), name)
        for pk, name in Jurisdiction.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "name")
    ]


def _row(values: Sequence[Any]) -> Row:
    at, place, key, seq, by, verb, kind = values[:7]
    url = reverse("journal:entry", kwargs={"place": key, "seq": seq}) if seq else ""
    return Row(url, (verb_word(verb), at, by, kind_word(kind), place, seq))


ENTRIES = register(
    ListSpec(
        name="journal.entries",
        title=_("审计日志"),
        base=_visible,
        columns=(
            Column("verb", _("做了什么")),
            Column("at", _("时间"), kind="date", sort="at"),
            Column("by", _("谁")),
            Column("kind", _("对象")),
            Column("place", _("地区"), hide_small=True),
            Column("seq", _("编号"), kind="number", hide_small=True),
        ),
        values=("at", "jurisdiction__name", "jurisdiction__key", "seq", "actor_name", "verb", "subject_kind"),
        row=_row,
        right="journal.read",
        default_sort="-at",
        filters=(
            Filter(
                "verb", _("做了什么"), lambda rows, value, actor: rows.filter(verb=value), options=verbs_seen
            ),
            Filter(
                "kind",
                _("对象"),
                lambda rows, value, actor: rows.filter(subject_kind=value),
                options=lambda actor: [(kind, kind_word(kind)) for kind in KINDS],
            ),
            Filter(
                "place",
                _("地区"),
                lambda rows, value, actor: (
                    rows.filter(jurisdiction_id=int(value)) if value.isdecimal() else rows
                ),
                options=_places,
            ),
            Filter("since", _("从"), _since, kind="date"),
            Filter("until", _("到"), _until, kind="date"),
        ),
        search=lambda rows, text: rows.filter(actor_name__contains=text),
        empty=(_("没有符合条件的日志"), _("换一个条件试试。")),
    )
)
