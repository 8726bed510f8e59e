"""Which step may follow which on the way into the party, and what a ledger line says about it.

Source: 中国共产党发展党员工作细则 (2014-05-28). Lengths of time are rows of the rulebook (`member.activist`,
`member.probation`); here is only the order of the steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lianjian.foundation.errors import Refused, _

from .shared import InTheFuture

STAGES: Mapping[str, str] = {
    "applicant": _("入党申请人"),
    "activist": _("入党积极分子"),
    "target": _("发展对象"),
    "probationary": _("预备党员"),
    "full": _("正式党员"),
}
KINDS: Mapping[str, str] = {
    "backbone": _("业务骨干"),
    "executive": _("高管"),
    "owner": _("企业负责人"),
    "talent": _("产业人才"),
}


class BeforeApplication(Refused):
    """细则 art. 8: activists are chosen among those who applied."""

    sentence = _("确定积极分子的日期不能早于递交申请书的日期(%(day)s)。依据:发展党员工作细则第8条。")
    field = "activist_on"


class NotYetActivist(Refused):
    """细则 art. 13: nobody is admitted who was not an activist first."""

    sentence = _("须先确定为入党积极分子,才能接收为预备党员。依据:发展党员工作细则第13条。")
    field = "probationary_on"


class TooSoonAfterActivist(Refused):
    """细则 art. 13: at least one year of training as activist."""

    sentence = _("积极分子须经过一年以上培养教育,最早可在%(day)s接收。依据:%(cite)s。")
    field = "probationary_on"


class NotYetProbationary(Refused):
    """细则 art. 31: everybody passes a probation."""

    sentence = _("须先接收为预备党员,才能转为正式党员。依据:发展党员工作细则第31条。")
    field = "full_on"


class ProbationTooShort(Refused):
    """细则 art. 31: the probation lasts one year."""

    sentence = _("预备期为一年,最早可在%(day)s转正。依据:%(cite)s。")
    field = "full_on"


class AlreadyApplied(Refused):
    """One open application a person."""

    sentence = _("此人已有一份未终止的入党申请。")
    status = 409


class NotYetTarget(Refused):
    """细则 art. 13: a development target was an activist first."""

    sentence = _("须先确定为入党积极分子,才能确定为发展对象。依据:发展党员工作细则第13条。")
    field = "target_on"


class StepRecorded(Refused):
    """The day follows from a recorded step."""

    sentence = _("这个日期由已登记的步骤得出,请在该步骤上用“更正”。")
    field = "applied_on"


def stage_of(
    activist_on: date | None,
    probationary_on: date | None,
    full_on: date | None,
    target_on: date | None = None,
) -> str:
    """The stage that follows from the days on record."""
    if full_on is not None:
        return "full"
    if probationary_on is not None:
        return "probationary"
    if target_on is not None:
        return "target"
    return "activist" if activist_on is not None else "applicant"


def check_order(
    *,
    applied_on: date,
    activist_on: date | None,
    probationary_on: date | None,
    full_on: date | None,
    today: date,
    target_on: date | None = None,
) -> None:
    """Raise the refusal of the first step that is out of order or lies ahead."""
    days = (applied_on, activist_on, target_on, probationary_on, full_on)
    if any(day is not None and day > today for day in days):
        raise InTheFuture
    if activist_on is not None and activist_on < applied_on:
        raise BeforeApplication(day=applied_on)
    if target_on is not None and (activist_on is None or target_on <= activist_on):
        raise NotYetTarget
    if probationary_on is not None and (activist_on is None or probationary_on <= (target_on or activist_on)):
        raise NotYetActivist
    if full_on is not None and (probationary_on is None or full_on <= probationary_on):
        raise NotYetProbationary


def kind_code(words: str) -> str:
    """The code of a known kind of applicant; other words are kept as they are (the list may grow)."""
    plain = words.strip()
    return next((code for code, word in KINDS.items() if plain in (code, word)), plain[:30])


ENDINGS: Mapping[str, str] = {
    "withdrew": _("本人撤回申请"),
    "stopped": _("党组织停止培养"),
    "cancelled": _("取消预备党员资格"),
    "removed": _("除名"),
    "transferred": _("转出"),
}
RECOMMENDERS: Mapping[str, str] = {
    "member": _("党员推荐"),
    "league": _("共青团推优"),
    "union": _("工会推优"),
    "women": _("妇联推优"),
}
