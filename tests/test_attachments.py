"""Attachments by the front door: a record of a higher app with its files, uploaded by a form without script."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import include, path

from lianjian.events.actions import record_visit
from lianjian.events.models import Visit
from lianjian.files import actions, store
from lianjian.files.forms import UploadForm
from lianjian.files.models import Bundle, File
from lianjian.files.queries import files_of
from lianjian.files.receiving import receive
from lianjian.files.serve import serve
from lianjian.foundation import clock, pages
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request
from tests.cast import NOW, TODAY, Cast, acting, build_cast

PDF = b"%PDF-1.7\nhello"


@door("events.see", methods=("GET",))
def shown(request: Request, key: str) -> HttpResponse:
    """The partial as a record's page includes it."""
    visit = get_object_or_404(Visit.objects.visible_to(request.actor), key=key)  # type: ignore[attr-defined]
    context = {
        "files": files_of(visit.bundle_id),
        "file_url": lambda file: f"/try/{visit.key}/{file.key}/",
        "upload_url": f"/try/{visit.key}/upload/",
        "upload_form": UploadForm(),
        "remove_url": lambda file: f"/try/{visit.key}/{file.key}/remove/",
    }
    return pages.page(request, "files/_list.html", context)


@door("events.see", methods=("POST",))
def upload(request: Request, key: str) -> HttpResponse:
    """What a record's app writes."""
    visit = get_object_or_404(Visit.objects.visible_to(request.actor), key=key)  # type: ignore[attr-defined]
    return receive(request, record=visit, back=f"/try/{key}/", now=clock.now())


@door("events.see", methods=("GET",))
def download(request: Request, key: str, file: str) -> HttpResponseBase:
    """The record first, then its file."""
    visit = get_object_or_404(Visit.objects.visible_to(request.actor), key=key)  # type: ignore[attr-defined]
    return serve(get_object_or_404(File.objects.present(), bundle_id=visit.bundle_id, key=file))  # type: ignore[attr-defined]


urlpatterns = [
    path("try/<uuid:key>/", shown),
    path("try/<uuid:key>/upload/", upload),
    path("try/<uuid:key>/<uuid:file>/", download),
    path("", include("lianjian.config.urls")),
]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, settings: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"
    settings.ROOT_URLCONF = "tests.test_attachments"


def make_visit(cast: Cast) -> Visit:
    with acting(cast.actor("clerk")) as clerk:
        return record_visit(
            actor=clerk, organization=cast.firm, visited_on=TODAY, people=[cast.people["instructor"]], now=NOW
        )


def test_upload_list_download_and_the_wall(cast: Cast) -> None:
    visit = make_visit(cast)
    client = cast.client("clerk")
    address = f"/try/{visit.key}/"
    assert "还没有附件" in client.get(address).content.decode()
    files = [SimpleUploadedFile("走访记录.pdf", PDF), SimpleUploadedFile("名单.csv", "甲,乙".encode())]
    assert client.post(f"{address}upload/", {"file": files}).status_code == 303
    page = client.get(address).content.decode()
    assert "走访记录.pdf" in page and "名单.csv" in page and 'enctype="multipart/form-data"' in page
    cast.actor("clerk")
    visit.refresh_from_db()
    file = File.objects.get(bundle_id=visit.bundle_id, name="走访记录.pdf")
    answer = client.get(f"{address}{file.key}/")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    for who in ("other_clerk", "other_contact"):
        assert cast.client(who).get(f"{address}{file.key}/").status_code == 404
    assert cast.client("other_clerk").post(f"{address}upload/", {"file": files[0]}).status_code == 404


def test_a_bad_file_is_named_and_the_good_one_stays(cast: Cast) -> None:
    visit = make_visit(cast)
    client = cast.client("clerk")
    files = [SimpleUploadedFile("好.pdf", PDF), SimpleUploadedFile("坏.exe", b"MZ")]
    answer = client.post(f"/try/{visit.key}/upload/", {"file": files})
    text = answer.content.decode()
    assert answer.status_code == 422 and "不能上传“坏.exe”" in text and "已上传 1 个附件" in text
    assert client.post(f"/try/{visit.key}/upload/", {}).status_code == 422
    page = client.get(f"/try/{visit.key}/").content.decode()
    assert "好.pdf" in page and "坏.exe" not in page


def test_two_first_uploads_at_once_share_one_bundle(committed_db: str) -> None:
    with transaction.atomic():
        cast = build_cast()
        visit = make_visit(cast)
    faults: list[BaseException] = []
    start = threading.Barrier(2)

    def one(name: str) -> None:
        try:
            with transaction.atomic():
                clerk = cast.actor("clerk")
                mine = Visit.objects.get(pk=visit.pk)
                start.wait(10)
                actions.attach(
                    actor=clerk, record=mine, upload=SimpleUploadedFile(name, PDF + name.encode()), now=NOW
                )
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(name,)) for name in ("甲.pdf", "乙.pdf")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not faults
    with transaction.atomic():
        cast.actor("clerk")
        assert Bundle.objects.count() == 1 and File.objects.count() == 2
        visit.refresh_from_db()
        assert len(files_of(visit.bundle_id)) == 2


def test_an_undone_upload_leaves_only_an_orphan(cast: Cast) -> None:
    visit = make_visit(cast)
    with pytest.raises(RuntimeError), transaction.atomic(), acting(cast.actor("clerk")) as clerk:
        actions.attach(actor=clerk, record=visit, upload=SimpleUploadedFile("a.pdf", PDF), now=NOW)
        raise RuntimeError
    cast.actor("clerk")
    assert not File.objects.exists()
    assert len([p for p in store.folder().rglob("*") if p.is_file()]) == 1
