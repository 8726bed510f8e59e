"""Model cases, for programs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from lianjian.foundation.apidoor import need, paged

from ..models import ModelCase
from ..queries.showcase import told

router = Router()


class ModelCaseOut(Schema):
    """A model case of a year. `organization` is null where the place is only known by its name.

    `public`: a document about it is out for the public. A withdrawn one stays, with the day and the reason.
    """

    key: UUID
    title: str
    year: int
    where: str
    organization: UUID | None
    town: str
    named_by: str
    document: str
    story: str
    lessons: str
    public: bool
    withdrawn_on: date | None
    withdrawn_reason: str


class ModelCaseList(Schema):
    """A page of model cases; `next` is the value of `after` for the following page."""

    cases: list[ModelCaseOut]
    next: int | None


def _rows(request: HttpRequest) -> Any:
    rows = told(ModelCase.objects.visible_to(request.actor))  # type: ignore[attr-defined]
    return rows.select_related("organization", "jurisdiction")


def _shown(one: Any) -> dict[str, Any]:
    names = (
        "key", "title", "year", "where", "named_by", "document", "story", "lessons", "public", "withdrawn_on",
        "withdrawn_reason",
    )  # fmt: skip
    organization = one.organization.key if one.organization else None
    return {name: getattr(one, name) for name in names} | {"organization": organization, "town": one.jurisdiction.name}


@router.get("/model-cases", response=ModelCaseList, auth=need("alliances.see"))
def list_model_cases(
    request: HttpRequest,
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None,
    organization: UUID | None = None,
    withdrawn: bool = False,
    after: Annotated[int, Field(ge=0, le=2**62)] | None = None,
) -> dict[str, Any]:
    """Model cases, a hundred at a time; those withdrawn are left out unless asked for."""
    rows = _rows(request)
    rows = rows if withdrawn else rows.filter(withdrawn_on__isnull=True)
    rows = rows.filter(year=year) if year else rows
    rows = rows.filter(organization__key=organization) if organization else rows
    found, following = paged(rows, after)
    return {"cases": [_shown(one) for one in found], "next": following}


@router.get("/model-cases/{uuid:key}", response=ModelCaseOut, auth=need("alliances.see"))
def get_model_case(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """One model case, withdrawn or not."""
    return _shown(get_object_or_404(_rows(request), key=key))
