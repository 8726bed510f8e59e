"""An evaluation as people read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianjian.foundation.calendar import CHINA, ONE_DAY
from lianjian.foundation.errors import translate

from ..models import Evaluation
from ..rules import MIN_INTERVAL, moment_of

MOST_DAYS = 90  # longer reckonings are shown without their single days


def term_text(amount: int | None, unit: str) -> str:
    """A length in words: 7 个工作日."""
    n = amount or 0
    if unit == "wd":
        return ngettext("%(n)d 个工作日", "%(n)d 个工作日", n) % {"n": n}
    if unit == "d":
        return ngettext("%(n)d 日", "%(n)d 日", n) % {"n": n}
    if unit == "m":
        return ngettext("%(n)d 个月", "%(n)d 个月", n) % {"n": n}
    if unit == "y":
        return ngettext("%(n)d 年", "%(n)d 年", n) % {"n": n}
    if unit == "h":
        return ngettext("%(n)d 小时", "%(n)d 小时", n) % {"n": n}
    return _("到年底") if unit == "year_end" else _("到月底")


def source_text(source: str, article: str = "") -> str:
    """A law with its article, or the plain words of a local source."""
    words = translate(source)
    if not article:
        return words
    if article.startswith("c"):
        return _("《%(source)s》第%(chapter)s章") % {"source": words, "chapter": article[1:]}
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
    if "due_at" not in result:
        return [(_("依据"), cite(evaluation))]
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
    lines += [(_("延期"), _more_text(*one)) for one in result.get("more", [])]
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


def _more_text(amount: int, unit: str, ground: str, until: str) -> str:
    words = {"term": term_text(amount, unit), "day": day_text(date.fromisoformat(until)), "ground": ground}
    return (
        _("延长 %(term)s,至 %(day)s;%(ground)s") % words if ground else _("延长 %(term)s,至 %(day)s") % words
    )


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


def day_by_day(evaluation: Evaluation) -> list[tuple[str, str, str]]:
    """Every day between start and end of a deadline in working days: (day, running number, why not counted)."""
    result = evaluation.result
    if "due_at" not in result:
        return []
    lengths = [(result["amount"], result["unit"]), *((a, u) for a, u, _g, _d in result.get("more", []))]
    if any(unit != "wd" for _n, unit in lengths) or sum(n for n, _unit in lengths) > MOST_DAYS:
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
