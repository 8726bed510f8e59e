"""What is known everywhere about honours and shared benefits, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from lianjian.foundation.errors import Refused, _

LEVELS: Final[Mapping[str, str]] = {
    "national": _("国家级"),
    "province": _("省级"),
    "city": _("市级"),
    "county": _("县级"),
    "town": _("乡镇级"),
    "other": _("其他"),
}
# What two bodies share: (name, unit).
KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "tax": (_("税收留成"), _("元")),
    "output": (_("产值"), _("元")),
    "invest": (_("固定资产投资"), _("元")),
    "jobs": (_("新增就业"), _("人")),
    "land": (_("供地面积"), _("亩")),
}
WHOLE: Final = 10_000  # basis points
CENT: Final = Decimal("0.01")


def split(value: Decimal, first_share: int) -> tuple[Decimal, Decimal]:
    """The two parts of a number to the hundredth; the second is what is left, so that both always make the number."""
    first = (value * first_share / WHOLE).quantize(CENT, ROUND_HALF_UP)
    return first, value - first


class HonourExists(Refused):
    """One entry of one honour."""

    sentence = _("这项荣誉已经登记过。")
    field = "title"
    status = 409


class HonourLater(Refused):
    """An honour has been given."""

    sentence = _("授予日期不能晚于今天。")
    field = "awarded_on"


class HonourWithdrawn(Refused):
    """Withdrawn once."""

    sentence = _("这项荣誉已经撤销。")
    status = 409


class WithdrawnTooEarly(Refused):
    """After it was given, up to today."""

    sentence = _("撤销日期要在授予日期(%(since)s)至今天之间。")
    field = "on"


class ReasonMissing(Refused):
    """Why is written down."""

    sentence = _("请写明理由。")
    field = "reason"


class SameBody(Refused):
    """An agreement joins two."""

    sentence = _("双方不能是同一个单位。")
    field = "second"


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
    """Two shares that make the whole."""

    sentence = _("双方比例都不能小于0,合计必须是100%%,现在是%(total)s%%。")
    field = "first_share"


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


def check_shares(first: int, second: int) -> None:
    """Raises `SharesWrong` unless both are there and make 10,000 basis points."""
    if first < 0 or second < 0 or first + second != WHOLE:
        raise SharesWrong(total=Decimal(first + second) / 100)
