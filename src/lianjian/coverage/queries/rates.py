"""The rates of coverage: which firms they count (`directory.queries.scope`), which they find reached, which not.

Lists, tiles, figures and the programming interface narrow `enterprises(actor, day)` by the same words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case as Choose
from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from lianjian.directory.models import Link
from lianjian.directory.queries.scope import scope_seen, with_scope, within
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate

from ..models import SurveyFirm
from ..rules import RATES, TOLD, percent
from .effective import is_guided, with_stage
from .enterprises import RIGHT, Day, day_or_today, is_reached, without_branch


def is_worked(day: Day = None) -> Q:
    """True for a row of `with_mass` with a party organization, an instructor or a mass group: work coverage
    (党的工作覆盖).
    """
    return is_reached(day) | Q(is_guided(day)) | ~Q(mass_groups="")


def with_mass(rows: QuerySet[Any], day: Day = None) -> QuerySet[Any]:
    """Adds `mass_groups`: names of the union, youth league and women's organization of a firm on the day.

    Those registered below it; where none is, `rules.TOLD` if the firm's last answer in a survey by the day says that
    it has one; else an empty text.
    """
    when = day_or_today(day)
    hung = Link.objects.filter(kind=Link.ADMINISTRATION, source=OuterRef("pk"), target__classification="mass")
    standing = hung.on(when).filter(  # type: ignore[attr-defined]
        Q(target__dissolved_on__isnull=True) | Q(target__dissolved_on__gt=when), target__merged_into__isnull=True
    )
    listed = StringAgg("target__name", "、", order_by="target__name")
    named = standing.order_by().values("source").annotate(names=listed)
    answers = SurveyFirm.objects.filter(organization=OuterRef("pk"), answered_on__lte=when, facts__has_key="union")
    said = answers.annotate(told=KeyTextTransform("union", "facts")).order_by("-answered_on", "-pk").values("told")
    found: QuerySet[Any] = rows.annotate(mass_told=Subquery(said[:1], output_field=CharField())).annotate(
        mass_groups=Coalesce(
            Subquery(named.values("names"), output_field=CharField()),
            Choose(When(mass_told="true", then=Value(TOLD)), default=Value(""), output_field=CharField()),
        )
    )
    return found


def in_scope(rows: QuerySet[Any], day: Day = None) -> QuerySet[Any]:
    """Firms that the rates count on the day."""
    return with_scope(rows, day).filter(within(day))


def by_rate(rows: QuerySet[Any], code: str, day: Day = None) -> QuerySet[Any]:
    """Firms of the scope under one word of `rules.RATES`; none for an unknown one."""
    rows = in_scope(rows, day)
    if code == "scope":
        return rows
    if code in ("organized", "unorganized"):  # organization coverage (组织覆盖)
        return rows.filter(is_reached(day)) if code == "organized" else without_branch(rows, day)
    if code in ("worked", "unworked"):
        rows = with_mass(rows, day)
        return rows.filter(is_worked(day) if code == "worked" else ~is_worked(day))
    if code == "own":
        return with_stage(rows, day).filter(stage="own")
    if code == "mass":
        return with_mass(rows, day).exclude(mass_groups="")
    return rows.none()


def scope_of(actor: Actor, day: date) -> str:
    """In words, which firms the rates count in the places whose coverage the actor sees."""
    return scope_seen(actor, RIGHT, day)


@dataclass(frozen=True)
class Rate:
    """A share of the firms of the scope, with the lists of those in it and of those not."""

    code: str
    label: str
    share: str
    number: int
    url: str
    lacking: int = 0
    lacking_label: str = ""
    lacking_url: str = ""


def rates_of(rated: Mapping[str, tuple[int, str]]) -> Sequence[Rate]:
    """The three rates from the number and the address of each list."""
    total = rated["scope"][0]
    found = []
    for code, lacking in (("organized", "unorganized"), ("worked", "unworked"), ("own", "")):
        number, url = rated[code]
        missing, missing_url = rated.get(lacking, (0, ""))
        words = translate(RATES[lacking][0]) if lacking else ""
        label = translate(RATES[code][1])
        found.append(Rate(code, label, percent(number, total), number, url, missing, words, missing_url))
    return found
