"""What is refused about schemes and what gives points, and what any step may lack."""

from __future__ import annotations

from lianjian.foundation.errors import Refused, _


class SchemeStands(Refused):
    """A body has one of a name."""

    sentence = _("这个单位已经有同名的积分办法,请换一个名称或修改原来的。")
    field = "name"
    status = 409


class SchemeEnded(Refused):
    """Nothing is gathered any more."""

    sentence = _("这个积分办法已经停止,不能再登记积分;已有的积分还可以兑换。")
    status = 409


class SchemeStanding(Refused):
    """There is nothing to resume."""

    sentence = _("这个积分办法没有停止。")
    status = 409


class SchemeNameMissing(Refused):
    """What it is called."""

    sentence = _("请填写名称,例如:积分超市。")
    field = "name"


class UnitUnknown(Refused):
    """By household or by person."""

    sentence = _("请选择按户还是按人积分。")
    field = "unit"


class PeriodUnknown(Refused):
    """Not a calendar period."""

    sentence = _("请选择每月、每季度、每半年或每年兑换。")
    field = "per"


class DaysOutside(Refused):
    """How long a list is shown."""

    sentence = _("公示天数请填1到60之间的整数。")
    field = "show_days"


class ItemsMissing(Refused):
    """What gives points."""

    sentence = _("请写出积分事项,一行一项,先写事项后写分值,例如:参加卫生清整 2。")
    field = "items"


class ItemsTooMany(Refused):
    """More than a board holds."""

    sentence = _("积分事项最多60项,请合并后再填。")
    field = "items"


class ItemUnclear(Refused):
    """A line without words or without points."""

    sentence = _("“%(line)s”看不出事项和分值,请写成“参加卫生清整 2”这样。")
    field = "items"


class ItemTakesAway(Refused):
    """Points are given, not taken."""

    sentence = _("“%(line)s”是扣分。这里只加分,不设扣分项;记错的用冲正更正。")
    field = "items"


class ItemPointsOutside(Refused):
    """A value nobody means."""

    sentence = _("“%(line)s”的分值请填1到1000之间的整数。")
    field = "items"


class ItemTwice(Refused):
    """One value for one thing."""

    sentence = _("事项“%(name)s”写了两次,请只留一行。")
    field = "items"


class ItemTooLong(Refused):
    """One line of a board."""

    sentence = _("“%(line)s”太长,一项最多60个字。")
    field = "items"


class DocumentMissing(Refused):
    """What it rests on."""

    sentence = _("请写明依据:会议记录、公示或文件的名称或文号。")
    field = "document"


class PublishedBeforeDecided(Refused):
    """Decided, then published."""

    sentence = _("公布日期不能早于会议通过的日期 %(day)s。")
    field = "published_on"


class UsedBeforePublished(Refused):
    """Published before use."""

    sentence = _("启用日期不能早于公布日期 %(day)s,积分办法先公布后启用。")
    field = "starts_on"


class EditionOlder(Refused):
    """A later edition follows an earlier one."""

    sentence = _("启用日期要晚于上一版的启用日期 %(day)s。")
    field = "starts_on"


class EditionTooLate(Refused):
    """What counts by another edition already."""

    sentence = _("%(day)s 的积分已经按现在的分值登记,启用日期要晚于这一天(或先撤回那些登记)。")
    field = "starts_on"


class EditionUsed(Refused):
    """Claims rest on it."""

    sentence = _("已经有积分按这一版登记,不能撤回;要改分值请公布新的一版。")
    status = 409


class EditionWithdrawn(Refused):
    """It never held."""

    sentence = _("这一版已经撤回。")
    status = 409


class NoEdition(Refused):
    """Nothing was in force."""

    sentence = _("%(day)s 还没有启用积分办法,请先把村里通过并公布的积分事项登记进来。")
    field = "on"


class NotItsMeeting(Refused):
    """Who decides, meets."""

    sentence = _("请选择本单位自己召集、没有取消的会议或活动。")
    field = "meeting"


class DecidedElsewhen(Refused):
    """A meeting decides on its own day."""

    sentence = _("通过办法的会议要在通过日期当天或以前已经召开。")
    field = "meeting"


class FutureDay(Refused):
    """What has not happened is not recorded."""

    sentence = _("日期不能晚于今天。")


class DayBefore(Refused):
    """Nothing comes before what it rests on."""

    sentence = _("日期不能早于 %(day)s。")


class ReasonMissing(Refused):
    """Why."""

    sentence = _("请写明理由。")
    field = "reason"
