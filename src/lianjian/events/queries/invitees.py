"""Who is usually invited by a body: apps above say it of the bodies they know (an alliance: its members)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from lianjian.directory.models import Organization

# Called with a body and a day; each gives the bodies of its kind. Filled by the wiring.
members_of: list[Callable[[Organization, date], Sequence[Organization]]] = []


def usual_names(convener: Organization, day: date) -> str:
    """Names of who is usually invited, one a line."""
    found = (body for provider in members_of for body in provider(convener, day))
    return "\n".join(dict.fromkeys(body.name for body in found))
