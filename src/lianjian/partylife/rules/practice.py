"""Words and refusals of standards, guidance, pledges, appraisals and plans of training."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from lianjian.foundation.errors import Refused, _

AREAS: Final[Mapping[str, str]] = {
    "setup": _("组织设置"),
    "life": _("组织生活"),
    "members": _("党员教育管理"),
    "place": _("阵地建设"),
    "papers": _("制度台账"),
    "role": _("作用发挥"),
}
MET, OPEN, NOT_ASKED = "met", "open", "na"
VERDICTS: Final[Mapping[str, str]] = {MET: _("达标"), OPEN: _("待整改"), NOT_ASKED: _("不适用")}
MEND = "mend"
QUALITIES: Final[Mapping[str, str]] = {
    "good": _("程序规范"),
    "fair": _("基本规范"),
    MEND: _("需要改进"),
}
PLEDGES: Final[Mapping[str, str]] = {"post": _("先锋岗"), "pledge": _("公开承诺"), "leader": _("致富带头人")}
DUTIES: Final[Mapping[str, tuple[str, str]]] = {
    "partylife.cadence": (_("组织生活到期未开展"), "partylife.write"),
    "partylife.mend": (_("整改支部标准化问题"), "partylife.write"),
    "partylife.guidance": (_("改进组织生活"), "partylife.write"),
}


class StandardExists(Refused):
    """A line of the checklist stands once."""

    sentence = _("清单里已有同名、同日起用的一项。")
    field = "title"
    status = 409


class EndsTooEarly(Refused):
    """An end lies before its start."""

    sentence = _("结束日期不能早于开始日期(%(day)s)。")
    field = "until"


class NotInForce(Refused):
    """Only what is asked for in the year is checked."""

    sentence = _("这一项在%(year)s年不适用,请选择有效的年度。")
    field = "year"


class MendingMissing(Refused):
    """What is not met says what is to be done, by when."""

    sentence = _("“%(name)s”要写明问题和整改期限。")
    field = "words"


class MendByPast(Refused):
    """A limit lies ahead of the look."""

    sentence = _("整改期限不能早于检查日期(%(day)s)。")
    field = "mend_by"


class NotItsMeeting(Refused):
    """Guidance is on a meeting of the branch."""

    sentence = _("这次会议不是“%(name)s”召集或共同主办的,不能登记为对它的指导。")
    field = "branch"


class AlreadyRemarked(Refused):
    """One remark by one guide on one meeting of a branch."""

    sentence = _("您已对这次会议登记过指导意见,请修改原来的记录。")
    status = 409


class NothingToMend(Refused):
    """Only what was asked for is reported mended."""

    sentence = _("这条指导意见没有要求改进,或者已经改进。")
    status = 409


class PledgeStands(Refused):
    """A person has a post once at a time."""

    sentence = _("此人在这个岗位上已有一条有效的记录。")
    field = "post"
    status = 409


class PledgeEnded(Refused):
    """Nothing is added to what is over."""

    sentence = _("这条记录已结束,不能再修改。")
    status = 409


class Unsums(Refused):
    """The verdicts and the exempt make up the members."""

    sentence = _("各等次人数与免予参加人数之和是%(sum)s人,与应参加的%(members)s人不符,请核对。")
    field = "members"


class AppraisalExists(Refused):
    """Once a year."""

    sentence = _("%(year)s年的民主评议已经登记,请修改原来的记录。")
    field = "year"
    status = 409


class OutsideYear(Refused):
    """The appraisal of a year is held in it or by the end of March of the next."""

    sentence = _("评议日期应在%(year)s年内,最迟次年3月底前。")
    field = "held_on"


class InTheFuture(Refused):
    """A day that is recorded as past lies ahead."""

    sentence = _("日期不能晚于今天。")


class UnknownAudience(Refused):
    """A plan is for audiences, or of a kind of activity."""

    sentence = _("请选择培训对象;不是培训班的,请选择活动种类。")
    field = "audiences"


class LineExists(Refused):
    """A line of a plan stands once."""

    sentence = _("这一年的计划里已有同名的培训。")
    field = "title"
    status = 409


class ReasonNeeded(Refused):
    """Whoever takes something back says why."""

    sentence = _("请写明理由。")
    field = "reason"


def check_sum(*, members: int, excellent: int, qualified: int, basic: int, unqualified: int, exempt: int) -> None:
    """Raise `Unsums` where the parts do not make up the whole."""
    found = excellent + qualified + basic + unqualified + exempt
    if found != members:
        raise Unsums(sum=found, members=members)


def days_of(year: int) -> tuple[date, date]:
    """The first and the last day on which the appraisal of a year may take place."""
    return date(year, 1, 1), date(year + 1, 3, 31)


def check_year(held_on: date, year: int, field: str = "held_on") -> None:
    """Raise `OutsideYear`."""
    first, last = days_of(year)
    if not first <= held_on <= last:
        raise OutsideYear(year=year, field=field)
