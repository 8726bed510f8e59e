"""Addresses of doors that stand in higher apps."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

# The door through which a need is told and published at once: url name, filled by the wiring.
NEED: list[str] = []


def need_url() -> str:
    """Where a need is published; empty where no app takes needs."""
    try:
        return reverse(NEED[0]) if NEED else ""
    except NoReverseMatch:
        return ""
