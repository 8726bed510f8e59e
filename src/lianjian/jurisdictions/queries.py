"""Reads on jurisdictions."""

from __future__ import annotations

from .models import Jurisdiction


def family() -> dict[int, tuple[int, ...]]:
    """Each jurisdiction with itself and all below it, by id. A county has tens of towns; a city some hundreds."""
    parents = dict(Jurisdiction.objects.values_list("id", "parent_id"))
    found: dict[int, list[int]] = {key: [key] for key in parents}
    for key in parents:
        above = parents[key]
        while above is not None:
            found[above].append(key)
            above = parents[above]
    return {key: tuple(sorted(below)) for key, below in found.items()}
