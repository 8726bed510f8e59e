"""Doors of the auditor."""

from __future__ import annotations

import io
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.export import XLSX, attachment, rows_of, write_xlsx
from lianjian.foundation.listing import build, parse_query
from lianjian.foundation.pages import Request, done, page, refusals_to

from . import actions, queries
from .forms import EraseForm
from .lists import ENTRIES
from .models import Anchor, Entry

MOST_EXPORTED = 100_000


def _entry(request: Request, place: UUID, seq: int) -> Entry:
    rows = Entry.objects.visible_to(request.actor).select_related("jurisdiction")  # type: ignore[attr-defined]
    return get_object_or_404(rows, jurisdiction__key=place, seq=seq)


@door("journal.read", methods=("GET",))
def entries(request: Request) -> HttpResponse:
    """The journal."""
    listing = build(request, ENTRIES)
    listing.may_export = False  # it has a form and a limit of its own
    query = request.META.get("QUERY_STRING", "")
    return page(request, "journal/entries.html", {"listing": listing, "address": query}, fragment="list")


@door("journal.read", methods=("POST",))
def export(request: Request) -> HttpResponse:
    """What the list shows, as a file; journalled."""
    query = parse_query(request.POST.get("query", ""))
    buffer = io.BytesIO()
    rows = (row.cells for row in rows_of(ENTRIES, request.actor, query, limit=MOST_EXPORTED))
    count = write_xlsx(buffer, str(ENTRIES.title), [str(c.label) for c in ENTRIES.columns], rows)
    actions.exported(actor=request.actor, rows=count, now=clock.now())
    return attachment(buffer.getvalue(), f"{ENTRIES.title}.xlsx", XLSX)


@door("journal.read", methods=("GET",))
def entry(request: Request, place: UUID, seq: int) -> HttpResponse:
    """One entry with its values, masked."""
    found = _entry(request, place, seq)
    return page(request, "journal/entry.html", {"entry": queries.entry_page(found), "place": place})


@door("journal.erase")
def erase(request: Request, place: UUID, seq: int) -> HttpResponse:
    """Erase values of an entry; the entry stays."""
    found = _entry(request, place, seq)
    line = queries.entry_page(found).line
    form = EraseForm(request.POST or None, choices=[(c.field, c.label) for c in line.changes if not c.erased])
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.erase_values(
                actor=request.actor,
                entry=found,
                fields=form.cleaned_data["fields_"],
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            return done(request, reverse("journal:entry", args=[place, seq]), _("内容已清除,这一条仍在链上。"))
    return page(request, "journal/erase.html", {"line": line, "place": place}, form=form)


@door("journal.read", methods=("GET",))
def heads(request: Request) -> HttpResponse:
    """The last check and the published heads."""
    return page(request, "journal/heads.html", {"shown": queries.heads_page(request.actor)})


@door("journal.read", methods=("GET",))
def anchor(request: Request, number: int) -> HttpResponse:
    """One published document, as a file."""
    found = get_object_or_404(Anchor, number=number)
    return attachment(found.body.encode(), f"heads-{found.number:06d}.json", "application/json")
