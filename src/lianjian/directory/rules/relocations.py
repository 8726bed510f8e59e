"""What is refused when a village moves to a settlement, and when a cadre is posted to a village."""

from __future__ import annotations

from typing import Final

from lianjian.foundation.errors import Refused, _

FROM: Final = "village"
INTO: Final = ("settlement", "village")
# Given by a verb of its own, never by hand.
ROLE_WORDS: Final = {"posted": _("驻村干部")}


class NotAVillage(Refused):
    """Villages are moved, and villages are helped."""

    sentence = _("“%(name)s”不是村(社区)。")
    field = "village"


class NotASettlement(Refused):
    """People move to a settlement or into another village."""

    sentence = _("“%(name)s”不是安置点,也不是村(社区)。安置点请先在组织机构里按“安置点”登记。")
    field = "settlement"


class SamePlace(Refused):
    """One moves elsewhere."""

    sentence = _("搬出的村和安置点不能是同一个。")
    field = "settlement"


class HouseholdsWrong(Refused):
    """A household has at least one resident."""

    sentence = _("户数至少是1,人数不能少于户数。")
    field = "residents"


class RelocationExists(Refused):
    """One row for one step."""

    sentence = _("这个村同一天搬到同一安置点的已经登记。有出入的请先撤回那一条。")
    field = "since"
    status = 409


class PostedElsewhere(Refused):
    """A cadre lives in one village at a time."""

    sentence = _("%(name)s在这段时间已派驻“%(village)s”(%(since)s起),请先结束那一次。")
    field = "since"
    status = 409


class PostedMeanwhile(Refused):
    """Two clerks at once."""

    sentence = _("这名干部在这段时间已派驻别的村,请刷新后再办理。")
    field = "since"
    status = 409


class SenderIsVillage(Refused):
    """The body that posts is not the village itself."""

    sentence = _("派出单位不能是派驻的村本身。")
    field = "sent_by"
