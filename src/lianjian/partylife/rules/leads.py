"""Words and refusals of talent leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lianjian.foundation.errors import Refused, _

OPEN, APPLIED, ENDED = "open", "applied", "ended"
LEAD_STATES: Final[Mapping[str, str]] = {OPEN: _("联系中"), APPLIED: _("已递交申请"), ENDED: _("不再联系")}
LEAD_SOURCES: Final[Mapping[str, str]] = {
    "visit": _("走访中了解"),
    "firm": _("企业推荐"),
    "branch": _("党支部推荐"),
    "self": _("本人表达意愿"),
}
LEAD_DUTIES: Final[Mapping[str, tuple[str, str]]] = {"partylife.lead": (_("联系人才"), "partylife.write")}


class LeadExists(Refused):
    """One person is one open lead."""

    sentence = _("此人已在人才线索里、正在联系,不重复登记。")
    field = "person"
    status = 409


class AlreadyOnTheWay(Refused):
    """Who applied is an applicant, no lead."""

    sentence = _("此人已于%(day)s递交入党申请书,请在发展党员里办理。")
    field = "person"
    status = 409


class StepWithoutDay(Refused):
    """A next step has a day, a day has a step."""

    sentence = _("下一步和计划日期要么都写,要么都不写。")
    field = "next_by"


class BeforeNoticed(Refused):
    """Nothing of a lead lies before it."""

    sentence = _("日期不能早于发现日期(%(day)s)。")
    field = "next_by"


class LeadEnded(Refused):
    """An ended lead is history."""

    sentence = _("这条线索已经结束。要重新联系,请另登记一条。")
    status = 409
