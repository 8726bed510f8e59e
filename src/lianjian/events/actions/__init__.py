"""Verbs on visits."""

from .importing import adopt_visits, import_visits
from .visits import add_purpose, change_visit, record_visit, withdraw_visit

__all__ = ["add_purpose", "adopt_visits", "change_visit", "import_visits", "record_visit", "withdraw_visit"]
