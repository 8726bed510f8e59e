"""How much one address, device, phone or place may send before a person is asked to show that they are one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lianjian.foundation.errors import Refused, _

HOUR: Final = 3600
DAY: Final = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Limit:
    """Within `seconds` so many pass; more than `asked` answer a small sum, more than `most` are refused."""

    seconds: int
    asked: int
    most: int


# A village behind one address sends far less than an address may; one phone or device far more than anybody needs.
LIMITS: Final[dict[str, Limit]] = {
    "address": Limit(HOUR, 40, 1_000),
    "device": Limit(HOUR, 6, 30),
    "phone": Limit(DAY, 5, 20),
    "text": Limit(DAY, 1, 3),
    "place": Limit(HOUR, 300, 5_000),
}
# Wrong pairs of number and code.
GUESSES: Final = Limit(HOUR, 20, 20)
FASTEST_SECONDS: Final = 3
LONGEST_SECONDS: Final = 12 * HOUR


class TooMany(Refused):
    """More than anybody needs."""

    sentence = _("提交得太多了,请一小时后再试,或直接打电话、到窗口反映。")
    status = 429


class SumNeeded(Refused):
    """A small sum tells a person from a machine."""

    sentence = _("请在下面算一道小题,确认不是机器提交。")
    field = "sum"


class TooQuick(Refused):
    """Nobody writes that fast."""

    sentence = _("提交得太快,请稍等几秒再提交一次。")


class NotFilledIn(Refused):
    """A field that people do not see was filled in."""

    sentence = _("没有收到。请不要使用自动填表工具,刷新页面后再填。")


class WrongPair(Refused):
    """Which of the two is wrong is not said."""

    sentence = _("编号和查询码对不上,请照提交时的提示重新填写。")
    field = "code"


class EntranceExists(Refused):
    """One code a spot."""

    sentence = _("这个单位在这个位置已有二维码。")
    field = "spot"
    status = 409


def needs_sum(counts: dict[str, int]) -> bool:
    """Whether one more submission must be confirmed by a sum. Raises `TooMany`."""
    for name, count in counts.items():
        if count >= LIMITS[name].most:
            raise TooMany
    return any(count >= LIMITS[name].asked for name, count in counts.items())
