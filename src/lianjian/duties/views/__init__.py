"""Doors to duties. They are opened and closed where the record is, never here."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.listing import ListSpec
from lianjian.foundation.pages import Request

from . import lists


@door("duties.own", methods=("GET",))
def mine(request: Request) -> HttpResponse:
    """What the person should do, by urgency."""
    return _page(request, lists.MINE)


@door("duties.all", methods=("GET",))
def all_open(request: Request) -> HttpResponse:
    """What is to be done in the person's scope."""
    return _page(request, lists.ALL)


@door("duties.own", methods=("GET",))
def done(request: Request) -> HttpResponse:
    """What was done, the latest first."""
    return _page(request, lists.DONE)


def _page(request: Request, spec: ListSpec) -> HttpResponse:
    tabs = [(_("我的待办"), reverse("duties:list"), spec is lists.MINE)]
    if request.actor.may("duties.all"):
        tabs.append((_("全部待办"), reverse("duties:all"), spec is lists.ALL))
    tabs.append((_("已办"), reverse("duties:done"), spec is lists.DONE))
    return list_page(request, lists.at(spec, clock.now()), "duties/list.html", {"tabs": tabs})
