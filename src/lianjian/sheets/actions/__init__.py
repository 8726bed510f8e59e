"""Verbs of imports, by step."""

from .committing import commit, mark_failed, prepare, rehearse, resume, start
from .matching import forget, learn_value, match
from .reviewing import decide
from .undoing import undo
from .uploading import read_import, upload

__all__ = [
    "commit",
    "decide",
    "forget",
    "learn_value",
    "mark_failed",
    "match",
    "prepare",
    "read_import",
    "rehearse",
    "resume",
    "start",
    "undo",
    "upload",
]
