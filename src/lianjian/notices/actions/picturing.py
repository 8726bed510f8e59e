"""Pictures of documents: what they show, who gave them, and whether the people on them agree to be shown."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from lianjian.files.actions import attach
from lianjian.files.checking import PICTURES
from lianjian.files.models import File
from lianjian.foundation.actor import Actor
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import Document
from ..queries.checks import pictures_of
from ..rules import bylines as rules
from .drafting import WRITE, locked, touched


@verb
def add_picture(
    *,
    actor: Actor,
    document: Document,
    upload: UploadedFile[Any],
    caption: str,
    credit: str,
    now: datetime,
    consent: bool = False,
) -> File:
    """Hang a picture on it with what it shows and who gave it, which changes the document.

    Raises `NotAPicture`, `PictureUnsaid`, `NotOpen`, `Denied`, and what attaching raises.
    """
    require(actor, WRITE, document.issuer)
    document = touched(actor, document, now)
    found = attach(actor=actor, record=document, upload=upload, now=now)
    _tell(actor, document, _said(found, caption, credit, consent), "documents.add_picture", now)
    return found


@verb
def change_picture(
    *,
    actor: Actor,
    document: Document,
    file: File,
    caption: str,
    credit: str,
    now: datetime,
    consent: bool = False,
) -> Document:
    """Other words about a picture, or the first about a file that is one; the same words change nothing.

    Raises `NotAPicture`, `PictureUnsaid`, `PictureGone`, `NotOpen`, `Denied`.
    """
    require(actor, WRITE, document.issuer)
    document = locked(document)
    present = File.objects.present().filter(bundle_id=document.bundle_id or 0, pk=file.pk)  # type: ignore[attr-defined]
    if not present.exists():
        raise rules.PictureGone
    said = _said(file, caption, credit, consent)
    if said not in pictures_of(document):
        document = touched(actor, document, now)
        _tell(actor, document, said, "documents.change_picture", now)
    return document


def _said(file: File, caption: str, credit: str, consent: bool) -> rules.Picture:
    """Raises `NotAPicture`, `PictureUnsaid`."""
    if file.media_type not in PICTURES:
        raise rules.NotAPicture(name=file.name)
    caption, credit = caption.strip()[: rules.CAPTION], credit.strip()[: rules.CREDIT]
    if not caption or not credit:
        raise rules.PictureUnsaid
    return rules.Picture(file.name, file.sha256, caption, credit, consent)


def _tell(actor: Actor, document: Document, said: rules.Picture, word: str, now: datetime) -> None:
    held = pictures_of(document)
    before = next((one for one in held if one.mark == said.mark), None)
    document.pictures = rules.kept(rules.told(held, said))
    document.save(update_fields=["pictures"])
    changes: dict[str, tuple[Any, Any]] = {
        name: (getattr(before, name) if before else "", getattr(said, name))
        for name in ("caption", "credit", "consent")
        if before is None or getattr(before, name) != getattr(said, name)
    }
    record(actor=actor, verb=word, subject=document, now=now, changes=changes)
