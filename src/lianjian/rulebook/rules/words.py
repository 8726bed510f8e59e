"""Number words of Chinese law as integer tests, written once. No fraction is ever a float.

以上, 以下, 以内, 届满, 不少于 include the bound; 超过, 不满, 以外 leave it out (民法典 art. 1259). 过半数 and 超过半数
are more than half, 半数以上 is at least half.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from lianjian.foundation.errors import Refused, _


class ShareUnknown(Refused):
    """A share of votes that the rules do not know."""

    sentence = _("票数要求“%(share)s”无法识别。")
    field = "share"


# What stands in `params` of a range, the Chinese word for it, and the test of n against the bound.
BOUNDS: Final[Mapping[str, tuple[str, Callable[[int, int], bool]]]] = MappingProxyType(
    {
        "min": (_("以上"), operator.ge),
        "over": (_("超过"), operator.gt),
        "max": (_("以下"), operator.le),
        "below": (_("不满"), operator.lt),
    }
)

# Every number word of the law and the test it stands for.
WORDS: Final[Mapping[str, Callable[[int, int], bool]]] = MappingProxyType(
    {
        "以上": operator.ge,
        "届满": operator.ge,
        "不少于": operator.ge,
        "以下": operator.le,
        "以内": operator.le,
        "超过": operator.gt,
        "以外": operator.gt,
        "不满": operator.lt,
    }
)


@dataclass(frozen=True, slots=True)
class Share:
    """`top` of `bottom`; `beyond`: the bound itself is not enough."""

    code: str
    word: str
    top: int
    bottom: int
    beyond: bool = False

    def met(self, n: int, total: int) -> bool:
        """Whether `n` of `total` is the share. Nobody of nobody is no share."""
        if n <= 0:
            return False
        return self.bottom * n > self.top * total if self.beyond else self.bottom * n >= self.top * total

    def least(self, total: int) -> int:
        """The smallest number that is the share of `total`."""
        if self.beyond:
            return self.top * total // self.bottom + 1
        return max(1, -(-self.top * total // self.bottom))

    def asks_more_than(self, other: Share) -> bool:
        """Whether this share is stricter than `other` for some total and never looser."""
        mine, theirs = self.top * other.bottom, other.top * self.bottom
        return mine > theirs or (mine == theirs and self.beyond and not other.beyond)


SHARES: Final[Mapping[str, Share]] = MappingProxyType(
    {
        share.code: share
        for share in (
            Share("one_third", _("三分之一以上"), 1, 3),
            Share("half", _("半数以上"), 1, 2),
            Share("more_than_half", _("过半数"), 1, 2, beyond=True),
            Share("two_thirds", _("三分之二以上"), 2, 3),
            Share("three_quarters", _("四分之三以上"), 3, 4),
            Share("four_fifths", _("五分之四以上"), 4, 5),
            Share("all", _("全数"), 1, 1),
        )
    }
)


def share_of(code: str) -> Share:
    """The share of that code. Raises `ShareUnknown`."""
    try:
        return SHARES[code]
    except KeyError:
        raise ShareUnknown(share=code) from None
