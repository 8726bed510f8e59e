"""The four lists in the programming interface."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from lianjian.directory.models import Organization
from lianjian.events.models import Venue
from lianjian.foundation import clock
from lianjian.foundation.apidoor import need, once, paged

from . import actions, rules
from .matching.scoring import Scored
from .models import Claim, Item
from .queries import found_for
from .queries.pages import sides_for

router = Router()
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2100, 12, 31))]
Word = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=300)]
Text = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=4000)]
Amount = Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2)]
Kind = Literal["need", "resource", "project", "activity"]
Side = Literal["owner", "claimant"]


class ItemOut(Schema):
    """An item; `venue` where it is one of the register. `left` is what is not promised of `capacity`, in `unit`; both
    are null without a limit.
    """

    key: UUID
    kind: str
    organization: UUID
    organization_name: str
    category: str
    title: str
    text: str
    place: str
    since: date | None
    until: date | None
    capacity: Decimal | None
    left: Decimal | None
    unit: str
    by_day: bool
    venue: UUID | None
    visibility: str
    expires_on: date | None
    state: str


class ItemList(Schema):
    """A page of items; `next` is the value of `after` for the following page."""

    items: list[ItemOut]
    next: int | None


class ItemIn(Schema):
    """A resource, project or activity to be published."""

    kind: Literal["resource", "project", "activity"]
    organization: UUID
    category: Word
    title: Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=80)]
    text: Text = ""
    place: Word = ""
    since: Day | None = None
    until: Day | None = None
    capacity: Amount | None = None
    unit: Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=10)] = ""
    reusable: bool = False
    by_day: bool = False
    venue: UUID | None = None
    visibility: Literal["town", "county", "public"] = "county"
    expires_on: Day | None = None


class ClaimOut(Schema):
    """A claim of `organization` on an item; `proposed_by` is the side that began."""

    key: UUID
    item: UUID
    organization: UUID
    proposed_by: str
    amount: Decimal
    since: date | None
    until: date | None
    state: str
    proposed_at: datetime
    agreed_at: datetime | None


class ClaimIn(Schema):
    """A body asks for (or answers) an item; with side "owner" its owner asks the body."""

    organization: UUID
    side: Side = "claimant"
    amount: Amount = Decimal(1)
    since: Day | None = None
    until: Day | None = None
    words: Word = ""


class ClaimMoveIn(Schema):
    """What a side says; `rating` (1 to 5) for the act "rate" only."""

    side: Side
    act: Literal["agree", "refuse", "take_back", "fulfil", "rate"]
    words: Word = ""
    rating: Annotated[int, Field(ge=1, le=5)] | None = None


def _shown(one: Item) -> dict[str, Any]:
    names = (
        "key",
        "kind",
        "category",
        "title",
        "text",
        "place",
        "since",
        "until",
        "capacity",
        "left",
        "unit",
    )
    more = ("by_day", "visibility", "expires_on", "state")
    found = {name: getattr(one, name) for name in (*names, *more)}
    bodies = {"organization": one.organization.key, "organization_name": one.organization.name}
    return {**found, **bodies, "venue": one.venue.key if one.venue is not None else None}


def _claimed(one: Claim) -> dict[str, Any]:
    names = ("key", "proposed_by", "amount", "since", "until", "state", "proposed_at", "agreed_at")
    found = {name: getattr(one, name) for name in names}
    return {**found, "item": one.item.key, "organization": one.organization.key}


def _body(key: UUID) -> Organization:
    return get_object_or_404(Organization.objects.current(), key=key)  # type: ignore[attr-defined,no-any-return]


def _item(request: HttpRequest, key: UUID) -> Item:
    rows = Item.objects.visible_to(request.actor).select_related("organization", "venue")  # type: ignore[attr-defined]
    return get_object_or_404(rows, key=key)


@router.get("", response=ItemList, auth=need("lists.see"))
def list_items(
    request: HttpRequest, kind: Kind | None = None, category: Word = "", offered: bool = True, after: int = 0
) -> dict[str, Any]:
    """Items of the lists, a hundred at a time; those that may be claimed today, or all that one may see."""
    rows = Item.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    rows = rows.offered(clock.today()) if offered else rows
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(category=category) if category else rows
    found, following = paged(rows.select_related("organization", "venue"), after)
    return {
        "items": [_shown(one) for one in found],
        "next": following,
    }


@router.get("/{uuid:key}", response=ItemOut, auth=need("lists.see"))
def get_item(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """One item."""
    return _shown(_item(request, key))


@router.post("", response={201: ItemOut}, auth=need("lists.write"))
def publish_item(request: HttpRequest, payload: ItemIn) -> HttpResponseBase:
    """Publish a resource, project or activity. A need is a case first: register it there."""

    def answer() -> HttpResponseBase:
        values = payload.dict()
        values["organization"] = _body(payload.organization)
        values["venue"] = get_object_or_404(Venue, key=payload.venue) if payload.venue else None
        made = actions.publish(actor=request.actor, now=clock.now(), **values)  # type: ignore[attr-defined]
        return JsonResponse(ItemOut.model_validate(_shown(made)).model_dump(mode="json"), status=201)

    return once(request, answer)


@router.get("/{uuid:key}/claims", response=list[ClaimOut], auth=need("lists.see"))
def list_claims(request: HttpRequest, key: UUID) -> list[dict[str, Any]]:
    """The claims on an item that the actor may see: those of his own sides."""
    held = _item(request, key)
    rows = held.claims.visible_to(request.actor).select_related("item", "organization")  # type: ignore[attr-defined]
    return [_claimed(one) for one in rows.order_by("pk")[:1000]]


@router.post("/{uuid:key}/claims", response={201: ClaimOut}, auth=need("lists.write"))
def propose_claim(request: HttpRequest, key: UUID, payload: ClaimIn) -> HttpResponseBase:
    """Propose. With an `Idempotency-Key` it is proposed once."""

    def answer() -> HttpResponseBase:
        values = payload.dict()
        values["organization"] = _body(payload.organization)
        made = actions.propose(actor=request.actor, item=_item(request, key), now=clock.now(), **values)  # type: ignore[attr-defined]
        return JsonResponse(ClaimOut.model_validate(_claimed(made)).model_dump(mode="json"), status=201)

    return once(request, answer)


class ReasonOut(Schema):
    """An addend of a score: its criterion, its value (0 to 1; for words their BM25), and the points it adds."""

    code: str
    value: float
    points: float
    known: bool


class MatchOut(Schema):
    """A proposal. `score` is the sum of the points of its `reasons`; `label` says what `key` is the key of."""

    label: str
    key: UUID
    kind: str
    title: str
    organization_name: str
    score: float
    reasons: list[ReasonOut]


class MatchList(Schema):
    """The best ten, best first; where they were found; the number of the count of words that their scores follow."""

    matches: list[MatchOut]
    source: str
    word_count: int


@router.get("/{uuid:key}/matches", response=MatchList, auth=need("lists.see"))
def list_matches(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """What fits an item: for a need resources and activities, for the others needs, each with its reasons."""
    held = _item(request, key)
    found = found_for(request.actor, held, clock.now())  # type: ignore[attr-defined]
    return {"matches": [_match(one) for one in found.matches], "source": found.source, "word_count": found.version}


def _match(one: Scored) -> dict[str, Any]:
    facts = one.facts
    reasons = [{name: getattr(part, name) for name in ("code", "value", "points", "known")} for part in one.parts]
    names = {"label": facts.label, "key": facts.key, "kind": facts.kind, "title": facts.title}
    return {**names, "organization_name": facts.organization, "score": one.score, "reasons": reasons}


@router.post("/claims/{uuid:key}/moves", response=ClaimOut, auth=need("lists.write"))
def move_claim(request: HttpRequest, key: UUID, payload: ClaimMoveIn) -> HttpResponseBase:
    """A side agrees, refuses, takes back, says that it is done, or how it went."""

    def answer() -> HttpResponseBase:
        actor = request.actor  # type: ignore[attr-defined]
        rows = Claim.objects.visible_to(actor).select_related("item__organization", "item__venue", "organization")
        held = get_object_or_404(rows, key=key)
        if payload.side not in sides_for(actor, held):
            raise Http404
        more: dict[str, Any] = {"rating": payload.rating or 0} if payload.act == "rate" else {}
        act = getattr(actions, rules.ACTS[payload.act].code)
        act(actor=actor, claim=held, side=payload.side, words=payload.words, now=clock.now(), **more)
        return JsonResponse(ClaimOut.model_validate(_claimed(held)).model_dump(mode="json"))

    return once(request, answer)
