"""Agreements by which several parties share (利益联结), for programs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from lianjian.foundation import clock
from lianjian.foundation.apidoor import need, once, paged

from .. import actions
from ..models import BenefitAgreement, BenefitItem, BenefitParty
from ..queries.benefits import item_words, parts_of
from ..rules import benefits as rules
from . import Day, Word

router = Router()

Year = Annotated[int, Field(ge=1900, le=2100)]
Number = Annotated[Decimal, Field(ge=0, max_digits=16, decimal_places=2)]
Source = Annotated[str, Field(pattern=r"^[^\x00]*\S[^\x00]*$", max_length=120)]


class BenefitPartyOut(Schema):
    """A party in the order of signing; farmers are described together and have no `organization`."""

    number: int
    side: str
    organization: UUID | None
    name: str


class BenefitOut(Schema):
    """An agreement, from `since` to the day before `until`; `end_reason` when it was ended before its time."""

    key: UUID
    title: str
    document: str
    signed_on: date
    since: date
    until: date | None
    end_reason: str
    parties: list[BenefitPartyOut]


class BenefitList(Schema):
    """A page of agreements; `next` is the value of `after` for the following page."""

    benefits: list[BenefitOut]
    next: int | None


class BenefitShareOut(Schema):
    """A party's part: basis points of 10,000, what it is due of all years, what it was paid (null: not money)."""

    number: int
    points: int
    due: Decimal
    paid: Decimal | None


class BenefitYearOut(Schema):
    """The number of a year, the whole before it is shared."""

    year: int
    value: Decimal
    source: str


class BenefitItemOut(Schema):
    """One thing shared, with its unit."""

    key: UUID
    kind: str
    name: str
    unit: str
    shares: list[BenefitShareOut]
    years: list[BenefitYearOut]


class BenefitDetail(BenefitOut):
    """An agreement with what is shared."""

    items: list[BenefitItemOut]


class BenefitFigureIn(Schema):
    """The number of a year; a `correction` replaces the one that stands."""

    year: Year
    value: Number
    source: Source
    correction: bool = False


class BenefitPayoutIn(Schema):
    """Money, in yuan, that the party with this number was paid on a day."""

    party: Annotated[int, Field(ge=1, le=rules.MOST_PARTIES)]
    on: Day
    amount: Number
    source: Source


def _rows(request: HttpRequest) -> Any:
    parties = BenefitParty.objects.select_related("organization").order_by("number")
    rows = BenefitAgreement.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    return rows.prefetch_related(Prefetch("parties", parties))


def _shown(one: Any) -> dict[str, Any]:
    names = ("key", "title", "document", "signed_on", "since", "until", "end_reason")
    parties = [
        {
            "number": party.number,
            "side": party.side,
            "organization": party.organization.key if party.organization else None,
            "name": str(party),
        }
        for party in one.parties.all()
    ]
    return {name: getattr(one, name) for name in names} | {"parties": parties}


def _item(item: Any, parties: list[Any]) -> dict[str, Any]:
    """With what its page says of each party."""
    name, unit = item_words(item)
    years = sorted((one for one in item.figures.all() if one.replaced_at is None), key=lambda one: one.year)
    return {
        "key": item.key,
        "kind": item.kind,
        "name": name,
        "unit": unit,
        "shares": [
            {"number": party.number, "points": part.points, "due": part.due, "paid": part.paid}
            for party, part in zip(parties, parts_of(item, parties), strict=True)
        ],
        "years": [{"year": one.year, "value": one.value, "source": one.source} for one in years],
    }


@router.get("/benefits", response=BenefitList, auth=need("alliances.see"))
def list_benefits(
    request: HttpRequest,
    side: Word = "",
    organization: UUID | None = None,
    day: Day | None = None,
    after: Annotated[int, Field(ge=0, le=2**62)] | None = None,
) -> dict[str, Any]:
    """Agreements one may see, a hundred at a time: with a party of this kind, with this body, that hold on a day."""
    rows = _rows(request)
    rows = rows.filter(pk__in=BenefitParty.objects.filter(side=side).values("agreement")) if side else rows
    held = BenefitParty.objects.filter(organization__key=organization).values("agreement")
    rows = rows.filter(pk__in=held) if organization else rows
    rows = rows.holding(day) if day else rows
    found, following = paged(rows, after)
    return {"benefits": [_shown(one) for one in found], "next": following}


@router.get("/benefits/{uuid:key}", response=BenefitDetail, auth=need("alliances.see"))
def get_benefit(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """One agreement: what is shared, each year's number, what each party is due and was paid."""
    held = get_object_or_404(_rows(request), key=key)
    items = held.items.order_by("pk").prefetch_related("figures", "shares", "payouts")
    parties = list(held.parties.all())
    return _shown(held) | {"items": [_item(one, parties) for one in items]}


def _asked(request: HttpRequest, key: UUID) -> Any:
    rows = BenefitItem.objects.visible_to(request.actor).select_related("agreement")  # type: ignore[attr-defined]
    return get_object_or_404(rows, key=key)


@router.post("/benefits/items/{uuid:key}/figures", response={201: BenefitYearOut}, auth=need("alliances.write"))
def state_benefit(request: HttpRequest, key: UUID, payload: BenefitFigureIn) -> HttpResponseBase:
    """State the number of a year, once for all parties. With an `Idempotency-Key` it is stated once."""

    def answer() -> HttpResponseBase:
        actor = request.actor  # type: ignore[attr-defined]
        made = actions.state_benefit(actor=actor, item=_asked(request, key), now=clock.now(), **payload.dict())
        return JsonResponse({"year": made.year, "value": str(made.value), "source": made.source}, status=201)

    return once(request, answer)


@router.post("/benefits/items/{uuid:key}/payouts", response={201: BenefitShareOut}, auth=need("alliances.write"))
def pay_benefit(request: HttpRequest, key: UUID, payload: BenefitPayoutIn) -> HttpResponseBase:
    """A party was paid; answers where it stands now. With an `Idempotency-Key` it is paid once."""

    def answer() -> HttpResponseBase:
        actor = request.actor  # type: ignore[attr-defined]
        item = _asked(request, key)
        party = get_object_or_404(item.agreement.parties, number=payload.party)
        values = payload.dict(exclude={"party"})
        actions.pay_benefit(actor=actor, item=item, party=party, now=clock.now(), **values)
        parties = list(item.agreement.parties.select_related("organization").order_by("number"))
        [stands] = [one for one in _item(item, parties)["shares"] if one["number"] == payload.party]
        return JsonResponse({**stands, "due": str(stands["due"]), "paid": str(stands["paid"])}, status=201)

    return once(request, answer)
