"""How many bodies stand in alliances on a day: seats, distinct bodies and the overlap apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_url, person_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import _, translate

from .. import rules
from ..models import Alliance, AllianceMember
from ..models.standing import undissolved
from .listing import alliance_url
from .people import person_seats_on

PERSON = "person"


@dataclass(frozen=True)
class Shared:
    """A body or a person with a seat: its name and address, and its alliances as (name, address)."""

    name: str
    url: str
    alliances: list[tuple[str, str]]


@dataclass(frozen=True)
class Line:
    """Bodies of one kind: its code, its name, the numbers, the bodies themselves."""

    code: str
    kind: str
    tally: rules.Tally
    bodies: list[Shared]


@dataclass(frozen=True)
class Count:
    """Everything that the page of a day shows; `modes` are (mode, alliances that stand on the day).

    `people` are those whom the asker may see, never added to the bodies.
    """

    day: date
    alliances: int
    lines: list[Line]
    shared: list[Shared]
    modes: list[tuple[str, int]]
    people: Line | None


def members_on(
    actor: Actor, day: date, alliances: QuerySet[Alliance] | None = None
) -> QuerySet[AllianceMember]:
    """Seats that hold on a day in alliances that stand then, each with the `body` that the member was that day."""
    rows = Alliance.objects.visible_to(actor) if alliances is None else alliances
    seats = AllianceMember.objects.visible_to(actor).on(day).with_body(day)
    return seats.filter(alliance__in=rows.standing(day).order_by().values("pk"))  # type: ignore[attr-defined]


def bodies_on(actor: Actor, day: date, alliances: QuerySet[Alliance] | None = None) -> QuerySet[Organization]:
    """The distinct bodies in alliances on a day."""
    rows = Organization.objects.filter(undissolved(day))
    return rows.filter(pk__in=members_on(actor, day, alliances).values("body"))  # type: ignore[misc]


def count_on(actor: Actor, day: date, alliances: QuerySet[Alliance]) -> Count:
    """Seats, distinct bodies and overlap by kind of body, and of people; five queries."""
    standing = list(alliances.standing(day).order_by().values_list("pk", "key", "organization__name", "mode"))  # type: ignore[attr-defined]
    rows_on = members_on(actor, day, alliances).order_by()
    seats: list[tuple[int, int]] = list(rows_on.values_list("alliance_id", "body"))  # type: ignore[misc]
    rows = Organization.objects.filter(undissolved(day), pk__in={body for _alliance, body in seats})
    bodies = {pk: (name, kind, url) for pk, name, kind, url in _bodies(rows)}
    names = {pk: (name, alliance_url(key)) for pk, key, name, _mode in standing}
    kinds: dict[str, list[tuple[int, int]]] = {}
    held: dict[int, set[int]] = {}
    for alliance, body in seats:
        if body not in bodies or alliance not in names:  # dissolved by then; founded between the two questions
            continue
        kinds.setdefault(bodies[body][1], []).append((alliance, body))
        held.setdefault(body, set()).add(alliance)
    labels = dict(Organization.Classification.choices)
    modes: dict[str, int] = {}
    for _pk, _key, _name, mode in standing:
        modes[mode] = modes.get(mode, 0) + 1
    named = {
        body: Shared(bodies[body][0], bodies[body][2], sorted(names[one] for one in seated))
        for body, seated in held.items()
    }
    lines = [
        Line(
            kind,
            str(labels[kind]),
            rules.tally(pairs),
            sorted((named[body] for body in {body for _alliance, body in pairs}), key=lambda one: one.name),
        )
        for kind, pairs in sorted(kinds.items())
    ]
    shared = [one for one in named.values() if len(one.alliances) > 1]
    order = {mode: place for place, mode in enumerate(rules.LISTS["mode"][1])}
    return Count(
        day=day,
        alliances=len(standing),
        lines=lines,
        shared=sorted(shared, key=lambda one: (-len(one.alliances), one.name)),
        people=people_line(actor, day, alliances),
        modes=sorted(modes.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0])),
    )


def people_line(actor: Actor, day: date, alliances: QuerySet[Alliance]) -> Line | None:
    """Seats of people, distinct people and the overlap; None where the asker sees nobody. One query."""
    rows = person_seats_on(actor, day, alliances).order_by("person__name", "person_id", "since", "pk")
    names = ("person_id", "person__name", "person__key", "alliance__key", "alliance__organization__name")
    found = rows.values_list(*names)
    pairs: set[tuple[int, int]] = set()
    named: dict[int, tuple[str, str, dict[str, str]]] = {}
    opens = bool(actor.scopes("people.see"))
    for pk, name, key, alliance, title in found:
        held = named.setdefault(pk, (name, person_url(key) if opens else "", {}))
        held[2][alliance_url(alliance)] = title
        pairs.add((alliance, pk))
    if not pairs:
        return None
    people = [
        Shared(name, url, [(title, href) for href, title in held.items()]) for name, url, held in named.values()
    ]
    return Line(PERSON, str(translate(_("联盟人员"))), rules.tally(pairs), people)


def _bodies(rows: QuerySet[Organization]) -> list[tuple[int, str, str, str]]:
    found = rows.values_list("pk", "name", "classification", "key")
    return [(pk, name, kind, organization_url(key)) for pk, name, kind, key in found]
