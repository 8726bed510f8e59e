"""For the apps above: take what a person uploaded to a record, in one line of their view."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import ngettext

from lianjian.foundation import pages
from lianjian.foundation.pages import Request

from .actions import HasBundle, attach
from .forms import UploadForm


def receive(
    request: Request, *, record: HasBundle, back: str, now: datetime, keep: Callable[..., object] = attach
) -> HttpResponse:
    """Attach every uploaded file to `record` and go `back`. The caller has checked the right.

    `keep` is the verb that does it, where the app above has its own around `attach`.

    What is refused is named on a page of its own; the good files of the same upload are kept.
    """
    form = UploadForm(request.POST, request.FILES)
    kept = 0
    if form.is_valid():
        for upload in form.cleaned_data["file"]:
            with pages.refusals_to(form):
                keep(actor=request.actor, record=record, upload=upload, now=now)
                kept += 1
    words = ngettext("已上传 %(n)d 个附件。", "已上传 %(n)d 个附件。", kept) % {"n": kept}
    if form.errors:
        return pages.page(
            request, "files/upload.html", {"back": back, "kept": words if kept else ""}, form=form
        )
    return pages.done(request, back, words)
