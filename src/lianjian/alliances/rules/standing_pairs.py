"""What is refused of pairs that stand."""

from __future__ import annotations

from lianjian.foundation.errors import Refused, _


class OutsideProgramme(Refused):
    """Pairs begin while their programme runs."""

    sentence = _("开始日期应在计划的期限内(%(since)s 至 %(until)s)。")
    field = "since"


class PairEnded(Refused):
    """The pair is no more."""

    sentence = _("这一对已经结束,不能再修改。")
    status = 409


class BeforePair(Refused):
    """Nothing of a pair happens before it or after today."""

    sentence = _("日期应在结对之日(%(since)s)到今天之间。")
    field = "on"


class MoneyOrThings(Refused):
    """One of the two."""

    sentence = _("资金请填金额;物资或服务请填名称、数量和单位。二者填一种。")
    field = "amount"


class NothingGiven(Refused):
    """0 is nothing."""

    sentence = _("资金和数量都必须大于0;没有投入的不用登记。")
    field = "amount"


class PairedTogether(Refused):
    """Two records of one programme."""

    sentence = _(
        "“%(winner)s”和“%(loser)s”都在结对计划“%(programme)s”里,合并会让其中一家的结对没有着落。"
        "请先在计划里结束或退出其中一家,再合并;两家的结对时间重叠或互相结对的,不能合并。"
    )
    status = 409


class PairedElsewhere(Refused):
    """Its pair belongs to another place, whose rows are not written here."""

    sentence = _(
        "“%(loser)s”正在另一个地区的结对计划“%(programme)s”里结对,合并会让那一对没有着落。"
        "请把它作为保留的一条,或者先请牵头地区结束那一对。"
    )
    status = 409


class MeasureExists(Refused):
    """One number for a day."""

    sentence = _("这一天的这个数已经有了。")
    field = "day"
    status = 409


class Struck(Refused):
    """It was struck out before."""

    sentence = _("这一条已经作废。")
    status = 409
