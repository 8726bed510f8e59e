"""Points for programs: schemes, accounts, claims filed by other systems, exchange days and exchanges."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from lianjian.foundation import clock
from lianjian.foundation.apidoor import need, once, paged

from . import actions
from .models import RIGHT, WRITE, Account, ExchangeDay, Good, Scheme
from .queries import edition_lines

router = Router()

After = Annotated[int, Field(ge=0, le=2**62)]
Line = Annotated[str, Field(pattern=r"^[^\x00]*\S[^\x00]*$", max_length=200)]
Many = Annotated[int, Field(ge=1, le=100000)]


class PointsSchemeOut(Schema):
    """A body's points, exchanged once in every calendar period `per` (month, quarter, half, year)."""

    key: UUID
    name: str
    organization: UUID
    unit: str
    per: str
    show_days: int
    carries: bool
    since: date
    ended_on: date | None


class PointsSchemeList(Schema):
    """A page of schemes; `next` is the value of `after` for the following page."""

    schemes: list[PointsSchemeOut]
    next: int | None


class PointsItemOut(Schema):
    """What gives how many points."""

    name: str
    points: int


class GoodOut(Schema):
    """What is given for `price` points each, and how many there are."""

    key: UUID
    name: str
    unit: str
    price: int
    stock: int


class PointsSchemeDetail(PointsSchemeOut):
    """A scheme with the items in force today and its goods."""

    items: list[PointsItemOut]
    goods: list[GoodOut]


class PointsAccountOut(Schema):
    """An account; `balance` is the sum of its entries."""

    key: UUID
    number: int
    name: str
    group: str
    balance: int


class PointsAccountList(Schema):
    """A page of accounts by number; `next` is the value of `after` for the following page."""

    accounts: list[PointsAccountOut]
    next: int | None


class PointsClaimsIn(Schema):
    """What accounts did `on` a day: `item` in the words of the edition in force, accounts by number or name."""

    item: Line
    accounts: Annotated[list[Line], Field(min_length=1, max_length=500)]
    on: date
    proof: Line
    times: Annotated[int, Field(ge=1, le=31)] = 1


class PointsClaimsOut(Schema):
    """How many claims were filed, and what each gives once it is reviewed."""

    filed: int
    points: int


class ExchangeDayOut(Schema):
    """A day on which points are exchanged; `state`: open, closed, called_off."""

    key: UUID
    scheme: UUID
    on: date
    place: str
    state: str


class ExchangeDayList(Schema):
    """A page of exchange days; `next` is the value of `after` for the following page."""

    days: list[ExchangeDayOut]
    next: int | None


class ExchangeIn(Schema):
    """Who takes how many of what."""

    account: UUID
    good: UUID
    quantity: Many


class ExchangeOut(Schema):
    """The receipt, and what is left on the account."""

    key: UUID
    number: int
    points: int
    balance: int


def _scheme(one: Scheme) -> dict[str, Any]:
    names = ("key", "name", "unit", "per", "show_days", "carries", "since", "ended_on")
    return {name: getattr(one, name) for name in names} | {"organization": one.organization.key}


def _schemes(request: HttpRequest) -> Any:
    return Scheme.objects.visible_to(request.actor).select_related("organization")  # type: ignore[attr-defined]


@router.get("", response=PointsSchemeList, auth=need(RIGHT))
def list_points_schemes(
    request: HttpRequest, organization: UUID | None = None, ended: bool = False, after: After | None = None
) -> dict[str, Any]:
    """Schemes, a hundred at a time; those ended are left out unless asked for."""
    rows = _schemes(request) if ended else _schemes(request).standing()
    rows = rows.filter(organization__key=organization) if organization else rows
    found, following = paged(rows, after)
    return {"schemes": [_scheme(one) for one in found], "next": following}


@router.get("/days", response=ExchangeDayList, auth=need(RIGHT))
def list_exchange_days(
    request: HttpRequest, scheme: UUID | None = None, after: After | None = None
) -> dict[str, Any]:
    """Exchange days, a hundred at a time."""
    rows = ExchangeDay.objects.visible_to(request.actor).select_related("scheme")  # type: ignore[attr-defined]
    rows = rows.filter(scheme__key=scheme) if scheme else rows
    found, following = paged(rows, after)
    names = ("key", "on", "place", "state")
    days = [{name: getattr(one, name) for name in names} | {"scheme": one.scheme.key} for one in found]
    return {"days": days, "next": following}


@router.post("/days/{uuid:key}/exchanges", response={201: ExchangeOut}, auth=need(WRITE))
def exchange_points(request: HttpRequest, key: UUID, payload: ExchangeIn) -> HttpResponseBase:
    """Give goods for points. With an `Idempotency-Key` it is done once."""

    def answer() -> HttpResponseBase:
        actor = request.actor  # type: ignore[attr-defined]
        rows = ExchangeDay.objects.visible_to(actor).select_related("scheme__organization")
        day = get_object_or_404(rows, key=key)
        account = get_object_or_404(Account.objects.visible_to(actor), key=payload.account, scheme=day.scheme)
        good = get_object_or_404(Good.objects.visible_to(actor), key=payload.good, scheme=day.scheme)
        made = actions.exchange(
            actor=actor, day=day, account=account, good=good, quantity=payload.quantity, now=clock.now()
        )
        account.refresh_from_db(fields=["balance"])
        told = {"key": str(made.key), "number": made.number, "points": made.points, "balance": account.balance}
        return JsonResponse(told, status=201)

    return once(request, answer)


@router.get("/{uuid:key}", response=PointsSchemeDetail, auth=need(RIGHT))
def get_points_scheme(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """One scheme with what gives points today and what is given for them."""
    found = get_object_or_404(_schemes(request), key=key)
    lines = [one for one in edition_lines(found, clock.today()) if one.edition.starts_on <= clock.today()]
    items = [{"name": one.name, "points": one.points} for line in lines for one in line.items]
    goods = found.goods.filter(ended_on__isnull=True).order_by("price", "name")
    names = ("key", "name", "unit", "price", "stock")
    return _scheme(found) | {
        "items": items,
        "goods": [{name: getattr(one, name) for name in names} for one in goods],
    }


@router.get("/{uuid:key}/accounts", response=PointsAccountList, auth=need(RIGHT))
def list_points_accounts(request: HttpRequest, key: UUID, after: After | None = None) -> dict[str, Any]:
    """Open accounts of a scheme, a hundred at a time, in the order of being opened."""
    found = get_object_or_404(_schemes(request), key=key)
    rows, following = paged(found.accounts.filter(closed_on__isnull=True), after)
    names = ("key", "number", "name", "group", "balance")
    return {"accounts": [{name: getattr(one, name) for name in names} for one in rows], "next": following}


@router.post("/{uuid:key}/claims", response={201: PointsClaimsOut}, auth=need(WRITE))
def file_points_claims(request: HttpRequest, key: UUID, payload: PointsClaimsIn) -> HttpResponseBase:
    """File what accounts did; it counts once it is checked, reviewed and shown. With an `Idempotency-Key` once."""

    def answer() -> HttpResponseBase:
        actor = request.actor  # type: ignore[attr-defined]
        found = get_object_or_404(_schemes(request), key=key)
        given = payload.dict() | {"accounts": "\n".join(payload.accounts)}
        made = actions.file_claims(actor=actor, scheme=found, now=clock.now(), **given)
        return JsonResponse({"filed": len(made), "points": made[0].points}, status=201)

    return once(request, answer)
