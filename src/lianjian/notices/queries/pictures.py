"""The files of documents, and those of them that are shown as pictures with their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from lianjian.files.models import File
from lianjian.files.queries import ShownFile, files_of
from lianjian.foundation import context
from lianjian.foundation.actor import Actor

from ..models import Document, Publication
from ..rules.bylines import Picture
from .checks import files_at_desk, pictures_of


@dataclass(frozen=True)
class ShownPicture:
    """One picture as pages show it."""

    key: UUID
    caption: str
    giver: str
    consent: bool

    @property
    def credit(self) -> str:
        """The line that names who gave it."""
        return _("图片由%(credit)s提供") % {"credit": self.giver}


def published_files(actor: Actor, out: Publication) -> list[ShownFile]:
    """The files of a version as it came out; none once it is down. Those of another town are read on purpose here."""
    if out.bundle_id is None or out.down_at is not None:
        return []
    if out.jurisdiction_id in actor.readable:
        return files_of(out.bundle_id)
    with context.jurisdictions((out.jurisdiction_id,), ()):
        return files_of(out.bundle_id)


def published_file(readable: Sequence[int], out: Publication, file_key: UUID) -> File | None:
    """One of them."""
    if out.bundle_id is None or out.down_at is not None:
        return None
    rows = File.objects.present().filter(bundle_id=out.bundle_id, key=file_key)  # type: ignore[attr-defined]
    if out.jurisdiction_id in readable:
        return rows.first()  # type: ignore[no-any-return]
    with context.jurisdictions((out.jurisdiction_id,), ()):
        return rows.first()  # type: ignore[no-any-return]


def published_picture(readable: Sequence[int], out: Publication, file_key: UUID) -> File | None:
    """One that is shown as a picture; no other file."""
    if not out.pictures:
        return None
    found = published_file(readable, out, file_key)
    return found if found is not None and _is_shown(pictures_of(out), found) else None


def published_pictures(actor: Actor, out: Publication) -> list[dict[str, object]]:
    """File, caption and credit of each picture of a version, for programs."""
    files = published_files(actor, out) if out.pictures else []
    shown = parted(actor, out, files)[1]
    return [{"file": one.key, "caption": one.caption, "credit": one.giver} for one in shown]


def draft_file(actor: Actor, document: Document | None, file_key: UUID) -> File | None:
    """A file of what is being written; for who was only asked none whose people have not agreed to be shown."""
    if document is None:
        return None
    found = next((one for one in files_at_desk(document) if one.key == file_key), None)
    if found is None or actor.may("documents.desk", document.issuer):
        return found
    return None if _is_shown(_inside(document), found) else found


def draft_picture(actor: Actor, document: Document | None, file_key: UUID) -> File | None:
    """A picture of what is being written."""
    found = draft_file(actor, document, file_key)
    return found if document and found and _is_shown(pictures_of(document), found) else None


def parted(
    actor: Actor, content: Document | Publication, files: Sequence[ShownFile]
) -> tuple[list[ShownFile], list[ShownPicture]]:
    """Files as they hang on it, and pictures in their order; for who was only asked about a draft none whose people
    have not agreed to be shown.
    """
    desk = isinstance(content, Publication) or actor.may("documents.desk", content.issuer)
    told = {one.mark: one for one in pictures_of(content)}
    found = {(one.name, one.sha256): one.key for one in files}
    shown = [
        ShownPicture(found[mark], one.caption, one.credit, one.consent)
        for mark, one in told.items()
        if mark in found and (one.consent or desk)
    ]
    return [one for one in files if (one.name, one.sha256) not in told], shown


def _is_shown(pictures: Sequence[Picture], file: File) -> bool:
    return any(one.mark == (file.name, file.sha256) for one in pictures)


def _inside(document: Document) -> list[Picture]:
    """Pictures whose people have not agreed to be shown."""
    return [one for one in pictures_of(document) if not one.consent]
