"""Terms and elections: which rule gives the length, what was counted, who is elected. Plain Python.

Source: 基层组织选举工作条例 (rules R3.01 to R3.12), 支部工作条例 ch. 6 (R2.10, R2.11). Numbers stand in the rulebook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from lianjian.foundation.calendar import plus_months
from lianjian.foundation.errors import Refused, _

COMMITTEE, SECRETARY = "committee", "secretary"
LEADERSHIPS: Final[Mapping[str, str]] = {
    COMMITTEE: _("委员会"),
    SECRETARY: _("只设书记(必要时设副书记)"),
}
ELECTED, APPOINTED = "elected", "appointed"
WAYS_IN: Final[Mapping[str, str]] = {ELECTED: _("选举产生"), APPOINTED: _("上级指定")}
MEMBERS, DELEGATES = "members", "delegates"
VOTERS: Final[Mapping[str, str]] = {MEMBERS: _("党员大会选举"), DELEGATES: _("党员代表大会选举")}
RECORDED, APPROVED, RETURNED = "recorded", "approved", "returned"
STATES: Final[Mapping[str, str]] = {
    RECORDED: _("待上级批复"),
    APPROVED: _("已批复"),
    RETURNED: _("已退回"),
}
TONES: Final[Mapping[str, str]] = {RECORDED: "due", APPROVED: "done", RETURNED: "paused"}

# How the list of candidates is ordered (R3.11): committee members and secretaries as the rule says, or otherwise.
STROKES, BY_SUPERIOR, OTHERWISE = "strokes", "approved", "other"
ORDERS: Final[Mapping[str, str]] = {
    STROKES: _("按姓氏笔画"),
    BY_SUPERIOR: _("按批准的顺序"),
    OTHERWISE: _("其他顺序"),
}

HEAD, DEPUTY = "secretary", "deputy"
OFFICES: Final[Mapping[str, str]] = {
    HEAD: _("书记"),
    DEPUTY: _("副书记"),
    "organisation": _("组织委员"),
    "publicity": _("宣传委员"),
    "discipline": _("纪检委员"),
    "youth": _("青年委员"),
    "member": _("委员"),
}
# Roles of the directory that count office-holders; a secretary is one there already.
ROLES: Final[Mapping[str, str]] = {
    code: code if code == HEAD else f"committee_{code}" for code in OFFICES
}
ROLE_WORDS: Final[Mapping[str, str]] = {ROLES[code]: word for code, word in OFFICES.items() if code != HEAD}
# These take effect when the superior approves (R3.12); everybody else on the day of the election.
BY_APPROVAL: Final = (HEAD, DEPUTY)

RUNNING, ENDING, OVERDUE, OVER, OPEN_END = "running", "ending", "overdue", "over", "open"
TERM_STATES: Final[Mapping[str, str]] = {
    OVERDUE: _("已到期未换届"),
    ENDING: _("即将到期"),
    RUNNING: _("任期内"),
    OPEN_END: _("未定届满日期"),
    OVER: _("已换届"),
}
TERM_TONES: Final[Mapping[str, str]] = {
    OVERDUE: "late", ENDING: "due", RUNNING: "done", OPEN_END: "neutral", OVER: "paused",
}  # fmt: skip

DUTIES: Final[Mapping[str, tuple[str, str]]] = {
    "partylife.term": (_("换届提醒"), "partylife.write"),
    "partylife.election": (_("批复选举结果"), "partylife.write"),
}


def term_rule(level: str, *, village: bool, township: bool) -> str:
    """The rule that gives the length of a term (R2.11); empty: the law names none, the paper says it."""
    if township:
        return "branch.township_term"
    if level in ("committee", "work_committee", "chain_committee"):
        return ""
    return "branch.village_term" if village else "branch.term"


def remind_from(due_on: date, months: int) -> date:
    """So many months before, cut to the last day of a shorter month: before 31 August it is 28 or 29 February."""
    return plus_months(due_on, -months)


@dataclass(frozen=True)
class Count:
    """What was counted at an election. `eligible` only where delegates elect; else it is the roll of the day."""

    seats: int
    candidates: int
    present: int
    ballots_out: int
    ballots_in: int
    best_other: int = 0
    way: str = MEMBERS
    eligible: int | None = None
    secret: bool = True
    proxy: bool = False
    left_open: bool = False
    order: str = STROKES


def settle(votes: Mapping[str, int], count: Count, other_passes: bool, cite: str) -> None:
    """Whether those named, and nobody else, are elected by the votes (R3.10).

    `votes` are those of the named, each already above the majority; `other_passes` says whether the best of the others
    is, by the same rule. Raises `MoreElected`, `TieAtLastSeat`,
    `SeatsLeft`, `OthersElected`.
    """
    if len(votes) > count.seats:
        raise MoreElected(seats=count.seats, cite=cite)
    if other_passes:
        last = min(votes.values())
        if len(votes) < count.seats or count.best_other > last:
            raise OthersElected(votes=count.best_other, cite=cite)
        if count.best_other == last:
            raise TieAtLastSeat(votes=last, cite=cite)
    if len(votes) < count.seats and not count.left_open:
        raise SeatsLeft(left=count.seats - len(votes), cite=cite)


def check_officers(named: Sequence[tuple[str, Sequence[str]]]) -> None:
    """One secretary, nobody twice. Raises `OneSecretary`, `OfficeMissing`, `NamedTwice`."""
    if len({who for who, _offices in named}) < len(named):
        raise NamedTwice
    for _who, offices in named:
        if not offices or set(offices) - set(OFFICES):
            raise OfficeMissing
    if sum(HEAD in offices for _who, offices in named) != 1:
        raise OneSecretary


class NoRoll(Refused):
    """Who may vote is known from the members on record."""

    sentence = _("“%(name)s”还没有编入有选举权的党员,应到会人数无从核对,请先编入党员。")
    status = 409


class NotHeld(Refused):
    """An election is recorded at a meeting that was held by the body."""

    sentence = _("请选择“%(name)s”已经召开并登记的会议。")
    field = "meeting"


class MorePresent(Refused):
    """More came than are entitled to vote."""

    sentence = _("实到会有选举权的党员%(present)s人,多于应到会的%(eligible)s人,请核对签到名单。依据:%(cite)s。")
    field = "present"


class MoreThanSigned(Refused):
    """The list of the meeting says otherwise."""

    sentence = _("会议签到名单上有选举权的党员到会%(signed)s人,实到人数不能填%(present)s人,请先更正签到名单。")
    field = "present"


class MoreBallots(Refused):
    """More ballots were handed out than voters were there."""

    sentence = _("发出选票%(out)s张,多于实到会的%(present)s人,每人一张,请核对。依据:%(cite)s。")
    field = "ballots_out"


class MoreVotes(Refused):
    """More votes than ballots."""

    sentence = _("%(votes)s票多于收回的选票%(ballots)s张,请核对计票。依据:%(cite)s。")
    field = "ballots_in"


class MoreMarks(Refused):
    """No ballot names more than the seats."""

    sentence = _("各人得票合计%(votes)s,多于收回的%(ballots)s张选票每张选%(seats)s人,请核对计票。依据:%(cite)s。")
    field = "ballots_in"


class MoreElected(Refused):
    """More are named than seats."""

    sentence = _("当选人多于应选的%(seats)s人,请按得票核对。依据:%(cite)s。")
    field = "seats"


class TieAtLastSeat(Refused):
    """Equal votes at the last seat: they are voted on again."""

    sentence = _("最后一个名额票数相等(都是%(votes)s票),应当就票数相等的人再次投票后登记。依据:%(cite)s。")
    field = "best_other"


class OthersElected(Refused):
    """Somebody who is not named has more votes than who is."""

    sentence = _("有未列为当选的人得%(votes)s票,已达到当选票数且不少于列出的当选人,请核对。依据:%(cite)s。")
    field = "best_other"


class SeatsLeft(Refused):
    """Fewer than the seats were elected."""

    sentence = _("还缺%(left)s个名额,应另行选举;到会半数以上同意不再选举的,请勾选“名额空缺”。依据:%(cite)s。")
    field = "seats"


class CandidatesNotEqual(Refused):
    """Secretary and deputy are elected from as many candidates as seats."""

    sentence = _("书记、副书记等额选举,候选人%(candidates)s人应与应选的%(seats)s人相等,请核对。")
    field = "candidates"


class OneSecretary(Refused):
    """There is one secretary."""

    sentence = _("请写明一名书记。")


class OfficeMissing(Refused):
    """Whoever is named has an office."""

    sentence = _("请为每个人选择职务。")


class NamedTwice(Refused):
    """A person stands in one line."""

    sentence = _("同一个人只写一行,有几个职务就勾选几个。")


class NoCommittee(Refused):
    """A branch too small for a committee has a secretary."""

    sentence = _("只设书记的,最多书记、副书记各一人。")


class TermStands(Refused):
    """A leadership is on record on that day."""

    sentence = _("这段时间已登记另一届班子,请核对起始日期。")
    field = "since"
    status = 409


class TermLengthMissing(Refused):
    """No rule gives the length of this term."""

    sentence = _("这一层级的任期由上级批复,请填写届满日期。")
    field = "due_on"


class NoTerm(Refused):
    """Nothing to move or extend."""

    sentence = _("还没有登记现任班子的任期,请先登记。")
    status = 409


class ExtendsBackwards(Refused):
    """A postponed end lies after the one before."""

    sentence = _("延期后的届满日期应晚于现在的%(day)s。")
    field = "until"


class OneAtATime(Refused):
    """An election waits for its approval."""

    sentence = _("上一次选举还在等上级批复,或这次会议的选举已经登记。")
    status = 409


class NotWaiting(Refused):
    """Only a recorded election is approved or returned."""

    sentence = _("这次选举已经批复或退回。")
    status = 409


class ApprovedBefore(Refused):
    """Approval follows the election."""

    sentence = _("批复日期不能早于选举日期(%(day)s)。")
    field = "settled_on"


class HeadUntilApproval(Refused):
    """The office-holder before took office on the day of the election or later."""

    sentence = _("原班子成员的任职从%(day)s开始,不早于这次选举,请先在机构任职里更正。")
    status = 409
