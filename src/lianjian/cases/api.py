"""Cases in the programming interface: list, get, register, move."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from lianjian.directory.models import Organization
from lianjian.foundation import clock, pages
from lianjian.foundation.apidoor import need, once
from lianjian.foundation.searchdb import search

from . import actions, rules
from .forms import MOVE_FORMS
from .models import Case
from .queries import visible

router = Router()
PAGE = 100
_WITH = ("organization", "handler", "category__parent", "evaluation")


class CaseOut(Schema):
    """One case. `version` goes back with a move, so that a move prepared on an older state is refused."""

    key: UUID
    number: str
    external_number: str
    title: str
    text: str
    category: str
    organization: UUID | None
    whose: str
    source: str
    urgency: str
    registered_on: date
    state: str
    hand: str
    version: int
    handler: UUID | None
    due_at: datetime | None
    answer: str
    outcome: str
    closing: str
    closed_on: date | None
    rating: str
    moves: list[str]


class CaseList(Schema):
    """A page of cases, newest first; `next` is the value of `before` for the following page."""

    cases: list[CaseOut]
    next: int | None


class CaseIn(Schema):
    """A need to register. `organization` is the key of who asks; without one `organization_text` says who it was."""

    text: str = Field(min_length=1, max_length=4000)
    category: str = Field(max_length=40)
    source: Literal["visit", "desk", "phone", "walk_in", "chat", "online"] = "desk"
    organization: UUID | None = None
    organization_text: str = Field("", max_length=120)
    title: str = Field("", max_length=120)
    urgency: Literal["normal", "soon", "urgent"] = "normal"
    reporter: str = Field("", max_length=40)
    reporter_phone: str = Field("", max_length=20)
    registered_on: date | None = None


class MoveIn(Schema):
    """What a move needs: the fields of its form on the page, and `seen`, the version it was prepared on."""

    seen: int | None = None
    values: dict[str, str | int | None] = {}


def shown(case: Case) -> dict[str, Any]:
    """A case as the interface gives it. `moves` are those its state allows, whoever asks."""
    names = (
        "key",
        "number",
        "external_number",
        "title",
        "text",
        "whose",
        "source",
        "urgency",
        "registered_on",
        "state",
        "hand",
        "version",
        "due_at",
        "answer",
        "outcome",
        "closing",
        "closed_on",
        "rating",
    )
    return {
        **{name: getattr(case, name) for name in names},
        "category": case.category.code,
        "organization": case.organization.key if case.organization is not None else None,
        "handler": case.handler.key if case.handler is not None else None,
        "moves": list(rules.moves_from(case.state)),
    }


def _answer(case: Case, status: int) -> HttpResponseBase:
    return JsonResponse(CaseOut(**shown(case)).model_dump(mode="json"), status=status)


@router.get("", response=CaseList, auth=need("cases.see"))
def list_cases(
    request: HttpRequest,
    state: str = "",
    q: str = "",
    since: date | None = None,
    until: date | None = None,
    before: int | None = None,
) -> dict[str, Any]:
    """Cases one may see, a hundred at a time."""
    rows = visible(request.actor).select_related(*_WITH)  # type: ignore[attr-defined]
    if state:
        rows = rows.filter(state=state)
    if q:
        rows = search(rows, q)
    if since:
        rows = rows.filter(registered_on__gte=since)
    if until:
        rows = rows.filter(registered_on__lte=until)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return {
        "cases": [shown(case) for case in found[:PAGE]],
        "next": found[PAGE - 1].pk if len(found) > PAGE else None,
    }


@router.get("/{uuid:key}", response=CaseOut, auth=need("cases.see"))
def get_case(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """One case."""
    return shown(get_object_or_404(visible(request.actor).select_related(*_WITH), key=key))  # type: ignore[attr-defined]


@router.post("", response={201: CaseOut}, auth=need("cases.register"))
def register_case(request: HttpRequest, payload: CaseIn) -> HttpResponseBase:
    """Register a need. With an `Idempotency-Key` it is registered once."""

    def answer() -> HttpResponseBase:
        asker = None
        if payload.organization is not None:
            asker = get_object_or_404(Organization.objects.current(), key=payload.organization)  # type: ignore[attr-defined]
        values = payload.dict(exclude={"organization"})
        actor = request.actor  # type: ignore[attr-defined]
        return _answer(actions.register_case(actor=actor, organization=asker, now=clock.now(), **values), 201)

    return once(request, answer)


@router.post("/{uuid:key}/moves/{slug:move}", response=CaseOut, auth=need("cases.see"))
def move_case(request: HttpRequest, key: UUID, move: str, payload: MoveIn) -> HttpResponseBase:
    """Make a move: sign, answer, confirm ... Answers 409 when the state does not allow it or somebody was quicker."""

    def answer() -> HttpResponseBase:
        if move not in MOVE_FORMS:
            raise Http404
        actor = request.actor  # type: ignore[attr-defined]
        case = get_object_or_404(visible(actor).select_related(*_WITH), key=key)
        form = MOVE_FORMS[move]({**payload.values, "seen": payload.seen}, actor=actor, case=case)
        if not form.is_valid():
            faults = [{"field": name, "detail": str(words[0])} for name, words in form.errors.items()]
            return pages.problem(422, "invalid", faults[0]["detail"], errors=faults)
        form.run(clock.now())
        return _answer(case, 200)

    return once(request, answer)
