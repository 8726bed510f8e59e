"""What a visit is for, and what must be said about one. Free of Django."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from lianjian.foundation.errors import Refused, _

# Purposes everywhere known; a place adds its own with `actions.add_purpose`, whose code is its name.
PURPOSES: Final[dict[str, str]] = {
    "operation": _("了解生产经营"),
    "opinions": _("征求意见"),
    "policy": _("宣讲惠企政策"),
    "party_life": _("指导三会一课"),
    "review": _("两整工作回头看"),
    "supervise": _("督促检查"),
    "other": _("其他"),
}
DEFAULT_PURPOSE: Final = "operation"
# Other words for the same purpose, as ledgers write them.
_SPELLINGS: Final[dict[str, str]] = {
    **{label: code for code, label in PURPOSES.items()},
    "生产经营": "operation",
    "征求意见建议": "opinions",
    "政策宣讲": "policy",
    "宣讲政策": "policy",
    "三会一课": "party_life",
    "两整回头看": "review",
    "督促": "supervise",
    "督促工作": "supervise",
    "督导检查": "supervise",
    "督查": "supervise",
}


_BETWEEN_NAMES: Final = str.maketrans(dict.fromkeys("、,,;;/ \u3000\n", "\0"))


class VisitInTheFuture(Refused):
    """A visit is recorded after it took place."""

    sentence = _("走访日期不能晚于今天。")
    field = "visited_on"


class NobodyVisited(Refused):
    """A visit has at least one visitor."""

    sentence = _("请写明谁去走访的。")
    field = "people"


class VisitWithdrawn(Refused):
    """A withdrawn visit is not changed any more."""

    sentence = _("这条走访记录已作废,不能再改。")
    status = 409


class ReasonMissing(Refused):
    """Withdrawing needs a reason."""

    sentence = _("请写明作废的理由。")
    field = "reason"


class PurposeExists(Refused):
    """The place has this purpose already."""

    sentence = _("已有这个走访内容。")
    field = "name"
    status = 409


def check_visit(*, visited_on: date, today: date, visitors: Iterable[str]) -> None:
    """Raises `VisitInTheFuture` or `NobodyVisited`."""
    if visited_on > today:
        raise VisitInTheFuture
    if not any(name.strip() for name in visitors):
        raise NobodyVisited


def purpose_of(text: str) -> str:
    """Code of a purpose written in words; empty when the words are none of the known ones."""
    return _SPELLINGS.get(text.strip().rstrip("。.;"), "")


def split_names(text: str) -> tuple[str, ...]:
    """Names of several people in one cell, in order and without doubles."""
    return tuple(dict.fromkeys(filter(None, text.translate(_BETWEEN_NAMES).split("\0"))))
