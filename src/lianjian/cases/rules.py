"""How a case goes from hand to hand: states, moves, refusals, working time. Free of Django."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from lianjian.foundation.calendar import CHINA
from lianjian.foundation.errors import Refused, _

# Where a case can be. The words are those of 国办发〔2020〕53号 (accept, dispatch, handle, answer, close, call back).
STATES: Final[dict[str, str]] = {
    "registered": _("待派单"),
    "dispatched": _("待签收"),
    "signed": _("已签收"),
    "handling": _("办理中"),
    "answered": _("待企业确认"),
    "disputed": _("企业有异议"),
    "returned": _("已退回"),
    "parked": _("挂账"),
    "closed": _("已办结"),
    "withdrawn": _("已撤回"),
}
ENDED: Final = frozenset({"closed", "withdrawn"})
OPEN: Final = tuple(state for state in STATES if state not in ENDED)

# Who must act: the office that dispatches, the unit that handles, the firm that asked, nobody.
DESK, UNIT, ASKER, NOBODY = "desk", "unit", "asker", ""
HAND_OF: Final[dict[str, str]] = {
    "registered": DESK,
    "returned": DESK,
    "parked": DESK,
    "dispatched": UNIT,
    "signed": UNIT,
    "handling": UNIT,
    "disputed": UNIT,
    "answered": ASKER,
    "closed": NOBODY,
    "withdrawn": NOBODY,
}
HAND_NAMES: Final[dict[str, str]] = {DESK: _("派单"), UNIT: _("办理"), ASKER: _("企业")}

STEPS: Final = (_("登记"), _("派单"), _("签收"), _("办理"), _("反馈"), _("企业确认"), _("办结"))
_STEP_NOW: Final[dict[str, int]] = {
    "registered": 1,
    "returned": 1,
    "dispatched": 2,
    "signed": 3,
    "handling": 3,
    "parked": 3,
    "disputed": 3,
    "answered": 5,
    "closed": 7,
    "withdrawn": 7,
}


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that can be done with a case. `to` empty: the state stays. `word` is the story's word for it."""

    code: str
    label: str
    word: str
    sources: frozenset[str]
    to: str = ""


def _move(code: str, label: str, word: str, sources: str, to: str = "") -> tuple[str, Move]:
    return code, Move(code, label, word, frozenset(sources.split()), to)


MOVES: Final[dict[str, Move]] = dict(
    (
        _move("dispatch", _("派单"), _("派单"), "registered returned", "dispatched"),
        _move("redispatch", _("改派"), _("改派"), "dispatched signed handling disputed", "dispatched"),
        _move("sign", _("签收"), _("签收"), "dispatched", "signed"),
        _move("return", _("退回"), _("退回"), "dispatched signed", "returned"),
        _move("note", _("记办理情况"), _("办理"), "signed handling disputed", "handling"),
        _move("answer", _("反馈办理结果"), _("反馈"), "signed handling disputed", "answered"),
        _move("confirm", _("确认办结"), _("企业确认"), "answered", "closed"),
        _move("dispute", _("提出异议"), _("提出异议"), "answered", "disputed"),
        _move("close_silent", _("无回复办结"), _("无回复办结"), "answered", "closed"),
        _move("park", _("挂账"), _("挂账"), "handling disputed", "parked"),
        _move("resume", _("恢复办理"), _("恢复办理"), "parked", "handling"),
        _move("withdraw", _("撤回诉求"), _("撤回"), "registered returned dispatched signed handling parked", "withdrawn"),
        _move("urge", _("催办"), _("催办"), "registered returned dispatched signed handling disputed"),
        _move("ask_extension", _("申请延期"), _("申请延期"), "dispatched signed handling disputed"),
        _move("decide_extension", _("审批延期"), _("审批延期"), "dispatched signed handling disputed"),
    )
)
# The move that carries a case on, by state; its button is the main one.
NEXT: Final[dict[str, str]] = {
    "registered": "dispatch",
    "returned": "dispatch",
    "dispatched": "sign",
    "signed": "answer",
    "handling": "answer",
    "disputed": "answer",
    "answered": "confirm",
    "parked": "resume",
}

# The order of the quiet buttons: what is done often first.
QUIET: Final = (
    "decide_extension", "note", "ask_extension", "return", "dispute", "close_silent", "urge", "redispatch", "park",
    "resume", "withdraw",
)

# Kinds of duties: name, and the right that makes a duty given to a body one's own.
DUTIES: Final[dict[str, tuple[str, str]]] = {
    "cases.dispatch": (_("诉求派单"), "cases.dispatch"),
    "cases.sign": (_("诉求签收"), "cases.handle"),
    "cases.answer": (_("诉求反馈"), "cases.handle"),
    "cases.confirm": (_("确认办理结果"), "cases.confirm"),
    "cases.call_back": (_("回访企业"), "cases.confirm_for"),
    "cases.review": (_("挂账复查"), "cases.dispatch"),
    "cases.extension": (_("延期审批"), "cases.dispatch"),
}
MESSAGES: Final[dict[str, str]] = {
    "cases.registered": _("新诉求"),
    "cases.dispatched": _("派单"),
    "cases.returned": _("退单"),
    "cases.answered": _("反馈"),
    "cases.disputed": _("异议"),
    "cases.closed": _("办结"),
    "cases.withdrawn": _("撤回"),
    "cases.urged": _("催办"),
    "cases.extension_asked": _("延期申请"),
    "cases.extension_decided": _("延期审批"),
    "cases.parked": _("挂账"),
    "cases.progress": _("办理进展"),
}

SOURCES: Final[dict[str, str]] = {
    "visit": _("走访登记"),
    "desk": _("窗口登记"),
    "phone": _("来电"),
    "walk_in": _("来访"),
    "chat": _("微信群"),
    "online": _("企业自报"),
    "import": _("台账导入"),
}
URGENCIES: Final[dict[str, str]] = {"normal": _("一般"), "soon": _("较急"), "urgent": _("紧急")}
OUTCOMES: Final[dict[str, str]] = {"solved": _("已解决"), "explained": _("已解释说明"), "unsolved": _("未能解决")}
CLOSINGS: Final[dict[str, str]] = {
    "confirmed": _("企业确认"),
    "no_reply": _("企业未回复"),
    "by_import": _("台账记载"),
}
RATINGS: Final[dict[str, str]] = {"satisfied": _("满意"), "basically": _("基本满意"), "dissatisfied": _("不满意")}
RETURN_REASONS: Final[dict[str, str]] = {
    "not_ours": _("不属于本单位职责"),
    "other_place": _("不属于本辖区"),
    "unclear": _("诉求内容不清"),
    "duplicate": _("与在办诉求重复"),
}

LEDGER: Final = _("台账所列时限")
UNNAMED: Final = _("(未写明)")
ON_BEHALF: Final = _("回访代录:")
URGE_HOURS: Final = 24
MOST_RETURNS: Final = 1


class NotNow(Refused):
    """The move does not belong to the state the case is in."""

    sentence = _("诉求现在是“%(state)s”,不能%(move)s。")
    status = 409


class ChangedMeanwhile(Refused):
    """Two people acted at once, or the page was opened before somebody else acted."""

    sentence = _("这件诉求刚被别人处理过,您的操作没有保存。请刷新页面看最新情况。")
    status = 409


class ReasonNeeded(Refused):
    """A move that others must understand needs a reason in words."""

    sentence = _("请写明理由。")
    field = "reason"


class TextNeeded(Refused):
    """A need, a note and an answer have words."""

    sentence = _("请写明内容。")
    field = "text"


class SecondReturn(Refused):
    """A case is returned once; the second time the office decides by dispatching anew (R7.03)."""

    sentence = _("这件诉求已退回过一次,不能再退。请与派单的办公室协商改派。")
    status = 409


class ReasonUnknown(Refused):
    """Not one of the listed reasons for a return."""

    sentence = _("请从列出的理由中选择退回理由。")
    field = "reason_code"


class OwnerNeeded(Refused):
    """Who returns a case names who should have it."""

    sentence = _("请写明建议由哪个单位办理。")
    field = "proposed"


class SameHandler(Refused):
    """Dispatching anew means another unit."""

    sentence = _("已经派给这个单位了,请另选一个单位。")
    field = "handler"


class ForeignHandler(Refused):
    """The unit belongs to another place, which does not see this case."""

    sentence = _("“%(name)s”属于其他地区,看不到这件诉求,不能派给它。")
    field = "handler"


class TooEarly(Refused):
    """The firm still has time to reply."""

    sentence = _("企业可在 %(day)s 之前回复,过了这一天才能按无回复办结。")
    status = 409


class UrgedAlready(Refused):
    """One urging a day."""

    sentence = _("一天内已经催办过,承办单位已收到。")
    status = 409


class TooLateToExtend(Refused):
    """An extension is asked for before the limit."""

    sentence = _("办理时限已过,不能再申请延期。")
    status = 409


class ExtensionPending(Refused):
    """One request at a time."""

    sentence = _("已有一份延期申请等待审批。")
    status = 409


class NoExtension(Refused):
    """Nothing to decide."""

    sentence = _("没有等待审批的延期申请。")
    status = 409


class OneOwnDecision(Refused):
    """Nobody decides on his own request."""

    sentence = _("不能审批自己提出的延期申请。")
    status = 403


class OutcomeUnknown(Refused):
    """Not one of the outcomes an answer can have."""

    sentence = _("请选择办理结果。")
    field = "outcome"


class CallBackNeeded(Refused):
    """Who speaks for the firm says how the firm was asked."""

    sentence = _("代企业确认要写明回访情况:何时、向谁、怎么说的。")
    field = "reason"


class GroundNeeded(Refused):
    """A decision has its ground."""

    sentence = _("请写明审批意见。")
    field = "ground"


class ReviewTooEarly(Refused):
    """A parked case is looked at again on a later day."""

    sentence = _("复查日期要晚于登记日期。")
    field = "review_on"


class Daysless(Refused):
    """An extension is a number of working days."""

    sentence = _("请填延长的工作日数,1 到 60 之间。")
    field = "days"


def check_move(code: str, state: str) -> Move:
    """The move, if it may be made in `state`. Raises `NotNow`."""
    move = MOVES[code]
    if state not in move.sources:
        from lianjian.foundation.errors import translate

        raise NotNow(state=translate(STATES[state]), move=translate(move.label))
    return move


def moves_from(state: str) -> tuple[str, ...]:
    """Codes of the moves that the state allows, whoever makes them."""
    return tuple(code for code, move in MOVES.items() if state in move.sources)


def steps(state: str) -> tuple[tuple[str, str], ...]:
    """The step line: (label, done | now | todo)."""
    at = _STEP_NOW[state]
    return tuple(
        (label, "done" if number < at else "now" if number == at else "todo") for number, label in enumerate(STEPS)
    )


# Working time: how long a case lay in a hand counts office hours of working days only.
OFFICE_HOURS: Final = ((time(8, 30), time(12, 0)), (time(14, 0), time(17, 30)))
SECONDS_A_DAY: Final = 7 * 3600


def worked_seconds(start: datetime, end: datetime, is_working: Callable[[date], bool]) -> int:
    """Office seconds from `start` to `end` (aware), whole seconds, so that neighbouring spans add up exactly.

    `is_working` says whether people are at work on a day (China). Negative spans count 0.
    """
    a, b = _china(start), _china(end)
    if b <= a:
        return 0
    if a.date() == b.date():
        return _till(b) - _till(a) if is_working(a.date()) else 0
    total = SECONDS_A_DAY - _till(a) if is_working(a.date()) else 0
    day = a.date() + timedelta(days=1)
    while day < b.date():
        total += SECONDS_A_DAY if is_working(day) else 0
        day += timedelta(days=1)
    return total + (_till(b) if is_working(b.date()) else 0)


def _china(moment: datetime) -> datetime:
    return moment.astimezone(CHINA).replace(microsecond=0)


def _till(moment: datetime) -> int:
    """Office seconds of its day that lie before `moment`."""
    now = moment.hour * 3600 + moment.minute * 60 + moment.second
    total = 0
    for start, end in OFFICE_HOURS:
        first, last = start.hour * 3600 + start.minute * 60, end.hour * 3600 + end.minute * 60
        total += min(max(now - first, 0), last - first)
    return total


# What ledgers write, and what it means here.
_STATE_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "closed": ("已解决", "已办结", "办结", "已完成", "完成", "解决", "已落实", "是", "√", "y"),
    "parked": ("挂账", "长期推进", "暂缓"),
    "withdrawn": ("撤回", "已撤回", "取消"),
    "registered": ("未办理", "待派单", "已登记", "未派单"),
    "handling": ("推进中", "办理中", "正在办理", "正在推进", "未解决", "未办结", "进行中", "对接中", "否"),
}
_BY_WORD: Final = {word: state for state, words in _STATE_WORDS.items() for word in words}
_SOURCE_WORDS: Final = {
    "走访": "visit",
    "来电": "phone",
    "电话": "phone",
    "来访": "walk_in",
    "上门": "walk_in",
    "微信群": "chat",
    "微信": "chat",
    "窗口": "desk",
    "企业自报": "online",
}
_RATING_WORDS: Final = {label: code for code, label in RATINGS.items()} | {"较满意": "basically", "非常满意": "satisfied"}


def state_of(text: str, *, has_end: bool) -> str:
    """State meant by a ledger's word; no word: closed with an end date, else in work. Empty: not understood."""
    word = text.strip().casefold()
    if not word:
        return "closed" if has_end else "handling"
    return _BY_WORD.get(word, "")


def source_of(text: str) -> str:
    """Source meant by a ledger's word; `import` when it says nothing known."""
    return _SOURCE_WORDS.get(text.strip(), "import")


def rating_of(text: str) -> str:
    """Rating meant by a ledger's word, empty when none."""
    return _RATING_WORDS.get(text.strip(), "")
