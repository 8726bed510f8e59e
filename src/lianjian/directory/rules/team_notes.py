"""What is written in the log of a task force's project, and what is refused there."""

from __future__ import annotations

from datetime import date
from typing import Final

from lianjian.foundation.errors import Refused, _

# Who was asked on that day; "site" is a look at the place without either of them.
CONTACTS: Final = {"owner": _("项目业主"), "builder": _("施工单位"), "both": _("双方"), "site": _("现场查看")}
STAGES: Final = {"unstarted": _("未开工"), "building": _("在建"), "finished": _("完工"), "producing": _("投产")}
MOST_WORDS: Final = 500
FRESH_DAYS: Final = 31  # a project of which something was noted within so many days counts as followed


class NotATaskForce(Refused):
    """Help teams and volunteers have no project."""

    sentence = _("只有专班登记项目进度,“%(name)s”不是专班。")
    field = "team"


class NoteInTheFuture(Refused):
    """What was found is noted afterwards."""

    sentence = _("日期不能晚于今天。")
    field = "day"


class NoteBeforeFounded(Refused):
    """There was no team yet."""

    sentence = _("专班%(day)s成立,日期不能早于这一天。")
    field = "day"


class NoteAfterDissolved(Refused):
    """There was no team any more."""

    sentence = _("专班%(day)s解散,日期不能晚于这一天。")
    field = "day"


class ContactUnknown(Refused):
    """Not of the list."""

    sentence = _("请从列出的联系对象中选择。")
    field = "contact"


class StageUnknown(Refused):
    """Not of the list."""

    sentence = _("请从列出的项目阶段中选择。")
    field = "stage"


class PercentWrong(Refused):
    """A share of the whole."""

    sentence = _("总体进度填0到100的整数,说不准的可以不填。")
    field = "percent"


class NoteWordsWrong(Refused):
    """A note says something, and briefly."""

    sentence = _("请写明进展和堵点,最多500个字。")
    field = "words"


class NoteWithdrawn(Refused):
    """What was taken back stays as it was."""

    sentence = _("这条进度已经作废,不能再改。请另行登记。")
    status = 409


def check_day(day: date, *, today: date, founded_on: date, dissolved_on: date | None) -> None:
    """Raises `NoteInTheFuture`, `NoteBeforeFounded`, `NoteAfterDissolved`."""
    if day > today:
        raise NoteInTheFuture
    if day < founded_on:
        raise NoteBeforeFounded(day=founded_on)
    if dissolved_on is not None and day > dissolved_on:
        raise NoteAfterDissolved(day=dissolved_on)


def check_content(*, contact: str, stage: str, percent: int | None, words: str) -> None:
    """Raises `ContactUnknown`, `StageUnknown`, `PercentWrong`, `NoteWordsWrong`."""
    if contact not in CONTACTS:
        raise ContactUnknown
    if stage not in STAGES:
        raise StageUnknown
    if percent is not None and not 0 <= percent <= 100:
        raise PercentWrong
    if not 0 < len(words.strip()) <= MOST_WORDS:
        raise NoteWordsWrong
