"""The figures that cases can answer for."""

from __future__ import annotations

from ..queries.solved import SOLVED
from .counts import INDICATORS as COUNTS
from .counts import backlog, backlog_quickly, collected, ordered, served, services, told
from .rates import RATES
from .settling import SETTLING

INDICATORS = [*COUNTS, *RATES, *SETTLING]

__all__ = ["INDICATORS", "SOLVED", "backlog", "backlog_quickly", "collected", "ordered", "served", "services", "told"]
