"""What is known everywhere about meetings, their decisions and venues, and what is refused. Free of Django."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from lianjian.foundation.errors import Refused, _

VISIT_KIND: Final = "互访"
# Code lists: a known word is its own code, so that a place's own words stand beside it.
LISTS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "kind": (
        _("会议活动种类"),
        (
            _("联席会议"),
            _("交流合作会"),
            _("互访"),
            _("推介会"),
            _("座谈会"),
            _("巡诊问药"),
            _("主题党日"),
            _("志愿服务"),
            _("卫生大清整"),
            _("关爱活动"),
            _("积分兑换"),
            _("评选活动"),
            _("培训"),
            _("培训班"),
            _("支部党员大会"),
            _("支委会"),
            _("党小组会"),
            _("党课"),
            _("组织生活会"),
            _("民主评议党员"),
            _("民主生活会"),
            _("谈心谈话"),
            _("党委会议"),
            _("车间党日"),
            _("夜间课堂"),
            _("工前一刻钟"),
            _("大讲堂"),
            _("爱心送汤"),
            _("党员交流"),
            _("竞赛"),
            _("听证会"),
        ),
    ),
    "audience": (
        _("培训对象"),
        (
            _("党组织书记"),
            _("党务工作者"),
            _("发展对象"),
            _("预备党员"),
            _("入党积极分子"),
            _("全体党员"),
            _("企业负责人"),
            _("企业职工"),
            _("村干部"),
            _("群众"),
        ),
    ),
    "topic": (
        _("议题和标签"),
        (
            _("安全生产"),
            _("环境保护"),
            _("企业经营"),
            _("团队管理"),
            _("同研究"),
            _("同开展"),
            _("同分享"),
            _("同交流"),
            _("组织共建"),
            _("活动共联"),
            _("资源共享"),
            _("联动开展组织生活"),
            _("发挥优势作用"),
            _("引领转型升级"),
            _("履行社会责任"),
            _("组织阵地共享"),
            _("活动共办"),
            _("品牌合创"),
            _("非公企业党建"),
        ),
    ),
    "function": (
        _("阵地功能"),
        (
            _("会议"),
            _("党员教育"),
            _("便民服务"),
            _("办公"),
            _("图书阅览"),
            _("文体活动"),
            _("实训"),
            _("调解"),
            _("展示"),
            _("养老助餐"),
            _("托幼"),
            _("志愿服务"),
        ),
    ),
    "display": (
        _("展示种类"),
        (
            _("品牌文化展示墙"),
            _("党建工作宣传栏"),
            _("党务公开栏"),
            _("荣誉墙"),
            _("先锋榜"),
            _("电子屏"),
        ),
    ),
}
HOST, GUEST, MEMBER, DEPARTMENT = "host", "guest", "member", "department"
PARTS: Final[Mapping[str, str]] = {
    MEMBER: _("参会"),
    HOST: _("主办或接待"),
    GUEST: _("来访单位"),
    DEPARTMENT: _("受邀部门"),
}
OPEN, INVITED = "open", "invited"
AUDIENCES: Final[Mapping[str, str]] = {
    OPEN: _("各地可查(时间、地点、议题和参加单位;纪要和决定只有参加单位能看)"),
    INVITED: _("只有召集方和参加单位能看"),
}
PLANNED, HELD, CANCELLED = "planned", "held", "cancelled"
STATES: Final[Mapping[str, str]] = {PLANNED: _("待召开"), HELD: _("已召开"), CANCELLED: _("已取消")}
ATTENDED, ABSENT, EXCUSED = "attended", "absent", "excused"
ATTENDANCE: Final[Mapping[str, str]] = {ATTENDED: _("到会"), EXCUSED: _("请假"), ABSENT: _("缺席")}
COMING: Final[Mapping[str, str]] = {"yes": _("参加"), "no": _("不能参加"), "maybe": _("待定")}
DOING, DONE, DROPPED, LOST = "open", "done", "dropped", "lost"
DECISIONS: Final[Mapping[str, str]] = {
    DOING: _("落实中"), DONE: _("已落实"), DROPPED: _("不再办理"), LOST: _("表决未通过"),
}  # fmt: skip
DUTIES: Final[Mapping[str, tuple[str, str]]] = {
    "events.answer": (_("答复会议邀请"), "meetings.answer"),
    "events.task": (_("落实会议决定"), "meetings.answer"),
    "events.settle": (_("核对会议决定的落实情况"), "meetings.write"),
    "events.topic": (_("按期研究议题"), "meetings.write"),
}
LONGEST: Final = timedelta(days=31)


class UnknownWord(Refused):
    """The word is in no list of the place."""

    sentence = _("“%(word)s”不在“%(list)s”里,请先在“会议活动选项”里增加。")


class WordExists(Refused):
    """The list has this word."""

    sentence = _("这一项已经有了。")
    field = "name"
    status = 409


class EndsBeforeStart(Refused):
    """A meeting ends after it starts, within a month."""

    sentence = _("结束时间必须晚于开始时间,并且在31天以内。")
    field = "ends_at"


class NoPlace(Refused):
    """Who is invited must know where to go."""

    sentence = _("请选择阵地,或写明地点。")
    field = "place"


class AnswerTooLate(Refused):
    """An answer is asked for before the meeting."""

    sentence = _("答复期限不能晚于开会那天。")
    field = "answer_by"


class NeedsGuest(Refused):
    """A mutual visit has a body that comes and a body that receives it."""

    sentence = _("互访要有来访单位和接待单位:请至少写一个来访单位。")
    field = "guests"


class AlreadyInvited(Refused):
    """One body is invited once."""

    sentence = _("“%(name)s”已经在参加单位里。")
    field = "organization"
    status = 409


class BodyOver(Refused):
    """Nobody answers for a body that is no more."""

    sentence = _("“%(name)s”已经撤销或合并,请选择现在的单位。")
    field = "organization"


class NotPlanned(Refused):
    """What has been held or cancelled is not planned any more."""

    sentence = _("这次会议%(state)s,不能再这样改。")
    status = 409


class AnswerOver(Refused):
    """Before the meeting one answers; afterwards the convener writes down who came."""

    sentence = _("会议已经开始、召开或取消,或邀请已收回,不能再答复。")
    status = 409


class NotHeld(Refused):
    """Minutes and decisions belong to what has been held."""

    sentence = _("会议还没有召开记录,请先登记开会情况。")
    status = 409


class NotYet(Refused):
    """Nothing is recorded of what has not begun."""

    sentence = _("会议%(at)s才开始,开始以后再登记。")


class AttendanceMissing(Refused):
    """Each invited body attended, was excused or was absent."""

    sentence = _("请逐一写明到会情况,还差:%(names)s。")


class NobodyCame(Refused):
    """A meeting that nobody attended is cancelled, not held."""

    sentence = _("没有一个单位到会。没有开成的,请用“取消”并写明原因。")


class PeopleMissing(Refused):
    """A body that attended sent somebody."""

    sentence = _("“%(name)s”到会,请填到会人数(1到9999)。")


class ReasonNeeded(Refused):
    """Why, in words."""

    sentence = _("请写明原因。")
    field = "reason"


class EvidenceNeeded(Refused):
    """Done is said with what shows it."""

    sentence = _("请写明落实情况,例如做了什么、哪一天做的、谁可以证明。")
    field = "evidence"


class NobodyCharged(Refused):
    """A decision is somebody's to do."""

    sentence = _("请至少选择一个责任单位。")
    field = "organizations"


class NotAtMeeting(Refused):
    """Only bodies of the meeting are charged: others have not agreed."""

    sentence = _("“%(name)s”不在参加单位里,会议不能给它派任务;请先补记它参加了会议。")
    field = "organizations"


class DueTooEarly(Refused):
    """What was decided cannot be due before it was decided."""

    sentence = _("完成期限不能早于开会那天(%(day)s)。")
    field = "due_on"


class DecisionSettled(Refused):
    """It is done or dropped."""

    sentence = _("这项决定已经办结,不能再改;记错了的请用“重新落实”。")
    status = 409


class SeriesTooLong(Refused):
    """Dates are made ahead, not for ever."""

    sentence = _("从%(first)s到%(last)s超过%(most)s次,一次最多安排%(most)s次,请把结束日期提前。")
    field = "last_on"


class SeriesEmpty(Refused):
    """Between the first and the last day there is no date."""

    sentence = _("第一次到最后一天之间没有符合周期的日期,请把最后一天推后。")
    field = "last_on"


class SeriesOver(Refused):
    """It has ended."""

    sentence = _("这个周期已经停止,不能再改。")
    status = 409


class SameDate(Refused):
    """One of a series a day."""

    sentence = _("这个周期在这一天已经有一次。")
    status = 409


class VenueClosed(Refused):
    """No new meeting at a venue that is closed."""

    sentence = _("“%(name)s”已停用,请选择别的阵地。")
    field = "venue"


class VenueExists(Refused):
    """Two venues of one body under one name cannot be told apart."""

    sentence = _("这个单位已有同名的阵地。")
    field = "name"
    status = 409


class FunctionDoubled(Refused):
    """共享共用、互不重复 (checklist 004-19): what is there already is shared first."""

    sentence = _("%(doubled)s。能共用的先共用;确需再设的,请写明重复设置的理由。")
    field = "double_reason"


class ServiceTooLarge(Refused):
    """The part cannot be larger than the whole."""

    sentence = _("服务群众的面积不能大于总面积。")
    field = "service_m2"


class AlreadyUser(Refused):
    """A body uses a venue once."""

    sentence = _("这个单位已经在共用单位里。")
    field = "organization"
    status = 409


def check_times(starts_at: datetime, ends_at: datetime, answer_by: date | None, start_day: date) -> None:
    """Raises `EndsBeforeStart`, `AnswerTooLate`."""
    if not starts_at < ends_at <= starts_at + LONGEST:
        raise EndsBeforeStart
    if answer_by is not None and answer_by > start_day:
        raise AnswerTooLate
