"""People in alliances, for programs."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from lianjian.directory.models import Organization, Person
from lianjian.foundation import clock
from lianjian.foundation.apidoor import need, once

from .. import actions
from ..models import Alliance, PersonSeat
from ..queries import people_line, person_seats_on
from . import Day, Word

router = Router()


class PersonSeatOut(Schema):
    """A person in a role, from `since` to the day before `until`; `on_behalf` is the body spoken for, if any."""

    key: UUID
    person: UUID
    name: str
    role: str
    on_behalf: UUID | None
    since: date
    until: date | None


class PersonSeatIn(Schema):
    """A person takes a role."""

    person: UUID
    role: Word
    on_behalf: UUID | None = None
    since: Day
    until: Day | None = None
    ground: Word = ""


class PeopleCount(Schema):
    """Seats, distinct people and overlap, of those whom the asker may see."""

    seats: int
    distinct: int
    overlap: int


def _shown(one: PersonSeat) -> dict[str, Any]:
    return {
        "key": one.key,
        "person": one.person.key,
        "name": one.person.name,
        "role": one.role,
        "on_behalf": one.on_behalf.key if one.on_behalf else None,
        "since": one.since,
        "until": one.until,
    }


@router.get("/people/count", response=PeopleCount, auth=need("alliances.see"))
def count_people(request: HttpRequest, day: Day | None = None, mode: Word = "", form: Word = "") -> dict[str, int]:
    """How many people sit in alliances on a day (today)."""
    actor = request.actor  # type: ignore[attr-defined]
    asked = {name: value for name, value in (("mode", mode), ("form", form)) if value}
    line = people_line(actor, day or clock.today(), Alliance.objects.visible_to(actor).filter(**asked))
    if line is None:
        return {"seats": 0, "distinct": 0, "overlap": 0}
    return {"seats": line.tally.total, "distinct": line.tally.distinct, "overlap": line.tally.overlap}


@router.get("/{uuid:key}/people", response=list[PersonSeatOut], auth=need("alliances.see"))
def list_people(request: HttpRequest, key: UUID, day: Day | None = None) -> list[dict[str, Any]]:
    """The people of an alliance on a day (today), of those whom the asker may see."""
    actor = request.actor  # type: ignore[attr-defined]
    held = get_object_or_404(Alliance.objects.visible_to(actor), key=key)
    rows = person_seats_on(actor, day or clock.today(), Alliance.objects.filter(pk=held.pk))
    return [_shown(one) for one in rows.select_related("person", "on_behalf").order_by("since", "pk")]


@router.post("/{uuid:key}/people", response={201: PersonSeatOut}, auth=need("alliances.write"))
def seat_person(request: HttpRequest, key: UUID, payload: PersonSeatIn) -> HttpResponseBase:
    """Let a person take a role. With an `Idempotency-Key` it happens once."""

    def answer() -> HttpResponseBase:
        actor = request.actor  # type: ignore[attr-defined]
        held = get_object_or_404(Alliance.objects.visible_to(actor).select_related("organization"), key=key)
        values = payload.dict()
        seen = Person.objects.visible_to(actor)  # type: ignore[attr-defined]
        values["person"] = get_object_or_404(seen, key=payload.person)
        if payload.on_behalf is not None:
            bodies = Organization.objects.current()  # type: ignore[attr-defined]
            values["on_behalf"] = get_object_or_404(bodies, key=payload.on_behalf)
        seat = actions.seat_person(actor=actor, alliance=held, now=clock.now(), **values)
        shown = _shown(seat)
        return JsonResponse({name: None if one is None else str(one) for name, one in shown.items()}, status=201)

    return once(request, answer)
