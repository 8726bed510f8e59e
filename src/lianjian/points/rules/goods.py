"""What is refused about goods, their stock and exchange days."""

from __future__ import annotations

from lianjian.foundation.errors import Refused, _


class GoodNameMissing(Refused):
    """What is given."""

    sentence = _("请填写兑换品名称。")
    field = "name"


class GoodStands(Refused):
    """One of a name."""

    sentence = _("已经有同名的兑换品,请修改原来的。")
    field = "name"
    status = 409


class GoodEnded(Refused):
    """It is not given any more."""

    sentence = _("兑换品“%(name)s”已经停用。")
    status = 409


class GoodStanding(Refused):
    """There is nothing to restore."""

    sentence = _("兑换品“%(name)s”没有停用。")
    status = 409


class GoodIsARight(Refused):
    """Nobody buys a right or a fine with points."""

    sentence = _("“%(word)s”不能用积分换取或抵扣:积分只换物品和服务,不影响法定权利、待遇和处罚。")
    field = "name"


class PriceOutside(Refused):
    """What it costs."""

    sentence = _("兑换分值请填1到100000之间的整数。")
    field = "price"


class StockKindUnknown(Refused):
    """Why the stock moves."""

    sentence = _("请选择购入、捐赠、损耗或盘点。")
    field = "kind"


class QuantityOutside(Refused):
    """How many."""

    sentence = _("数量请填1到100000之间的整数。")
    field = "quantity"


class StockShort(Refused):
    """There are not so many."""

    sentence = _("“%(name)s”只剩%(stock)s%(unit)s。")
    field = "quantity"
    status = 409


class CountedSame(Refused):
    """Nothing to put right."""

    sentence = _("盘点数与账面一致,不用登记。")
    field = "quantity"


class DonorForeign(Refused):
    """Only what is donated has a donor."""

    sentence = _("只有捐赠才填捐赠单位。")
    field = "donor"


class DayStands(Refused):
    """One on a day."""

    sentence = _("这一天已经设了兑换日。")
    field = "on"
    status = 409


class DayTooFar(Refused):
    """Set when it is near."""

    sentence = _("兑换日最多提前60天设定。")
    field = "on"


class DayMoved(Refused):
    """The day is at another step."""

    sentence = _("这个兑换日现在是“%(state)s”,不能做这一步,请刷新页面查看。")
    status = 409


class DayNotOfMeeting(Refused):
    """An exchange is part of an activity of the same day."""

    sentence = _("所选活动在 %(day)s,兑换日请填活动当天,或不关联活动。")
    field = "on"


class DayNotYet(Refused):
    """Nothing is given before its day."""

    sentence = _("兑换日是 %(day)s,到了这一天才能登记兑换。")
    status = 409


class DayUsed(Refused):
    """What was given stands."""

    sentence = _("这一天已经有兑换,不能取消;登记错的先退回。")
    status = 409


class BalanceShort(Refused):
    """Not enough points."""

    sentence = _("“%(name)s”现有%(balance)s分,这次兑换要%(needed)s分。")
    field = "quantity"
    status = 409


class GivenBack(Refused):
    """Once."""

    sentence = _("这笔兑换已经退回。")
    status = 409
