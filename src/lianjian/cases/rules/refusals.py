"""What may be refused in casework, each with its sentence."""

from __future__ import annotations

from lianjian.foundation.errors import Refused, _


class NotNow(Refused):
    """The move does not belong to the state the case is in."""

    sentence = _("诉求现在是“%(state)s”,不能%(move)s。")
    status = 409


class ChangedMeanwhile(Refused):
    """Two people acted at once, or the page was opened before somebody else acted."""

    sentence = _("这件诉求刚被别人处理过,您的操作没有保存。请刷新页面看最新情况。")
    status = 409


class ReasonNeeded(Refused):
    """A move that others must understand needs a reason in words."""

    sentence = _("请写明理由。")
    field = "reason"


class TextNeeded(Refused):
    """A need, a note and an answer have words."""

    sentence = _("请写明内容。")
    field = "text"


class RuledAlready(Refused):
    """Who was named by a ruling handles the case (R7.03)."""

    sentence = _("这件诉求已经裁定由本单位办理,不能再退回。")
    status = 409


class TooLateToReturn(Refused):
    """A refusal has its own time, counted from the dispatch (rule `case.refuse`)."""

    sentence = _("退回的期限 %(until)s 已过,请办理;确需他人办理的,可以移交或请办公室改派。")
    status = 409


class OneOwnRuling(Refused):
    """Who sent the case out does not rule on its refusal."""

    sentence = _("这件诉求是您派出的,须由另一位有裁定权的同志裁定。")
    status = 409


class OneOwnVetting(Refused):
    """That nothing can be done is said by two people."""

    sentence = _("这个结果是您报送的,须由另一位同志复核。")
    status = 409


class HelpersAtWork(Refused):
    """The lead answers when those who help have given back what they had."""

    sentence = _("%(unit)s还没有反馈。请等其反馈,或先撤销后再答复。")
    status = 409


class SameUnit(Refused):
    """The lead does not help itself."""

    sentence = _("%(unit)s就是承办单位,请另选一个单位。")
    field = "organization"


class OfferPending(Refused):
    """One offer to a unit, one loan and one transfer at a time."""

    sentence = _("已经有一项待接受或在办的协办、委托或移交,请等其结束或先撤销。")
    status = 409


class OfferOver(Refused):
    """Somebody replied or revoked before."""

    sentence = _("这项%(kind)s现在是“%(state)s”,不能再处理。")
    status = 409


class NotNeededThere(Refused):
    """A case goes into an open case of the same place."""

    sentence = _("只能并入本地另一件没有办结的诉求,请重新选择。")
    field = "into"


class KeptPrivate(Refused):
    """Some kinds are between who asked and the offices."""

    sentence = _("%(kind)s不对外公开。")
    field = "publish"


class PartsNeeded(Refused):
    """A case is split into parts that have words."""

    sentence = _("请至少写明一个拆出的事项。")
    field = "parts"


class UnknownKind(Refused):
    """There is no file of this kind."""

    sentence = _("没有“%(kind)s”这种事项,请从列出的种类中选择。")
    field = "kind"


class NotPublishable(Refused):
    """Only an open need of a body, not private and not on the list already."""

    sentence = _("只有单位提出的、还没办结、不涉密的诉求可以发布到需求清单,一件诉求同时只发布一次。")
    status = 409


class NotOfThisKind(Refused):
    """The kind of the case does without this move."""

    sentence = _("%(kind)s没有“%(move)s”这一步。")
    status = 409


class WhoAsks(Refused):
    """A case has somebody who asked: a body or a person, as its kind says."""

    sentence = _("请写明%(asker)s。")
    field = "reporter"


class ReasonUnknown(Refused):
    """Not one of the listed reasons for a return."""

    sentence = _("请从列出的理由中选择退回理由。")
    field = "reason_code"


class OwnerNeeded(Refused):
    """Who returns a case names who should have it."""

    sentence = _("请写明建议由哪个单位办理。")
    field = "proposed"


class SameHandler(Refused):
    """Dispatching anew means another unit."""

    sentence = _("已经派给这个单位了,请另选一个单位。")
    field = "handler"


class ForeignHandler(Refused):
    """The unit belongs to another place, which does not see this case."""

    sentence = _("“%(name)s”属于其他地区,看不到这件诉求,不能派给它。")
    field = "handler"


class TooEarly(Refused):
    """The firm still has time to reply."""

    sentence = _("企业可在 %(day)s 之前回复,过了这一天才能按无回复办结。")
    status = 409


class UrgedAlready(Refused):
    """One urging a day."""

    sentence = _("一天内已经催办过,承办单位已收到。")
    status = 409


class TooLateToExtend(Refused):
    """An extension is asked for before the limit."""

    sentence = _("办理时限已过,不能再申请延期。")
    status = 409


class ExtensionPending(Refused):
    """One request at a time."""

    sentence = _("已有一份延期申请等待审批。")
    status = 409


class NoExtension(Refused):
    """Nothing to decide."""

    sentence = _("没有等待审批的延期申请。")
    status = 409


class OneOwnDecision(Refused):
    """Nobody decides on his own request."""

    sentence = _("不能审批自己提出的延期申请。")
    status = 403


class OutcomeUnknown(Refused):
    """Not one of the outcomes an answer can have."""

    sentence = _("请选择办理结果。")
    field = "outcome"


class CallBackNeeded(Refused):
    """Who speaks for the firm says how the firm was asked."""

    sentence = _("代企业确认要写明回访情况:何时、向谁、怎么说的。")
    field = "reason"


class OwnWork(Refused):
    """Who handled it does not ask, or answer for who asked, whether it is met."""

    sentence = _("这件诉求由您或您的单位办理,要由其他单位的同志回访和代为确认。")
    status = 403


class CallTooEarly(Refused):
    """Who asked is called when there is an answer."""

    sentence = _("反馈以后才能回访。")
    status = 409


class GroundNeeded(Refused):
    """A decision has its ground."""

    sentence = _("请写明审批意见。")
    field = "ground"


class ReviewTooEarly(Refused):
    """A parked case is looked at again on a later day."""

    sentence = _("复查日期要晚于登记日期。")
    field = "review_on"


class Daysless(Refused):
    """An extension is a number of days, not more than the rules allow."""

    sentence = _("请填延长的日数,最长 %(most)s。")
    field = "days"


class PausePending(Refused):
    """One request at a time."""

    sentence = _("已有一份暂停计时申请等待审批。")
    status = 409


class PauseReasonUnknown(Refused):
    """A pause rests on a listed reason."""

    sentence = _("请从列出的理由中选择暂停计时的理由。")
    field = "reason_code"


class PauseTooLong(Refused):
    """A pause has an end, after today and not later than the longest pause."""

    sentence = _("暂停计时要有截止日期,从明天起,最迟到 %(latest)s。")
    field = "last"


class TooLateToPause(Refused):
    """A pause is asked for before the limit, of a case that has one."""

    sentence = _("这件诉求没有正在计算的时限,或时限已过,不能申请暂停计时。")
    status = 409


class NoPause(Refused):
    """Nothing to decide or to end."""

    sentence = _("没有待审批或正在生效的暂停计时。")
    status = 409


class PauseOver(Refused):
    """The last day asked for has come before the decision."""

    sentence = _("申请的截止日期已到,请承办单位重新申请。")
    status = 409


class TierTop(Refused):
    """There is no level above."""

    sentence = _("这件诉求已在最高一级,不能再上报。")
    status = 409


class TierUnknown(Refused):
    """Not one of the levels."""

    sentence = _("请从列出的层级中选择。")
    field = "tier"


class NotMeasured(Refused):
    """Measures belong to a case that a unit has, of a kind that is answered by measures."""

    sentence = _("这类事项不记措施,或还没有派给单位,不能记措施。")
    status = 409


class MeasureUnit(Refused):
    """Jobs are counted in people, money in yuan; nothing is less than nothing."""

    sentence = _("这一项要以“%(unit)s”为单位,数量要大于零。")
    field = "quantity"


class WhatNeeded(Refused):
    """A measure says what was done."""

    sentence = _("请写明做了什么。")
    field = "what"
