"""Where organizations stand: points and boundaries for the map page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lianjian.foundation.actor import Actor

from ..models import AreaShape, Organization
from .lists import organization_url

MOST_POINTS = 3000
TONES = {"enterprise": "info", "station": "late", "party": "late", "village": "done", "park": "due"}


@dataclass(frozen=True)
class MapPage:
    """Points, whether a boundary is there, and how many organizations have no position yet."""

    points: Sequence[dict[str, Any]]
    shapes: Sequence[tuple[str, str, str, Any]]
    without: int
    cut: bool
    legend: Sequence[tuple[str, str, int]]


def map_page(actor: Actor, *, jurisdiction_id: int | None, classification: str) -> MapPage:
    """The organizations with a position, and the boundaries uploaded by the jurisdiction (or by any, for none)."""
    rows = Organization.objects.visible_to(actor).current()  # type: ignore[attr-defined]
    shapes = AreaShape.objects.all()
    if jurisdiction_id is not None:
        rows = rows.filter(jurisdiction_id=jurisdiction_id)
        shapes = shapes.filter(jurisdiction_id=jurisdiction_id)
    if classification:
        rows = rows.filter(classification=classification)
    placed = rows.filter(latitude__isnull=False, longitude__isnull=False).order_by("name", "id")
    found = list(
        placed.values_list(
            "key", "name", "classification", "longitude", "latitude", "enterprise__above_scale"
        )[: MOST_POINTS + 1]
    )
    points = [
        {
            "name": name,
            "lng": float(lng or 0),
            "lat": float(lat or 0),
            "tone": TONES.get(kind, "neutral"),
            "url": organization_url(key),
        }
        for key, name, kind, lng, lat, _above in found[:MOST_POINTS]
    ]
    kept = shapes.order_by("name", "id").values_list("id", "name", "source", "uploaded_at")
    return MapPage(
        points,
        [(str(pk), n, s, at) for pk, n, s, at in kept],
        rows.filter(latitude__isnull=True).count(),
        len(found) > MOST_POINTS,
        _legend([kind for _key, _name, kind, *_rest in found[:MOST_POINTS]]),
    )


def _legend(kinds: Sequence[str]) -> list[tuple[str, str, int]]:
    """(colour, what it stands for, how many): kinds of one colour share a line."""
    words = dict(Organization.Classification.choices)
    found: dict[str, tuple[list[str], int]] = {}
    for kind, count in Counter(kinds).most_common():
        tone = TONES.get(kind, "neutral")
        names, sofar = found.get(tone, ([], 0))
        names.append(str(words[kind]))
        found[tone] = (names, sofar + count)
    return [(tone, "、".join(names), count) for tone, (names, count) in found.items()]


def shapes_document(jurisdiction_id: int | None) -> dict[str, Any]:
    """The boundaries as one GeoJSON FeatureCollection in WGS-84."""
    rows = AreaShape.objects.order_by("name", "id")
    if jurisdiction_id is not None:
        rows = rows.filter(jurisdiction_id=jurisdiction_id)
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"name": name}, "geometry": geometry}
            for name, geometry in rows.values_list("name", "geojson")
        ],
    }
