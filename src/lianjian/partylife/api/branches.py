"""Branches, their members, terms and what they lack, in the programming interface."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from lianjian.directory.models import Person
from lianjian.directory.queries.naming import named_person
from lianjian.foundation import clock
from lianjian.foundation.actor import Actor
from lianjian.foundation.apidoor import need, once, paged
from lianjian.rulebook.queries import cite

from .. import actions
from ..models import BranchMembership, Shortfall, Term
from ..queries import branches_of
from ..queries.bodies import bodies_on
from ..queries.branches import counted
from ..queries.committees import with_state
from ..queries.life import rule_name
from ..rules import roll
from .shared import Cursor, Day, Name, Word, actor_of, narrowed

router = Router()


class BranchOut(Schema):
    """A party organization on a day. Numbers of members are null where nobody was entered by then: unknown, not 0."""

    key: UUID
    name: str
    level: str
    formation: str
    seat: str
    since: date | None
    founded_on: date | None
    members: int | None
    full: int | None
    hosted: int


class BranchList(Schema):
    """A page of branches; `next` is the value of `after` for the following page."""

    branches: list[BranchOut]
    next: int | None


class MemberOut(Schema):
    """A member in a branch from `since` to the day before `until`; `role` is home or host (counted at home alone)."""

    key: UUID
    name: str
    role: str
    since: date
    until: date | None
    joined_on: date
    full_on: date | None


class MemberList(Schema):
    """A page of members; `next` is the value of `after` for the following page."""

    members: list[MemberOut]
    next: int | None


class MemberIn(Schema):
    """A member enters: a person of the register, or a name; `namesake`: another person than who bears it already."""

    person: UUID | None = None
    name: Name = ""
    namesake: bool = False
    since: Day
    joined_on: Day
    full_on: Day | None = None
    occupation: Name = ""


class TermOut(Schema):
    """A term of office. `end` is the last day with what was approved; `state` that of the day asked for."""

    key: UUID
    branch: UUID
    branch_name: str
    leadership: str
    way: str
    seats: int
    since: date
    due_on: date | None
    extended_to: date | None
    end: date | None
    ended_on: date | None
    state: str


class TermList(Schema):
    """A page of terms; `next` is the value of `after` for the following page."""

    terms: list[TermOut]
    next: int | None


class ShortfallOut(Schema):
    """What a branch has not held in a calendar period: the rule with its article, asked and held."""

    key: UUID
    branch: UUID
    branch_name: str
    rule: str
    title: str
    cite: str
    period_from: date
    period_to: date
    required: int
    held: int
    state: str
    reason: str


class ShortfallList(Schema):
    """A page of shortfalls; `next` is the value of `after` for the following page."""

    shortfalls: list[ShortfallOut]
    next: int | None


@router.get("/branches", response=BranchList, auth=need("partylife.see"))
def list_branches(
    request: HttpRequest, day: Day | None = None, level: Word = "", formation: Word = "", seat: Word = "",
    after: Cursor = 0,
) -> dict[str, Any]:  # fmt: skip
    """Party organizations that stood on a day (today) with their form and members of that day."""
    asked = day or clock.today()
    rows = narrowed(bodies_on(actor_of(request), asked), form_level=level, form_formation=formation, form_seat=seat)
    found, following = paged(counted(rows, asked), after)
    shown = [
        {
            "key": one.key, "name": one.name, "level": one.form_level, "formation": one.form_formation,
            "seat": one.form_seat, "since": one.form_since, "founded_on": one.founded_on,
            "members": one.home_count if one.entered else None, "full": one.full_count if one.entered else None,
            "hosted": one.host_count,
        }
        for one in found
    ]  # fmt: skip
    return {"branches": shown, "next": following}


def _seat(one: BranchMembership) -> dict[str, Any]:
    member = one.member
    return {
        "key": member.key, "name": member.person.name, "role": one.role, "since": one.since, "until": one.until,
        "joined_on": member.joined_on, "full_on": member.full_on,
    }  # fmt: skip


@router.get("/branches/{uuid:key}/members", response=MemberList, auth=need("partylife.see"))
def list_members(
    request: HttpRequest, key: UUID, day: Day | None = None, role: Word = "", after: Cursor = 0
) -> dict[str, Any]:
    """The members of a branch on a day (today), at home or as guests."""
    actor, asked = actor_of(request), day or clock.today()
    branch = get_object_or_404(bodies_on(actor, asked), key=key)
    seats: Any = BranchMembership.objects.visible_to(actor)  # type: ignore[attr-defined]
    rows = narrowed(seats.on(asked).filter(branch=branch), role=role)
    found, following = paged(rows.select_related("member__person"), after)
    return {"members": [_seat(one) for one in found], "next": following}


def _person(actor: Actor, payload: MemberIn) -> Person | str:
    """The person who is meant, as the page takes a name. Raises `SeveralBearers`, `Http404`."""
    people = Person.objects.visible_to(actor)  # type: ignore[attr-defined]
    if payload.person is not None:
        found: Person = get_object_or_404(people, key=payload.person)
        return found
    name = payload.name.strip()
    if not name or payload.namesake:
        return name
    only = named_person(actor, name)
    if only is None and people.filter(name=name).exists():
        raise roll.SeveralBearers
    return only or name


@router.post("/branches/{uuid:key}/members", response={201: MemberOut}, auth=need("partylife.write"))
def admit_member(request: HttpRequest, key: UUID, payload: MemberIn) -> HttpResponseBase:
    """Enter a member into the branch that he belongs to. With an `Idempotency-Key` he enters once."""

    def answer() -> HttpResponseBase:
        actor = actor_of(request)
        branch = get_object_or_404(branches_of(actor), key=key)
        made = actions.add_member(
            actor=actor, person=_person(actor, payload), branch=branch, since=payload.since,
            joined_on=payload.joined_on, full_on=payload.full_on, occupation=payload.occupation,
            namesake=payload.namesake, now=clock.now(),
        )  # fmt: skip
        seat = made.branches.select_related("member__person").get()
        return JsonResponse(_seat(seat), status=201)

    return once(request, answer)


@router.get("/terms", response=TermList, auth=need("partylife.see"))
def list_terms(
    request: HttpRequest, day: Day | None = None, branch: UUID | None = None, state: Word = "",
    leadership: Word = "", ends_by: Day | None = None, after: Cursor = 0,
) -> dict[str, Any]:  # fmt: skip
    """Terms of office that ran on a day (today), and how near their end they were."""
    asked = day or clock.today()
    rows = Term.objects.visible_to(actor_of(request)).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=asked),
        Q(branch__dissolved_on__isnull=True) | Q(branch__dissolved_on__gt=asked),
        since__lte=asked,
        branch__merged_into__isnull=True,
    )
    rows = narrowed(
        with_state(rows, asked), branch__key=branch, state=state, leadership=leadership, end__lte=ends_by
    )  # type: ignore[assignment]
    found, following = paged(rows.select_related("branch"), after)
    names = ("key", "leadership", "way", "seats", "since", "due_on", "extended_to", "end", "ended_on", "state")
    shown = [
        {
            **{name: getattr(one, name) for name in names},
            "branch": one.branch.key,
            "branch_name": one.branch.name,
        }
        for one in found
    ]
    return {"terms": shown, "next": following}


@router.get("/shortfalls", response=ShortfallList, auth=need("partylife.see"))
def list_shortfalls(
    request: HttpRequest, since: Day | None = None, until: Day | None = None, branch: UUID | None = None,
    rule: Word = "", state: Word = "", after: Cursor = 0,
) -> dict[str, Any]:  # fmt: skip
    """What branches have not held in calendar periods that touch the days from `since` to `until`."""
    rows = narrowed(
        Shortfall.objects.visible_to(actor_of(request)),
        period_to__gte=since, period_from__lte=until, branch__key=branch, rule_code=rule, state=state,
    )  # fmt: skip
    found, following = paged(rows.select_related("branch", "evaluation"), after)
    names = ("key", "period_from", "period_to", "required", "held", "state", "reason")
    shown = [
        {
            **{name: getattr(one, name) for name in names},
            "branch": one.branch.key, "branch_name": one.branch.name, "rule": one.rule_code,
            "title": rule_name(one.rule_code), "cite": cite(one.evaluation),
        }
        for one in found
    ]  # fmt: skip
    return {"shortfalls": shown, "next": following}
