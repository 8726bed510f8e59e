"""Transfers, mobile members, lost contact (党员教育管理工作条例 art. 24, 25, 31-34; R2.40 to R2.49).

Periods are rows of the rulebook (`mobile.*`). Nothing here removes anybody: a person decides, with body and paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from lianjian.foundation.errors import Refused, _

OPEN, ACCEPTED, REFUSED, WITHDRAWN = "open", "accepted", "refused", "withdrawn"
STATES: Final[Mapping[str, str]] = {
    OPEN: _("待接收"),
    ACCEPTED: _("已接收"),
    REFUSED: _("未接收"),
    WITHDRAWN: _("已撤回"),
}
TONES: Final[Mapping[str, str]] = {OPEN: "due", ACCEPTED: "done", REFUSED: "late", WITHDRAWN: "paused"}
REASONS: Final[Mapping[str, str]] = {
    "work": _("工作单位变动"),
    "home": _("经常居住地变动"),
    "away": _("外出六个月以上且地点较固定"),
    "study": _("升学或毕业"),
    "retired": _("离退休"),
    "branch": _("支部设置调整"),
}

MOBILE, STUDY, ABROAD, LOST, LIFE, WORK = "mobile", "study", "abroad", "lost", "life", "work"
GRADUATE = "graduate"
AWAY: Final = (MOBILE, STUDY, ABROAD)
ABSENCES: Final[Mapping[str, str]] = {
    MOBILE: _("流动在外"),
    STUDY: _("出国(境)学习"),
    ABROAD: _("出国(境),不是学习"),
    LOST: _("失去联系"),
    LIFE: _("不参加组织生活"),
    WORK: _("不做党所分配的工作"),
    GRADUATE: _("毕业生组织关系保留在学校"),
}
# Of these only one holds at a time; a graduate may be away or out of reach besides.
AMISS: Final = (LOST, LIFE, WORK)
WAYS: Final[Mapping[str, str]] = {
    "phone": _("电话"),
    "message": _("微信、短信"),
    "visit": _("上门走访"),
    "letter": _("信函"),
    "kin": _("通过家属、同事"),
    "host": _("通过流入地党组织"),
}

SUSPEND, KEEP, REMOVE, RESTORE = "suspend", "keep", "remove", "restore"
CORRECT, MENDED = "correct", "mended"
LASTING: Final = (SUSPEND, CORRECT)
DECISIONS: Final[Mapping[str, str]] = {
    CORRECT: _("限期改正"),
    MENDED: _("限期改正已改正"),
    SUSPEND: _("停止党籍"),
    REMOVE: _("除名"),
    RESTORE: _("恢复党籍"),
    KEEP: _("不作处理,继续联系"),
}
# By what is recorded: the rule whose period opens the question, and what a body may then decide.
GROUNDS: Final[Mapping[str, tuple[str, str]]] = {
    LOST: ("mobile.lost", SUSPEND),
    ABROAD: ("mobile.abroad", SUSPEND),
    STUDY: ("mobile.abroad", SUSPEND),
    LIFE: ("mobile.exit", REMOVE),
    WORK: ("mobile.exit", REMOVE),
    SUSPEND: ("mobile.lost_long", REMOVE),
    CORRECT: ("mobile.correction", REMOVE),
}


def correcting(decisions: Iterable[Any], day: date) -> Any | None:
    """The correction period (限期改正) of which a body has not yet said on `day` what came of it; None without one.

    A later decision stands for an earlier one whose period it overlaps, from its own first day on; before that day the
    earlier one holds as it did.
    """
    past = sorted((one for one in decisions if one.since <= day), key=lambda one: (one.since, one.pk))
    found: list[Any] = []
    for one in past:
        if one.kind == CORRECT:
            found.append(one)
        elif one.kind in (MENDED, REMOVE) or (one.kind == KEEP and one.ground == CORRECT):
            found = []
    standing = [one for one in found if not any(_stands_for(other, one) for other in found)]
    return standing[-1] if standing else None


def _stands_for(later: Any, one: Any) -> bool:
    return bool(later.pk > one.pk and later.since < one.until and one.since < later.until)


def grounds(
    spells: Iterable[Any], decisions: Iterable[Any], reached: Iterable[date], day: date
) -> list[tuple[str, date]]:
    """What a body may be asked about on a day, each (ground, day from which its period runs); pages and verb share it.

    A period begins anew when a body keeps him on or restores him, and one of lost contact when he was reached. While
    membership is stopped the one question is whether he is still lost (art. 24); other suspensions ask for nothing.
    A correction period asks once it is over (art. 30, 31).
    """

    def holds(one: Any) -> bool:
        return one.since <= day and (one.until is None or one.until > day)

    running = [one for one in spells if one.kind in GROUNDS and holds(one)]
    past = [one for one in decisions if one.since <= day]
    correction = correcting(past, day)
    over = [(CORRECT, correction.since)] if correction is not None and correction.until <= day else []
    anew = [one.since for one in past if one.kind in (KEEP, RESTORE)]
    found = [one for one in reached if one <= day]
    halt = next((one for one in past if one.kind == SUSPEND and holds(one)), None)
    if halt is not None:
        still = halt.ground == LOST and any(one.kind == LOST for one in running)
        return [(SUSPEND, max((halt.since, *anew, *found)))] if still else []
    return over + [(one.kind, max((one.since, *anew, *(found if one.kind == LOST else ())))) for one in running]


REMOVED: Final = "removed"
LETTER, RECEIVE = "partylife.transfer_letter", "partylife.transfer_in"
KEPT_DUTY, CORRECTION_DUTY = "partylife.kept_graduate", "partylife.correction"
DUTIES: Final[Mapping[str, tuple[str, str]]] = {
    LETTER: (_("组织关系介绍信到期"), "partylife.write"),
    RECEIVE: (_("接收组织关系"), "partylife.write"),
    KEPT_DUTY: (_("毕业生组织关系保留期满"), "partylife.write"),
    CORRECTION_DUTY: (_("限期改正期满"), "partylife.write"),
}
# How many days before its end a period is put on the desk: a habit of the house, no number of law.
REMIND_DAYS: Final[Mapping[str, int]] = {KEPT_DUTY: 60, CORRECTION_DUTY: 30}


class TransferRunning(Refused):
    """One transfer at a time."""

    sentence = _("此人已有一件待接收的组织关系转接,请先等对方接收或撤回。")
    status = 409


class DestinationMissing(Refused):
    """A transfer names where to."""

    sentence = _("请选择接收的党支部;系统外的,写明接收党组织名称。")
    field = "to_branch"


class SameBranch(Refused):
    """Nobody moves to where he is."""

    sentence = _("此人的组织关系已在“%(name)s”,请选择另一个党支部。")
    field = "to_branch"


class TransferClosed(Refused):
    """Answered or withdrawn meanwhile."""

    sentence = _("这件转接已经办结,请刷新后再看。")
    status = 409


class MemberLeft(Refused):
    """Who left the old branch, or whose membership is stopped, is not moved by a letter that is still on its way."""

    sentence = _("此人已不在原支部或已停止党籍,这件转接不能再接收,请联系转出党组织。")
    status = 409


class SuspendedStays(Refused):
    """教育管理条例 art. 24: a stopped membership is settled where it was stopped."""

    sentence = _("此人已停止党籍,先由原支部办理恢复或除名,再转接组织关系。")
    status = 409


class LetterRanOut(Refused):
    """The letter is valid for the days of the rule `mobile.letter`; accepting later says why."""

    sentence = _("介绍信有效期到%(day)s为止,逾期接收须写明理由。")
    field = "reason"


class BeforeLetter(Refused):
    """Accepted on or after the day on which it was sent, and after the member entered the old branch."""

    sentence = _("接收日期应晚于编入原支部的日期,也不能早于开出介绍信的日期(%(day)s)。")
    field = "day"


class OtherSide(Refused):
    """The receiving branch answers, the sending one withdraws; outside there is a written answer."""

    sentence = _("系统外的转接凭对方回执登记;系统内的由接收的党支部办理。")
    status = 409


class AlreadyAway(Refused):
    """One spell at a time."""

    sentence = _("这段时间已有同类登记,请先结束原来的。")
    status = 409


class PlaceMissing(Refused):
    """A mobile member is somewhere."""

    sentence = _("请写明流动去向,写到县(市、区)即可。")
    field = "place"


class SearchMissing(Refused):
    """教育管理条例 art. 24: despite search."""

    sentence = _("还没有登记查找情况。停止党籍前应当查找过,请先登记联系、查找记录。依据:党员教育管理工作条例第24条。")
    status = 409


class NothingToDecide(Refused):
    """No recorded fact raises the question."""

    sentence = _("没有登记相应的情况,不能作出这项决定。")
    field = "kind"


class PaperMissing(Refused):
    """A body decides, with its paper."""

    sentence = _("请填写作出决定的党组织和决定文号。")
    field = "paper"


class AlreadySuspended(Refused):
    """Stopped once."""

    sentence = _("此人已停止党籍。")
    status = 409


class CorrectionEndMissing(Refused):
    """A correction period ends on a day, later than it begins."""

    sentence = _("限期改正要写明截止日期,并晚于决定日期(%(day)s)。")
    field = "until"


class AlreadyCorrecting(Refused):
    """The same decision twice; one with another period, body or paper stands for the one before."""

    sentence = _("这项限期改正已经登记;期限或文号有变的,请填写新的截止日期或文号。")
    status = 409
