"""The figures that cases can answer for."""

from __future__ import annotations

from .counts import INDICATORS as COUNTS
from .counts import SOLVED, backlog, collected, ordered, served, services, told
from .rates import RATES

INDICATORS = [*COUNTS, *RATES]

__all__ = ["INDICATORS", "SOLVED", "backlog", "collected", "ordered", "served", "services", "told"]
