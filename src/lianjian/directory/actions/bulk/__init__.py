"""Verbs that store a whole spreadsheet at once: one journal entry, a handful of statements, whatever its length."""

from .enterprises import store_enterprises
from .parties import store_party_organizations
from .tags import store_ledger_tags, store_tags

__all__ = ["store_enterprises", "store_ledger_tags", "store_party_organizations", "store_tags"]
