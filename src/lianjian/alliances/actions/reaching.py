"""Whose bodies a programme may take."""

from __future__ import annotations

from collections.abc import Sequence

from lianjian.directory.models import Organization
from lianjian.jurisdictions.queries import family

from ..models import Programme
from ..rules import pairing as rules


def within_reach(programme: Programme, bodies: Sequence[Organization]) -> None:
    """A programme takes bodies of its own place and of those below: no town puts duties on another.

    Raises `OutOfReach`.
    """
    places = family()[programme.jurisdiction_id]
    outside = next((one for one in bodies if one.jurisdiction_id not in places), None)
    if outside is not None:
        raise rules.OutOfReach(name=outside.name)
