"""What is known everywhere about honours, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
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
