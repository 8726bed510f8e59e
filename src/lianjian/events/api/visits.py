"""Visits in the programming interface."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from lianjian.directory.models import Organization
from lianjian.foundation import clock
from lianjian.foundation.apidoor import need, once, paged_back

from .. import actions
from ..models import Visit, VisitItem

router = Router()


class VisitOut(Schema):
    """One visit."""

    key: UUID
    visited_on: date
    whom: str
    organization: UUID | None
    visitors: str
    purpose: str
    received_by: str
    content: str
    heard: str
    needs_found: int
    withdrawn: bool


class VisitIn(Schema):
    """A visit to record. `organization` is the key of the visited body."""

    organization: UUID
    visited_on: date
    people: list[str] = Field(min_length=1, max_length=20)
    purpose: str = Field("operation", max_length=30)
    received_by: str = Field("", max_length=60)
    content: str = Field("", max_length=4000)
    heard: str = Field("", max_length=4000)
    needs_found: int = Field(0, ge=0, le=99)


class VisitItemOut(Schema):
    """A supervised item: what a visit asks of `organization`, and what came of it."""

    key: UUID
    visit: UUID
    text: str
    organization: UUID
    organization_name: str
    due_on: date
    state: str
    settled_on: date | None
    words: str


class VisitItemIn(Schema):
    """What a visit asks a body to do. `organization` is the key of the body in charge."""

    text: str = Field(min_length=1, max_length=200)
    organization: UUID
    due_on: date


class VisitItemList(Schema):
    """A page of items, newest first; `next` is the value of `before` for the following page."""

    items: list[VisitItemOut]
    next: int | None


class VisitList(Schema):
    """A page of visits, newest record first; `next` is the value of `before` for the following page."""

    visits: list[VisitOut]
    next: int | None


def shown(visit: Visit) -> dict[str, Any]:
    """A visit as the interface gives it."""
    fields = (
        "key",
        "visited_on",
        "whom",
        "visitors",
        "purpose",
        "received_by",
        "content",
        "heard",
        "needs_found",
    )
    organization = visit.organization.key if visit.organization is not None else None
    values = {name: getattr(visit, name) for name in fields}
    return {**values, "organization": organization, "withdrawn": visit.withdrawn_at is not None}


@router.get("", response=VisitList, auth=need("events.see"))
def list_visits(
    request: HttpRequest, since: date | None = None, until: date | None = None, before: int | None = None
) -> dict[str, Any]:
    """Visits one may see, a hundred at a time."""
    rows = Visit.objects.visible_to(request.actor).select_related("organization")  # type: ignore[attr-defined]
    if since:
        rows = rows.filter(visited_on__gte=since)
    if until:
        rows = rows.filter(visited_on__lte=until)
    found, following = paged_back(rows, before)
    return {
        "visits": [shown(visit) for visit in found],
        "next": following,
    }


def _item(item: VisitItem) -> dict[str, Any]:
    fields = ("key", "text", "due_on", "state", "settled_on", "words")
    values = {name: getattr(item, name) for name in fields}
    body = item.organization
    return {**values, "visit": item.visit.key, "organization": body.key, "organization_name": body.name}


@router.get("/items", response=VisitItemList, auth=need("meetings.see"))
def list_items(request: HttpRequest, state: str = "", before: int | None = None) -> dict[str, Any]:
    """Supervised items one may see, a hundred at a time; `state`: open, done or dropped."""
    rows = VisitItem.objects.visible_to(request.actor).select_related("visit", "organization")  # type: ignore[attr-defined]
    if state:
        rows = rows.filter(state=state)
    found, following = paged_back(rows, before)
    return {"items": [_item(one) for one in found], "next": following}


@router.post("/{uuid:key}/items", response={201: VisitItemOut}, auth=need("events.write"))
def set_item(request: HttpRequest, key: UUID, payload: VisitItemIn) -> HttpResponseBase:
    """What a visit asks a body to do becomes its duty. With an `Idempotency-Key` it is set once."""

    def answer() -> HttpResponseBase:
        visit = get_object_or_404(Visit.objects.visible_to(request.actor), key=key)  # type: ignore[attr-defined]
        body = get_object_or_404(Organization.objects.current(), key=payload.organization)  # type: ignore[attr-defined]
        made = actions.set_item(
            actor=request.actor,  # type: ignore[attr-defined]
            visit=visit,
            text=payload.text,
            organization=body,
            due_on=payload.due_on,
            now=clock.now(),
        )
        return JsonResponse(VisitItemOut(**_item(made)).dict(), status=201)

    return once(request, answer)


@router.get("/{uuid:key}", response=VisitOut, auth=need("events.see"))
def get_visit(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """One visit."""
    rows = Visit.objects.visible_to(request.actor).select_related("organization")  # type: ignore[attr-defined]
    return shown(get_object_or_404(rows, key=key))


@router.post("", response={201: VisitOut}, auth=need("events.write"))
def record_visit(request: HttpRequest, payload: VisitIn) -> HttpResponseBase:
    """Record a visit. With an `Idempotency-Key` it is recorded once."""

    def answer() -> HttpResponseBase:
        organization = get_object_or_404(Organization.objects.current(), key=payload.organization)  # type: ignore[attr-defined]
        values = payload.dict(exclude={"organization"})
        visit = actions.record_visit(
            actor=request.actor,
            organization=organization,
            now=clock.now(),
            **values,  # type: ignore[attr-defined]
        )
        return JsonResponse(VisitOut(**shown(visit)).dict(), status=201)

    return once(request, answer)
