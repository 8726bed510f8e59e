"""States, moves and the tables of words of a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lianjian.foundation.errors import _, translate

from .refusals import NotNow

# Where a case can be. The words are those of 国办发〔2020〕53号 (accept, dispatch, handle, answer, close, call back).
STATES: Final[dict[str, str]] = {
    "registered": _("待派单"),
    "dispatched": _("待签收"),
    "signed": _("已签收"),
    "handling": _("办理中"),
    "vetting": _("结果待复核"),
    "answered": _("待确认"),
    "disputed": _("有异议"),
    "returned": _("已退回"),
    "objected": _("待裁定"),
    "parked": _("挂账"),
    "closed": _("已办结"),
    "withdrawn": _("已撤回"),
    "declined": _("不予受理"),
    "merged": _("已并案"),
}
ENDED_ORDER: Final = ("closed", "withdrawn", "declined", "merged")
ENDED: Final = frozenset(ENDED_ORDER)
# Not among what figures count: taken back, or counted with the case it was merged into.
UNCOUNTED: Final = ("withdrawn", "merged")
OPEN: Final = tuple(state for state in STATES if state not in ENDED)

# Who must act: the office that dispatches, the unit that handles, who rules on a second refusal, who asked, nobody.
DESK, UNIT, JUDGE, ASKER, NOBODY = "desk", "unit", "judge", "asker", ""
HAND_OF: Final[dict[str, str]] = {
    "registered": DESK,
    "returned": DESK,
    "parked": DESK,
    "vetting": DESK,
    "objected": JUDGE,
    "dispatched": UNIT,
    "signed": UNIT,
    "handling": UNIT,
    "disputed": UNIT,
    "answered": ASKER,
    "closed": NOBODY,
    "withdrawn": NOBODY,
    "declined": NOBODY,
    "merged": NOBODY,
}
HAND_NAMES: Final[dict[str, str]] = {
    DESK: _("派单"),
    UNIT: _("办理"),
    JUDGE: _("裁定"),
    ASKER: _("诉求人"),
}

STEPS: Final = (_("登记"), _("派单"), _("签收"), _("办理"), _("反馈"), _("确认"), _("办结"))
_STEP_NOW: Final[dict[str, int]] = {
    "registered": 1,
    "returned": 1,
    "dispatched": 2,
    "signed": 3,
    "handling": 3,
    "parked": 3,
    "disputed": 3,
    "objected": 2,
    "vetting": 4,
    "answered": 5,
    "closed": 7,
    "withdrawn": 7,
    "declined": 7,
    "merged": 7,
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


_BEFORE_ANSWER: Final = "registered returned objected dispatched signed handling disputed parked"

MOVES: Final[dict[str, Move]] = dict(
    (
        _move("dispatch", _("派单"), _("派单"), "registered returned", "dispatched"),
        _move("redispatch", _("改派"), _("改派"), "dispatched signed handling disputed", "dispatched"),
        _move("sign", _("签收"), _("签收"), "dispatched", "signed"),
        _move("recuse", _("回避"), _("回避"), "signed handling disputed", "dispatched"),
        _move("return", _("退回"), _("退回"), "dispatched signed", "returned"),
        _move("object", _("再次退回"), _("再次退回"), "dispatched signed", "objected"),
        _move("rule", _("裁定"), _("裁定"), "objected", "dispatched"),
        _move("recall", _("收回"), _("收回"), "dispatched signed handling disputed", "registered"),
        _move("decline", _("不予受理"), _("不予受理"), "registered returned", "declined"),
        _move("note", _("记办理情况"), _("办理"), "signed handling disputed", "handling"),
        _move("supplement", _("补充说明"), _("诉求人补充"), f"{_BEFORE_ANSWER} vetting answered"),
        _move("answer", _("反馈办理结果"), _("反馈"), "signed handling disputed", "answered"),
        _move("answer_impossible", _("报请复核"), _("报请复核"), "signed handling disputed", "vetting"),
        _move("vet", _("复核结果"), _("复核通过"), "vetting", "answered"),
        _move("vet_back", _("复核结果"), _("复核未通过"), "vetting", "handling"),
        _move("confirm", _("确认办结"), _("确认"), "answered", "closed"),
        _move("dispute", _("提出异议"), _("提出异议"), "answered", "disputed"),
        _move("reopen", _("重新办理"), _("重新办理"), "closed", "handling"),
        _move("hear", _("听证结论"), _("听证结论"), "dispatched signed handling disputed answered parked", "closed"),
        _move("close_silent", _("无回复办结"), _("无回复办结"), "answered", "closed"),
        _move("park", _("挂账"), _("挂账"), "handling disputed", "parked"),
        _move("resume", _("恢复办理"), _("恢复办理"), "parked", "handling"),
        _move(
            "withdraw",
            _("撤回诉求"),
            _("撤回"),
            "registered returned objected dispatched signed handling vetting parked",
            "withdrawn",
        ),
        _move("merge", _("并案"), _("并案"), "registered returned dispatched signed handling", "merged"),
        _move("unmerge", _("取消并案"), _("取消并案"), "merged", "registered"),
        _move("split", _("拆分"), _("拆分"), f"{_BEFORE_ANSWER}"),
        _move("reword", _("修改公开表述"), _("修改公开表述"), f"{_BEFORE_ANSWER} answered"),
        _move("offer", _("请其他单位办理"), _("请其他单位办理"), "dispatched signed handling disputed"),
        _move("accept", _("接受"), _("接受"), "dispatched signed handling disputed"),
        _move("refuse", _("不接受"), _("不接受"), "dispatched signed handling disputed"),
        _move("hand_back", _("交回"), _("交回"), "signed handling disputed"),
        _move("revoke", _("撤销"), _("撤销"), "dispatched signed handling disputed"),
        _move(
            "urge", _("催办"), _("催办"), "registered returned objected dispatched signed handling disputed"
        ),
        _move("ask_extension", _("申请延期"), _("申请延期"), "dispatched signed handling disputed"),
        _move("decide_extension", _("审批延期"), _("审批延期"), "dispatched signed handling disputed"),
        _move("ask_pause", _("申请暂停计时"), _("申请暂停计时"), "signed handling disputed"),
        _move("decide_pause", _("审批暂停计时"), _("审批暂停计时"), "signed handling disputed"),
        _move("end_pause", _("恢复计时"), _("恢复计时"), "signed handling disputed"),
        _move("supervise", _("督办"), _("督办"), f"{_BEFORE_ANSWER} vetting"),
        _move("raise_tier", _("上报上一级"), _("上报上一级"), f"{_BEFORE_ANSWER}", "registered"),
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
    "objected": "rule",
    "vetting": "vet",
}

# The order of the quiet buttons: what is done often first.
QUIET: Final = (
    "decide_extension",
    "decide_pause",
    "note",
    "ask_extension",
    "return",
    "recuse",
    "raise_tier",
    "supervise",
    "dispute",
    "supplement",
    "close_silent",
    "offer",
    "urge",
    "redispatch",
    "recall",
    "reword",
    "split",
    "merge",
    "decline",
    "ask_pause",
    "end_pause",
    "park",
    "resume",
    "reopen",
    "unmerge",
    "withdraw",
)

# Kinds of duties: name, and the right that makes a duty given to a body one's own.
DUTIES: Final[dict[str, tuple[str, str]]] = {
    "cases.dispatch": (_("诉求派单"), "cases.dispatch"),
    "cases.sign": (_("诉求签收"), "cases.handle"),
    "cases.answer": (_("诉求反馈"), "cases.handle"),
    "cases.rule": (_("退单裁定"), "cases.rule"),
    "cases.vet": (_("办理结果复核"), "cases.dispatch"),
    "cases.handover": (_("协办转办接单"), "cases.handle"),
    "cases.co_answer": (_("协办反馈"), "cases.handle"),
    "cases.confirm": (_("确认办理结果"), "cases.confirm"),
    "cases.call_back": (_("回访企业"), "cases.confirm_for"),
    "cases.review": (_("挂账复查"), "cases.dispatch"),
    "cases.court": (_("提醒申请司法确认"), "cases.handle"),
    "cases.extension": (_("延期审批"), "cases.dispatch"),
    "cases.extension_head": (_("延期审批(负责人)"), "cases.rule"),
    "cases.pause": (_("暂停计时审批"), "cases.dispatch"),
    "cases.supervise": (_("督办"), "cases.dispatch"),
    "cases.supervise_head": (_("督办(负责人)"), "cases.rule"),
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
    "cases.pause_asked": _("暂停计时申请"),
    "cases.pause_decided": _("暂停计时审批"),
    "cases.escalated": _("升级提醒"),
    "cases.supervised": _("督办"),
    "cases.raised": _("上报"),
    "cases.parked": _("挂账"),
    "cases.progress": _("办理进展"),
    "cases.supplemented": _("补充说明"),
    "cases.objected": _("再次退单"),
    "cases.ruled": _("裁定"),
    "cases.vetting": _("结果复核"),
    "cases.reopened": _("重新办理"),
    "cases.offered": _("协办转办"),
    "cases.declined": _("不予受理"),
    "cases.merged": _("并案"),
    "cases.recalled": _("收回"),
}

SOURCES: Final[dict[str, str]] = {
    "visit": _("走访登记"),
    "desk": _("窗口登记"),
    "phone": _("来电"),
    "walk_in": _("来访"),
    "chat": _("微信群"),
    "online": _("企业自报"),
    "public": _("公开渠道提交"),
    "system": _("其他系统转入"),
    "import": _("台账导入"),
}
URGENCIES: Final[dict[str, str]] = {"normal": _("一般"), "soon": _("较急"), "urgent": _("紧急")}
OUTCOMES: Final[dict[str, str]] = {
    "solved": _("已解决"),
    "explained": _("已解释说明"),
    "unsolved": _("客观条件所限未能解决"),
}
# Who answers so needs a second person: the case goes to the office before it goes to who asked.
BY_TWO: Final = frozenset({"unsolved"})
CLOSINGS: Final[dict[str, str]] = {
    "confirmed": _("诉求人确认"),
    "no_reply": _("诉求人未回复"),
    "by_import": _("台账记载"),
    "hearing": _("听证结论"),
}
RATINGS: Final[dict[str, str]] = {
    "satisfied": _("满意"),
    "basically": _("基本满意"),
    "dissatisfied": _("不满意"),
}
# How somebody was asked afterwards, and what they say.
CALL_WAYS: Final[dict[str, str]] = {"phone": _("电话"), "visit": _("上门"), "chat": _("微信")}
CALL_ANSWERS: Final[dict[str, str]] = {"yes": _("已解决"), "partly": _("部分解决"), "no": _("没有解决")}
RETURN_REASONS: Final[dict[str, str]] = {
    "not_ours": _("不属于本单位职责"),
    "other_place": _("不属于本辖区"),
    "unclear": _("诉求内容不清"),
    "duplicate": _("与在办诉求重复"),
}
# Matters with a lawful way of their own, and what may not be handled here (国办函〔2025〕66号, R7.05 and R7.06).
DECLINE_REASONS: Final[dict[str, str]] = {
    "court": _("应当通过诉讼解决"),
    "arbitration": _("应当通过仲裁解决"),
    "discipline": _("属于纪检监察受理范围"),
    "reconsideration": _("属于行政复议受理范围"),
    "disclosure": _("属于政府信息公开申请"),
    "petition": _("已在信访渠道办理"),
    "secret": _("涉及国家秘密、商业秘密或个人隐私"),
    "unlawful": _("请求违反法律或公序良俗"),
}
# Why a clock may stand still: only what lies outside the unit (rules.md 7.1: a pause needs a listed reason and an end).
PAUSE_REASONS: Final[dict[str, str]] = {
    "material": _("等诉求人补充材料"),
    "appraisal": _("等鉴定、检测或评估结果"),
    "superior": _("等上级批复"),
    "lawsuit": _("等法院、仲裁或复议结果"),
    "weather": _("天气、灾害等不可抗力"),
    "season": _("等施工或农时季节"),
    "hearing": _("等听证"),
}
# Levels at which a matter is settled, from the doorstep up (the Fengqiao way); each has a longest stay.
TIERS: Final[dict[str, str]] = {
    "hamlet": _("湾组"),
    "village": _("村(社区)"),
    "town": _("镇(街道)"),
    "county": _("县(市、区)"),
}
# Ways in which another unit comes in: works beside the lead, does a part and gives it back, takes it over.
OFFERS: Final[dict[str, str]] = {"co": _("协办"), "refer": _("委托办理"), "transfer": _("移交")}
OFFER_STATES: Final[dict[str, str]] = {
    "offered": _("待接受"),
    "accepted": _("已接受"),
    "refused": _("未接受"),
    "done": _("已反馈"),
    "revoked": _("已撤销"),
}

STAYED: Final = _("停留期满,自动上报")
WHILE_CLOSED: Final = _("办结期间")
# What is written down of an answer: the work, and what came of it with the unit it is counted in.
MEASURE_KINDS: Final[dict[str, str]] = {
    "work": _("措施"),
    "jobs": _("新增就业"),
    "money": _("落实资金"),
}
MEASURE_UNITS: Final[dict[str, tuple[str, str]]] = {"jobs": ("person", _("人")), "money": ("yuan", _("元"))}
LEDGER: Final = _("台账所列时限")
UNNAMED: Final = _("(未写明)")
ON_BEHALF: Final = _("回访代录:")
URGE_HOURS: Final = 24


def check_move(code: str, state: str) -> Move:
    """The move, if it may be made in `state`. Raises `NotNow`."""
    move = MOVES[code]
    if state not in move.sources:
        raise NotNow(state=translate(STATES[state]), move=translate(move.label))
    return move


def moves_from(state: str) -> tuple[str, ...]:
    """Codes of the moves that the state allows, whoever makes them."""
    return tuple(code for code, move in MOVES.items() if state in move.sources)


def steps(state: str) -> tuple[tuple[str, str], ...]:
    """The step line: (label, done | now | todo)."""
    at = _STEP_NOW[state]
    return tuple(
        (label, "done" if number < at else "now" if number == at else "todo")
        for number, label in enumerate(STEPS)
    )
