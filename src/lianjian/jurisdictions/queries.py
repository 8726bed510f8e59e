"""Reads on jurisdictions."""

from __future__ import annotations

import time

from .models import Jurisdiction

NAME_KEPT_SECONDS = 300
_name: list[tuple[float, str]] = []


def site_name() -> str:
    """The name of the place that runs this house: its highest jurisdiction. Kept for some minutes per process."""
    if not _name or _name[0][0] < time.monotonic():
        first = Jurisdiction.objects.filter(parent__isnull=True).order_by("id").values_list("name", flat=True).first()
        _name[:] = [(time.monotonic() + NAME_KEPT_SECONDS, first or "")]
    return _name[0][1]


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
