"""Words and refusals of who came to a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from lianjian.foundation.errors import Refused, _

PRESENT, LEAVE, ABSENT, EXEMPT = "present", "leave", "absent", "exempt"
STATES: Final[Mapping[str, str]] = {
    PRESENT: _("到会"),
    LEAVE: _("请假"),
    ABSENT: _("缺席"),
    EXEMPT: _("免予参加"),
}
REASONS: Final[Mapping[str, str]] = {
    "work": _("公务或生产"),
    "away": _("外出"),
    "study": _("学习培训"),
    "private": _("个人事由"),
}
MOST: Final = 2000  # people on one body's list


class Said(NamedTuple):
    """What is written of one person: a state and, for a leave, its reason."""

    state: str
    reason: str = ""


class NotOnRoll(Refused):
    """Whoever is written down belongs to the body, or is named as a guest of another."""

    sentence = _("名单里有人不属于“%(name)s”,请刷新后再登记;别的支部的人请在“别处来参加的”里选。")


class NotHosting(Refused):
    """People are written down for a body that took part."""

    sentence = _("“%(name)s”不是召集方,也不在参加单位里,请先把它补记为参加单位。")


class LeaveNeedsReason(Refused):
    """A leave says for what, in one word of the list."""

    sentence = _("请给“%(name)s”的请假选一个事由。")


class NobodyPresent(Refused):
    """A body whose list has nobody present did not take part."""

    sentence = _("名单上没有一个人到会。没有参加的,请在会议里登记为缺席。")


class TooMany(Refused):
    """A list has an end."""

    sentence = _("一个单位的名单最多%(most)s人。")


class UnknownState(Refused):
    """A state is one of four."""

    sentence = _("请给每个人选到会、请假、缺席或免予参加。")


class AlreadyElsewhere(Refused):
    """A person counts for one body at a meeting."""

    sentence = _("“%(name)s”已经在“%(body)s”的名单里,一个人只计一次。")
    status = 409


class JustWritten(Refused):
    """Another body wrote somebody of this list down at the same moment."""

    sentence = _("名单里有人刚刚被另一个单位登记,一个人只计一次。请刷新后核对再保存。")
    status = 409


class ServedBelow(Refused):
    """Fewer times than people cannot be."""

    sentence = _("服务人次不能少于服务人数。")
    field = "served_times"
