"""Doors to editions."""

from __future__ import annotations

import io
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import XLSX, attachment, list_page, write_xlsx
from lianjian.foundation.hooks import hooks
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import require

from .. import actions
from ..forms import (
    EditionForm,
)
from ..models import Edition
from ..queries import (
    EDITIONS,
    edition_lines,
    edition_page,
    edition_url,
)
from .shared import FORM


@door("lists.see", methods=("GET",))
def editions(request: Request) -> HttpResponse:
    """What was issued."""
    may = request.actor.may("lists.issue", Whole(request.actor.jurisdiction_id))
    return list_page(request, EDITIONS, "lists/editions.html", {"may_issue": may})


@door("lists.issue")
def issue(request: Request) -> HttpResponse:
    """An edition is issued."""
    require(request.actor, "lists.issue", Whole(request.actor.jurisdiction_id))
    today = clock.today()
    initial = {
        "title": _("%(year)s年%(month)s月") % {"year": today.year, "month": today.month},
        "since": today.replace(day=1),
        "until": today,
    }
    form = EditionForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.issue_edition(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, edition_url(made.key), _("已印发。"))
    return page(request, FORM, {"title": _("印发清单"), "cancel": reverse("lists:editions")}, form=form)


def _edition(request: Request, key: UUID) -> Edition:
    rows = Edition.objects.visible_to(request.actor).select_related("jurisdiction", "alliance__organization")
    return get_object_or_404(rows, key=key)


@door("lists.see", methods=("GET",))
def edition(request: Request, key: UUID) -> HttpResponse:
    """One edition."""
    return page(request, "lists/edition.html", {"page": edition_page(request.actor, _edition(request, key))})


@door("lists.see", methods=("GET",))
def edition_paper(request: Request, key: UUID) -> HttpResponse:
    """One edition, to be printed."""
    return page(
        request, "lists/edition_paper.html", {"page": edition_page(request.actor, _edition(request, key))}
    )


@door("lists.export", methods=("POST",))
def edition_table(request: Request, key: UUID) -> HttpResponse:
    """One edition as a spreadsheet; journalled."""
    held = _edition(request, key)
    labels, lines = edition_lines(edition_page(request.actor, held))
    asked = {"edition": str(key)}
    hooks.exported(
        actor=request.actor, name="lists.editions", rows=len(lines), filters=asked, now=clock.now()
    )
    buffer = io.BytesIO()
    write_xlsx(buffer, held.title, labels, lines)
    return attachment(buffer.getvalue(), f"{held.title}.xlsx", XLSX)
