"""Doors to the pictures of documents: add one, say what it shows and who gave it, the picture itself."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.files.models import File
from lianjian.files.serve import serve
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, act
from lianjian.foundation.stale import watch

from .. import actions
from ..forms import PictureForm
from ..queries import document_url, find_document
from ..queries.checks import pictures_of
from ..queries.pictures import draft_picture, published_picture
from .documents import FORM, at_desk


@door("documents.write")
def add_picture(request: Request, key: UUID) -> HttpResponse:
    """A picture with its caption and credit."""
    held = at_desk(request, key)
    form = PictureForm(request.POST or None, request.FILES or None, new=True)

    def values(form: Any) -> dict[str, Any]:
        found = dict(form.cleaned_data)
        return {"upload": found.pop("file"), **found}

    words = {"title": _("添加图片"), "said": _("图片已添加。"), "subject": held.title, "document": held}
    verb = partial(actions.add_picture, document=held)
    return act(request, form, verb, template=FORM, back=document_url(key), values=values, **words)


@door("documents.write")
def change_picture(request: Request, key: UUID, file_key: UUID) -> HttpResponse:
    """Caption, credit, consent."""
    held = at_desk(request, key)
    rows = File.objects.present().filter(bundle_id=held.bundle_id or 0)  # type: ignore[attr-defined]
    found = get_object_or_404(rows, key=file_key)
    told = next((one for one in pictures_of(held) if one.mark == (found.name, found.sha256)), None)
    initial = {name: getattr(told, name) for name in ("caption", "credit", "consent")} if told else {}
    form = PictureForm(request.POST or None, new=False, initial=initial)
    watch(form, held, ["pictures", "state", "version"])
    words = {"title": _("修改图片说明"), "said": _("图片说明已修改。"), "subject": held.title, "document": held}
    verb = partial(actions.change_picture, document=held, file=found)
    return act(request, form, verb, template=FORM, back=document_url(key), **words)


@door("documents.see", methods=("GET",))
def picture(request: Request, key: UUID, file_key: UUID) -> HttpResponseBase:
    """The picture itself, of a version or of the draft."""
    document, out = find_document(request.actor, key)
    for one in out:
        found = published_picture(request.actor.readable, one, file_key)
        if found is not None:
            return serve(found, inline=True)
    held = draft_picture(request.actor, document, file_key)
    if held is None:
        raise Http404
    return serve(held, inline=True)
