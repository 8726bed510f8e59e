"""Published documents in the programming interface."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from lianjian.foundation.apidoor import need, paged

from .models import Publication
from .queries.pictures import published_pictures

router = Router()
Word = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=200)]


class PictureOut(Schema):
    """A picture of a document: its file, what it shows and who gave it."""

    file: UUID
    caption: str
    credit: str


class DocumentOut(Schema):
    """A published version. `kind` and `audience` are codes; `bylines` are its authors in order; `taken_down_at` with
    `ground` where it is gone.
    """

    key: UUID
    version: int
    number: str
    kind: str
    title: str
    issuer: UUID
    issuer_name: str
    made_on: date
    since: date | None
    until: date | None
    audience: str
    subjects: list[str]
    bylines: list[str]
    published_on: date
    replaced_at: datetime | None
    taken_down_at: datetime | None
    ground: str


class DocumentText(DocumentOut):
    """The same with its words and pictures, which are empty once it was taken down."""

    text: str
    pictures: list[PictureOut]


class DocumentList(Schema):
    """A page of current versions; `next` is the value of `after` for the following page."""

    documents: list[DocumentOut]
    next: int | None


def _shown(one: Publication) -> dict[str, Any]:
    names = ("version", "number", "kind", "title", "made_on", "since", "until", "audience", "subjects", "bylines")
    found = {name: getattr(one, name) for name in (*names, "text", "published_on", "replaced_at")}
    found |= {"key": one.document_key, "issuer": one.issuer.key, "issuer_name": one.issuer.name}
    return {**found, "taken_down_at": one.down_at, "ground": one.down_ground}


@router.get("", response=DocumentList, auth=need("documents.see"))
def list_documents(
    request: HttpRequest, kind: Word = "", about: Word = "", since: date | None = None, after: int = 0
) -> dict[str, Any]:
    """Current versions that are addressed to you, a hundred at a time; `about` is a subject as `app.model:key`."""
    rows = Publication.objects.visible_to(request.actor).current()  # type: ignore[attr-defined]
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(subjects__contains=[about]) if about else rows
    rows = rows.filter(published_on__gte=since) if since else rows
    found, following = paged(rows.select_related("issuer"), after)
    return {
        "documents": [_shown(one) for one in found],
        "next": following,
    }


@router.get("/{uuid:key}", response=DocumentText, auth=need("documents.see"))
def get_document(request: HttpRequest, key: UUID, version: int | None = None) -> dict[str, Any]:
    """One document: the current version, or the one that is asked for."""
    rows = Publication.objects.visible_to(request.actor).filter(document_key=key)  # type: ignore[attr-defined]
    rows = rows.filter(version=version) if version is not None else rows.current()
    found = rows.select_related("issuer").first()
    if found is None:
        raise Http404
    return {**_shown(found), "pictures": published_pictures(request.actor, found)}
