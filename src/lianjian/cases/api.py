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
from lianjian.foundation.apidoor import need, once, paged_back
from lianjian.foundation.searchdb import search

from . import actions, rules
from .actions.offering import OFFER_ACTS
from .forms import MOVE_FORMS
from .models import Case, Handover, Service
from .queries import visible
from .queries.analysis import counts_by_month
from .queries.categories import questions_by_category
from .queries.tree import tree_of

router = Router()
_WITH = (
    "organization",
    "village",
    "handler",
    "lent_to",
    "merged_into",
    "part_of",
    "category",
    "accused",
    "service",
    "evaluation",
)


class CaseOut(Schema):
    """One case. `version` goes back with a move, so that a move prepared on an older state is refused."""

    key: UUID
    kind: str
    number: str
    external_number: str
    title: str
    text: str
    original_text: str
    category: str
    organization: UUID | None
    village: UUID | None
    address: str
    whose: str
    source: str
    urgency: str
    registered_on: date
    state: str
    hand: str
    version: int
    handler: UUID | None
    lent_to: UUID | None
    accused: UUID | None
    merged_into: str
    part_of: str
    reopened: int
    due_at: datetime | None
    paused_until: date | None
    profile: str
    tier: str
    tier_due_at: datetime | None
    answer: str
    outcome: str
    closing: str
    closed_on: date | None
    rating: str
    service: str
    answers: list[tuple[str, str]]
    moves: list[str]


class CaseList(Schema):
    """A page of cases, newest first; `next` is the value of `before` for the following page."""

    cases: list[CaseOut]
    next: int | None


class CaseIn(Schema):
    """A case to register. `organization` is the key of who asks; without one `organization_text` says who it was.

    `kind` is one of the kinds of the house (need, village_need, complaint ...), `village` the key of the body in whose
    place the matter lies. `answers` hold the answers to the category's questions by the keys that the list of
    categories gives; `service` is the key of an entry of the service catalogue.
    """

    kind: str = Field("need", max_length=20)
    text: str = Field(min_length=1, max_length=4000)
    category: str = Field(max_length=40)
    source: Literal["visit", "desk", "phone", "walk_in", "chat", "online"] = "desk"
    organization: UUID | None = None
    organization_text: str = Field("", max_length=120)
    village: UUID | None = None
    address: str = Field("", max_length=200)
    tier: Literal["", "hamlet", "village", "town", "county"] = ""
    title: str = Field("", max_length=120)
    urgency: Literal["normal", "soon", "urgent"] = "normal"
    reporter: str = Field("", max_length=40)
    reporter_phone: str = Field("", max_length=20)
    registered_on: date | None = None
    service: UUID | None = None
    accused: UUID | None = None
    accused_text: str = Field("", max_length=120)
    answers: dict[str, str] = {}


class CategoryQuestionOut(Schema):
    """What is asked about a category: `kind` text, number, date, yes_no or choice."""

    key: UUID
    text: str
    kind: str
    choices: list[str]
    required: bool


class CategoryOut(Schema):
    """A category of the place: `path` from the top, `kinds` that may have it (empty: all)."""

    code: str
    path: str
    kinds: list[str]
    departmental: bool
    questions: list[CategoryQuestionOut]


class CaseMoveIn(Schema):
    """What a move needs: the fields of its form on the page, and `seen`, the version it was prepared on."""

    seen: int | None = None
    values: dict[str, str | int | None] = {}


class HandoverOut(Schema):
    """Another unit in a case: `kind` co (helps), refer (does a part and gives it back), transfer (takes it over)."""

    key: UUID
    kind: str
    organization: UUID
    state: str
    ground: str
    reply: str
    offered_at: datetime
    due_at: datetime | None
    replied_at: datetime | None


class ReplyIn(Schema):
    """The reason of a refusal or a withdrawal, or what was done."""

    text: str = Field("", max_length=500)


def shown(case: Case) -> dict[str, Any]:
    """A case as the interface gives it. `moves` are those its state allows, whoever asks."""
    names = (
        "key",
        "kind",
        "number",
        "external_number",
        "title",
        "text",
        "original_text",
        "address",
        "whose",
        "source",
        "urgency",
        "registered_on",
        "state",
        "hand",
        "version",
        "reopened",
        "due_at",
        "paused_until",
        "profile",
        "tier",
        "tier_due_at",
        "answer",
        "outcome",
        "closing",
        "closed_on",
        "rating",
    )
    places = ("organization", "village", "handler", "lent_to", "accused")
    bodies = {name: getattr(case, name) for name in places}
    others = {name: getattr(case, name) for name in ("merged_into", "part_of")}
    without = case.sort.without
    return {
        **{name: getattr(case, name) for name in names},
        **{name: body.key if body is not None else None for name, body in bodies.items()},
        **{name: other.number if other is not None else "" for name, other in others.items()},
        "category": case.category.code,
        "service": case.service.name if case.service is not None else "",
        "answers": case.answers,
        "moves": [move for move in rules.moves_from(case.state) if move not in without],
    }


def _answer(case: Case, status: int) -> HttpResponseBase:
    return JsonResponse(CaseOut(**shown(case)).model_dump(mode="json"), status=status)


@router.get("", response=CaseList, auth=need("cases.see"))
def list_cases(
    request: HttpRequest,
    kind: str = "",
    state: str = "",
    q: str = "",
    since: date | None = None,
    until: date | None = None,
    before: int | None = None,
) -> dict[str, Any]:
    """Cases one may see, a hundred at a time."""
    rows = visible(request.actor).select_related(*_WITH)  # type: ignore[attr-defined]
    if kind:
        rows = rows.filter(kind=kind)
    if state:
        rows = rows.filter(state=state)
    if q:
        rows = search(rows, q)
    if since:
        rows = rows.filter(registered_on__gte=since)
    if until:
        rows = rows.filter(registered_on__lte=until)
    found, following = paged_back(rows, before)
    return {
        "cases": [shown(case) for case in found],
        "next": following,
    }


@router.get("/categories", response=list[CategoryOut], auth=need("cases.register"))
def list_categories(request: HttpRequest) -> list[dict[str, Any]]:
    """The categories of one's own place with what is asked about each; three queries."""
    home = request.actor.jurisdiction_id  # type: ignore[attr-defined]
    tree = tree_of(home)
    asked = questions_by_category(home)
    return [
        {
            "code": node.code,
            "path": tree.path(node.code),
            "kinds": next((list(one.kinds) for one in tree.line(node.code) if one.kinds), []),
            "departmental": tree.departmental(node.code),
            "questions": [
                {name: getattr(row, name) for name in ("key", "text", "kind", "choices", "required")}
                for above in reversed(tree.line(node.code))
                for row in asked.get(above.code, ())
            ],
        }
        for _depth, node in tree.walk()
        if tree.offered(node.code)
    ]


class CountOut(Schema):
    """Cases of one state told in one month (the first of it)."""

    state: str
    month: date
    count: int


@router.get("/counts", response=list[CountOut], auth=need("cases.see"))
def count_cases(
    request: HttpRequest, kind: str = "", since: date | None = None, until: date | None = None
) -> list[dict[str, Any]]:
    """How many cases one sees, by state and by the month they were told; without withdrawn ones and accusations."""
    found = counts_by_month(request.actor, kind=kind, since=since, until=until)  # type: ignore[attr-defined]
    return [{"state": state, "month": month, "count": number} for state, month, number in found]


@router.get("/{uuid:key}", response=CaseOut, auth=need("cases.see"))
def get_case(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """One case."""
    return shown(get_object_or_404(visible(request.actor).select_related(*_WITH), key=key))  # type: ignore[attr-defined]


@router.post("", response={201: CaseOut}, auth=need("cases.register"))
def register_case(request: HttpRequest, payload: CaseIn) -> HttpResponseBase:
    """Register a case. With an `Idempotency-Key` it is registered once."""

    def answer() -> HttpResponseBase:
        values = payload.dict()
        for name in ("organization", "village", "accused"):
            if values[name] is not None:
                values[name] = get_object_or_404(Organization.objects.current(), key=values[name])  # type: ignore[attr-defined]
        if values["service"] is not None:
            values["service"] = get_object_or_404(Service.objects.filter(retired_on=None), key=values["service"])
        actor = request.actor  # type: ignore[attr-defined]
        return _answer(actions.register_case(actor=actor, now=clock.now(), **values), 201)

    return once(request, answer)


@router.post("/{uuid:key}/moves/{slug:move}", response=CaseOut, auth=need("cases.see"))
def move_case(request: HttpRequest, key: UUID, move: str, payload: CaseMoveIn) -> HttpResponseBase:
    """Make a move: sign, answer, confirm ... Answers 409 when the state does not allow it or somebody was quicker."""

    def answer() -> HttpResponseBase:
        if move not in MOVE_FORMS:
            raise Http404
        actor = request.actor  # type: ignore[attr-defined]
        case = get_object_or_404(visible(actor).select_related(*_WITH), key=key)
        form = MOVE_FORMS[move]({**payload.values, "seen": payload.seen}, actor=actor, case=case, now=clock.now())
        if not form.is_valid():
            faults = [{"field": name, "detail": str(words[0])} for name, words in form.errors.items()]
            return pages.problem(422, "invalid", faults[0]["detail"], errors=faults)
        form.run()
        return _answer(case, 200)

    return once(request, answer)


def _offers(request: HttpRequest, key: UUID) -> tuple[Case, Any]:
    case = get_object_or_404(visible(request.actor).select_related(*_WITH), key=key)  # type: ignore[attr-defined]
    return case, Handover.objects.filter(case=case).select_related("organization")


@router.get("/{uuid:key}/handovers", response=list[HandoverOut], auth=need("cases.see"))
def list_handovers(request: HttpRequest, key: UUID) -> list[dict[str, Any]]:
    """Other units that were asked into a case, newest first."""
    names = ("key", "kind", "state", "ground", "reply", "offered_at", "due_at", "replied_at")
    return [
        {**{name: getattr(held, name) for name in names}, "organization": held.organization.key}
        for held in _offers(request, key)[1].order_by("-id")
    ]


@router.post("/{uuid:key}/handovers/{uuid:held}/{slug:act}", response=CaseOut, auth=need("cases.see"))
def reply_to_handover(
    request: HttpRequest, key: UUID, held: UUID, act: str, payload: ReplyIn
) -> HttpResponseBase:
    """Reply to an offer (accept, refuse), hand it back when done, or revoke it. 409 when it has ended meanwhile."""

    def answer() -> HttpResponseBase:
        if act not in OFFER_ACTS:
            raise Http404
        case, offers = _offers(request, key)
        verb, words = OFFER_ACTS[act]
        more = {words: payload.text} if words else {}
        actor = request.actor  # type: ignore[attr-defined]
        verb(actor=actor, case=case, handover=get_object_or_404(offers, key=held), now=clock.now(), **more)
        return _answer(case, 200)

    return once(request, answer)
