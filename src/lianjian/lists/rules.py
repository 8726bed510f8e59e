"""Kinds of items, who may see them, the protocol of a claim, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from lianjian.foundation.errors import Refused, _

from .matching.refused import MATCHED as MATCHED
from .matching.refused import RULED_OUT as RULED_OUT
from .matching.refused import JudgedAlready as JudgedAlready
from .matching.refused import NotMatched as NotMatched
from .matching.refused import SynonymExists as SynonymExists
from .matching.refused import SynonymOfItself as SynonymOfItself
from .matching.refused import WeightOutOfRange as WeightOutOfRange

NEED: Final = "need"
KINDS: Final = {
    NEED: _("需求清单"),
    "resource": _("资源清单"),
    "project": _("项目清单"),
    "activity": _("活动清单"),
}
VISIBILITY: Final = {
    "alliance": _("联盟内"),
    "town": _("本地区"),
    "county": _("全县"),
    "public": _("公开"),
}
REACHES: Final = {"county": _("全县"), "town": _("本地区")}
OPEN, CLOSED, WITHDRAWN = "open", "closed", "withdrawn"
STATES: Final = {OPEN: _("发布中"), CLOSED: _("已结束"), WITHDRAWN: _("已撤回")}
EXPIRED: Final = _("已过期")
SOURCES: Final = {"own": _("单位发布"), "case": _("由诉求发布"), "visit": _("走访"), "import": _("表格导入")}

PROPOSED, AGREED, REFUSED, TAKEN_BACK, FULFILLED = "proposed", "agreed", "refused", "taken_back", "fulfilled"
CLAIM_STATES: Final = {
    PROPOSED: _("待确认"),
    AGREED: _("已确认"),
    FULFILLED: _("已完成"),
    REFUSED: _("未同意"),
    TAKEN_BACK: _("已取消"),
}
TONES: Final = {PROPOSED: "due", AGREED: "info", FULFILLED: "done", REFUSED: "neutral", TAKEN_BACK: "paused"}
OWNER, CLAIMANT = "owner", "claimant"
SIDES: Final = {OWNER: _("发布方"), CLAIMANT: _("对接方")}
RATINGS: Final = {5: _("很满意"), 4: _("满意"), 3: _("还可以"), 2: _("不满意"), 1: _("很不满意")}
OUTCOMES: Final = {
    "money": (_("资金"), "元"),
    "jobs": (_("用工"), "人"),
    "land": (_("用地"), "亩"),
    "goods": (_("物资或服务"), ""),
}
MESSAGES: Final = {
    "lists.proposed": _("对接待确认"),
    "lists.agree": _("对接已确认"),
    "lists.refuse": _("对接未同意"),
    "lists.take_back": _("对接已取消"),
    "lists.fulfil": _("对接已完成"),
    "lists.rate": _("对接收到评价"),
}
SMALLEST: Final = Decimal("0.01")
LARGEST: Final = Decimal("9999999999.99")
ENDED_WORDS: Final = _("这一项已经结束。")
TITLES: Final = {
    "proposed": _("对接待确认:%(item)s"),
    "agree": _("对接已确认:%(item)s"),
    "refuse": _("对接未同意:%(item)s"),
    "take_back": _("对接已取消:%(item)s"),
    "fulfil": _("对接已完成:%(item)s"),
    "rate": _("对接收到评价:%(item)s"),
}


class Act(NamedTuple):
    """One move of a claim: from which state to which, and whose move it is.

    `by`: the side that did not propose ("other"), the one that did ("proposer"), the one that asked for something
    ("asking"), or "either". The database holds the same table (migration 0002) and has the last word.
    """

    code: str
    name: str
    sources: tuple[str, ...]
    target: str
    by: str


ACTS: Final = {
    act.code: act
    for act in (
        Act("agree", _("同意"), (PROPOSED,), AGREED, "other"),
        Act("refuse", _("不同意"), (PROPOSED,), REFUSED, "other"),
        Act("take_back", _("撤销对接"), (PROPOSED, AGREED), TAKEN_BACK, "either"),
        Act("fulfil", _("标记为已完成"), (AGREED,), FULFILLED, "either"),
        Act("rate", _("评价"), (FULFILLED,), FULFILLED, "asking"),
    )
}


def other(side: str) -> str:
    """The other side."""
    return CLAIMANT if side == OWNER else OWNER


def asking_side(kind: str) -> str:
    """Who asks for something: the owner of a need, the claimant of everything else."""
    return OWNER if kind == NEED else CLAIMANT


def sides_of(act: Act, state: str, proposed_by: str, kind: str) -> frozenset[str]:
    """The sides whose move it is in this state; none where it is nobody's."""
    if state not in act.sources:
        return frozenset()
    if act.by == "other":
        return frozenset({other(proposed_by)})
    if act.by == "asking":
        return frozenset({asking_side(kind)})
    # What is only proposed is taken back by who proposed it: the other side refuses.
    if act.code == "take_back" and state == PROPOSED:
        return frozenset({proposed_by})
    return frozenset({OWNER, CLAIMANT})


def shown(amount: Decimal | None, unit: str = "") -> str:
    """A quantity without idle zeros: 100吨, 1.5公里; nothing for none."""
    if amount is None:
        return ""
    whole = amount.quantize(Decimal(1)) if amount == amount.to_integral() else amount.normalize()
    return f"{whole}{unit}"


class NeedThroughCases(Refused):
    """A need is a case first: figures of needs count cases."""

    sentence = _("需求请先登记为诉求再发布,这样编号、时限和办理情况只有一份。")
    field = "kind"


class TitleNeeded(Refused):
    """An item says what it is."""

    sentence = _("请写明名称。")
    field = "title"


class AllianceNeeded(Refused):
    """Seen within an alliance: within which?"""

    sentence = _("只给联盟看的,请选择联盟,发布单位必须是它现在的成员。")
    field = "alliance"


class PublicByOffice(Refused):
    """What the whole world reads is let out by the office."""

    sentence = _("对社会公开由乡镇办公室发布。请先选“全县”,再请办公室改为公开。")
    field = "visibility"
    status = 403


class VenueOfAnother(Refused):
    """Who offers a venue answers for it."""

    sentence = _("“%(name)s”由“%(body)s”管理,只有管理单位和共用单位可以发布;请先在阵地页面登记为共用单位。")
    field = "venue"


class ItemExpired(Refused):
    """Figures of past days would change if it came back to life."""

    sentence = _("这一项已经过期,不能再修改;请重新发布一条。")
    status = 409


class VisitOfAnother(Refused):
    """What comes of a visit is the visited body's."""

    sentence = _("这次走访的不是这个单位,请选择被走访的单位。")
    field = "organization"


class DaysTurned(Refused):
    """The last day lies before the first."""

    sentence = _("结束日期不能早于开始日期。")
    field = "until"


class OverAlready(Refused):
    """An item that is over on the day it is published."""

    sentence = _("截止日期已经过去,请改为今天或以后。")
    field = "expires_on"


class BodyIsOver(Refused):
    """A body that is dissolved or merged publishes and claims nothing."""

    sentence = _("“%(name)s”已撤销或并入其他记录,不能再发布或对接。")
    field = "organization"


class ClaimsOpen(Refused):
    """Merged, they would have claimed twice, or from themselves."""

    sentence = _("“%(winner)s”和“%(loser)s”在四张清单里对同一项或互相有没办结的对接,请先办结或取消,再合并。")
    field = "other"
    status = 409


class NotOffered(Refused):
    """It is closed, withdrawn or over its day."""

    sentence = _("这一项已经结束、撤回或过期,不能再对接。")
    status = 409


class OwnItem(Refused):
    """Nobody claims what is his own."""

    sentence = _("不能对接自己单位发布的。")
    field = "organization"


class AlreadyProposed(Refused):
    """One open claim of a body on an item."""

    sentence = _("该单位对这一项已有待确认或已确认的对接。")
    field = "organization"
    status = 409


class AmountPositive(Refused):
    """A part of what there is."""

    sentence = _("数量必须大于0,最多两位小数。")
    field = "amount"


class NotEnough(Refused):
    """What there is has been promised to others."""

    sentence = _("剩余的数量不够。请减少数量,或等别的对接取消后再办。")
    field = "amount"
    status = 409


class DaysTaken(Refused):
    """A venue is used by one at a time."""

    sentence = _("这几天已经有人预订,请换日期。")
    field = "since"
    status = 409


class DaysNeeded(Refused):
    """A venue is booked for days."""

    sentence = _("按天使用的场地设施,请写明使用的起止日期。")
    field = "since"


class TimePast(Refused):
    """It was there up to a day that is over."""

    sentence = _("可用时间到%(until)s为止,已经过了;发布单位改了时间才能对接。")
    status = 409


class DaysOutside(Refused):
    """It is not there on those days."""

    sentence = _("日期要在可用期内(%(since)s 至 %(until)s),并且不早于今天。")
    field = "since"


class NotYours(Refused):
    """The side that proposed has said yes already; the other one answers."""

    sentence = _("这一步由另一方单位办理。")
    status = 403


class NotNow(Refused):
    """The claim is in another state, perhaps since a moment ago."""

    sentence = _("这次对接的状态已经变了,不能这样办理,请刷新后再看。")
    status = 409


class RatedAlready(Refused):
    """One rating of a claim."""

    sentence = _("已经评价过了。")
    field = "rating"
    status = 409


class RatingUnknown(Refused):
    """One of five."""

    sentence = _("请从五档里选一档。")
    field = "rating"


class ReasonNeeded(Refused):
    """Who says no says why."""

    sentence = _("请写明原因。")
    field = "words"


class OutcomeDay(Refused):
    """It came after both agreed, and has come."""

    sentence = _("成效的日期要在双方确认之后、今天以前。")
    field = "on"


class WholePersons(Refused):
    """Jobs are persons."""

    sentence = _("用工按整数填写人数。")
    field = "amount"


class OutcomeAlready(Refused):
    """What both sides tell would count twice."""

    sentence = _("另一方已经登记过这一种成效,不再重复登记;有出入的请对方撤销后重填。")
    field = "kind"
    status = 409


class OutcomeTooEarly(Refused):
    """Before both agreed, nothing can have come of it."""

    sentence = _("双方确认以后才能登记成效。")
    status = 409


class UnitNeeded(Refused):
    """A quantity of goods without a unit says nothing."""

    sentence = _("请写明单位,例如 吨、台、次。")
    field = "unit"


class CapacityBelow(Refused):
    """More is promised already."""

    sentence = _("已确认的对接超过这个数量,不能改小。")
    field = "capacity"
    status = 409


class BookedByDay(Refused):
    """What was claimed was claimed in this way and unit."""

    sentence = _("已有对接,不能再改计量单位、是否按天使用和是否归还;请结束这一项,另发一条。")
    field = "unit"
    status = 409


class NothingToIssue(Refused):
    """An edition of nothing."""

    sentence = _("现在没有可以编入这一期的条目。")


class EditionExists(Refused):
    """One edition of a name."""

    sentence = _("这一期已经发过了,请换一个期号。")
    field = "title"
    status = 409
