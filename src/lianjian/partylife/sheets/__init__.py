"""Members and people on their way into the party from spreadsheets, by subject."""

from . import firms, members
from .firms import store_development, store_found
from .members import store_members

KINDS = [*firms.KINDS, *members.KINDS]
PARTS = [*firms.PARTS, *members.PARTS]

__all__ = ["KINDS", "PARTS", "store_development", "store_found", "store_members"]
