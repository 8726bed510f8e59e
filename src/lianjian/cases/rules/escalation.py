"""When a case goes up the line without being asked: for action (somebody above must act) or for sight (is told).

How long each rule waits is a rule of the rule book (`escalate.<code>`, counted in its unit from the limit of the step,
or before it), which a place sets as it sets any local number. Free of Django.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from lianjian.foundation.calendar import WorkCalendar, add_hours, day_end, local_day
from lianjian.foundation.errors import _

ACTION, SIGHT = "action", "sight"
OFFICE, HEAD, ABOVE = "office", "head", "above"
LEVELS: Final[dict[str, str]] = {OFFICE: _("办公室"), HEAD: _("负责人"), ABOVE: _("上一级")}
KINDS_OF_ESCALATION: Final[dict[str, str]] = {ACTION: _("要求督办"), SIGHT: _("提请关注")}


@dataclass(frozen=True, slots=True)
class EscalationRule:
    """One rule. `duty` is the step whose limit it watches; empty: it counts (`count`) instead of waiting.

    `before`: it fires so long before the limit, not after it.
    """

    code: str
    label: str
    kind: str
    level: str
    duty: str = ""
    before: bool = False
    count: int = 0

    @property
    def term(self) -> str:
        """Code of the rule that says how long."""
        return f"escalate.{self.code}"


ESCALATIONS: Final[dict[str, EscalationRule]] = {
    rule.code: rule
    for rule in (
        EscalationRule("near", _("临近办理时限"), SIGHT, OFFICE, "cases.answer", before=True),
        EscalationRule("late", _("超过办理时限"), SIGHT, HEAD, "cases.answer"),
        EscalationRule("long_late", _("长时间超期"), ACTION, HEAD, "cases.answer"),
        EscalationRule("undispatched", _("超期未派单"), ACTION, HEAD, "cases.dispatch"),
        EscalationRule("unsigned", _("超期未签收"), ACTION, OFFICE, "cases.sign"),
        EscalationRule("unruled", _("超期未裁定"), SIGHT, ABOVE, "cases.rule"),
        EscalationRule("unreviewed", _("挂账到期未复查"), SIGHT, HEAD, "cases.review"),
        EscalationRule("urged", _("再次催办"), SIGHT, HEAD, count=2),
        EscalationRule("disputed", _("再次提出异议"), ACTION, HEAD, count=2),
        EscalationRule("reopened", _("再次重新办理"), ACTION, HEAD, count=2),
        EscalationRule("top_tier", _("在最高一级停留期满"), SIGHT, ABOVE, count=1),
    )
}
WATCHED: Final = frozenset(rule.duty for rule in ESCALATIONS.values() if rule.duty)


def fires_at(rule: EscalationRule, due: datetime, amount: int, unit: str, days: WorkCalendar) -> datetime:
    """The first moment at which the rule holds for a step that is due at `due`.

    Working days (wd) and days (d) begin and end at midnight in China, hours (h) run through nights.
    """
    if unit == "h":
        return add_hours(due, -amount if rule.before else amount)
    if rule.before:
        return day_end(_back(local_day(due), amount, unit, days) - timedelta(days=1))
    if amount == 0:
        return due
    day = local_day(due)
    end = days.add_working_days(day, amount).due if unit == "wd" else day + timedelta(days=amount)
    return day_end(end)


def _back(day: date, amount: int, unit: str, days: WorkCalendar) -> date:
    """So many days before."""
    while amount > 0:
        day -= timedelta(days=1)
        amount -= unit != "wd" or days.is_working(day)
    return day


TIER_ORDER: Final = ("hamlet", "village", "town", "county")


def tier_above(tier: str) -> str:
    """The next level up, or nothing at the top."""
    place = TIER_ORDER.index(tier) + 1
    return TIER_ORDER[place] if place < len(TIER_ORDER) else ""
