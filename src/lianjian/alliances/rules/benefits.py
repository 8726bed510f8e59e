"""What is known everywhere about shared benefits, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from lianjian.foundation.errors import Refused, _

from .honours import ReasonMissing as ReasonMissing

# What a party is; farmers are described together and never by name.
FARMERS: Final = "farmers"
SIDES: Final[Mapping[str, str]] = {
    "village": _("村集体"),
    "firm": _("企业"),
    "cooperative": _("合作社"),
    FARMERS: _("农户方"),
    "government": _("镇(街道)或部门"),
    "park": _("园区"),
    "other": _("其他"),
}
MOST_PARTIES: Final = 8
OTHER: Final = "other"
YUAN: Final = _("元")
# What is shared: (name, unit); another thing has a name and unit of its own.
KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "tax": (_("税收留成"), YUAN),
    "output": (_("产值"), YUAN),
    "invest": (_("固定资产投资"), YUAN),
    "jobs": (_("新增就业"), _("人")),
    "land": (_("供地面积"), _("亩")),
    "profit": (_("经营收益分红"), YUAN),
    "rent": (_("土地租金"), YUAN),
    "wages": (_("务工工资"), YUAN),
    "sales": (_("产品销售额"), YUAN),
    OTHER: (_("其他事项"), ""),
}
WHOLE: Final = 10_000  # basis points
CENT: Final = Decimal("0.01")


def in_yuan(kind: str, unit: str) -> bool:
    """What is counted in money; `unit` is the own unit of another thing."""
    return (unit or KINDS[kind][1]) == YUAN


def split(value: Decimal, shares: Sequence[int]) -> list[Decimal]:
    """The parts of a number to the hundredth by shares that make the whole; together they always make the number.

    Each part ends where the rounded sum of the shares so far ends, so that no part is off by more than a hundredth.
    """
    parts, points, done = [], 0, Decimal(0)
    for share in shares:
        points += share
        reached = (value * points / WHOLE).quantize(CENT, ROUND_HALF_UP)
        parts.append(reached - done)
        done = reached
    return parts


def check_shares(shares: Sequence[int]) -> None:
    """Raises `SharesWrong` unless none is below 0 and they make 10,000 basis points."""
    if any(share < 0 for share in shares) or sum(shares) != WHOLE:
        raise SharesWrong(total=Decimal(sum(shares)) / 100)


class TooFewParties(Refused):
    """An agreement joins two at least."""

    sentence = _("协议至少有两方,最多%(most)s方。")


class PartyUnclear(Refused):
    """A party is a body; only farmers are described together, without names."""

    sentence = _("每一方要么选一个单位,要么是农户方并写明是哪些农户(不写姓名),二者填一个。")


class NobodyOfRecord(Refused):
    """The agreement belongs to the place of its first body."""

    sentence = _("至少有一方是登记的单位。")


class FirstElsewhere(Refused):
    """The office of another place looks after an agreement whose first body is there."""

    sentence = _("协议归第一个签订单位所在的地方登记,“%(name)s”不在您负责的地方。请把本地的单位写在前面,或请那里登记。")


class SharesMissing(Refused):
    """Each party has its share, also one of 0."""

    sentence = _("请写明每一方的比例,没有的写0。")


class WordsMissing(Refused):
    """Another thing says what it is and how it is counted."""

    sentence = _("选“其他事项”的,请写明事项名称和单位。")
    field = "name"


class NotMoney(Refused):
    """Only money is paid out."""

    sentence = _("只有以元计的事项登记兑现。")
    field = "party"


class NoParty(Refused):
    """Who is paid is a party of that very agreement."""

    sentence = _("收款的不是这份协议的一方,请从协议的各方里选。")
    field = "party"


class PayoutOutside(Refused):
    """Paid from the day on which the agreement began, not later than today."""

    sentence = _("兑现日期要在协议生效(%(since)s)以后、今天以前。")
    field = "on"


class NothingPaid(Refused):
    """More than 0."""

    sentence = _("金额必须大于0。")
    field = "amount"


class PayoutStruck(Refused):
    """Struck out once."""

    sentence = _("这笔兑现已经作废。")
    status = 409


class SameBody(Refused):
    """Each body is one party."""

    sentence = _("各方不能有同一个单位。")


class BothParties(Refused):
    """Two records that are parties of one agreement are not doubled ones."""

    sentence = _("两个单位都是协议“%(title)s”的一方,不能合并。")
    field = "other"
    status = 409


class AgreementExists(Refused):
    """One title for one agreement."""

    sentence = _("本地已有同名的协议,请换一个名称。")
    field = "title"
    status = 409


class AgreementEnds(Refused):
    """It ends after it begins."""

    sentence = _("结束日期必须晚于生效日期(%(since)s)。")
    field = "until"


class AgreementOver(Refused):
    """An ended agreement takes no more."""

    sentence = _("协议已经终止。")
    status = 409


class SharesWrong(Refused):
    """The shares of all parties make the whole."""

    sentence = _("各方比例都不能小于0,合计必须是100%%,现在是%(total)s%%。")


class KindShared(Refused):
    """One share of one thing in an agreement."""

    sentence = _("这份协议里已经约定了这一项。")
    field = "kind"
    status = 409


class YearOutside(Refused):
    """A number of a year in which the agreement holds, and that is over or running."""

    sentence = _("年度要在协议有效期之内,不能晚于今年。")
    field = "year"


class NumberStands(Refused):
    """One number of a year; a correction says that it is one."""

    sentence = _("%(year)s年已有数字。要更正的,请勾选“更正”,原来的数字会保留。")
    field = "correction"
    status = 409


class NumberMissing(Refused):
    """Nothing to correct."""

    sentence = _("这一年还没有数字,不需要更正。")
    field = "correction"
    status = 409
