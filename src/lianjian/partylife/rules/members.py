"""Who is a member of which branch, and what is refused. Sources: 党员教育管理工作条例 (2019) art. 23-25, 32;
who is left out of the number that should come is the rule `election.left_out`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lianjian.foundation.errors import Refused, _

# What ends a membership. The record says what was decided elsewhere; nothing here follows from a count or a delay.
LEAVINGS: Mapping[str, str] = {
    "moved": _("组织关系转出"),
    "died": _("去世"),
    "left": _("退党"),
    "decided": _("上级党组织决定"),
}
EXEMPTIONS: Mapping[str, str] = {
    "unbound": _("年老体弱等,不便参加"),
    "task": _("经批准的外出任务"),
}


class NotABranch(Refused):
    """Members belong to party organizations."""

    sentence = _("“%(name)s”不是党组织,请选择党支部。")
    field = "branch"


class BranchClosed(Refused):
    """A dissolved or merged branch takes nobody."""

    sentence = _("“%(name)s”已撤销或合并,请选择现有的党支部。")
    field = "branch"


class BeforeFounding(Refused):
    """Nobody was in a branch before it stood."""

    sentence = _("“%(name)s”于%(day)s成立,日期不能更早。")
    field = "since"


class BeforeBirth(Refused):
    """A day before the birth that the identity number tells."""

    sentence = _("入党日期早于出生日期,请核对。")
    field = "joined_on"


class BeforeJoining(Refused):
    """A branch is entered as a member."""

    sentence = _("日期不能早于入党日期(%(day)s)。")
    field = "since"


class JoinedAfterBranch(Refused):
    """Who was in a branch on a day had joined by then."""

    sentence = _("入党日期不能晚于编入党支部的日期(%(day)s)。")
    field = "joined_on"


class FullBeforeJoined(Refused):
    """党章 art. 7: everybody passes a probation."""

    sentence = _("转正日期应晚于入党日期(%(day)s)。")
    field = "full_on"


class AlreadyMember(Refused):
    """One person is one member."""

    sentence = _("此人已登记为党员,请在其党员记录里办理。")
    status = 409


class AlreadyAtHome(Refused):
    """教育管理条例 art. 25: in exactly one branch at any time."""

    sentence = _("党员在同一时间只能编入一个党支部。依据:党员教育管理工作条例第25条。")
    field = "branch"
    status = 409


class OtherPlace(Refused):
    """A record stays with the place that keeps it."""

    sentence = _("此人的党员记录属于另一个地区,只能编入该地区的党支部。")
    field = "branch"


class AlreadyInBranch(Refused):
    """One place in a branch at a time."""

    sentence = _("此人这段时间已在该党支部,不重复登记。")
    field = "branch"
    status = 409


class BelongsToNone(Refused):
    """Only who has a home branch is looked after by a second one."""

    sentence = _("此人目前没有组织关系所在党支部,不能办理。")
    status = 409


class EndsBeforeStart(Refused):
    """The last day lies before the first."""

    sentence = _("结束日期应晚于开始日期(%(day)s)。")
    field = "until"


class AlreadyExempt(Refused):
    """One at a time."""

    sentence = _("这段时间已有同类登记,请先结束原来的。")
    status = 409


class ConsentMissing(Refused):
    """R3.06: after consent of the upper committee and adoption by the meeting."""

    sentence = _("不计入应到会人数须经上级党组织同意并由党员大会通过,请填写批复文号和通过日期。")
    field = "consent"


class BeforeAdoption(Refused):
    """Nobody is left out before the meeting adopted it."""

    sentence = _("开始日期不能早于党员大会通过的日期(%(day)s)。")
    field = "since"


class UnknownReason(Refused):
    """The reasons are a closed list."""

    sentence = _("请从列出的原因中选择。")
    field = "kind"


def born_on(identity_number: str) -> date | None:
    """The day of birth that an 18-digit identity number tells, None where it tells none."""
    digits = identity_number[6:14]
    if len(identity_number) != 18 or not digits.isdigit():
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def check_membership_days(*, joined_on: date, full_on: date | None, born: date | None, today: date) -> None:
    """Raise `InTheFuture`, `BeforeBirth` or `FullBeforeJoined`."""
    from .shared import InTheFuture

    if joined_on > today or (full_on is not None and full_on > today):
        raise InTheFuture
    if born is not None and joined_on <= born:
        raise BeforeBirth
    if full_on is not None and full_on <= joined_on:
        raise FullBeforeJoined(day=joined_on)
