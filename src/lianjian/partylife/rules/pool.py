"""What is refused in a review of those on their way into the party."""

from __future__ import annotations

from lianjian.foundation.errors import Refused, _


class NotACommittee(Refused):
    """A committee reviews its pool; a branch assesses each activist (细则 art. 10 to 12)."""

    sentence = _("队伍分析由党委(党工委)开展;党支部对每名积极分子分别登记考察。请选择党委。")
    field = "body"


class WordsMissing(Refused):
    """A review says what was seen and what is done."""

    sentence = _("请写明存在的问题和改进措施;没有问题的,写“没有发现问题”和下一步安排。")
    field = "problems"


class ReviewExists(Refused):
    """One review of a body on a day."""

    sentence = _("这一天已登记过一次分析。请打开原来的记录;登记错的先作废。")
    field = "reviewed_on"
    status = 409


class ReviewStruck(Refused):
    """Struck out once."""

    sentence = _("这次分析已经作废。")
    status = 409


class OtherBodysMeeting(Refused):
    """It was discussed at a meeting of the body itself, held on that day or before."""

    sentence = _("所选会议不是这个党委召开或主办的,或者还没有召开。请选择讨论这次分析的会议。")
    field = "meeting"


class NotInThePool(Refused):
    """Words are of who is in training below the body."""

    sentence = _("此人在分析当天不是这个党委所属的入党申请人、积极分子或发展对象。")
    field = "applicant"


class NoteExists(Refused):
    """One note on one person."""

    sentence = _("这次分析已写过此人的情况。")
    field = "applicant"
    status = 409
