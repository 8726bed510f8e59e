"""What a visit asks somebody to do: words and refusals of supervised items (督办事项, checklist 001-16)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from lianjian.foundation.errors import Refused, _

DOING, DONE, DROPPED = "open", "done", "dropped"
ITEM_STATES: Final[Mapping[str, str]] = {DOING: _("办理中"), DONE: _("已办结"), DROPPED: _("不再办理")}
ITEM: Final = "events.item"
ITEM_DUTIES: Final[Mapping[str, tuple[str, str]]] = {ITEM: (_("办理督办事项"), "meetings.answer")}


class ItemBeforeVisit(Refused):
    """What a visit asks for is due after it."""

    sentence = _("办理期限不能早于走访那天(%(day)s)。")
    field = "due_on"


class BodyElsewhere(Refused):
    """The body in charge belongs to the place of the visit."""

    sentence = _("“%(name)s”不在本地名册里,督办事项请交给本地的单位;需要外地办理的,请登记为诉求转过去。")
    field = "organization"


class ItemSettled(Refused):
    """Settled once; it is opened again first."""

    sentence = _("这项督办已经办结或不再办理;要继续办,请先“重新督办”。")
    status = 409


class ItemOpen(Refused):
    """Only what is settled can be opened again."""

    sentence = _("这项督办还在办理中,不用重新督办。")
    status = 409


class WordsNeeded(Refused):
    """An item says what is to be done."""

    sentence = _("请写明要办什么,例如“补齐安全台账”。")
    field = "text"


class OutcomeNeeded(Refused):
    """Settled is said with what was done."""

    sentence = _("请写明办理结果,例如做了什么、哪一天做的。")
    field = "outcome"


def check_due(due_on: date, visited_on: date) -> None:
    """Raises `ItemBeforeVisit`."""
    if due_on < visited_on:
        raise ItemBeforeVisit(day=visited_on)
