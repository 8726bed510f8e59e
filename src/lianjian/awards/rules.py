"""Rounds of awards: their steps, their periods, and what is refused. Free of Django."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from lianjian.events.rules import topics
from lianjian.foundation.errors import Refused, _
from lianjian.rulebook.rules import span_of

SUBJECTS: Final[Mapping[str, str]] = {"household": _("农户"), "family": _("家庭"), "person": _("村民")}
WAYS: Final[Mapping[str, str]] = {
    "self": _("自荐"),
    "neighbours": _("群众推荐"),
    "group": _("村民小组推荐"),
    "committee": _("村(社区)推荐"),
}
OPEN, SHOWN, DECIDED, VACANT, CALLED_OFF = "open", "shown", "decided", "vacant", "called_off"
STATES: Final[Mapping[str, str]] = {
    OPEN: _("推荐中"),
    SHOWN: _("公示中"),
    DECIDED: _("已公布"),
    VACANT: _("本期空缺"),
    CALLED_OFF: _("已取消"),
}
SETTLED: Final = (DECIDED, VACANT)
GOING: Final = (OPEN, SHOWN)
DUTIES: Final[Mapping[str, tuple[str, str]]] = {"awards.round": (_("按期评选"), "meetings.write")}
MOST_CRITERIA: Final = 20
MOST_NOMINEES: Final = 300
MOST_DAYS: Final = 60
# So long after the end of a round the names of those who were not chosen are kept.
KEPT: Final = timedelta(days=90)
# So long after its opening a round that nobody ended is called off.
LAPSES: Final = timedelta(days=366)
LAPSED: Final = _("开始一年后仍没有结果,自动取消")
BODY_ENDED: Final = _("评选单位已经撤销")

PERIODS: Final = topics.PERIODS


def period_words(per: str, starts: date) -> tuple[str, dict[str, int]]:
    """How a calendar period is called: a message and its numbers."""
    year, month = starts.year, starts.month
    if per == "month":
        return _("%(year)d年%(month)d月"), {"year": year, "month": month}
    if per == "quarter":
        return _("%(year)d年第%(number)d季度"), {"year": year, "number": (month + 2) // 3}
    if per == "half":
        return (_("%(year)d年上半年") if month < 7 else _("%(year)d年下半年")), {"year": year}
    return _("%(year)d年"), {"year": year}


def open_periods(per: str, since: date, day: date) -> list[date]:
    """First days of the periods that a round may be opened for on a day: the present one, and the one before it.

    None before that in which the award was set up.
    """
    now = span_of(day, per).first
    before = span_of(now - timedelta(days=1), per).first
    first = span_of(since, per).first
    return [starts for starts in (now, before) if starts >= first]


def settled_day(since: date, starts: date | None) -> date | None:
    """The day that stands for the last settled period where `topics.due_on` asks for one."""
    return None if starts is None else max(since, starts)


def lines_of(text: str) -> list[str]:
    """Criteria as they were typed: one a line, each once. Raises `CriteriaTooMany`, `CriterionTooLong`."""
    lines = list(dict.fromkeys(line for line in (" ".join(one.split()) for one in text.splitlines()) if line))
    if len(lines) > MOST_CRITERIA:
        raise CriteriaTooMany
    if any(len(line) > 80 for line in lines):
        raise CriterionTooLong
    return lines


def unmet(criteria: Sequence[str], met: Sequence[int]) -> list[str]:
    """The criteria that a candidate does not meet; they are numbered from 1."""
    return [words for number, words in enumerate(criteria, start=1) if number not in met]


class SchemeStands(Refused):
    """A body gives one award of a name."""

    sentence = _("这个单位已经有同名的评选,请换一个名称或修改原来的。")
    field = "name"
    status = 409


class SchemeEnded(Refused):
    """It is given no more."""

    sentence = _("这项评选已经停止,不能再开展。")
    status = 409


class PeriodUnknown(Refused):
    """Not a calendar period."""

    sentence = _("请选择每月、每季度、每半年或每年。")
    field = "per"


class SubjectUnknown(Refused):
    """Neither household nor family nor person."""

    sentence = _("请选择评选农户、家庭还是村民。")
    field = "subject"


class SchemeNameMissing(Refused):
    """What is given."""

    sentence = _("请填写评选名称,例如:最美庭院。")
    field = "name"


class CriteriaMissing(Refused):
    """All of nothing."""

    sentence = _("要求各条全部达到的,请先一条一行写出评选标准。")
    field = "criteria"


class CriteriaTooMany(Refused):
    """A list that nobody checks on a doorstep."""

    sentence = _("评选标准最多20条,请合并后再填。")
    field = "criteria"


class CriterionTooLong(Refused):
    """One line of the list."""

    sentence = _("一条评选标准最多80个字,请写短一些。")
    field = "criteria"


class DaysOutside(Refused):
    """How long the list is shown."""

    sentence = _("公示天数请填1到60之间的整数。")
    field = "show_days"


class NotThisPeriod(Refused):
    """Rounds are opened for the present period or the one before."""

    sentence = _("只能开展本期或上一期的评选,也不能早于设立这项评选的那一期。")
    field = "starts"


class RoundStands(Refused):
    """One round in a period."""

    sentence = _("这一期已经开展过评选,一期只评一次。")
    field = "starts"
    status = 409


class WrongState(Refused):
    """The round is at another step."""

    sentence = _("这一轮评选现在是“%(state)s”,不能做这一步,请刷新页面查看。")
    status = 409


class NomineeStands(Refused):
    """Everybody stands once in a round."""

    sentence = _("这一轮已经有同组同名的候选,请核对;确是不同的,请在姓名后注明区别。")
    field = "name"
    status = 409


class NameMissing(Refused):
    """Who is put forward."""

    sentence = _("请填写候选的姓名(户主姓名)。")
    field = "name"


class WayUnknown(Refused):
    """By whom."""

    sentence = _("请选择推荐方式。")
    field = "way"


class NomineesTooMany(Refused):
    """More than one list holds."""

    sentence = _("一轮最多推荐300个候选。")
    status = 409


class NomineeStruck(Refused):
    """He does not stand any more."""

    sentence = _("“%(name)s”已经不在候选之列。")
    status = 409


class NoSuchCriterion(Refused):
    """A number beyond the list."""

    sentence = _("没有第%(number)d条评选标准。")
    field = "met"


class NobodyChosen(Refused):
    """A list without names."""

    sentence = _("请至少选一个拟表扬对象;没有合适的,请登记“本期空缺”。")
    field = "chosen"


class NotChecked(Refused):
    """Nobody looked yet."""

    sentence = _("“%(name)s”还没有核查,请先登记核查情况。")
    field = "chosen"


class CheckedLater(Refused):
    """A list of people nobody had looked at."""

    sentence = _("“%(name)s”在 %(day)s 才核查,公示不能早于这一天。")
    field = "on"


class NotAwarded(Refused):
    """There is nothing to take back."""

    sentence = _("“%(name)s”没有获评,不用撤销。")
    status = 409


class CriteriaUnmet(Refused):
    """All criteria are asked."""

    sentence = _("“%(name)s”还有标准没有达到:%(criteria)s。这项评选要求各条全部达到。")
    field = "chosen"


class NoConsent(Refused):
    """A name is shown to the public only with consent."""

    sentence = _("“%(name)s”没有同意公示姓名,请先征得同意并登记。")
    field = "chosen"


class NotItsMeeting(Refused):
    """Who decides, meets."""

    sentence = _("请选择评选单位自己召集、已经开过的会议。")
    field = "meeting"


class FutureDay(Refused):
    """What has not happened is not recorded."""

    sentence = _("日期不能晚于今天。")


class BeforeOpening(Refused):
    """Nothing of a round comes before it."""

    sentence = _("日期不能早于 %(day)s(开始推荐或被推荐的日期)。")


class StillShown(Refused):
    """The list hangs out to its last day."""

    sentence = _("公示到 %(day)s 结束,之后才能公布结果。")
    status = 409


class DocumentMissing(Refused):
    """What the result rests on."""

    sentence = _("请写明依据:会议记录、公示或文件的名称或文号。")
    field = "document"


class ReasonMissing(Refused):
    """Why."""

    sentence = _("请写明理由。")
    field = "reason"
