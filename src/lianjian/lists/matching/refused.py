"""What can be matched, what sets a proposal aside, and what is refused."""

from __future__ import annotations

from typing import Final

from lianjian.foundation.errors import Refused, _

# The four lists, and what other apps offer.
MATCHED: Final = {
    "need": _("需求"),
    "resource": _("资源"),
    "project": _("合作项目"),
    "activity": _("活动"),
    "expert": _("专家"),
    "policy": _("政策"),
    "lesson": _("办理经验"),
}
RULED_OUT: Final = {
    "expired": _("已过截止日期"),
    "past": _("可用时间已过"),
    "taken": _("已没有余量"),
    "own": _("是本单位自己发布的"),
    "refused": _("您方已表示不合适"),
}


class NotMatched(Refused):
    """It is not among what is offered, or no longer."""

    sentence = _("对方已经结束、撤回或不再对您开放,请刷新后再看。")
    status = 409


class JudgedAlready(Refused):
    """One verdict of a proposal."""

    sentence = _("这一条已经答复过了,要改请先撤销原来的答复。")
    status = 409


class SynonymExists(Refused):
    """The pair is there."""

    sentence = _("这一对词已经在用。")
    field = "other"
    status = 409


class SynonymOfItself(Refused):
    """Two words, each of two characters or more."""

    sentence = _("请填写两个不同的词,每个至少两个字。")
    field = "other"


class WeightOutOfRange(Refused):
    """0 to 20."""

    sentence = _("权重请填0到20之间的数,最多两位小数。")
    field = "value"
