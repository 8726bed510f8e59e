"""Doors to the workbench and the search box."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import page

from . import queries

LONGEST = 100


@door("workbench.open", methods=("GET",))
def home(request: HttpRequest) -> HttpResponse:
    """What this person has to do first."""
    return page(request, "workbench/home.html", {"home": queries.home(request.actor, clock.now())})  # type: ignore[attr-defined]


@door("workbench.open", methods=("GET",))
def search(request: HttpRequest) -> HttpResponse:
    """Records that answer to some words, each kind under its own heading."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    actor = request.actor  # type: ignore[attr-defined]
    hits = queries.search(actor, text) if text and actor.may("search.use") else []
    return page(request, "workbench/search.html", {"search_text": text, "hits": hits}, fragment="hits")
