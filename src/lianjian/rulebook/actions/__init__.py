"""Apply a rule, load working days, set a local number, reckon again."""

from .checking import check, uphold
from .days import DayRow, forget_day, load_days, read_days
from .evaluating import (
    Ask,
    evaluate_again,
    evaluate_deadline,
    evaluate_deadlines,
    on_recompute,
    recompute,
)
from .local import end_local_rule, set_local_rule
from .profiles import choose_profile

__all__ = [
    "Ask",
    "DayRow",
    "check",
    "choose_profile",
    "end_local_rule",
    "evaluate_again",
    "evaluate_deadline",
    "evaluate_deadlines",
    "forget_day",
    "load_days",
    "on_recompute",
    "read_days",
    "recompute",
    "set_local_rule",
    "uphold",
]
