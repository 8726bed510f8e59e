"""What is refused about accounts, how they are named, and their ledger."""

from __future__ import annotations

from lianjian.foundation.errors import Refused, _


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
