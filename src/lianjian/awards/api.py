"""Awards, their rounds and results, for programs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from lianjian.foundation import clock
from lianjian.foundation.apidoor import need, once, paged

from . import actions
from .models import RIGHT, Round, Scheme
from .queries import result_lines

router = Router()

After = Annotated[int, Field(ge=0, le=2**62)]
Year = Annotated[int, Field(ge=1900, le=2100)]
Word = Annotated[str, Field(max_length=20, pattern=r"^[a-z_]*$")]


class AwardOut(Schema):
    """An award that a body gives once in every calendar period `per` (month, quarter, half, year)."""

    key: UUID
    name: str
    organization: UUID
    subject: str
    per: str
    criteria: list[str]
    needs_all: bool
    show_days: int
    source: str
    since: date
    ended_on: date | None


class AwardList(Schema):
    """A page of awards; `next` is the value of `after` for the following page."""

    awards: list[AwardOut]
    next: int | None


class AwardRoundOut(Schema):
    """The round of the period that begins on `starts`; `stood`: how many were put forward."""

    key: UUID
    award: UUID
    starts: date
    state: str
    opened_on: date
    shown_from: date | None
    shown_until: date | None
    closed_on: date | None
    document: str
    reason: str
    stood: int


class AwardRoundList(Schema):
    """A page of rounds; `next` is the value of `after` for the following page."""

    rounds: list[AwardRoundOut]
    next: int | None


class AwardNameOut(Schema):
    """A name on the list that hangs out or on the result; nobody else's name is told."""

    name: str
    group: str


class AwardRoundDetail(AwardRoundOut):
    """A round with its list."""

    names: list[AwardNameOut]


class NomineeIn(Schema):
    """Who is put forward, `on` a day (today); `agreed`: the person said that the name may be shown."""

    name: Annotated[str, Field(pattern=r"^[^\x00]*\S[^\x00]*$", max_length=40)]
    way: Word
    on: date | None = None
    group: Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=40)] = ""
    deeds: Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=300)] = ""
    agreed: bool = False


class NomineeOut(Schema):
    """The number under which the candidate stands in the round."""

    key: UUID
    number: int


def _award(one: Scheme) -> dict[str, Any]:
    names = ("key", "name", "subject", "per", "criteria", "needs_all", "show_days", "source", "since", "ended_on")
    return {name: getattr(one, name) for name in names} | {"organization": one.organization.key}


def _rounds(request: HttpRequest) -> Any:
    rows = Round.objects.visible_to(request.actor).select_related("scheme")  # type: ignore[attr-defined]
    return rows.annotate(stood=Count("nominees"))


def _round(one: Any) -> dict[str, Any]:
    names = ("key", "starts", "state", "opened_on", "shown_from", "shown_until", "closed_on", "document", "reason")
    found = {name: getattr(one, name) for name in names}
    return found | {"award": one.scheme.key, "stood": one.stood}


@router.get("", response=AwardList, auth=need(RIGHT))
def list_awards(
    request: HttpRequest, organization: UUID | None = None, ended: bool = False, after: After | None = None
) -> dict[str, Any]:
    """Awards, a hundred at a time; those ended are left out unless asked for."""
    rows = Scheme.objects.visible_to(request.actor).select_related("organization")  # type: ignore[attr-defined]
    rows = rows if ended else rows.standing()
    rows = rows.filter(organization__key=organization) if organization else rows
    found, following = paged(rows, after)
    return {"awards": [_award(one) for one in found], "next": following}


@router.get("/rounds", response=AwardRoundList, auth=need(RIGHT))
def list_award_rounds(
    request: HttpRequest,
    award: UUID | None = None,
    state: Word = "",
    year: Year | None = None,
    after: After | None = None,
) -> dict[str, Any]:
    """Rounds, a hundred at a time: of an award, at a step, of a year."""
    rows = _rounds(request)
    rows = rows.filter(scheme__key=award) if award else rows
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(starts__year=year) if year else rows
    found, following = paged(rows, after)
    return {"rounds": [_round(one) for one in found], "next": following}


@router.get("/rounds/{uuid:key}", response=AwardRoundDetail, auth=need(RIGHT))
def get_award_round(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """One round with the list that hangs out or is the result."""
    held = get_object_or_404(_rounds(request), key=key)
    return _round(held) | {"names": [{"name": name, "group": group} for name, group in result_lines(held)]}


@router.post("/rounds/{uuid:key}/nominees", response={201: NomineeOut}, auth=need("meetings.write"))
def nominate_for_award(request: HttpRequest, key: UUID, payload: NomineeIn) -> HttpResponseBase:
    """Put somebody forward. With an `Idempotency-Key` it is done once."""

    def answer() -> HttpResponseBase:
        actor = request.actor  # type: ignore[attr-defined]
        held = get_object_or_404(Round.objects.visible_to(actor), key=key)
        made = actions.nominate(actor=actor, round=held, now=clock.now(), **payload.dict())
        return JsonResponse({"key": str(made.key), "number": made.number}, status=201)

    return once(request, answer)
