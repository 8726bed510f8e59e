"""Contents on disk under their SHA-256: written and synced before the row that names them can commit.

A content without a row (the transaction was undone) is an orphan and swept a day later. Equal contents lie here once,
whoever brought them: nothing is ever fetched by digest, only through a row.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

CHUNK = 1024 * 1024
GRACE = 24 * 3600  # seconds an orphan may lie: longer than any transaction

Content = bytes | Path | IO[bytes]


def folder() -> Path:
    """Where contents lie."""
    return Path(settings.FILES_DIR)


def path_of(digest: str) -> Path:
    """Where the content of a digest lies."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256")
    return folder() / digest[:2] / digest[2:4] / digest


def keep(content: Content) -> tuple[str, int]:
    """Store a content; gives its digest and its size in bytes. Must run inside a transaction.

    Until that transaction ends the sweeper leaves the digest alone.
    """
    incoming = folder() / "incoming"
    incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=incoming)
    size, total = 0, hashlib.sha256()
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in _pieces(content):
                total.update(piece)
                size += len(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        digest = total.hexdigest()
        _hold(digest)
        target = path_of(digest)
        if target.exists():
            os.utime(target)
        else:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.replace(name, target)
            _sync_folder(target.parent)
    finally:
        if os.path.exists(name):
            os.unlink(name)
    return digest, size


def _pieces(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    elif isinstance(content, Path):
        with content.open("rb") as file:
            yield from iter(lambda: file.read(CHUNK), b"")
    else:
        content.seek(0)
        yield from iter(lambda: content.read(CHUNK), b"")


def _sync_folder(path: Path) -> None:
    """Make the new name itself survive a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _hold(digest: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 7))", [digest])


def lock(digest: str) -> bool:
    """Keep others from storing this digest until the transaction ends; False while one is doing so."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 7))", [digest])
        return bool(cursor.fetchone()[0])


def old_contents(*, older_than: float = GRACE) -> Iterator[tuple[str, Path]]:
    """Contents that were not touched for so many seconds."""
    limit = time.time() - older_than
    for path in folder().glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
        if len(path.name) == 64 and path.stat().st_mtime < limit:
            yield path.name, path


def sweep_incoming(*, older_than: float = GRACE) -> int:
    """Remove half-written contents of processes that died."""
    limit, removed = time.time() - older_than, 0
    for path in (folder() / "incoming").glob("*"):
        if path.is_file() and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def discard(digest: str) -> None:
    """Remove a content that no row needs; the caller holds its `lock`."""
    path_of(digest).unlink(missing_ok=True)
