"""Verbs that store a whole spreadsheet at once: one journal entry, a handful of statements, whatever its length."""

from .enterprises import store_enterprises
from .parties import store_party_organizations

__all__ = ["store_enterprises", "store_party_organizations"]
