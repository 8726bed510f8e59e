"""Addresses of doors that stand in higher apps."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from lianjian.foundation.actor import Actor

# The door through which a need is told and published at once: url name, filled by the wiring.
NEED: list[str] = []


def need_url(actor: Actor, organization: str = "") -> str:
    """Where a need is published (for a body); empty where no app takes needs, or the actor may tell none."""
    if not NEED or not actor.may("cases.register"):
        return ""
    try:
        address = reverse(NEED[0])
    except NoReverseMatch:
        return ""
    return f"{address}?{urlencode({'organization': organization})}" if organization else address
