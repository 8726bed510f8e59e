"""Cases: categories and routing, the case, its story, requests for more time."""

from .cases import Case, CaseEvent, Extension
from .categories import Category, Route

__all__ = ["Case", "CaseEvent", "Category", "Extension", "Route"]
