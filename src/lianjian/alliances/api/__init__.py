"""Alliances in the programming interface."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from lianjian.directory.models import Organization
from lianjian.foundation import clock
from lianjian.foundation.apidoor import need, once, paged

from .. import actions, rules
from ..models import Alliance, AllianceMember, Campaign, Pairing, Programme, Rectification
from ..queries import bodies_of, campaign_page, count_on, members_on

router = Router()
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2100, 12, 31))]
Word = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=200)]


class AllianceOut(Schema):
    """An alliance. `form` is formal or functional; the rest are words of the code lists."""

    key: UUID
    name: str
    form: str
    mode: str
    basis: str
    chain: str
    functions: list[str]
    tags: list[str]
    founded_on: date
    term_until: date | None
    dissolved_on: date | None


class AllianceList(Schema):
    """A page of alliances; `next` is the value of `after` for the following page."""

    alliances: list[AllianceOut]
    next: int | None


class AllianceSeatOut(Schema):
    """A member in a role, from `since` to the day before `until`."""

    key: UUID
    organization: UUID
    name: str
    classification: str
    role: str
    since: date
    until: date | None


class AllianceSeatIn(Schema):
    """A body joins."""

    organization: UUID
    role: Word = rules.MEMBER
    since: Day
    until: Day | None = None
    ground: Word = ""


class AllianceCountOut(Schema):
    """Seats, distinct bodies and overlap of one kind of body."""

    kind: str
    seats: int
    distinct: int
    overlap: int


def _shown(one: Alliance) -> dict[str, Any]:
    names = ("key", "form", "mode", "basis", "chain", "functions", "tags", "founded_on", "term_until")
    found = {name: getattr(one, name) for name in names}
    return {**found, "name": one.organization.name, "dissolved_on": one.organization.dissolved_on}


def _seat(one: AllianceMember) -> dict[str, Any]:
    found = {name: getattr(one, name) for name in ("key", "role", "since", "until")}
    body = one.organization
    return {**found, "organization": body.key, "name": body.name, "classification": body.classification}


def _seat_then(one: Any) -> dict[str, Any]:
    """The seat with the body that its member was that day."""
    found = {name: getattr(one, name) for name in ("key", "role", "since", "until")}
    return {**found, "organization": one.body_key, "name": one.body_name, "classification": one.body_kind}


@router.get("", response=AllianceList, auth=need("alliances.see"))
def list_alliances(request: HttpRequest, mode: Word = "", form: Word = "", after: int = 0) -> dict[str, Any]:
    """Alliances of the register, a hundred at a time."""
    rows = Alliance.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    rows = rows.filter(mode=mode) if mode else rows
    rows = rows.filter(form=form) if form else rows
    found, following = paged(rows.select_related("organization"), after)
    return {
        "alliances": [_shown(one) for one in found],
        "next": following,
    }


@router.get("/count", response=list[AllianceCountOut], auth=need("alliances.see"))
def count_members(
    request: HttpRequest, day: Day | None = None, mode: Word = "", form: Word = ""
) -> list[dict[str, Any]]:
    """How many bodies stand in alliances on a day (today), by kind."""
    actor = request.actor  # type: ignore[attr-defined]
    asked = {name: value for name, value in (("mode", mode), ("form", form)) if value}
    found = count_on(actor, day or clock.today(), Alliance.objects.visible_to(actor).filter(**asked))
    return [
        {
            "kind": line.kind,
            "seats": line.tally.total,
            "distinct": line.tally.distinct,
            "overlap": line.tally.overlap,
        }
        for line in found.lines
    ]


@router.get("/{uuid:key}/members", response=list[AllianceSeatOut], auth=need("alliances.see"))
def list_members(request: HttpRequest, key: UUID, day: Day | None = None) -> list[dict[str, Any]]:
    """The members of an alliance on a day (today), each the body that it was that day."""
    actor = request.actor  # type: ignore[attr-defined]
    held, asked = get_object_or_404(Alliance.objects.visible_to(actor), key=key), day or clock.today()
    rows = bodies_of(members_on(actor, asked, Alliance.objects.filter(pk=held.pk)), asked)
    return [_seat_then(one) for one in rows.order_by("since", "pk")]


@router.post("/{uuid:key}/members", response={201: AllianceSeatOut}, auth=need("alliances.write"))
def admit_member(request: HttpRequest, key: UUID, payload: AllianceSeatIn) -> HttpResponseBase:
    """Let a body join. With an `Idempotency-Key` it joins once."""

    def answer() -> HttpResponseBase:
        actor = request.actor  # type: ignore[attr-defined]
        held = get_object_or_404(Alliance.objects.visible_to(actor).select_related("organization"), key=key)
        values = payload.dict()
        values["organization"] = get_object_or_404(Organization.objects.current(), key=payload.organization)  # type: ignore[attr-defined]
        seat = actions.admit(actor=actor, alliance=held, now=clock.now(), **values)
        return JsonResponse(
            {**_seat(seat), "since": str(seat.since), "until": str(seat.until) if seat.until else None},
            status=201,
        )

    return once(request, answer)


class ProgrammeOut(Schema):
    """A programme of pairing; `closed_on` is the first day on which it takes nothing."""

    key: UUID
    name: str
    kind: str
    shape: str
    organization: UUID
    since: date
    until: date | None
    closed_on: date | None


class ProgrammeList(Schema):
    """A page of programmes; `next` is the value of `after` for the following page."""

    programmes: list[ProgrammeOut]
    next: int | None


class PairOut(Schema):
    """A pair of a programme from `since` to the day before `until`."""

    key: UUID
    programme: UUID
    giver: UUID
    giver_name: str
    receiver: UUID
    receiver_name: str
    since: date
    until: date | None


class PairList(Schema):
    """A page of pairs; `next` is the value of `after` for the following page."""

    pairs: list[PairOut]
    next: int | None


@router.get("/programmes", response=ProgrammeList, auth=need("alliances.see"))
def list_programmes(request: HttpRequest, kind: Word = "", after: int = 0) -> dict[str, Any]:
    """Programmes of the register, a hundred at a time."""
    rows = Programme.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    rows = rows.filter(kind=kind) if kind else rows
    found, following = paged(rows.select_related("organization"), after)
    names = ("key", "name", "kind", "shape", "since", "until", "closed_on")
    shown = [
        {**{name: getattr(one, name) for name in names}, "organization": one.organization.key} for one in found
    ]
    return {"programmes": shown, "next": following}


@router.get("/pairs", response=PairList, auth=need("alliances.see"))
def list_pairs(
    request: HttpRequest, programme: UUID | None = None, day: Day | None = None, after: int = 0
) -> dict[str, Any]:
    """Pairs that stand on a day (today), of one programme or of all, a hundred at a time."""
    rows = Pairing.objects.visible_to(request.actor).on(day or clock.today())  # type: ignore[attr-defined]
    rows = rows.filter(programme__key=programme) if programme else rows
    found, following = paged(rows.select_related("programme", "giver", "receiver"), after)
    shown = [
        {
            "key": one.key,
            "programme": one.programme.key,
            "giver": one.giver.key,
            "giver_name": one.giver.name,
            "receiver": one.receiver.key,
            "receiver_name": one.receiver.name,
            "since": one.since,
            "until": one.until,
        }
        for one in found
    ]
    return {"pairs": shown, "next": following}


class CampaignOut(Schema):
    """A campaign; `closed_on` is the first day on which it takes nothing."""

    key: UUID
    name: str
    kind: str
    document: str
    organization: UUID
    since: date
    until: date | None
    closed_on: date | None


class CampaignList(Schema):
    """A page of campaigns; `next` is the value of `after` for the following page."""

    campaigns: list[CampaignOut]
    next: int | None


class GoalOut(Schema):
    """A sub-action against its target. `reached` is null where no number measures it, or another place's rows do."""

    key: UUID
    name: str
    counts: str
    unit: str
    target: int | None
    reached: int | None
    reached_on: date | None


class ParticipantOut(Schema):
    """A body in a campaign; `number` is its place in the order of joining."""

    key: UUID
    organization: UUID
    name: str
    status: str
    status_on: date
    pilot: bool
    joined_on: date | None
    number: int | None


class ParticipantList(Schema):
    """A page of bodies; `next` is the value of `after` for the following page."""

    participants: list[ParticipantOut]
    next: int | None


class RectificationOut(Schema):
    """An item to be put right, for the place that runs the campaign, the body and who is responsible."""

    key: UUID
    campaign: UUID
    organization: UUID
    issue: str
    measure: str
    responsible: UUID
    found_on: date
    due_on: date
    state: str
    settled_on: date | None


class RectificationList(Schema):
    """A page of items; `next` is the value of `after` for the following page."""

    rectifications: list[RectificationOut]
    next: int | None


@router.get("/campaigns", response=CampaignList, auth=need("alliances.see"))
def list_campaigns(request: HttpRequest, kind: Word = "", after: int = 0) -> dict[str, Any]:
    """Campaigns of the register, a hundred at a time."""
    rows = Campaign.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    rows = rows.filter(kind=kind) if kind else rows
    found, following = paged(rows.select_related("organization"), after)
    names = ("key", "name", "kind", "document", "since", "until", "closed_on")
    shown = [{**{name: getattr(one, name) for name in names}, "organization": one.organization.key} for one in found]
    return {"campaigns": shown, "next": following}


@router.get("/campaigns/{uuid:key}/goals", response=list[GoalOut], auth=need("alliances.see"))
def list_goals(request: HttpRequest, key: UUID) -> list[dict[str, Any]]:
    """The sub-actions of a campaign, as its page counts them."""
    actor = request.actor  # type: ignore[attr-defined]
    held = get_object_or_404(Campaign.objects.visible_to(actor).select_related("organization"), key=key)
    names = ("key", "name", "counts", "unit", "target", "reached", "reached_on")
    return [{name: getattr(one, name) for name in names} for one in campaign_page(actor, held).goals]


@router.get("/campaigns/{uuid:key}/participants", response=ParticipantList, auth=need("alliances.see"))
def list_participants(request: HttpRequest, key: UUID, status: Word = "", after: int = 0) -> dict[str, Any]:
    """Who takes part in a campaign, a hundred at a time."""
    actor = request.actor  # type: ignore[attr-defined]
    held = get_object_or_404(Campaign.objects.visible_to(actor), key=key)
    rows = held.participants
    rows = rows.filter(status=status) if status else rows
    found, following = paged(rows.select_related("organization"), after)
    names = ("key", "status", "status_on", "pilot", "joined_on", "number")
    shown = [
        {
            **{name: getattr(one, name) for name in names},
            "organization": one.organization.key,
            "name": one.organization.name,
        }
        for one in found
    ]
    return {"participants": shown, "next": following}


@router.get("/rectifications", response=RectificationList, auth=need("alliances.see"))
def list_rectifications(
    request: HttpRequest, campaign: UUID | None = None, state: Word = "", after: int = 0
) -> dict[str, Any]:
    """Items to be put right that the asker may see, a hundred at a time."""
    rows = Rectification.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    rows = rows.filter(participant__campaign__key=campaign) if campaign else rows
    rows = rows.filter(state=state) if state else rows
    seen = rows.select_related("participant__campaign", "participant__organization", "responsible")
    found, following = paged(seen, after)
    names = ("key", "issue", "measure", "found_on", "due_on", "state", "settled_on")
    shown = [
        {
            **{name: getattr(one, name) for name in names},
            "campaign": one.participant.campaign.key,
            "organization": one.participant.organization.key,
            "responsible": one.responsible.key,
        }
        for one in found
    ]
    return {"rectifications": shown, "next": following}
