"""Files as a page lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianjian.foundation.actor import Actor

from .checking import MB, PICTURES
from .models import File

LATEST = 200


@dataclass(frozen=True)
class ShownFile:
    """One file in a list."""

    key: UUID
    name: str
    size: str
    kind: str
    at: datetime
    by: str
    is_picture: bool
    sha256: str


def size_text(size: int) -> str:
    """Bytes as people say them: 0.3 MB, 12 KB."""
    return f"{size / MB:.1f} MB" if size >= MB // 10 else f"{max(1, round(size / 1024))} KB"


def files_of(bundle_id: int | None) -> list[ShownFile]:
    """The present files of a bundle, the oldest first. The caller has checked who may see the record."""
    if bundle_id is None:
        return []
    rows = File.objects.present().filter(bundle_id=bundle_id)  # type: ignore[attr-defined]
    return [_one(file) for file in rows.select_related("uploaded_by").order_by("pk")]


def files_of_many(bundle_ids: list[int]) -> dict[int, list[ShownFile]]:
    """The same for many bundles in one query."""
    found: dict[int, list[ShownFile]] = {}
    rows = File.objects.present().filter(bundle_id__in=bundle_ids)  # type: ignore[attr-defined]
    for file in rows.select_related("uploaded_by").order_by("pk"):
        found.setdefault(file.bundle_id, []).append(_one(file))
    return found


def made_for(actor: Actor) -> list[ShownFile]:
    """Files the house made for the actor, the newest first."""
    rows = File.objects.visible_to(actor).select_related("uploaded_by")  # type: ignore[attr-defined]
    return [_one(file) for file in rows.order_by("-at")[:LATEST]]


def _one(file: File) -> ShownFile:
    return ShownFile(
        key=file.key,
        name=file.name,
        size=size_text(file.size),
        kind=file.name.rpartition(".")[2].upper()[:5],
        at=file.at,
        by=file.uploaded_by.name if file.uploaded_by else "",
        is_picture=file.media_type in PICTURES,
        sha256=file.sha256,
    )
