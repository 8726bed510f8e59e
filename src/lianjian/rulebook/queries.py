"""Rules in force, the calendar of the house, and an evaluation as people read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianjian.foundation.calendar import CHINA, ONE_DAY, DayFact, WorkCalendar
from lianjian.foundation.errors import translate
from lianjian.foundation.models import DayOverride
from lianjian.jurisdictions.queries import parents

from .models import Evaluation, LoadedYear, LocalRule, Rule
from .rules import MIN_INTERVAL, UnknownRule, moment_of

MOST_DAYS = 90  # longer reckonings are shown without their single days


def calendar() -> WorkCalendar:
    """The official calendar with every loaded day. One query."""
    facts: list[DayFact] = []
    years: list[int] = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT day, working, name, 0 FROM foundation_dayoverride"
            " UNION ALL SELECT NULL, NULL, NULL, year FROM rulebook_loadedyear"
        )
        for day, working, name, year in cursor.fetchall():
            if day is None:
                years.append(year)
            else:
                facts.append(DayFact(day, working, name))
    return WorkCalendar().with_facts(facts, years) if facts or years else WorkCalendar()


def in_force(day: date) -> Q:
    """Rows whose first and last day include `day`."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def rule_on(code: str, day: date) -> Rule:
    """The version of a rule that binds an act of `day`."""
    found = Rule.objects.filter(in_force(day), code=code).order_by("-version").first()
    if found is None:
        raise UnknownRule(code=code, day=day.isoformat())
    return found


def line_of(jurisdiction_id: int) -> list[int]:
    """The jurisdiction and those above it, nearest first."""
    above = dict(parents())
    line: list[int] = []
    here: int | None = jurisdiction_id
    while here is not None:
        line.append(here)
        here = above.get(here)
    return line


def local_rules(codes: Iterable[str], jurisdiction_id: int, day: date) -> dict[str, list[LocalRule]]:
    """Local rules in force on `day` for the jurisdiction, by code, the nearest place first."""
    line = line_of(jurisdiction_id)
    rows = LocalRule.objects.filter(in_force(day), code__in=list(codes), jurisdiction_id__in=line)
    found: dict[str, list[LocalRule]] = {}
    for row in sorted(rows, key=lambda r: (line.index(r.jurisdiction_id), -r.valid_from.toordinal())):
        found.setdefault(row.code, []).append(row)
    return found


def term_text(amount: int | None, unit: str) -> str:
    """A length in words: 7 个工作日."""
    n = amount or 0
    if unit == "wd":
        return ngettext("%(n)d 个工作日", "%(n)d 个工作日", n) % {"n": n}
    if unit == "d":
        return ngettext("%(n)d 日", "%(n)d 日", n) % {"n": n}
    if unit == "m":
        return ngettext("%(n)d 个月", "%(n)d 个月", n) % {"n": n}
    if unit == "h":
        return ngettext("%(n)d 小时", "%(n)d 小时", n) % {"n": n}
    return _("到年底") if unit == "year_end" else _("到月底")


def source_text(source: str, article: str = "") -> str:
    """A law with its article, or the plain words of a local source."""
    words = translate(source)
    if not article:
        return words
    return _("《%(source)s》第%(article)s条") % {"source": words, "article": article}


def cite(evaluation: Evaluation) -> str:
    """What the deadline rests on, in the active language."""
    source, article = (evaluation.result.get("cite") or [evaluation.cite, ""])[:2]
    return source_text(source, article)


def day_text(day: date) -> str:
    """A day with its weekday."""
    names = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    return f"{day.isoformat()} {names[day.weekday()]}"


def moment_text(moment: date | datetime) -> str:
    """A moment in China, or a day."""
    if isinstance(moment, datetime):
        local = moment.astimezone(CHINA)
        return f"{day_text(local.date())} {local:%H:%M}"
    return day_text(moment)


def arithmetic(evaluation: Evaluation) -> list[tuple[str, str]]:
    """The steps from start to end as (label, value), ready for a page."""
    inputs, result = evaluation.inputs, evaluation.result
    start = moment_of(inputs["start"])
    unit = result["unit"]
    shown = start if unit == "h" or not isinstance(start, datetime) else start.astimezone(CHINA).date()
    begin = moment_text(shown)
    lines = [(_("起算"), begin if unit == "h" else _("%(day)s(当日不计)") % {"day": begin})]
    lines.append((_("时限"), term_text(result["amount"], unit)))
    if result.get("first_counted"):
        lines.append((_("第 1 天"), day_text(date.fromisoformat(result["first_counted"]))))
    paused = {reason for _f, _l, reason in result.get("pauses", [])}
    skipped = [
        (date.fromisoformat(day), reason) for day, reason in result.get("skipped", []) if reason not in paused
    ]
    if skipped:
        label = _("跳过休息日") if unit == "wd" else _("末日休息顺延")
        lines.append((label, _spans(skipped)))
    for first, last, reason in result.get("pauses", []):
        lines.append((_("暂停"), _("%(first)s 至 %(last)s,%(reason)s") % _pause(first, last, reason)))
    end = datetime.fromisoformat(result["due_at"])
    label = _("届满") if result.get("kind") == MIN_INTERVAL else _("到期")
    lines.append(
        (label, moment_text(end) if unit == "h" else f"{day_text(end.astimezone(CHINA).date())} 24:00")
    )
    lines.append((_("依据"), cite(evaluation)))
    if inputs.get("compared"):
        lines.append((_("从严"), "; ".join(_compared(row) for row in inputs["compared"])))
    if result.get("provisional"):
        lines.append((_("暂定"), provisional_text(result.get("years_missing", []))))
    return lines


def provisional_text(years: Sequence[int]) -> str:
    """Why a due day may still move."""
    return _("%(years)s 年的放假安排尚未公布或未载入,先按周一至周五计算,载入后自动重算。") % {
        "years": "、".join(map(str, years))
    }


def _pause(first: str, last: str, reason: str) -> dict[str, str]:
    return {"first": first, "last": last, "reason": translate(reason)}


def _compared(row: Sequence[object]) -> str:
    words, amount, unit, due = row
    return f"{translate(str(words))} {term_text(int(str(amount)), str(unit))} → {due}"


def _spans(skipped: Sequence[tuple[date, str]]) -> str:
    """Rest days in runs of one reason: 2026-09-19 至 2026-09-20 周末."""
    runs: list[tuple[date, date, str]] = []
    for day, reason in skipped:
        if runs and runs[-1][2] == reason and (day - runs[-1][1]).days == 1:
            runs[-1] = (runs[-1][0], day, reason)
        else:
            runs.append((day, day, reason))
    parts = []
    for first, last, reason in runs:
        words = translate(reason)
        parts.append(
            f"{first.isoformat()} {words}"
            if first == last
            else _("%(first)s 至 %(last)s %(reason)s")
            % {"first": first.isoformat(), "last": last.isoformat(), "reason": words}
        )
    return "; ".join(parts)


def explained(evaluation: Evaluation) -> dict[str, Any]:
    """Everything the page of an evaluation shows besides the evaluation."""
    rule = Rule.objects.filter(code=evaluation.rule_code, version=evaluation.rule_version).first()
    title = translate(rule.title) if rule else evaluation.rule_code
    about = [
        (_("规则"), title),
        (_("代码"), f"{evaluation.rule_code} · {evaluation.rule_version}"),
        (_("计算时间"), moment_text(evaluation.at)),
    ]
    if rule:
        about.insert(1, (_("性质"), str(Rule.Confidence(rule.confidence).label)))
        about.insert(2, (_("用在哪里"), translate(rule.bites)))
    earlier = [
        (day, moment_text(datetime.fromisoformat(at))) for day, at in evaluation.result.get("earlier", [])
    ]
    return {
        "title": title,
        "cite": cite(evaluation),
        "lines": arithmetic(evaluation),
        "days": day_by_day(evaluation),
        "about": about,
        "earlier": earlier,
    }


def day_by_day(evaluation: Evaluation) -> list[tuple[str, str, str]]:
    """Every day between start and end of a deadline in working days: (day, running number, why not counted)."""
    result = evaluation.result
    if result["unit"] != "wd" or result["amount"] > MOST_DAYS:
        return []
    reasons = {date.fromisoformat(day): reason for day, reason in result["skipped"]}
    due, day = date.fromisoformat(result["due"]), date.fromisoformat(result["start"])
    lines, number = [], 0
    while day < due:
        day += ONE_DAY
        if day in reasons:
            lines.append((day_text(day), "", translate(reasons[day])))
        else:
            number += 1
            lines.append((day_text(day), str(number), _("到期") if day == due else ""))
    return lines


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


@dataclass(frozen=True)
class ShownRule:
    """One rule as the page shows it, with the local number if there is one."""

    code: str
    title: str
    matter: str
    term: str
    cite: str
    mode: str
    mode_label: str
    tone: str
    kind_label: str
    confidence: str
    confidence_label: str
    bites: str
    since: date
    until: date | None
    version: int
    local: str
    local_source: str


def rules_on(day: date, jurisdiction_id: int) -> list[ShownRule]:
    """Every rule in force on `day`, grouped by matter, with this place's own numbers."""
    rows = list(Rule.objects.filter(in_force(day)).order_by("matter", "id"))
    own = local_rules([row.code for row in rows], jurisdiction_id, day)
    return [shown_rule(row, own.get(row.code, ())) for row in rows]


def matter_label(matter: str) -> str:
    """The name of a group of rules."""
    return {
        "case": _("诉求办理"),
        "petition": _("信访"),
        "mediation": _("人民调解"),
        "member": _("发展党员"),
        "village": _("村民自治"),
        "collective": _("农村集体经济组织"),
    }.get(matter, matter)


TONES = {"BLOCK": "late", "WARN": "due", "ALERT": "neutral"}


def shown_rule(rule: Rule, own: Sequence[LocalRule] = ()) -> ShownRule:
    """One rule in the active language."""
    local = own[0] if own else None
    return ShownRule(
        code=rule.code,
        title=translate(rule.title),
        matter=rule.matter,
        term=term_text(rule.params.get("amount"), rule.unit),
        cite=source_text(rule.source, rule.article),
        mode=rule.mode,
        tone=TONES.get(rule.mode, "neutral"),
        mode_label=str(Rule.Mode(rule.mode).label),
        kind_label=str(Rule.Kind(rule.kind).label),
        confidence=rule.confidence,
        confidence_label=str(Rule.Confidence(rule.confidence).label),
        bites=translate(rule.bites),
        since=rule.valid_from,
        until=rule.valid_to,
        version=rule.version,
        local=term_text(local.amount, local.unit) if local else "",
        local_source=local.source if local else "",
    )
