"""What is asked about a matter, and what counts as an answer. Free of Django."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lianjian.foundation.dates import NotADate, parse_date
from lianjian.foundation.errors import Refused, _

QUESTION_KINDS: Final[dict[str, str]] = {
    "text": _("文字"),
    "number": _("数字"),
    "date": _("日期"),
    "yes_no": _("是或否"),
    "choice": _("从选项中选"),
}
YES, NO = _("是"), _("否")
LONGEST: Final = 500


class Unanswered(Refused):
    """A question that must be answered was not."""

    sentence = _("请回答“%(question)s”。")


class AnswerUnfit(Refused):
    """A number, a day or one of the choices was asked for."""

    sentence = _("“%(question)s”的回答不合适:%(hint)s。")


class ChoicesNeeded(Refused):
    """Whoever may choose must have a choice."""

    sentence = _("请写出至少两个选项,一行一个。")
    field = "choices"


HINTS: Final[dict[str, str]] = {
    "number": _("请填数字"),
    "date": _("请填日期,如 2026-03-09"),
    "yes_no": _("请选是或否"),
    "choice": _("请从列出的选项中选择"),
}


def read_answer(kind: str, choices: Sequence[str], text: str, question: str = "") -> str:
    """The answer as it is kept, empty for none. Raises `AnswerUnfit`."""
    words = text.strip()[:LONGEST]
    if not words:
        return ""
    fits = True
    if kind == "number":
        plain = words.replace(",", "").replace("，", "")
        fits = plain.lstrip("-").replace(".", "", 1).isdecimal()
        words = plain
    elif kind == "date":
        try:
            words = parse_date(words).value.isoformat()
        except NotADate:
            fits = False
    elif kind == "yes_no":
        fits = words in (YES, NO)
    elif kind == "choice":
        fits = words in choices
    if not fits:
        raise AnswerUnfit(question=question, hint=HINTS[kind])
    return words
