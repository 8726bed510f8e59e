"""Industry chains and their firms, for programs."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.db.models import F
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from lianjian.foundation.apidoor import need, paged

from ..models import Term
from ..queries.chains import CHAINS, USED, chain_firm_seats

router = Router()

Cursor = Annotated[int, Field(ge=0, le=2**62)]


class ChainOut(Schema):
    """A chain with its formal committees (`committees`), alliances and distinct firms of today; `heads` are 链长.

    `used` is false for one that new alliances cannot choose any more.
    """

    key: UUID
    name: str
    used: bool
    heads: str
    committees: int
    alliances: int
    firms: int
    place: str


class ChainList(Schema):
    """A page of chains; `next` is the value of `after` for the following page."""

    chains: list[ChainOut]
    next: int | None


class ChainFirmOut(Schema):
    """A firm's seat in an alliance of the chain today."""

    organization: UUID
    name: str
    role: str
    alliance: UUID


class ChainFirmList(Schema):
    """A page of seats; a firm with two roles has two. `next` is the value of `after` for the following page."""

    firms: list[ChainFirmOut]
    next: int | None


@router.get("/chains", response=ChainList, auth=need("alliances.see"))
def list_chains(request: HttpRequest, after: Cursor | None = None) -> dict[str, Any]:
    """Chains one may see, a hundred at a time, counted as their list counts them."""
    rows = CHAINS.base(request.actor).annotate(place=F("jurisdiction__name"))  # type: ignore[attr-defined]
    found, following = paged(rows, after)
    names = ("key", "name", "heads", "committees", "alliances", "firms", "place")
    shown = [{name: getattr(one, name) for name in names} | {"used": one.use == USED} for one in found]
    return {"chains": shown, "next": following}


@router.get("/chains/{uuid:key}/firms", response=ChainFirmList, auth=need("alliances.see"))
def list_chain_firms(request: HttpRequest, key: UUID, after: Cursor | None = None) -> dict[str, Any]:
    """Who is on a chain today and as what, a hundred at a time."""
    actor = request.actor  # type: ignore[attr-defined]
    term = get_object_or_404(Term.objects.visible_to(actor).filter(list="chain"), key=key)
    found, following = paged(chain_firm_seats(actor, term).select_related("organization", "alliance"), after)
    shown = [
        {
            "organization": one.organization.key,
            "name": one.organization.name,
            "role": one.role,
            "alliance": one.alliance.key,
        }
        for one in found
    ]
    return {"firms": shown, "next": following}
