"""Organizations in the programming interface: list and search, get, register, change."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from lianjian.foundation import clock
from lianjian.foundation.apidoor import need, once, paged
from lianjian.foundation.searchdb import search

from .. import actions
from ..models import Organization, Tag, Tagging
from ..rules import shown_facts

router = Router()
_WITH = ("jurisdiction", "parent", "merged_into", "enterprise__industry", "party")
Kind = Literal[
    "party", "station", "government", "mass", "enterprise", "social", "village", "cooperative", "bank", "park",
    "centre", "property", "owners", "joint", "institute", "settlement", "other",
]  # fmt: skip


class OrganizationOut(Schema):
    """One organization. `legal_representative` is null for those who may not see a firm's business.

    `tags` are free words; what an office gave by a document stands under `/taggings`.
    """

    key: UUID
    name: str
    short_name: str
    classification: str
    code: str
    external_code: str
    town: str
    parent: UUID | None
    address: str
    longitude: float | None
    latitude: float | None
    tags: list[str]
    founded_on: date | None
    dissolved_on: date | None
    merged_into: UUID | None
    industry: str | None = None
    ownership: str | None = None
    legal_representative: str | None = None
    staff: int | None = None
    above_scale: bool | None = None
    party_members: int | None = None
    level: str | None = None
    formation: str | None = None
    changed_at: datetime


class OrganizationList(Schema):
    """A page of organizations by key; `next` is the value of `after` for the following page."""

    organizations: list[OrganizationOut]
    next: int | None


class OrganizationIn(Schema):
    """An organization to register below `parent`, from `since` (today when left out)."""

    name: str = Field(min_length=2, max_length=120)
    classification: Kind
    parent: UUID
    code: str = Field("", max_length=40)
    short_name: str = Field("", max_length=60)
    address: str = Field("", max_length=200)
    tags: list[str] = Field(default_factory=list, max_length=12)
    since: date | None = None


class OrganizationChange(Schema):
    """Facts to change; what is left out stays."""

    name: str | None = Field(None, min_length=2, max_length=120)
    short_name: str | None = Field(None, max_length=60)
    code: str | None = Field(None, max_length=40)
    address: str | None = Field(None, max_length=200)
    tags: list[str] | None = Field(None, max_length=12)
    longitude: float | None = Field(None, ge=-180, le=180)
    latitude: float | None = Field(None, ge=-90, le=90)


def shown(actor: Any, row: Organization) -> dict[str, Any]:
    """An organization as the interface gives it to this actor."""
    names = (
        "key",
        "name",
        "short_name",
        "classification",
        "code",
        "external_code",
        "address",
        "longitude",
        "latitude",
        "tags",
    )
    dated = ("founded_on", "dissolved_on", "changed_at")
    found: dict[str, Any] = {name: getattr(row, name) for name in (*names, *dated)}
    found["town"] = row.jurisdiction.name
    found["parent"] = row.parent.key if row.parent else None
    found["merged_into"] = row.merged_into.key if row.merged_into else None
    firm = getattr(row, "enterprise", None)
    if firm is not None:
        facts = {
            name: getattr(firm, name)
            for name in ("legal_representative", "staff", "above_scale", "party_members")
        }
        facts["industry"] = firm.industry.code if firm.industry else None
        found |= shown_facts(facts, business=actor.may("directory.business", row))
        found |= {"formation": firm.party_formation, "ownership": firm.ownership}
    party = getattr(row, "party", None)
    if party is not None:
        found |= {"level": party.level, "formation": party.formation}
    return found


def _rows(request: HttpRequest) -> Any:
    return Organization.objects.visible_to(request.actor).select_related(*_WITH)  # type: ignore[attr-defined]


def _answer(request: HttpRequest, row: Organization, status: int) -> HttpResponseBase:
    again = _rows(request).get(pk=row.pk)
    body = OrganizationOut(**shown(request.actor, again)).model_dump(mode="json")  # type: ignore[attr-defined]
    return JsonResponse(body, status=status)


@router.get("/organizations", response=OrganizationList, auth=need("directory.read"))
def list_organizations(
    request: HttpRequest,
    q: str = "",
    classification: str = "",
    town: UUID | None = None,
    tag: UUID | None = None,
    after: int | None = None,
) -> dict[str, Any]:
    """Current organizations of the register, a hundred at a time; `tag`: those that have it today."""
    rows = _rows(request).current()
    if q:
        rows = search(rows, q)
    if classification:
        rows = rows.filter(classification=classification)
    if town:
        rows = rows.filter(jurisdiction__key=town)
    if tag:
        held = Tagging.objects.on(clock.today()).filter(tag__key=tag)
        rows = rows.filter(pk__in=held.values("organization_id"))
    found, following = paged(rows, after)
    actor = request.actor  # type: ignore[attr-defined]
    return {
        "organizations": [shown(actor, row) for row in found],
        "next": following,
    }


@router.get("/organizations/{uuid:key}", response=OrganizationOut, auth=need("directory.read"))
def get_organization(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """One organization; of a merged one `merged_into` says which record to use."""
    return shown(request.actor, get_object_or_404(_rows(request), key=key))  # type: ignore[attr-defined]


@router.post("/organizations", response={201: OrganizationOut}, auth=need("directory.write"))
def register_organization(request: HttpRequest, body: OrganizationIn) -> HttpResponseBase:
    """Register an organization. With an `Idempotency-Key` a repeated request registers it once."""

    def answer() -> HttpResponseBase:
        values = body.model_dump()
        values["parent"] = get_object_or_404(_rows(request), key=body.parent)
        made = actions.register_organization(actor=request.actor, now=clock.now(), **values)  # type: ignore[attr-defined]
        return _answer(request, made, 201)

    return once(request, answer)


@router.patch("/organizations/{uuid:key}", response=OrganizationOut, auth=need("directory.write"))
def change_organization(request: HttpRequest, key: UUID, body: OrganizationChange) -> HttpResponseBase:
    """Change facts of an organization."""

    def answer() -> HttpResponseBase:
        row = get_object_or_404(_rows(request), key=key)
        values = body.model_dump(exclude_unset=True)
        kept = {
            name: value
            for name, value in values.items()
            if value is not None or name in ("longitude", "latitude")
        }
        actions.change_organization(actor=request.actor, organization=row, now=clock.now(), **kept)  # type: ignore[attr-defined]
        return _answer(request, row, 200)

    return once(request, answer)


class MeasureOut(Schema):
    """What is done for those with a tag."""

    text: str
    document: str
    since: date
    until: date | None


class TagOut(Schema):
    """A tag of an office; of an exclusive group an organization has one at a time. `kinds`: empty means all."""

    key: UUID
    name: str
    scheme: str
    exclusive: bool
    kinds: list[str]
    town: str
    document: str
    retired_on: date | None
    measures: list[MeasureOut]


class TaggingOut(Schema):
    """An organization has a tag from `since` to the day before `until`."""

    key: UUID
    organization: UUID
    organization_name: str
    tag: UUID
    tag_name: str
    scheme: str
    since: date
    until: date | None
    document: str


class TaggingList(Schema):
    """A page of taggings; `next` is the value of `after` for the following page."""

    taggings: list[TaggingOut]
    next: int | None


class TaggingIn(Schema):
    """A tag for an organization."""

    organization: UUID
    tag: UUID
    since: date
    until: date | None = None
    document: str = Field(min_length=1, max_length=120)


class TaggingEnd(Schema):
    """The first day without it, and why."""

    until: date
    reason: str = Field(min_length=1, max_length=200)


_TAGGING = ("organization", "tag__scheme")


def _tagging(row: Tagging) -> dict[str, Any]:
    return {
        "key": row.key,
        "organization": row.organization.key,
        "organization_name": row.organization.name,
        "tag": row.tag.key,
        "tag_name": row.tag.name,
        "scheme": row.tag.scheme.name,
        "since": row.since,
        "until": row.until,
        "document": row.document,
    }


@router.get("/tags", response=list[TagOut], auth=need("directory.read"))
def list_tags(request: HttpRequest) -> list[dict[str, Any]]:
    """Every tag of one's own place, of those above it and of those one reads, with its measures."""
    rows = Tag.objects.used_by(request.actor)  # type: ignore[attr-defined]
    found = rows.select_related("scheme", "jurisdiction").prefetch_related("measures").order_by("scheme_id", "id")
    names = ("key", "name", "document", "retired_on")
    return [
        {name: getattr(tag, name) for name in names}
        | {"scheme": tag.scheme.name, "exclusive": tag.scheme.exclusive, "kinds": tag.scheme.kinds}
        | {"town": tag.jurisdiction.name, "measures": sorted(tag.measures.all(), key=lambda one: (one.since, one.pk))}
        for tag in found
    ]


@router.get("/taggings", response=TaggingList, auth=need("directory.read"))
def list_taggings(
    request: HttpRequest,
    day: date | None = None,
    tag: UUID | None = None,
    organization: UUID | None = None,
    after: int | None = None,
) -> dict[str, Any]:
    """Who has which tag, a hundred at a time; with `day` what holds on it, else all that ever held."""
    rows = Tagging.objects.visible_to(request.actor).select_related(*_TAGGING)  # type: ignore[attr-defined]
    if day:
        rows = rows.on(day)
    if tag:
        rows = rows.filter(tag__key=tag)
    if organization:
        rows = rows.filter(organization__key=organization)
    found, following = paged(rows, after)
    return {
        "taggings": [_tagging(row) for row in found],
        "next": following,
    }


def _tagged(row: Tagging, status: int) -> HttpResponseBase:
    again = Tagging.objects.select_related(*_TAGGING).get(pk=row.pk)
    return JsonResponse(TaggingOut(**_tagging(again)).model_dump(mode="json"), status=status)


@router.post("/taggings", response={201: TaggingOut}, auth=need("directory.write"))
def set_tag(request: HttpRequest, body: TaggingIn) -> HttpResponseBase:
    """Give an organization a tag; of an exclusive group the one before ends on that day."""

    def answer() -> HttpResponseBase:
        actor = request.actor  # type: ignore[attr-defined]
        made = actions.set_tag(
            actor=actor,
            organization=get_object_or_404(_rows(request), key=body.organization),
            tag=get_object_or_404(Tag.objects.visible_to(actor).select_related("scheme"), key=body.tag),
            since=body.since,
            until=body.until,
            document=body.document,
            now=clock.now(),
        )
        return _tagged(made, 201)

    return once(request, answer)


@router.post("/taggings/{uuid:key}/end", response=TaggingOut, auth=need("directory.write"))
def end_tag(request: HttpRequest, key: UUID, body: TaggingEnd) -> HttpResponseBase:
    """It holds no longer from `until` on."""

    def answer() -> HttpResponseBase:
        actor = request.actor  # type: ignore[attr-defined]
        row = get_object_or_404(Tagging.objects.visible_to(actor).select_related("organization", "tag"), key=key)
        actions.end_tag(actor=actor, tagging=row, until=body.until, reason=body.reason, now=clock.now())
        return _tagged(row, 200)

    return once(request, answer)
