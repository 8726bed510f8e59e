"""Villages in the programming interface: who moved where, in numbers, and which cadres are posted to them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from lianjian.foundation.apidoor import need, paged

from ..models import Relocation
from ..queries.relocations import postings
from ..queries.tags import standing_on

router = Router()
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2100, 12, 31))]
After = Annotated[int, Field(ge=0, le=2**62)]


class RelocationOut(Schema):
    """Households of a village that moved to a settlement, there from `since` to the day before `until`.

    `whole`: with this step all of the village has moved.
    """

    key: UUID
    village: UUID
    village_name: str
    settlement: UUID
    settlement_name: str
    households: int
    residents: int
    whole: bool
    since: date
    until: date | None
    document: str


class RelocationList(Schema):
    """A page of relocations; `next` is the value of `after` for the following page."""

    relocations: list[RelocationOut]
    next: int | None


class PostingOut(Schema):
    """A cadre posted to a village by a body, from `since` to the day before `until`."""

    key: UUID
    person: UUID
    name: str
    village: UUID
    village_name: str
    sent_by: UUID
    sent_by_name: str
    task: str
    since: date
    until: date | None


class PostingList(Schema):
    """A page of postings; `next` is the value of `after` for the following page."""

    postings: list[PostingOut]
    next: int | None


def _page(rows: Any, name: str, show: Any, after: int | None) -> dict[str, Any]:
    found, following = paged(rows, after)
    return {name: [show(row) for row in found], "next": following}


def _body(row: Any, name: str) -> dict[str, Any]:
    body = getattr(row, name)
    return {name: body.key, f"{name}_name": body.name}


def _relocation(row: Relocation) -> dict[str, Any]:
    names = ("key", "households", "residents", "whole", "since", "until", "document")
    return {name: getattr(row, name) for name in names} | _body(row, "village") | _body(row, "settlement")


@router.get("/relocations", response=RelocationList, auth=need("directory.read"))
def list_relocations(
    request: HttpRequest,
    day: Day | None = None,
    village: UUID | None = None,
    settlement: UUID | None = None,
    after: After | None = None,
) -> dict[str, Any]:
    """Which villages moved where, a hundred at a time; with `day` who lives there on it, else all that ever did."""
    rows: Any = Relocation.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    rows = rows.on(day) if day else rows
    rows = rows.filter(village__key=village) if village else rows
    rows = rows.filter(settlement__key=settlement) if settlement else rows
    return _page(rows.select_related("village", "settlement"), "relocations", _relocation, after)


def _posting(row: Any) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("key", "since", "until")},
        "person": row.person.key,
        "name": row.person.name,
        "village": row.organization.key,
        "village_name": row.organization.name,
        **_body(row, "sent_by"),
        "task": row.task or "",
    }


@router.get("/postings", response=PostingList, auth=need("people.see"))
def list_postings(
    request: HttpRequest,
    day: Day | None = None,
    village: UUID | None = None,
    sent_by: UUID | None = None,
    after: After | None = None,
) -> dict[str, Any]:
    """Cadres posted to villages whom one may see, a hundred at a time.

    With `day` those posted on it to villages that stand, else all that ever were.
    """
    rows = postings(request.actor)  # type: ignore[attr-defined]
    rows = standing_on(rows.on(day), day) if day else rows
    rows = rows.filter(organization__key=village) if village else rows
    rows = rows.filter(sent_by__key=sent_by) if sent_by else rows
    return _page(rows.select_related("person", "organization", "sent_by"), "postings", _posting, after)
