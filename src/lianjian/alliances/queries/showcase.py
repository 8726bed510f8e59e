"""Model cases: the register, one case, the printed booklet, the part of an organization's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.directory.queries.lists import in_town, towns
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Asking, SearchSource, Seeking
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register
from lianjian.foundation.listrows import narrowed
from lianjian.notices.models import Publication
from lianjian.notices.subjects import SubjectKind

from ..models import ModelCase

BOOKLET = 100  # cases that one print holds


def model_case_url(key: object) -> str:
    """The address of a case."""
    return reverse("alliances:model_case", kwargs={"key": key})


def told(rows: Any) -> Any:
    """With `public`: a document about the case is out for the public; and `where` it was done."""
    named = Concat(Value("alliances.modelcase:"), Cast(OuterRef("key"), CharField()), output_field=CharField())
    about = Publication.objects.public().current().filter(down_at__isnull=True, subjects__contains=[named])
    return rows.annotate(public=Exists(about), where=Coalesce("organization__name", NullIf("place", Value(""))))


def _cases(actor: Actor) -> Any:
    return told(ModelCase.objects.visible_to(actor))


def _find_cases(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """By any part of the title, of where it was done, of what it tells and teaches."""
    return rows.filter(
        Q(title__icontains=text)
        | Q(organization__name__icontains=text)
        | Q(place__icontains=text)
        | Q(lessons__icontains=text)
        | Q(story__icontains=text)
    )


def _in_year(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(year=int(value)) if value.isascii() and value.isdigit() and len(value) == 4 else rows.none()


def _years(actor: Actor) -> list[tuple[str, str]]:
    rows = ModelCase.objects.visible_to(actor).order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in rows]


def _public(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(public=value == "yes")


def _standing(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(withdrawn_on__isnull=value != "past")


def _row(values: Sequence[Any]) -> Row:
    key, title, where, year, named_by, public, withdrawn, lessons = values[:8]
    if withdrawn:
        badge = Badge(gettext("已撤下"), "paused")
    else:
        badge = Badge(gettext("已公开"), "done") if public else Badge(gettext("内部"), "neutral")
    short = lessons if len(lessons) <= 60 else f"{lessons[:60]}…"
    return Row(model_case_url(key), (title, badge, where, str(year), short, named_by))


MODEL_CASES = register(
    ListSpec(
        name="alliances.model_cases",
        title=_("先进典型"),
        base=_cases,
        columns=(
            Column("title", _("典型案例"), "first", "title"),
            Column("state", _("状态"), "state"),
            Column("where", _("单位或地方"), "text", "where"),
            Column("year", _("年份"), "text", "year"),
            Column("lessons", _("可学的做法"), "text", None, True),
            Column("named_by", _("推出单位"), "text", None, True),
        ),
        values=("key", "title", "where", "year", "named_by", "public", "withdrawn_on", "lessons"),
        row=_row,
        right="alliances.see",
        default_sort="-year",
        filters=(
            Filter("year", _("年份"), _in_year, options=_years),
            Filter("town", _("地区"), in_town, options=towns),
            Filter("public", _("是否公开"), _public, options=lambda actor: [("yes", _("已公开")), ("no", _("内部"))]),
            Filter("used", _("状态"), _standing, options=lambda actor: [("now", _("在列")), ("past", _("已撤下"))]),
        ),
        search=_find_cases,
        empty=(_("还没有典型案例"), _("登记值得学习的单位和做法,写明依据文件;公开要经过三审三校。")),
    )
)  # fmt: skip


def booklet(actor: Actor, query: Mapping[str, str]) -> list[ModelCase]:
    """What is printed of a list: the cases under its filters that stand, newest first."""
    rows = narrowed(MODEL_CASES, actor, query).filter(withdrawn_on__isnull=True)
    return list(rows.select_related("organization").order_by("-year", "title", "pk")[: BOOKLET + 1])


def showcase_panel(*, actor: Actor, record: Any, now: datetime) -> Asking:
    """The model cases of a body; nothing for a body without any."""
    if not actor.scopes("alliances.see"):
        return None
    body = record if isinstance(record, Organization) else record.organization
    rows = ModelCase.objects.visible_to(actor).filter(organization=body, withdrawn_on__isnull=True)
    (found,) = yield (rows.order_by("-year", "pk").values_list("key", "title", "year", "named_by")[:20],)
    shown = [(model_case_url(key), title, f"{year} · {by}") for key, title, year, by in found]
    return ("alliances/_showcase.html", {"cases": shown}) if shown else None


def _named(actor: Actor, keys: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    rows = ModelCase.objects.visible_to(actor).filter(key__in=keys).values_list("key", "title")
    return {key: (title, model_case_url(key)) for key, title in rows}


def _find(actor: Actor, text: str, limit: int) -> list[tuple[UUID, str]]:
    rows = ModelCase.objects.visible_to(actor).filter(title__icontains=text, withdrawn_on__isnull=True)
    return list(rows.order_by("title", "pk").values_list("key", "title")[:limit])


SUBJECTS = SubjectKind("alliances.modelcase", _("先进典型"), _named, _find)


def search_cases(actor: Actor, text: str, limit: int) -> Seeking:
    """Rows for the search box."""
    rows = _find_cases(_cases(actor), text).filter(withdrawn_on__isnull=True).order_by("-year", "pk")
    (found,) = yield (rows.values_list("title", "where", "year", "key")[:limit],)
    return [(title, f"{where} · {year}", model_case_url(key)) for title, where, year, key in found]


SHOWCASE_SEARCHES = [SearchSource(str(_("先进典型")), "alliances.see", search_cases, 28)]
