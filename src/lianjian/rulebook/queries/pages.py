"""Profiles and the working calendar as their pages show them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from lianjian.foundation.calendar import ONE_DAY
from lianjian.foundation.errors import translate
from lianjian.foundation.models import DayOverride

from ..data.profiles import PROFILES, Profile
from ..models import LoadedYear, ProfileChoice, Rule
from .numbers import calendar, in_force, line_of
from .texts import day_text, provisional_text, term_text


@dataclass(frozen=True)
class ShownYear:
    """A year's working calendar: the days that differ, working days by month, and whether it may still change."""

    year: int
    rows: list[tuple[str, str, str, str]]
    months: list[tuple[str, int]]
    working: int
    provisional: str
    source: str


def year_shown(year: int) -> ShownYear:
    """The calendar of one year as the house counts it."""
    days = calendar()
    loaded = LoadedYear.objects.filter(year=year).first()
    sources = dict(DayOverride.objects.filter(day__year=year).values_list("day", "source"))
    rows, months = [], [0] * 12
    day = date(year, 1, 1)
    while day.year == year:
        reason = days.rest_reason(day)
        months[day.month - 1] += reason is None
        fact = days.facts.get(day)
        if fact is not None:
            word = _("班") if fact.working else _("休")
            rows.append((day_text(day), word, translate(fact.reason), sources.get(day) or _("随产品提供")))
        day += ONE_DAY
    return ShownYear(
        year=year,
        rows=rows,
        months=[(_("%(n)d 月") % {"n": n}, count) for n, count in enumerate(months, start=1)],
        working=sum(months),
        provisional="" if year in days.years else provisional_text([year]),
        source=loaded.source if loaded else "",
    )


# Called with (jurisdiction_id): (code, name) of what a profile may be chosen for; filled by the wiring.
subjects_of: list[Callable[[int], Sequence[tuple[str, str]]]] = []


@dataclass(frozen=True)
class ShownProfile:
    """A profile as its card shows it: limits as (step, number)."""

    mark: str
    name: str
    about: str
    facts: Sequence[tuple[str, str]]
    limits: Sequence[tuple[str, str]]


def subject_names(jurisdiction_id: int) -> dict[str, str]:
    """What a place may choose a profile for, by code."""
    return {
        "": _("全部类别"),
        **{code: name for source in subjects_of for code, name in source(jurisdiction_id)},
    }


def _urgency(code: str) -> str:
    return {"urgent": _("紧急"), "soon": _("较急")}.get(code, _("一般"))


def _limits(profile: Profile, titles: dict[str, str]) -> list[tuple[str, str]]:
    lines = []
    for code, numbers in profile.limits.items():
        for urgency, (amount, unit) in numbers.items():
            title = translate(titles.get(code, code))
            step = f"{title}({_urgency(urgency)})" if len(numbers) > 1 else title
            lines.append((step, term_text(amount, unit) if amount else _("当日")))
    return lines


def profiles_shown(day: date) -> list[ShownProfile]:
    """Every version in force on `day`. One query."""
    codes = {code for profile in PROFILES for code in profile.limits}
    titles = dict(Rule.objects.filter(in_force(day), code__in=sorted(codes)).values_list("code", "title"))
    return [
        ShownProfile(
            mark=profile.mark,
            name=translate(profile.name),
            about=translate(profile.about),
            facts=[
                (_("版本"), profile.mark),
                (_("依据"), translate(profile.source)),
                (_("性质"), str(Rule.Confidence(profile.confidence).label)),
                (_("施行"), day_text(profile.valid_from)),
            ],
            limits=_limits(profile, titles),
        )
        for profile in PROFILES
        if profile.valid_from <= day and (profile.valid_to is None or day <= profile.valid_to)
    ]


def choices_shown(jurisdiction_id: int) -> list[tuple[str, str, str, str, str]]:
    """(subject, profile, first day, last day, document) of a place and of those above it, newest first."""
    names, subjects = _profile_names(), subject_names(jurisdiction_id)
    rows = ProfileChoice.objects.filter(jurisdiction_id__in=line_of(jurisdiction_id))
    return [
        (
            subjects.get(row.subject, row.subject),
            names.get(row.profile, row.profile),
            day_text(row.valid_from),
            day_text(row.valid_to) if row.valid_to else _("至今"),
            f"{row.jurisdiction.name} {row.source}",
        )
        for row in rows.select_related("jurisdiction").order_by("-valid_from", "-id")
    ]


def _profile_names() -> dict[str, str]:
    return {"": _("产品默认时限"), **{profile.code: translate(profile.name) for profile in PROFILES}}


def profile_choices() -> list[tuple[str, str]]:
    """(code, name) for a form."""
    return list(_profile_names().items())
