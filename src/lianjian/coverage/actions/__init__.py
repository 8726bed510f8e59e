"""Verbs of coverage, by subject."""

from .covering import assign_instructor, assign_many, cover_enterprise, end_coverage, end_instructor
from .dispatching import CadreLine, dispatch_cadre, end_dispatch, import_cadres
from .importing import CoverageLine, import_coverage

__all__ = [
    "CadreLine",
    "CoverageLine",
    "assign_instructor",
    "assign_many",
    "cover_enterprise",
    "dispatch_cadre",
    "end_coverage",
    "end_dispatch",
    "end_instructor",
    "import_cadres",
    "import_coverage",
]
