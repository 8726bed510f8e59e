"""What people do with awards, their rounds and candidates."""

from .nominees import check_nominee, forget_nominees, nominate, strike_nominee
from .rounds import (
    call_off_round,
    decide_round,
    hold_round,
    lapse_rounds,
    leave_vacant,
    open_round,
    reopen_round,
    show_round,
)
from .schemes import (
    SCHEME_FIELDS,
    bodies_merge,
    body_ended,
    change_scheme,
    end_scheme,
    found_scheme,
    remind_rounds,
)

__all__ = [
    "SCHEME_FIELDS",
    "bodies_merge",
    "body_ended",
    "call_off_round",
    "change_scheme",
    "check_nominee",
    "decide_round",
    "end_scheme",
    "forget_nominees",
    "found_scheme",
    "hold_round",
    "lapse_rounds",
    "leave_vacant",
    "nominate",
    "open_round",
    "remind_rounds",
    "reopen_round",
    "show_round",
    "strike_nominee",
]
