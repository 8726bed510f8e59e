"""Verbs on visits."""

from .importing import adopt_visits, import_visits
from .purposes import add_purpose, rename_purpose, retire_purpose
from .visits import change_visit, record_visit, withdraw_visit

__all__ = [
    "add_purpose",
    "adopt_visits",
    "change_visit",
    "import_visits",
    "record_visit",
    "rename_purpose",
    "retire_purpose",
    "withdraw_visit",
]
