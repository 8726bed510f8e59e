"""What a proposal starts from: firms with who covers them, stations and instructors with caps, areas and load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from lianjian.directory.models import Area, Membership, Organization, Person
from lianjian.directory.models.organizations import path_ids
from lianjian.foundation.actor import Actor
from lianjian.foundation.dbday import Today
from lianjian.foundation.numerals import natural_key

from ..models import Cap, CapPlace, Leave
from ..rules import COVERABLE, MOST_FIRMS, Firm, Holder, Place, Point
from .enterprises import coverage_on, enterprises, instructors_on, standing_on, stations

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Question:
    """Who could cover which firms on a day. Keys of firms and holders are ids as text."""

    firms: Sequence[Firm]
    holders: Sequence[Holder]
    firm_names: Mapping[str, str] = field(default_factory=dict)
    holder_names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Capped:
    """A cap that holds on a day with the organizations within which its holder travels."""

    id: int
    key: object
    most: int
    since: date
    places: Sequence[Organization]


def caps_on(kind: str, jurisdiction_id: int, day: date) -> dict[int, Capped]:
    """The caps of a place's stations or instructors on a day, by holder. Two queries."""
    name = "station_id" if kind == "station" else "person_id"
    rows = Cap.objects.filter(jurisdiction_id=jurisdiction_id).on(day).filter(**{f"{name}__isnull": False})
    found = list(rows.order_by("pk"))
    places: dict[int, list[Organization]] = {}
    for row in CapPlace.objects.filter(cap__in=[cap.pk for cap in found]).select_related("organization").order_by("pk"):
        places.setdefault(row.cap_id, []).append(row.organization)
    return {
        getattr(cap, name): Capped(cap.pk, cap.key, cap.most, cap.since, places.get(cap.pk, ())) for cap in found
    }


def holdings(kind: str, jurisdiction_id: int, day: date) -> dict[int, list[int]]:
    """Firm to those who cover it on the day, the one who came first in front. Only firms of the place that stand."""
    bodies = Organization.objects.filter(jurisdiction_id=jurisdiction_id, classification__in=COVERABLE)
    firms = standing_on(bodies, day)
    rows: Any
    if kind == "station":
        rows = coverage_on(day).filter(target__in=firms).values_list("target_id", "source_id")
    else:
        rows = instructors_on(day).filter(organization__in=firms).values_list("organization_id", "person_id")
    found: dict[int, list[int]] = {}
    for firm, holder in rows.order_by("since", "id"):
        found.setdefault(firm, []).append(holder)
    return found


def away_on(jurisdiction_id: int, day: date) -> set[int]:
    """Instructors of a place who are away on the day."""
    return set(Leave.objects.filter(jurisdiction_id=jurisdiction_id).on(day).values_list("person_id", flat=True))


def question(actor: Actor, *, kind: str, scope: str, day: date, leaving: int | None = None) -> Question:
    """What is to be solved for the actor's own place. `leaving`: for somebody away; only what somebody covers already,
    where everybody else keeps what he has, whatever his cap and area are by now.
    """
    home = actor.jurisdiction_id
    held = holdings(kind, home, day)
    caps = caps_on(kind, home, day)
    if kind == "station":
        rows = stations(actor, day).filter(jurisdiction_id=home).values_list("id", "name", "latitude", "longitude")
        named = {pk: (name, _point(lat, lng)) for pk, name, lat, lng in rows}
    else:
        able = {*caps, *(one for holders in held.values() for one in holders)} - away_on(home, day)
        named = {pk: (name, None) for pk, name in Person.objects.filter(pk__in=able).values_list("id", "name")}
    asked = _asked(actor, scope, day, held, named, leaving)
    station_of = held if kind == "station" else holdings("station", home, day)
    areas = _areas(row[5] for row in asked)
    first = {firm: _first(holders, named) for firm, holders in held.items()}
    return Question(
        firms=[_firm(row, areas, station_of, first) for row in asked],
        holders=_holders(named, caps, held, {row[0] for row in asked}, first, _points(home), leaving is not None),
        firm_names={str(row[0]): row[1] for row in asked},
        holder_names={str(pk): name for pk, (name, _p) in named.items()},
    )


def _asked(
    actor: Actor,
    scope: str,
    day: date,
    held: Mapping[int, Sequence[int]],
    named: Mapping[int, object],
    leaving: int | None,
) -> list[Row]:
    rows = enterprises(actor, day, COVERABLE if leaving is not None else ("enterprise",))
    rows = rows.filter(jurisdiction_id=actor.jurisdiction_id)
    if scope == "above":
        rows = rows.filter(size_above=True)
    found = list(rows.order_by("id").values_list("id", "name", "path", "latitude", "longitude", "area_id"))
    if leaving is None:
        return [row for row in found if scope != "missing" or row[0] not in held]
    # Firms of somebody else who is away are a matter of that leave.
    able = {leaving, *named}
    found = [row for row in found if able.intersection(held.get(row[0], ()))]
    # Too many for one question: then the others' firms are left out of it, who could only make room.
    return found if len(found) <= MOST_FIRMS else [row for row in found if leaving in held[row[0]]]


def _first(holders: Sequence[int], named: Mapping[int, object]) -> int:
    """The one whose firm it is: who came first of those who can still cover it; where none can, who came first."""
    return next((one for one in holders if one in named), holders[0])


def _firm(
    row: Row,
    areas: Mapping[int, Iterable[str]],
    station_of: Mapping[int, Sequence[int]],
    first: Mapping[int, int],
) -> Firm:
    pk, _name, path, latitude, longitude, area = row
    parts = {f"o{one}" for one in path_ids(path)} | {f"o{one}" for one in station_of.get(pk, ())}
    parts |= set(areas.get(area, ()))
    held = (str(first[pk]),) if pk in first else ()
    return Firm(str(pk), frozenset(parts), _point(latitude, longitude), held)


def _holders(
    named: Mapping[int, tuple[str, Point | None]],
    caps: Mapping[int, Capped],
    held: Mapping[int, Sequence[int]],
    asked: set[int],
    first: Mapping[int, int],
    points: Mapping[int, Point],
    keeping: bool,
) -> list[Holder]:
    elsewhere: Counter[int] = Counter()
    keeps = Counter(first[firm] for firm in asked if firm in first) if keeping else Counter[int]()
    middle: dict[int, list[Point]] = {}
    for firm, holders in held.items():
        for one in holders:
            elsewhere[one] += firm not in asked or first[firm] != one
            if firm in points:
                middle.setdefault(one, []).append(points[firm])
    found = []
    for pk, (_name, point) in named.items():
        cap = caps.get(pk)
        places = [_place(place) for place in (cap.places if cap else ())]
        known = [_point(one.latitude, one.longitude) for one in (cap.places if cap else ())]
        where = point or _centre(middle.get(pk, ())) or _centre([one for one in known if one])
        found.append(Holder(str(pk), cap.most if cap else None, places, where, elsewhere[pk], keeps[pk]))
    return found


def _place(organization: Organization) -> Place:
    parts = {f"o{organization.pk}"}
    if organization.area_id is not None and organization.classification != "station":
        parts.add(f"a{organization.area_id}")
    return Place(frozenset(parts), organization.name)


def _areas(area_ids: Iterable[int | None]) -> dict[int, list[str]]:
    """Each statistical area with those above it."""
    wanted = {pk for pk in area_ids if pk is not None}
    above: dict[int, int | None] = {}
    while wanted:
        rows = dict(Area.objects.filter(pk__in=wanted).values_list("pk", "parent_id"))
        above |= rows
        wanted = {pk for pk in rows.values() if pk is not None} - set(above)
    found: dict[int, list[str]] = {}
    for pk in above:
        line: list[str] = []
        at: int | None = pk
        while at is not None:
            line.append(f"a{at}")
            at = above.get(at)
        found[pk] = line
    return found


def _points(jurisdiction_id: int) -> dict[int, Point]:
    rows = Organization.objects.filter(
        jurisdiction_id=jurisdiction_id, classification__in=COVERABLE, latitude__isnull=False
    )
    found = ((pk, _point(lat, lng)) for pk, lat, lng in rows.values_list("id", "latitude", "longitude"))
    return {pk: point for pk, point in found if point is not None}


def _point(latitude: Any, longitude: Any) -> Point | None:
    return None if latitude is None or longitude is None else (float(latitude), float(longitude))


def _centre(points: Sequence[Point]) -> Point | None:
    """The middle of what one looks after stands for where one sets out."""
    if not points:
        return None
    return (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))


def travel_places(actor: Actor) -> list[Organization]:
    """Where one may be sent: stations, parks, villages of the actor's own place, and bodies that have firms below."""
    rows = Organization.objects.filter(
        jurisdiction_id=actor.jurisdiction_id, merged_into__isnull=True, dissolved_on__isnull=True, is_root=False
    ).filter(
        Q(classification__in=("station", "park", "village")) | Q(children__classification="enterprise"),
    )
    found = rows.distinct().order_by("classification", "name", "id")
    return sorted(found, key=lambda row: (row.classification, natural_key(row.name)))


def guiding_people(actor: Actor) -> list[Person]:
    """Who looks after firms of the actor's own place, now or later."""
    rows = Membership.objects.filter(role="instructor", organization__jurisdiction_id=actor.jurisdiction_id)
    held = rows.filter(Q(until__isnull=True) | Q(until__gt=Today()))
    return list(Person.objects.filter(pk__in=held.values("person_id")).order_by("name", "id"))
