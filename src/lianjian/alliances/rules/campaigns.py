"""What is known everywhere about campaigns, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lianjian.foundation.errors import Refused, _

# The right to act for one's own body, in pairs and in campaigns.
TAKE_PART: Final = "alliances.pair"

INVITED, PILOT, JOINED, GOING, DONE, LEFT = "invited", "pilot", "joined", "going", "done", "left"
STATUSES: Final[Mapping[str, str]] = {
    INVITED: _("已邀请"),
    PILOT: _("先行试点"),
    JOINED: _("已参加"),
    GOING: _("推进中"),
    DONE: _("已完成"),
    LEFT: _("已退出"),
}
TONES: Final = {INVITED: "neutral", PILOT: "info", JOINED: "info", GOING: "due", DONE: "done", LEFT: "paused"}
# What may follow a status; who left or was done may come back, with the reason.
NEXT: Final[Mapping[str, tuple[str, ...]]] = {
    INVITED: (PILOT, JOINED, LEFT),
    PILOT: (GOING, DONE, LEFT),
    JOINED: (PILOT, GOING, DONE, LEFT),
    GOING: (DONE, LEFT),
    DONE: (GOING, LEFT),
    LEFT: (JOINED,),
}
REASONED: Final = frozenset({(DONE, GOING), (LEFT, JOINED), *((one, LEFT) for one in NEXT)})

OPEN, SUBMITTED, RETURNED, ACCEPTED, DROPPED = "open", "submitted", "returned", "accepted", "dropped"
STATES: Final[Mapping[str, str]] = {
    OPEN: _("待整改"),
    SUBMITTED: _("待核查"),
    RETURNED: _("退回整改"),
    ACCEPTED: _("已销号"),
    DROPPED: _("不再整改"),
}
# What was done, as the history of an item tells it.
STEPS: Final[Mapping[str, str]] = {**STATES, SUBMITTED: _("提交核查"), ACCEPTED: _("核查通过")}
STATE_TONES: Final = {OPEN: "due", SUBMITTED: "info", RETURNED: "late", ACCEPTED: "done", DROPPED: "paused"}
UNSETTLED: Final = (OPEN, SUBMITTED, RETURNED)
DUTIES: Final = {
    "alliances.rectify": (_("整改"), TAKE_PART),
    "alliances.check": (_("整改核查"), "alliances.write"),
    "alliances.follow_up": (_("活动跟踪办理"), "alliances.write"),
}
MOST_BODIES: Final = 2_000


@dataclass(frozen=True)
class Counted:
    """What a target counts: its words and unit; `own` where the rows are seen by the office alone.

    Apps above count more (`queries/goals.py`).
    """

    name: str
    unit: str
    own: bool = False


STATED: Final = "stated"
COUNTS: Final[Mapping[str, Counted]] = {
    "joined": Counted(_("参加的单位"), _("家")),
    "done": Counted(_("完成的单位"), _("家")),
    "bodies": Counted(_("有工作记录的单位"), _("家"), own=True),
    "records": Counted(_("工作记录"), _("条"), own=True),
    "results": Counted(_("有办理结果的问题"), _("个"), own=True),
    "accepted": Counted(_("核查销号的整改事项"), _("项"), own=True),
    STATED: Counted(_("不计数,以文件认定"), ""),
}


class UnknownCount(Refused):
    """Nothing is counted under this word."""

    sentence = _("“怎样计数”的选项已变化,请重新选择。")
    field = "counts"


class CampaignExists(Refused):
    """One name for one campaign."""

    sentence = _("本地已有同名的活动,请换一个名称。")
    field = "name"
    status = 409


class CampaignEnds(Refused):
    """It ends on the day it begins, or later."""

    sentence = _("最后一天不能早于开始的一天(%(since)s)。")
    field = "until"


class CampaignClosed(Refused):
    """A closed campaign takes nothing."""

    sentence = _("活动已经结束,不能再改。")
    status = 409


class WorkOpen(Refused):
    """Nothing is left behind."""

    sentence = _("还有%(n)s个整改事项或跟踪问题没有办结,办结、取消或作废后再结束活动。")
    status = 409


class ActionExists(Refused):
    """One name for one sub-action."""

    sentence = _("这个活动里已有同名的子行动,请换一个名称。")
    field = "name"
    status = 409


class NeedsTarget(Refused):
    """A counted sub-action has a number to reach; a stated one has none."""

    sentence = _("计数的子行动要写目标数;“不计数,以文件认定”的不写目标数。")
    field = "target"


class NotStated(Refused):
    """What is counted is reached by its count."""

    sentence = _("这一项按记录计数,达到目标数就算完成,不需要另行认定。")
    status = 409


class OtherCampaign(Refused):
    """The sub-action belongs to another campaign."""

    sentence = _("所选的子行动不属于这个活动,请重新选择。")
    field = "action"


class NoBodies(Refused):
    """Nobody was named."""

    sentence = _("请至少写一家单位。")
    field = "names"


class AlreadyTakesPart(Refused):
    """A body is in a campaign once."""

    sentence = _("“%(name)s”已经在这个活动里。")
    field = "names"
    status = 409


class BodyGone(Refused):
    """Dissolved, or merged into another."""

    sentence = _("“%(name)s”已注销或合并,不能参加;请选现在的单位。")
    field = "names"


class NoSuchCampaign(Refused):
    """No campaign of the place has this name."""

    sentence = _("本地区没有叫“%(name)s”的活动。请写活动的全称,或者先登记活动。")
    field = "campaign"


class NoSuchStep(Refused):
    """The status does not follow from the present one."""

    sentence = _("现在是“%(now)s”,不能改为“%(then)s”。请刷新页面看最新状态。")
    field = "status"
    status = 409


class StepTooEarly(Refused):
    """History runs forwards, inside the campaign, up to today."""

    sentence = _("日期要在%(since)s至今天之间。")
    field = "on"


class NeedsReason(Refused):
    """Leaving and coming back are explained."""

    sentence = _("请写明理由。")
    field = "reason"


class StillToRectify(Refused):
    """Not done while something is to be put right."""

    sentence = _("还有%(n)s个整改事项没有销号,核查销号或取消后才能改为已完成。")
    field = "status"
    status = 409


class NotTakingPart(Refused):
    """Work is recorded of bodies that take part."""

    sentence = _("这家单位还没有参加或已经退出,请先更新它的参加状态。")
    status = 409


class DoneAlready(Refused):
    """What is done takes no more work."""

    sentence = _("这家单位已标为已完成,请先把状态改回推进中,写明理由。")
    status = 409


class NothingSaid(Refused):
    """A record says something."""

    sentence = _("请写发现的问题或做了什么,至少写一样。")
    field = "problem"


class ResultTooEarly(Refused):
    """A result comes after what it answers, up to today."""

    sentence = _("办结日期要在%(since)s至今天之间。")
    field = "result_on"


class ResultWithoutProblem(Refused):
    """A result and a day to follow up answer a problem."""

    sentence = _("没有写问题,不需要办理结果和跟踪期限。")
    field = "problem"


class HasResult(Refused):
    """One result of one problem."""

    sentence = _("这个问题已有办理结果;写错了的,请把这条记录作废后重新登记。")
    field = "result"
    status = 409


class RecordStruck(Refused):
    """Struck out once."""

    sentence = _("这条记录已经作废。")
    status = 409


class OtherVisit(Refused):
    """The visit was to another body."""

    sentence = _("所选走访不是到这家单位的,请选这家单位的走访记录。")
    field = "visit"


class VisitRecorded(Refused):
    """One record of a visit in a sub-action."""

    sentence = _("这次走访已经登记过,请在原来的记录上写办理结果。")
    field = "visit"
    status = 409


class DueTooEarly(Refused):
    """A deadline comes after what it is about."""

    sentence = _("期限不能早于%(since)s。")
    field = "due_on"


class NotOpen(Refused):
    """The item is not at the place where this is done."""

    sentence = _("这个事项现在是“%(state)s”,不能这样办理。请刷新页面看最新状态。")
    status = 409


class CheckedByAnother(Refused):
    """Who submitted does not check."""

    sentence = _("提交整改结果的人不能自己核查,请由另一位工作人员核查。")
    status = 409


class NeedsAccount(Refused):
    """Submitting and checking are done by somebody."""

    sentence = _("提交和核查要由有账号的人办理。")


class NoEvidence(Refused):
    """What was put right is shown."""

    sentence = _("请先上传佐证材料(照片、检测报告、票据等),再提交核查。")
    field = "file"


class MeetingTagged(Refused):
    """One tag of a meeting."""

    sentence = _("这个会议或活动已经列入。")
    field = "meeting"
    status = 409


def check_step(now: str, then: str, reason: str) -> None:
    """Raises `NoSuchStep`, `NeedsReason`."""
    if then not in NEXT[now]:
        raise NoSuchStep(now=_word(now), then=_word(then))
    if (now, then) in REASONED and not reason.strip():
        raise NeedsReason


def _word(status: str) -> str:
    from lianjian.foundation.errors import translate

    return translate(STATUSES[status])
