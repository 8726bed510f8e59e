"""What follows from facts of the directory: names that are near, places on earth, who may see a firm's business."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lianjian.foundation.errors import _
from lianjian.foundation.names import match_key, short_key

# --- names -------------------------------------------------------------------------------------------------------

_LEADING_BRACKET = re.compile(r"^\([^()]{1,6}\)")
_LEADING_PLACE = re.compile(r"^.{2,3}?(?:省|市|县|区|州)")
PLACE_SHOWN_BY = 3  # so many different names must begin with a word before it counts as a place


def loose_key(name: str) -> str:
    """The name without legal form, leading bracket and leading place: equal keys are worth a person's look."""
    key = match_key(name)
    for pattern in (_LEADING_BRACKET, _LEADING_PLACE):
        rest = pattern.sub("", key, count=1)
        if len(short_key(rest)) >= 2 and len(rest) >= 2:
            key = rest
    return short_key(key)


def place_words(names: Iterable[str], known: Iterable[str] = ()) -> tuple[str, ...]:
    """Place words of a register: the known ones, and each beginning in 市, 县 ... that several names share."""
    found: Counter[str] = Counter()
    for name in names:
        match = _LEADING_PLACE.match(match_key(name))
        if match:
            found[match.group()] += 1
    learned = [word for word, count in found.items() if count >= PLACE_SHOWN_BY]
    return tuple(sorted({*known, *learned}, key=lambda word: (-len(word), word)))


# --- who sees what -----------------------------------------------------------------------------------------------

# A station sees a firm's needs and its party records, not its business (checklist 000-31 到位不越位,参与不干预).
BUSINESS_FIELDS = ("legal_representative", "years", "business_people")
BUSINESS_ROLES = ("legal_representative", "contact", "owner")


def shown_facts(facts: Mapping[str, Any], *, business: bool) -> dict[str, Any]:
    """The facts of an enterprise that an actor is shown; without the right for business the rest is left out."""
    return {name: value for name, value in facts.items() if business or name not in BUSINESS_FIELDS}


# --- size --------------------------------------------------------------------------------------------------------

STAFF_BANDS: Sequence[tuple[str, str, int, int | None]] = (
    ("micro", _("20人以下"), 0, 20),
    ("small", _("20至99人"), 20, 100),
    ("middle", _("100至299人"), 100, 300),
    ("large", _("300人以上"), 300, None),
)


def band_limits(code: str) -> tuple[int, int | None] | None:
    """Lowest number of staff of a band, and the first number above it."""
    return next(((low, high) for band, _label, low, high in STAFF_BANDS if band == code), None)


# --- the organization formula ------------------------------------------------------------------------------------

# In the order in which offices write it: the leading body, its stations, its branches (checklist 000-08 "1+3+X").
FORMULA_GROUPS: Sequence[tuple[str, tuple[str, ...]]] = (
    (_("党委"), ("committee", "work_committee", "chain_committee")),
    (_("党建指导站"), ("station",)),
    (_("联合党组织"), ("joint",)),
    (_("党总支"), ("general_branch",)),
    (_("产业链党支部"), ("chain_branch",)),
    (_("党支部"), ("branch",)),
)


def formula(kinds: Iterable[str]) -> tuple[str, list[tuple[str, int]]]:
    """`1+3+10` and what each number counts, from the kinds of the bodies of a tree. Groups without any are left out."""
    counts = Counter(kinds)
    parts = [(label, sum(counts[kind] for kind in group)) for label, group in FORMULA_GROUPS]
    parts = [(label, number) for label, number in parts if number]
    return "+".join(str(number) for _label, number in parts), parts


# --- places on earth ---------------------------------------------------------------------------------------------

# Krasovsky 1940, the ellipsoid behind the offset of GCJ-02. The polynomial is public knowledge since 2010; it is
# good to about a metre, and the inverse below undoes exactly this forward form.
_A = 6378245.0
_EE = 0.00669342162296594323
_ROUNDS = 10


def in_china(longitude: float, latitude: float) -> bool:
    """The rectangle in which Chinese maps are shifted."""
    return 72.004 <= longitude <= 137.8347 and 0.8293 <= latitude <= 55.8271


def _waves(x: float) -> float:
    return (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0


def _offset(longitude: float, latitude: float) -> tuple[float, float]:
    x, y = longitude - 105.0, latitude - 35.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + _waves(x)
    north += (20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
    north += (160.0 * math.sin(y / 12.0 * math.pi) + 320.0 * math.sin(y * math.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + _waves(x)
    east += (20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
    east += (150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)) * 2.0 / 3.0
    radians = latitude / 180.0 * math.pi
    magic = 1.0 - _EE * math.sin(radians) ** 2
    root = math.sqrt(magic)
    return (
        east * 180.0 / (_A / root * math.cos(radians) * math.pi),
        north * 180.0 / ((_A * (1.0 - _EE)) / (magic * root) * math.pi),
    )


def gcj_from_wgs(longitude: float, latitude: float) -> tuple[float, float]:
    """(longitude, latitude) in GCJ-02 degrees of a WGS-84 point; unchanged outside China."""
    if not in_china(longitude, latitude):
        return longitude, latitude
    east, north = _offset(longitude, latitude)
    return longitude + east, latitude + north


def wgs_from_gcj(longitude: float, latitude: float) -> tuple[float, float]:
    """(longitude, latitude) in WGS-84 degrees of a GCJ-02 point, by fixed-point iteration (far below a millimetre)."""
    if not in_china(longitude, latitude):
        return longitude, latitude
    lng, lat = longitude, latitude
    for _round in range(_ROUNDS):
        east, north = _offset(lng, lat)
        lng, lat = longitude - east, latitude - north
    return lng, lat


def metres_between(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in metres of two (longitude, latitude) points on a sphere of 6,371,008.8 m."""
    (x1, y1), (x2, y2) = ((math.radians(p[0]), math.radians(p[1])) for p in (a, b))
    h = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return 2 * 6371008.8 * math.asin(math.sqrt(h))


DATUMS = ("WGS-84", "GCJ-02")
SHAPES = ("Polygon", "MultiPolygon")
MOST_POINTS = 200_000


def features_of(document: Any) -> list[tuple[str, dict[str, Any]]] | None:
    """(name, geometry) of the areas in a GeoJSON document; None when it holds none or something else."""
    if not isinstance(document, dict):
        return None
    kind = document.get("type")
    if kind in SHAPES:
        return [("", document)] if _sound(document) else None
    features = (
        document.get("features") if kind == "FeatureCollection" else [document] if kind == "Feature" else None
    )
    if not isinstance(features, list) or not features:
        return None
    found = []
    for feature in features:
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if not isinstance(geometry, dict) or geometry.get("type") not in SHAPES or not _sound(geometry):
            return None
        named = feature.get("properties") or {}
        name = next((str(named[key]) for key in ("name", "NAME", "Name", "名称") if named.get(key)), "")
        found.append((name[:60], {"type": geometry["type"], "coordinates": geometry["coordinates"]}))
    return found


def _sound(geometry: Mapping[str, Any]) -> bool:
    """Rings of at least four points, each a longitude and a latitude on earth."""
    try:
        groups = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        rings = [ring for polygon in groups for ring in polygon]
        points = [point for ring in rings for point in ring]
        return (
            bool(rings)
            and all(len(ring) >= 4 for ring in rings)
            and len(points) <= MOST_POINTS
            and all(-180 <= float(p[0]) <= 180 and -90 <= float(p[1]) <= 90 for p in points)
        )
    except (KeyError, TypeError, ValueError, IndexError):
        return False


def to_wgs(geometry: Mapping[str, Any], datum: str) -> dict[str, Any]:
    """The geometry in WGS-84, with six decimals (about 0.1 m); altitudes are left out."""
    convert = wgs_from_gcj if datum == "GCJ-02" else lambda x, y: (x, y)

    def point(pair: Sequence[float]) -> list[float]:
        lng, lat = convert(float(pair[0]), float(pair[1]))
        return [round(lng, 6), round(lat, 6)]

    def ring(points: Sequence[Sequence[float]]) -> list[list[float]]:
        return [point(p) for p in points]

    if geometry["type"] == "Polygon":
        return {"type": "Polygon", "coordinates": [ring(r) for r in geometry["coordinates"]]}
    return {
        "type": "MultiPolygon",
        "coordinates": [[ring(r) for r in polygon] for polygon in geometry["coordinates"]],
    }


# --- party bodies ------------------------------------------------------------------------------------------------

# Longest word first: each gives classification and level away, in a category column or at the end of a name.
_PARTY_WORDS: Sequence[tuple[str, str, str]] = (
    ("党群服务中心", "centre", ""),
    ("指导站", "station", ""),
    ("党员中心户", "party", "home"),
    ("中心户", "party", "home"),
    ("党小组", "party", "group"),
    ("产业链党支部", "party", "chain_branch"),
    ("产业链支部", "party", "chain_branch"),
    ("产业链党委", "party", "chain_committee"),
    ("行业党委", "party", "chain_committee"),
    ("行业综合党委", "party", "chain_committee"),
    ("联合党组织", "party", "joint"),
    ("党总支", "party", "general_branch"),
    ("总支部", "party", "general_branch"),
    ("党工委", "party", "work_committee"),
    ("党支部", "party", "branch"),
    ("支部", "party", "branch"),
    ("党委", "party", "committee"),
    ("委员会", "party", "committee"),
)


def party_kind(*texts: str) -> tuple[str, str]:
    """Classification and level of a party body, from its category if that says it, else from its name."""
    for text in texts:
        key = match_key(text)
        for word, classification, level in _PARTY_WORDS:
            if word in key:
                return classification, level
    return "party", "branch"


def same_committee(a: str, b: str) -> bool:
    """中共镜湖镇委员会, 镜湖镇党委 and 镜湖镇委 name one committee."""
    return bool(_committee(a)) and _committee(a) == _committee(b)


def _committee(name: str) -> str:
    key = match_key(name)
    for start in ("中国共产党", "中共"):
        key = key.removeprefix(start)
    for end in ("委员会", "党委", "委"):
        if key.endswith(end) and len(key) > len(end):
            return key[: -len(end)]
    return ""
