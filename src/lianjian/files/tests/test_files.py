"""Stored once, served safely, swept when nobody needs it."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lianjian.files import actions, store, tasks
from lianjian.files.checking import examine
from lianjian.files.models import Bundle, File
from lianjian.files.queries import files_of
from lianjian.files.serve import ContentMissing, serve
from lianjian.foundation import clock
from lianjian.journal.models import Change, Entry
from tests.cast import NOW, Cast

PDF = b"%PDF-1.7\nhello"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"


def upload(name: str = "报告.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def attach(
    cast: Cast, bundle: Bundle, name: str = "报告.pdf", content: bytes = PDF, who: str = "clerk"
) -> File:
    """Through the verb, on a record that already has its bundle."""
    record = cast.firm
    record.bundle_id = bundle.pk  # type: ignore[attr-defined]
    return actions.attach(actor=cast.actor(who), record=record, upload=upload(name, content), now=NOW)  # type: ignore[arg-type]


@pytest.fixture
def bundle(cast: Cast) -> Bundle:
    cast.system()
    return Bundle.objects.create(jurisdiction=cast.town, created_at=NOW)


def contents() -> list[Path]:
    return [path for path in store.folder().rglob("*") if path.is_file()]


def test_equal_contents_are_stored_once(cast: Cast, bundle: Bundle) -> None:
    first, second = attach(cast, bundle), attach(cast, bundle, "副本.pdf")
    again = attach(cast, bundle)
    assert again.pk == first.pk != second.pk
    assert first.sha256 == second.sha256
    assert [path.name for path in contents()] == [first.sha256]
    assert contents()[0].read_bytes() == PDF
    assert [shown.name for shown in files_of(bundle.pk)] == ["报告.pdf", "副本.pdf"]


def test_the_journal_has_the_digest_and_not_the_name(cast: Cast, bundle: Bundle) -> None:
    made = attach(cast, bundle, "张三病历.pdf")
    entry = Entry.objects.get(verb="files.attach")
    assert made.sha256 in entry.body and "张三" not in entry.body
    assert Change.objects.get(entry=entry).after == "张三病历.pdf"


def test_a_refused_file_leaves_nothing(cast: Cast, bundle: Bundle) -> None:
    with pytest.raises(Exception, match="不能上传"):
        attach(cast, bundle, "a.exe", b"MZ")
    assert contents() == [] and not File.objects.exists()


def test_removal_keeps_the_row(cast: Cast, bundle: Bundle) -> None:
    made = attach(cast, bundle)
    actions.remove_file(actor=cast.actor("clerk"), file=made, now=NOW)
    assert files_of(bundle.pk) == [] and File.objects.get().removed_at == NOW
    with pytest.raises(actions.AlreadyRemoved):
        actions.remove_file(actor=cast.actor("clerk"), file=made, now=NOW)


def test_headers_of_a_download(cast: Cast, bundle: Bundle) -> None:
    answer = serve(attach(cast, bundle, "名单 (终).pdf"))
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    heads = answer.headers
    assert heads["Content-Disposition"].startswith("attachment; filename=")
    assert "filename*=UTF-8''%E5%90%8D%E5%8D%95%20%28%E7%BB%88%29.pdf" in heads["Content-Disposition"]
    assert heads["X-Content-Type-Options"] == "nosniff"
    assert (
        "sandbox" in heads["Content-Security-Policy"]
        and "default-src 'none'" in heads["Content-Security-Policy"]
    )
    assert heads["Cache-Control"] == "private, no-store"
    assert serve(attach(cast, bundle), inline=True).headers["Content-Disposition"].startswith("attachment")


def test_the_sandbox_survives_the_middleware(cast: Cast) -> None:
    actor = cast.actor("clerk")
    made = actions.keep_file(
        actor=actor,
        jurisdiction_id=cast.town.pk,
        name="回执.txt",
        path_or_bytes=b"ok",
        media_type="text/plain",
        now=NOW,
    )
    answer = cast.client("clerk").get(f"/files/{made.key}/")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_missing_content_says_so(cast: Cast, bundle: Bundle) -> None:
    made = attach(cast, bundle)
    store.path_of(made.sha256).unlink()
    with pytest.raises(ContentMissing):
        serve(made)


def test_another_town_sees_no_file(cast: Cast, bundle: Bundle) -> None:
    attach(cast, bundle)
    cast.actor("other_clerk")
    assert not File.objects.exists() and files_of(bundle.pk) == []


def test_the_sweeper_takes_only_what_nobody_needs(cast: Cast, bundle: Bundle) -> None:
    kept = attach(cast, bundle, content=PDF + b"1")
    gone = attach(cast, bundle, content=PDF + b"2")
    late = attach(cast, bundle, content=PDF + b"3")
    now = clock.now()
    File.objects.filter(pk=gone.pk).update(removed_at=now - timedelta(days=31))
    File.objects.filter(pk=late.pk).update(removed_at=now - timedelta(days=3))
    orphan, _size = store.keep(b"orphan")
    fresh, _size = store.keep(b"fresh orphan")
    half = store.folder() / "incoming" / "half"
    half.write_bytes(b"x")
    old = time.time() - 2 * store.GRACE
    for digest in (kept.sha256, gone.sha256, late.sha256, orphan):
        os.utime(store.path_of(digest), (old, old))
    os.utime(half, (old, old))
    tasks.sweep(timestamp=0)
    assert {path.name for path in contents()} == {kept.sha256, late.sha256, fresh}


def test_exports_go_after_their_time(cast: Cast) -> None:
    actor = cast.actor("clerk")
    made = actions.keep_file(
        actor=actor,
        jurisdiction_id=cast.town.pk,
        name="清单.xlsx",
        path_or_bytes=b"x",
        media_type="x/y",
        now=NOW,
    )
    File.objects.filter(pk=made.pk).update(at=clock.now() - timedelta(days=31))
    tasks.sweep(timestamp=0)
    assert cast.client("clerk").get(f"/files/{made.key}/").status_code == 404


def test_a_digest_is_never_a_path() -> None:
    for text in ("../x", "a" * 63, "A" * 64, "/" * 64, "..", ""):
        with pytest.raises(ValueError, match="SHA-256"):
            store.path_of(text)


def test_the_same_photo_twice_is_one_content(cast: Cast) -> None:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (20, 20), (1, 2, 3)).save(out, "JPEG")
    first = examine("a.jpg", upload("a.jpg", out.getvalue())).content
    second = examine("b.jpg", upload("b.jpg", out.getvalue())).content
    assert first == second
