"""What is refused about points, each with the sentence that says how to mend it."""

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


class NameMissing(Refused):
    """Whose account."""

    sentence = _("请填写户主或村民的姓名。")
    field = "name"


class AccountStands(Refused):
    """Everybody has one account."""

    sentence = _("同组已经有同名的积分户“%(name)s”;确是不同的,请在姓名后注明区别。")
    field = "name"
    status = 409


class AccountClosed(Refused):
    """It is not used any more."""

    sentence = _("积分户“%(name)s”已经注销,要用请先恢复。")
    status = 409


class AccountOpen(Refused):
    """There is nothing to restore."""

    sentence = _("积分户“%(name)s”没有注销。")
    status = 409


class AccountForgotten(Refused):
    """Its name is gone."""

    sentence = _("这个积分户注销已久,姓名已清除,不能恢复;请重新开户。")
    status = 409


class AccountUnknown(Refused):
    """Nobody is called so here."""

    sentence = _("没有找到“%(line)s”这一户,请写户号或姓名(可带组名),没有开户的先开户。")
    field = "accounts"


class AccountAmbiguous(Refused):
    """Several are called so."""

    sentence = _("“%(line)s”有几户同名(户号 %(numbers)s),请改写户号或带上组名。")
    field = "accounts"


class LineUnclear(Refused):
    """More than group, name and points."""

    sentence = _("“%(line)s”看不明白,请写成“组名 姓名 期初积分”,组名和期初积分可以不写。")
    field = "rows"


class LineDoubtful(Refused):
    """A number that counts a list, or an account's."""

    sentence = _("“%(line)s”分不清是序号还是户号,请一行一户,只写户号或姓名。")
    field = "accounts"


class AccountsMissing(Refused):
    """For whom."""

    sentence = _("请写至少一户,一行一户。")
    field = "accounts"


class LinesTooMany(Refused):
    """One page of a list."""

    sentence = _("一次最多登记500户,请分几次。")
    field = "accounts"


class ItemUnknown(Refused):
    """Not of the edition in force that day."""

    sentence = _("这个事项不在 %(day)s 启用的积分办法里,请重新选择事项或日期。")
    field = "item"


class TimesOutside(Refused):
    """How often it was done."""

    sentence = _("次数请填1到31之间的整数。")
    field = "times"


class ProofMissing(Refused):
    """What shows it."""

    sentence = _("请写明凭据,例如:签到表、活动记录、网格员现场核实。")
    field = "proof"


class ClaimStands(Refused):
    """One thing counts once."""

    sentence = _("“%(name)s”这一天的这个事项已经登记过,一天只记一次;做了几次的改次数。")
    field = "accounts"
    status = 409


class NobodyTicked(Refused):
    """Which ones."""

    sentence = _("请至少选一项。")
    field = "claims"


class ClaimMoved(Refused):
    """The claim is at another step."""

    sentence = _("这项积分现在是“%(state)s”,不能做这一步,请刷新页面查看。")
    status = 409


class PanelSize(Refused):
    """An odd number of three or more."""

    sentence = _("评议小组要有3人以上且为单数,现在是%(number)s人。")
    field = "jurors"


class JurorTwice(Refused):
    """Everybody judges once."""

    sentence = _("评议人“%(name)s”写了两次。")
    field = "jurors"


class NothingToReview(Refused):
    """No claim waits."""

    sentence = _("没有等待评议的积分,请先登记并初核。")
    status = 409


class ReviewMoved(Refused):
    """The review is at another step."""

    sentence = _("这次评议现在是“%(state)s”,不能做这一步,请刷新页面查看。")
    status = 409


class VotesOutside(Refused):
    """More than may judge."""

    sentence = _("“%(name)s”的同意票请填0到%(most)s之间的整数(本户的评议人回避)。")
    field = "votes"


class VotesMissing(Refused):
    """Every claim is voted on."""

    sentence = _("还有%(number)s项没有登记同意票,请先登记。")
    status = 409


class StillShown(Refused):
    """The list hangs out to its last day."""

    sentence = _("公示到 %(day)s 结束,之后才能入账。")
    field = "on"
    status = 409


class NotReversible(Refused):
    """An exchange is returned, a correction stands."""

    sentence = _("这一笔不能冲正:兑换请用“退回”,冲正本身不能再冲正。")
    status = 409


class LapsedSince(Refused):
    """It is gone already."""

    sentence = _("这一户%(year)s年的结余已经清零,请先冲正那次清零,再冲正这一笔,然后重新清零。")
    status = 409


class ReversedAlready(Refused):
    """Once."""

    sentence = _("这一笔已经冲正过。")
    status = 409


class SpentAlready(Refused):
    """What was exchanged cannot be taken back."""

    sentence = _("冲正后余额会低于零(现有%(balance)s分):积分已经兑换,请先办兑换退回。")
    status = 409


class BroughtAlready(Refused):
    """A beginning is once."""

    sentence = _("这一户的期初积分已经结转过,记错的先冲正再结转。")
    field = "points"
    status = 409


class BalanceOutside(Refused):
    """A number nobody has."""

    sentence = _("积分请填1到1000000之间的整数。")
    field = "points"


class CarriesOver(Refused):
    """Nothing lapses."""

    sentence = _("这个积分办法规定结余转入下年,不清零。")
    status = 409


class YearNotOver(Refused):
    """A year is cleared when it is over."""

    sentence = _("只能清零已经过完的年度。")
    field = "year"


class ReasonMissing(Refused):
    """Why."""

    sentence = _("请写明理由。")
    field = "reason"
