"""What is refused about claims and their reviews."""

from __future__ import annotations

from lianjian.foundation.errors import Refused, _


class ItemUnknown(Refused):
    """Not of the edition in force that day."""

    sentence = _("这个事项不在 %(day)s 启用的积分办法里,请重新选择事项或日期。")
    field = "item"


class TimesOutside(Refused):
    """How often it was done."""

    sentence = _("次数请填1到31之间的整数。")
    field = "times"


class ProofMissing(Refused):
    """What shows it."""

    sentence = _("请写明凭据,例如:签到表、活动记录、网格员现场核实。")
    field = "proof"


class ClaimStands(Refused):
    """One thing counts once."""

    sentence = _("“%(name)s”这一天的这个事项已经登记过,一天只记一次;做了几次的改次数。")
    field = "accounts"
    status = 409


class NobodyTicked(Refused):
    """Which ones."""

    sentence = _("请至少选一项。")
    field = "claims"


class ClaimMoved(Refused):
    """The claim is at another step."""

    sentence = _("这项积分现在是“%(state)s”,不能做这一步,请刷新页面查看。")
    status = 409


class PanelSize(Refused):
    """An odd number of three or more."""

    sentence = _("评议小组要有3人以上且为单数,现在是%(number)s人。")
    field = "jurors"


class JurorTwice(Refused):
    """Everybody judges once."""

    sentence = _("评议人“%(name)s”写了两次。")
    field = "jurors"


class NothingToReview(Refused):
    """No claim waits."""

    sentence = _("没有等待评议的积分,请先登记并初核。")
    status = 409


class ReviewMoved(Refused):
    """The review is at another step."""

    sentence = _("这次评议现在是“%(state)s”,不能做这一步,请刷新页面查看。")
    status = 409


class VotesOutside(Refused):
    """More than may judge."""

    sentence = _("“%(name)s”的同意票请填0到%(most)s之间的整数(本户的评议人回避)。")
    field = "votes"


class VotesMissing(Refused):
    """Every claim is voted on."""

    sentence = _("还有%(number)s项没有登记同意票,请先登记。")
    status = 409


class StillShown(Refused):
    """The list hangs out to its last day."""

    sentence = _("公示到 %(day)s 结束,之后才能入账。")
    field = "on"
    status = 409
