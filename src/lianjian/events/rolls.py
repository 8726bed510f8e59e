"""Who belongs to a body on a day: the list from which attendance is written.

Higher apps know rolls of their own (members of a branch with their exemptions); the wiring puts their providers into
`PROVIDERS`. The first that answers is taken; bodies that nobody knows have the people who hold a membership in them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from lianjian.directory.models import Membership, Organization

from .models import Meeting
from .rules.attendance import MOST


class OnRoll(NamedTuple):
    """One person: `voter` where votes are counted by the head, `exempt` who is not bound to come."""

    person_id: int
    name: str
    exempt: bool = False
    voter: bool = False


@dataclass(frozen=True)
class Roll:
    """The people of a body on a day, in the order of their names."""

    people: Sequence[OnRoll]


class Electorate(NamedTuple):
    """Who votes at a meeting: the rule by its code, how many have the vote and how many of them came, where known."""

    code: str
    eligible: int | None
    present: int | None


Provider = Callable[[Organization, date], Roll | None]
PROVIDERS: list[Provider] = []
# The rule a vote at a meeting is judged by, and who has the vote; asked in turn, the first answer is taken.
ELECTORATES: list[Callable[[Meeting], Electorate | None]] = []
# Which body persons count for on a day, by person, of those of whom somebody knows it: (person ids, day) -> bodies.
HOMES: list[Callable[[Collection[int], date], Mapping[int, Organization]]] = []

# Whoever only covers or guides a body is none of its people.
OUTSIDERS = ("instructor", "leader", "contact", "legal_representative")


def known_roll(organization: Organization, day: date) -> Roll | None:
    """The whole roll of a body on a day, where an app vouches for it."""
    for provider in PROVIDERS:
        found = provider(organization, day)
        if found is not None:
            return found
    return None


def roll_of(organization: Organization, day: date) -> Roll:
    """The people of a body on a day."""
    found = known_roll(organization, day)
    if found is not None:
        return found
    rows = Membership.objects.filter(organization=organization).on(day)  # type: ignore[attr-defined]
    rows = rows.exclude(role__in=OUTSIDERS).order_by("person__name", "person_id")
    people = dict(rows.values_list("person_id", "person__name")[:MOST])
    return Roll([OnRoll(pk, name) for pk, name in people.items()])


def electorate_of(meeting: Meeting) -> Electorate | None:
    """Whose vote counts at the meeting; None where no rule binds its votes."""
    for provider in ELECTORATES:
        found = provider(meeting)
        if found is not None:
            return found
    return None


def home_of(person_id: int, day: date) -> Organization | None:
    """The body for which a person counts on a day, if anybody knows."""
    return homes_of([person_id], day).get(person_id)


def homes_of(people: Collection[int], day: date) -> dict[int, Organization]:
    """By person, the body for which each counts on a day, if anybody knows; one query for each who may know."""
    found: dict[int, Organization] = {}
    for known in HOMES:
        left = [pk for pk in people if pk not in found]
        found |= known(left, day) if left else {}
    return found
