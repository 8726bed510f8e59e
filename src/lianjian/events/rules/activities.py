"""What is refused of templates, results, photos, displays and private feeds. Free of Django."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lianjian.foundation.errors import Refused, _

MOST_PARTS: Final = 20
MOST_LINES: Final = 200
LONGEST_PART: Final = 60


# Kinds at which only those on the body's roll are counted as present; who sits in stands in the minutes.
MEMBERS_ONLY: Final = frozenset({"支部党员大会", "支委会", "党小组会", "组织生活会", "民主评议党员"})


class MoreThanEligible(Refused):
    """Nobody is present who is not on the roll."""

    sentence = _("“%(name)s”当天名册上有%(eligible)s人,到会人数不能多于%(eligible)s人;列席的人请写在纪要里。")


class PartsMissing(Refused):
    """A template without parts says nothing."""

    sentence = _("请写明活动的各个环节,一行一个。")
    field = "parts"


class TooManyParts(Refused):
    """Parts are what one afternoon holds."""

    sentence = _("环节最多%(most)s个,每个最多%(longest)s个字。")
    field = "parts"


class NoSuchPart(Refused):
    """A part that is marked as held is one of the meeting's."""

    sentence = _("这次活动没有这个环节,请刷新后再登记。")
    field = "parts_held"


class TemplateExists(Refused):
    """Two templates of one body under one name cannot be told apart."""

    sentence = _("这个单位已有同名的活动模板。")
    field = "name"
    status = 409


class TemplateRetired(Refused):
    """A retired template is changed no more."""

    sentence = _("这个活动模板已停用,请先恢复使用。")
    status = 409


class BeforeFounding(Refused):
    """Nobody calls a meeting before there is anybody to call it."""

    sentence = _("“%(name)s”%(day)s才成立,会议日期不能早于这一天。")
    field = "starts_at"


class WinnerUnnamed(Refused):
    """A result names somebody."""

    sentence = _("请写明获奖人的姓名或获奖单位。")
    field = "person_name"


class PrizeGiven(Refused):
    """The same prize to the same winner is one line."""

    sentence = _("同一个获奖者的同一个奖项已经登记。")
    field = "prize"
    status = 409


class TooManyLines(Refused):
    """A record has an end."""

    sentence = _("一次活动最多登记%(most)s条。")
    status = 409


class NotAPicture(Refused):
    """A photo is a picture."""

    sentence = _("请上传图片(JPEG 或 PNG)。")
    field = "file"


class PhotoRemoved(Refused):
    """What has been taken away is not changed."""

    sentence = _("这张照片已经移除。")
    status = 409


class DisplayOver(Refused):
    """It has been taken down."""

    sentence = _("这项展示已经撤下。")
    status = 409


class DisplayBackwards(Refused):
    """A display is taken down on or after the day it was put up."""

    sentence = _("撤下日期不能早于设置日期。")
    field = "until"


class DisplayBeforeVenue(Refused):
    """Nothing hangs in a house that is not there."""

    sentence = _("设置日期不能早于阵地启用的日期(%(day)s)。")
    field = "since"


def split_parts(text: str) -> list[str]:
    """Parts in order, one a line, without blanks and doubles."""
    return list(dict.fromkeys(filter(None, (line.strip() for line in text.splitlines()))))


def check_parts(parts: Sequence[str]) -> list[str]:
    """The parts without blanks. Raises `TooManyParts`."""
    found = list(dict.fromkeys(filter(None, (part.strip() for part in parts))))
    if len(found) > MOST_PARTS or any(len(part) > LONGEST_PART for part in found):
        raise TooManyParts(most=MOST_PARTS, longest=LONGEST_PART)
    return found
