"""Which help team a case suits, and when it had better go to another one. Free of Django. docs/methods/flow.md."""

from __future__ import annotations

from typing import Final

from lianjian.foundation.errors import Refused, _
from lianjian.foundation.replan import Terms

# Hundredths; the scale of bench/dispatch.py. A step up the tree of categories is a step that the skill is off.
STEP_UP: Final = 300
ELSEWHERE: Final = 100  # a team for the whole place instead of the village's own: ten kilometres
EACH: Final = 50  # times k for the k-th case in hand
# A move is worth less than it costs to have a second team read itself in: two steps of load at least.
SWITCH: Final = 100


def terms(dearest: int, most: int) -> Terms:
    """The plan's terms: no case is left without a team, whatever it costs (`dearest`) and however many (`most`) a team
    may come to have.
    """
    return Terms(each=EACH, unplaced=dearest + EACH * (most + 1) + SWITCH, switch=SWITCH)


class AdjustedMeanwhile(Refused):
    """What was proposed is no longer what would be proposed."""

    status = 409
    sentence = _("情况已有变化,这条调整建议不再成立。请看最新的建议。")


def fit(steps: int, at_home: bool) -> int:
    """What a team costs without its load: how far above the matter its subject lies, whose village it is."""
    return STEP_UP * steps + (0 if at_home else ELSEWHERE)
