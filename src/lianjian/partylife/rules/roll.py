"""What a list of members in a spreadsheet leaves to a person. What the page refuses, the sheet refuses in its words."""

from __future__ import annotations

from lianjian.foundation.errors import Refused, _


class BranchElsewhere(Refused):
    """The members of another place come from that place."""

    sentence = _("“%(name)s”不属于本地区,请由它所在的地区导入。")
    field = "branch"


class AtHomeElsewhere(Refused):
    """教育管理条例 art. 25: who belongs to another branch moves by a letter; a sheet moves nobody."""

    sentence = _("“%(name)s”的组织关系现在“%(branch)s”。表格不转移组织关系,请在其党员记录里办理转接。")
    field = "branch"
    status = 409


class LeftBefore(Refused):
    """Who left enters again by a person's decision, not by an old list."""

    sentence = _("“%(name)s”已于%(day)s离开“%(branch)s”。表格不重新编入,请在其党员记录里办理。")
    field = "branch"
    status = 409


class SeveralNamesakes(Refused):
    """A name and a day that fit several, or none of several."""

    sentence = _("本支部有不止一名“%(name)s”,看不出是哪一位,请在党员记录里修改。")
    field = "name"


class FullDayMissing(Refused):
    """Without the day a full member would be kept as one on probation, without a vote."""

    sentence = _("写明是正式党员,请填写转正日期;没有日期就会按预备党员登记。")
    field = "full_on"


class NotOnProbation(Refused):
    """The words and the day contradict each other."""

    sentence = _("写明是预备党员,却已有转正日期,请核对。")
    field = "standing"


class TwiceInSheet(Refused):
    """The same member on two lines."""

    sentence = _("与第%(row)s行是同一名党员,只登记一次;确有同名的另一人,请在支部页面编入。")
    field = "name"


class Namesake(Refused):
    """Another member of this name, who joined on another day."""

    sentence = _("“%(branch)s”另有一名“%(name)s”(%(day)s入党),按两个人登记,请核对。")
    field = "name"


class SameName(Refused):
    """Somebody in the register bears the name; whether it is the same person only a person knows."""

    sentence = _("人员名册里已有一名“%(name)s”,按另一个人登记;是同一个人的,请去掉这一行再导入,在支部页面编入。")
    field = "name"


class FoundElsewhere(Refused):
    """A found member whose home was written down as another branch."""

    sentence = _("“%(name)s”在双找中登记的组织关系在“%(branch)s”,请核对是否已转入本支部。")
    field = "branch"


class NoDayOfEntry(Refused):
    """A line without the day of entering the branch."""

    sentence = _("没有写编入本支部的日期,暂按入党日期登记;在别处入党后转来的,请补写日期再导入一次。")
    field = "since"


class NoDaysOfEntry(Refused):
    """A whole sheet without these days: told once."""

    sentence = _("%(count)s行没有写编入本支部的日期,暂按入党日期登记;在别处入党后转来的,请补写日期再导入一次。")
    field = "since"


class LongOnProbation(Refused):
    """Longer a member than a probation with its longest extension lasts, and no day of turning full."""

    sentence = _("没有写转正日期,按预备党员登记;预备期连同延长最迟到%(day)s,已转正的请补写日期再导入一次。")
    field = "full_on"


class SeveralBearers(Refused):
    """A name that several people of the register bear, given without saying which."""

    sentence = _("有同名的人,请指明是哪一位,或注明是同名的另一个人。")
    field = "name"
    status = 409
