"""Addresses of imports and of what they made."""

from __future__ import annotations

from uuid import UUID

from django.urls import NoReverseMatch, reverse

from lianjian.foundation import registry


def import_url(key: UUID | str) -> str:
    """The page of an import, at whatever step it is."""
    return reverse("sheets:import", kwargs={"key": key})


def listing_url(kind: str) -> str:
    """Where the records of a kind are listed; empty where no page shows them."""
    declared = registry.sheet_kinds.get(kind)
    if declared is None or not declared.listing:
        return ""
    name, _mark, query = declared.listing.partition("?")
    try:
        return reverse(name) + (f"?{query}" if query else "")
    except NoReverseMatch:
        return ""
