"""What came out when an act was held against a rule: every comparison, and what follows. No Django, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lianjian.foundation.errors import Refused, _

PASSED: Final = "passed"
REFUSED: Final = "refused"
REASON: Final = "reason"
REMINDER: Final = "reminder"

# What follows where a comparison does not hold, by the mode of the rule.
FOLLOWS: Final[Mapping[str, str]] = {"BLOCK": REFUSED, "WARN": REASON, "ALERT": REMINDER}

# One comparison, as plain values: {"test": ..., "holds": bool, ...}; `queries/findings.py` puts it into words.
Step = dict[str, Any]


def ordered(params: Mapping[str, Any], key: str) -> list[tuple[str, Any]]:
    """Codes and contents under `key` in the order of the law; what the order does not name comes last."""
    held, order = params[key], params.get("order", ())
    return sorted(held.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order))


class BreaksRule(Refused):
    """The act does not meet a rule that stops it (BLOCK)."""

    sentence = _("不符合“%(title)s”:%(why)s依据%(cite)s。")


class ReasonNeeded(Refused):
    """The act departs from a rule that allows it with a written reason (WARN)."""

    sentence = _("与“%(title)s”不一致:%(why)s依据%(cite)s。确需这样办的,请写明理由。")
    field = "reason"


class ActUnfit(Refused):
    """The act lacks what the rule is about."""

    sentence = _("规则“%(code)s”要核对的是%(wanted)s,没有提供。")


class NegativeNumber(Refused):
    """A count below zero."""

    sentence = _("数目不能小于零。")


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict (passed, refused, reason, reminder) with the comparisons it rests on.

    `reason` was given for a departure, `override` names the decision that lifted a stop.
    """

    verdict: str
    steps: Sequence[Step] = ()
    reason: str = ""
    override: str = ""

    @property
    def passed(self) -> bool:
        """Whether every comparison holds."""
        return self.verdict == PASSED

    @property
    def stands(self) -> bool:
        """Whether the act may go on: nothing failed, or only what a reason, a decision or a reminder covers."""
        if self.verdict == REFUSED:
            return bool(self.override)
        return self.verdict != REASON or bool(self.reason)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, to be stored."""
        return {
            "verdict": self.verdict,
            "steps": [dict(step) for step in self.steps],
            "reason": self.reason,
            "override": self.override,
        }


def finding_of(kept: Mapping[str, Any]) -> Finding:
    """A stored finding read back."""
    return Finding(kept["verdict"], tuple(kept["steps"]), kept.get("reason", ""), kept.get("override", ""))


def conclude(steps: Sequence[Step], mode: str, *, reason: str = "", override: str = "") -> Finding:
    """What follows from the comparisons under a rule of `mode`."""
    if all(step["holds"] for step in steps):
        return Finding(PASSED, tuple(steps))
    return Finding(FOLLOWS[mode], tuple(steps), reason.strip(), override.strip())
