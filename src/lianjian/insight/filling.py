"""What a mark in an office's template means: a figure by code or name, the place, the period, the day.

`{{cases.collected}}` or `{{收集涉企需求}}` is the figure with its unit, `{{…#}}` the number alone, `{{…/}}` a rate's
numerator, `{{/…}}` its denominator. Where there is no data the words say so: never 0, never a blank.
`{{年均增长 756 1200 5}}` is the mean yearly growth of two values, shown with them; a fourth number is the rate that
somebody wrote, and is refused where it does not agree.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO, Any

from django.utils import translation
from django.utils.translation import gettext

from lianjian.foundation import registry
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Indicator
from lianjian.foundation.errors import Refused, _, translate
from lianjian.foundation.looks import show_date

from . import marks
from .growth import Growth, growth_of
from .queries import Figure, Place, compute_all, indicator
from .rules import Period

# Words that are no figures, in both languages.
WORDS = {
    "地区": "place",
    "place": "place",
    "时段": "period",
    "period": "period",
    "日期": "day",
    "date": "day",
}
LANGUAGES = ("zh-hans", "en")
MOST_NAMED = 10


class NoMarks(Refused):
    """A file without any mark would come back as it is."""

    sentence = _("文件里没有找到标记。请在要填数字的地方用两对花括号写上指标的名称或代码。")
    field = "file"


class UnknownMarks(Refused):
    """Marks that name no figure, each with its place and the nearest known name."""

    sentence = _("有 %(count)s 处标记不认识:%(list)s")
    field = "file"


class RatesDisagree(Refused):
    """A growth that was written is not the growth of its values."""

    sentence = _("%(where)s的“%(mark)s”:从%(first)s到%(last)s,%(years)s年年均增长%(rate)s%%,不是%(stated)s%%。")
    field = "file"


class FigureNotYours(Refused):
    """The template asks for a figure that the actor may not read, or that is counted no longer."""

    sentence = _("模板用到的指标您无权查看或已停用:%(names)s。")
    status = 403


@dataclass(frozen=True)
class Asked:
    """A mark understood: one of `WORDS` or a figure's code, and which of its numbers."""

    word: str = ""
    code: str = ""
    side: str = ""  # "" with unit, "#" the number, "up" the numerator, "down" the denominator
    growth: Growth | None = None


def understood(text: str, names: dict[str, str]) -> Asked | None:
    """What a mark asks for; None if nothing is known by that name."""
    text = text.strip().replace("\uff0f", "/").replace("\uff03", "#")
    if text.lower() in WORDS:
        return Asked(word=WORDS[text.lower()])
    growth = growth_of(text)
    if growth is not None:
        return Asked(growth=growth)
    side, name = "", text
    if text.endswith("#"):
        side, name = "#", text[:-1]
    elif text.endswith("/"):
        side, name = "up", text[:-1]
    elif text.startswith("/"):
        side, name = "down", text[1:]
    code = names.get(_plain(name))
    if code is None or (side in ("up", "down") and registry.indicators[code].base is None):
        return None
    return Asked(code=code, side=side)


def _plain(name: str) -> str:
    """Names are compared without case, blanks and the width of brackets."""
    turned = name.replace("\uff08", "(").replace("\uff09", ")")
    return "".join(turned.split()).lower()


def known_names() -> dict[str, str]:
    """Every code and every name in both languages that one figure alone has, and the code it means."""
    found: dict[str, set[str]] = {}
    for item in registry.indicators.values():
        for name in (item.code, *_names(item)):
            found.setdefault(_plain(name), set()).add(item.code)
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}


def _names(item: Indicator) -> Iterable[str]:
    yield str(item.name)
    for language in LANGUAGES:
        with translation.override(language):
            yield gettext(str(item.name))


def check(file: IO[bytes]) -> list[str]:
    """The codes of the figures that a template asks for.

    Raises `NoMarks`, `UnknownMarks`, `RatesDisagree` and those of `marks`.
    """
    found = marks.marks_of(file)
    if not found:
        raise NoMarks
    names = known_names()
    asked = [(mark, understood(mark.text, names)) for mark in found]
    unknown = [mark for mark, meaning in asked if meaning is None]
    if unknown:
        told = [_told(mark, names) for mark in unknown[:MOST_NAMED]]
        raise UnknownMarks(count=len(unknown), list="; ".join(told))
    for mark, meaning in asked:
        if meaning is not None and meaning.growth is not None and not meaning.growth.agrees:
            raise RatesDisagree(where=mark.where, mark="{{" + mark.text + "}}", **_numbers(meaning.growth))
    return list(
        dict.fromkeys(meaning.code for _mark, meaning in asked if meaning is not None and meaning.code)
    )


def _numbers(growth: Growth) -> dict[str, str]:
    found = {"first": growth.first, "last": growth.last, "rate": growth.rate}
    shown = {name: _digits(number) for name, number in found.items()}
    return {**shown, "years": str(growth.years), "stated": _digits(growth.stated or Decimal(0))}


def _told(mark: marks.Mark, names: dict[str, str]) -> str:
    near = _nearest(mark.text, names)
    values = {"where": mark.where, "mark": "{{" + mark.text + "}}", "near": near}
    if near:
        return translate(_("%(where)s的“%(mark)s”,最接近的是“%(near)s”")) % values
    return translate(_("%(where)s的“%(mark)s”,没有相近的指标")) % values


def _nearest(text: str, names: dict[str, str]) -> str:
    """The nearest known name as the reader would write it; a name for a name, a code for a code."""
    wanted = _plain(text.strip("#/"))
    shown = {**{_plain(word): word for word in WORDS}, **{name: name for name in names}}
    for item in registry.indicators.values():
        shown.setdefault(_plain(gettext(str(item.name))), "")
        shown[_plain(gettext(str(item.name)))] = gettext(str(item.name))
    close = difflib.get_close_matches(wanted, list(shown), n=1, cutoff=0.4)
    return shown[close[0]] if close else ""


def fill(actor: Actor, file: IO[bytes], place: Place, period: Period, *, today: date) -> bytes:
    """The template filled for a place and a period, in the language of its own words, whoever asks for it.

    Raises `FigureNotYours`, `UnknownMarks`.
    """
    codes = check(file)
    wanted = [item for code in codes if (item := indicator(code, actor)) is not None]
    if len(wanted) < len(codes):
        read = {item.code for item in wanted}
        hidden = [gettext(str(registry.indicators[code].name)) for code in codes if code not in read]
        raise FigureNotYours(names="、".join(hidden))
    figures = compute_all(actor, wanted, place, period)
    by_code, names = {figure.indicator.code: figure for figure in figures}, known_names()
    language = LANGUAGES[0] if marks.speaks_chinese(file) else translation.get_language() or LANGUAGES[0]
    with translation.override(language):
        return _filled(file, place, period, by_code, names, today)


def _filled(
    file: IO[bytes],
    place: Place,
    period: Period,
    by_code: dict[str, Figure],
    names: dict[str, str],
    today: date,
) -> bytes:
    words = {"place": place.name, "period": period_text(period), "day": show_date(today)}

    def value_of(text: str) -> marks.Value:
        asked = understood(text, names)
        if asked is None:  # checked above
            raise AssertionError(text)
        if asked.growth is not None:
            return marks.Value(gettext("%(rate)s%%(%(first)s→%(last)s,%(years)s年年均)") % _numbers(asked.growth))
        return marks.Value(words[asked.word]) if asked.word else value(by_code[asked.code], asked.side)

    return marks.filled(file, value_of)


def value(figure: Figure, side: str) -> marks.Value:
    """The text of a figure for a mark; with "#" or a side a cell of its own holds the number."""
    number: Any = figure.rate if figure.base is not None else figure.value
    if side == "up":
        number = figure.value
    elif side == "down":
        number = figure.base
    if number is None:
        return marks.Value(gettext("无数据"))
    if side:
        return marks.Value(_digits(number), number)
    if figure.base is not None:
        return marks.Value(f"{_digits(number)}%")
    return marks.Value(with_unit(number, figure.unit))


def with_unit(number: Decimal | int, unit: str) -> str:
    """168件; in English a blank stands between."""
    language = translation.get_language() or ""
    return f"{_digits(number)}{'' if language.startswith('zh') else ' '}{gettext(unit)}"


def _digits(number: Decimal | int) -> str:
    return f"{number:f}" if isinstance(number, Decimal) else str(number)


def period_text(period: Period) -> str:
    """Both days of a period, as documents write them."""
    return f"{show_date(period.start)}—{show_date(period.end)}"


def vocabulary(actor: Actor) -> Sequence[tuple[str, str, str]]:
    """For the page: (name, code, unit) of every figure the actor may write into a template."""
    return [
        (gettext(str(item.name)), item.code, "%" if item.base and item.share else gettext(item.unit))
        for item in registry.indicators.values()
        if actor.scopes(item.right)
    ]
