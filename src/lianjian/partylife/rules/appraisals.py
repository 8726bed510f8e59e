"""Steps of the yearly appraisal and their order (党员教育管理工作条例 art. 18, R2.26), which the rulebook says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from lianjian.foundation.errors import Refused, _, translate

CODE: Final = "life.appraisal_order"
SELF, MUTUAL, RATING, VERDICT = "self", "mutual", "rating", "verdict"
STEPS: Final[Mapping[str, str]] = {
    SELF: _("个人自评"),
    MUTUAL: _("党员互评"),
    RATING: _("民主测评"),
    VERDICT: _("组织评定"),
}
FIELDS: Final[Mapping[str, str]] = {step: f"{step}_on" for step in STEPS}
VERDICTS_BY: Final[Mapping[str, str]] = {"committee": _("支部委员会"), "meeting": _("支部党员大会")}


@dataclass(frozen=True)
class Steps:
    """On which day each step was taken; None where it was not, or nobody knows. `verdict_by`: who gave the verdict."""

    self_on: date | None = None
    mutual_on: date | None = None
    rating_on: date | None = None
    verdict_on: date | None = None
    verdict_by: str = ""
    reason: str = ""

    def days(self) -> dict[str, date]:
        """The steps that were taken, with their days."""
        return {step: day for step, name in FIELDS.items() if (day := getattr(self, name)) is not None}


NO_STEPS: Final = Steps()


class StepOutOfOrder(Refused):
    """A step lies before one that comes first; the rule allows it with a written reason (WARN)."""

    sentence = _(
        "“%(step)s”(%(day)s)早于“%(first)s”(%(first_day)s)。程序依次是个人自评、党员互评、民主测评、组织评定。"
        "依据%(cite)s。确需这样办的,请写明理由。"
    )
    field = "reason"


class BreaksOrder(Refused):
    """A step lies before one that comes first, and the rule of the day lets nothing through."""

    sentence = _("“%(step)s”(%(day)s)早于“%(first)s”(%(first_day)s),请核对日期。依据%(cite)s。")
    field = "verdict_on"


def misplaced(days: Mapping[str, date], order: Sequence[str]) -> tuple[str, str] | None:
    """The first step that lies before an earlier one, with that one; on one day all may be taken."""
    taken = [step for step in order if step in days]
    for n, step in enumerate(taken):
        for first in taken[:n]:
            if days[step] < days[first]:
                return step, first
    return None


def in_order(days: Mapping[str, date], order: Sequence[str]) -> list[str]:
    """The steps that were taken in their order: those not before any that comes first."""
    taken = [step for step in order if step in days]
    return [step for n, step in enumerate(taken) if all(days[step] >= days[first] for first in taken[:n])]


def told(wrong: tuple[str, str], days: Mapping[str, date]) -> dict[str, str]:
    """What a refusal says of two steps."""
    step, first = wrong
    return {
        "step": translate(STEPS[step]), "day": days[step].isoformat(),
        "first": translate(STEPS[first]), "first_day": days[first].isoformat(),
    }  # fmt: skip
