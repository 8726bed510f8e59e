"""Doors to the files that the house made for somebody; the files of a record have theirs in the record's app."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from lianjian.foundation import pages
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request

from . import queries
from .models import File
from .serve import serve


@door(None, methods=("GET",))
def made(request: Request) -> HttpResponse:
    """Exports and receipts made for oneself."""
    files = queries.made_for(request.actor)
    return pages.page(request, "files/made.html", {"files": files, "file_url": _address})


@door(None, methods=("GET",))
def download(request: Request, key: UUID) -> HttpResponseBase:
    """One of them."""
    return serve(get_object_or_404(File.objects.visible_to(request.actor), key=key))  # type: ignore[attr-defined]


def _address(file: queries.ShownFile) -> str:
    return reverse("files:download", kwargs={"key": file.key})
