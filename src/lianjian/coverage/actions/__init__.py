"""Verbs of coverage, by subject."""

from .caring import assign_leader, end_leader, set_band, set_goal, set_interval, set_tier
from .covering import assign_instructor, assign_many, cover_enterprise, end_coverage, end_instructor
from .dispatching import CadreLine, dispatch_cadre, end_dispatch, import_cadres
from .importing import CoverageLine, import_coverage
from .leaving import end_leave, start_leave
from .planning import (
    accept_rest,
    confirm_proposal,
    decide_line,
    end_cap,
    propose_cover,
    set_cap,
    withdraw_proposal,
)
from .surveys import answer_survey, ask_newcomers, close_survey, open_survey, take_over
from .watching import settle_uncovered

__all__ = [
    "CadreLine",
    "CoverageLine",
    "accept_rest",
    "answer_survey",
    "ask_newcomers",
    "assign_instructor",
    "assign_leader",
    "assign_many",
    "close_survey",
    "confirm_proposal",
    "cover_enterprise",
    "decide_line",
    "dispatch_cadre",
    "end_cap",
    "end_coverage",
    "end_dispatch",
    "end_instructor",
    "end_leader",
    "end_leave",
    "import_cadres",
    "import_coverage",
    "open_survey",
    "propose_cover",
    "set_cap",
    "set_band",
    "set_goal",
    "set_interval",
    "set_tier",
    "settle_uncovered",
    "start_leave",
    "take_over",
    "withdraw_proposal",
]
