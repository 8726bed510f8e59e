"""Attach, keep and remove files."""

from __future__ import annotations

from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import Any, Protocol, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import models

from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record as journal

from . import store
from .checking import examine
from .models import Bundle, File
from .rules import safe_name

MOST_FILES = 100


class TooManyFiles(Refused):
    """A record carries at most 100 files."""

    sentence = _("一条记录最多 %(most)s 个附件,请先移除不需要的。")
    field = "file"


class AlreadyRemoved(Refused):
    """Somebody removed the file before."""

    sentence = _("这个附件已经移除。")
    status = 409


class HasBundle(Protocol):
    """An owned record with a nullable foreign key `bundle`."""

    key: UUID
    jurisdiction_id: int
    bundle_id: int | None


@verb
def attach(*, actor: Actor, record: HasBundle, upload: UploadedFile[Any], now: datetime) -> File:
    """Examine an upload, store it once by content and hang it on the record.

    The caller has checked that the actor may change the record. The same content under the same name twice is one file.
    """
    checked = examine(upload.name or "", upload)
    bundle_id = _bundle_of(record, now)
    present = list(File.objects.present().filter(bundle_id=bundle_id).values_list("sha256", "name", "pk"))  # type: ignore[attr-defined]
    digest, size = store.keep(checked.content)
    for sha256, name, pk in present:
        if (sha256, name) == (digest, checked.name):
            return File.objects.get(pk=pk)
    if len(present) >= MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    made = File.objects.create(
        jurisdiction_id=record.jurisdiction_id,
        bundle_id=bundle_id,
        name=checked.name,
        size=size,
        sha256=digest,
        media_type=checked.media_type,
        uploaded_by_id=actor.user_id,
        at=now,
    )
    journal(
        actor=actor,
        verb="files.attach",
        subject=cast(models.Model, record),
        now=now,
        changes={"file": ("", made.name)},
        note=digest,
    )
    return made


def _bundle_of(record: HasBundle, now: datetime) -> int:
    """The record's bundle, made at the first upload; the record's row is locked so that there is only one."""
    if record.bundle_id is not None:
        return record.bundle_id
    row = cast(models.Model, record)
    rows = type(row)._base_manager.filter(pk=row.pk)
    standing = rows.select_for_update(of=("self",)).values_list("bundle_id", flat=True).get()
    if standing is None:
        standing = Bundle.objects.create(jurisdiction_id=record.jurisdiction_id, created_at=now).pk
        rows.update(bundle_id=standing)
    record.bundle_id = standing
    return int(standing)


@verb
def remove_file(*, actor: Actor, file: File, now: datetime) -> None:
    """Take a file off its record. The row stays; the content goes 30 days later if nothing else holds it."""
    changed = File.objects.filter(pk=file.pk, removed_at__isnull=True).update(removed_at=now)
    if not changed:
        raise AlreadyRemoved
    file.removed_at = now
    journal(
        actor=actor,
        verb="files.remove",
        subject=file,
        now=now,
        changes={"file": (file.name, "")},
        note=file.sha256,
    )


@verb
def keep_file(
    *,
    actor: Actor,
    jurisdiction_id: int,
    name: str,
    path_or_bytes: str | PathLike[str] | bytes,
    media_type: str,
    now: datetime,
    own: bool = True,
) -> File:
    """Keep a file made by the house (an export, a receipt) for the actor; nobody else can fetch it by its key.

    With `own=False` it is an app's own file (a workbook that an import examined), served by that app alone.
    """
    content = path_or_bytes if isinstance(path_or_bytes, bytes) else Path(path_or_bytes)
    digest, size = store.keep(content)
    bundle = Bundle.objects.create(jurisdiction_id=jurisdiction_id, created_at=now)
    made = File.objects.create(
        jurisdiction_id=jurisdiction_id,
        bundle=bundle,
        name=safe_name(name),
        size=size,
        sha256=digest,
        media_type=media_type,
        uploaded_by_id=actor.user_id,
        made_for_id=actor.user_id if own else None,
        at=now,
    )
    journal(actor=actor, verb="files.keep", subject=made, now=now, note=digest)
    return made


@verb
def expire_made(*, before: datetime, now: datetime) -> int:
    """Files the house made for somebody go after their time. The house tidies up: not journalled."""
    old = File.objects.filter(made_for__isnull=False, removed_at__isnull=True, at__lt=before)
    return old.update(removed_at=now)


@verb
def copy_files(*, jurisdiction_id: int, bundle_id: int | None, now: datetime) -> int | None:
    """Hang the present files of a bundle into a new one, which later changes of the first leave alone.

    Part of the caller's verb, which journals it. Contents are not stored twice. None where there are no files.
    """
    held = list(File.objects.present().filter(bundle_id=bundle_id or 0).order_by("pk"))  # type: ignore[attr-defined]
    if not held:
        return None
    made = Bundle.objects.create(jurisdiction_id=jurisdiction_id, created_at=now)
    names = ("name", "size", "sha256", "media_type", "uploaded_by_id", "at")
    File.objects.bulk_create(
        File(jurisdiction_id=jurisdiction_id, bundle=made, **{name: getattr(one, name) for name in names})
        for one in held
    )
    return made.pk
