"""Doors to venues."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock, registry
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.stale import watch

from .. import actions
from ..forms.activities import DisplayForm
from ..forms.venues import UserForm, VenueForm
from ..models import Display, Venue, VenueUser
from ..queries import VENUES, month_of, venue_page, venue_url, writes
from .meetings import act

FORM = "events/venue_form.html"


def venue_of(request: Request, key: UUID, *, own: bool) -> Venue:
    """A venue; with `own` one that the actor may write."""
    rows = Venue.objects.visible_to(request.actor).select_related("organization")
    found = get_object_or_404(rows, key=key)
    if own and not writes(request.actor, "meetings.write", found.organization):
        raise Http404
    return found


@door("meetings.see", methods=("GET",))
def venues(request: Request) -> HttpResponse:
    """All venues."""
    may = bool(request.actor.scopes("meetings.write"))
    action = (_("登记阵地"), reverse("events:open_venue")) if may else None
    return list_page(request, VENUES, "events/venues.html", {"may": may}, empty_action=action)


@door("meetings.see", methods=("GET",))
def venue(request: Request, key: UUID) -> HttpResponse:
    """One venue with what takes it."""
    month = month_of(request.GET.get("month", ""), clock.today())
    shown = venue_page(request.actor, venue_of(request, key, own=False), clock.now(), month)
    panels = registry.panels("events.venue", request.actor, shown.venue, clock.now())
    return page(request, "events/venue.html", {"page": shown, "venue": shown.venue, "panels": panels})


@door("meetings.write")
def open_venue(request: Request) -> HttpResponse:
    """Register one."""
    form = VenueForm(request.POST or None, actor=request.actor, initial={"opened_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.open_venue(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, venue_url(made.key), _("已登记。"))
    context = {"title": _("登记阵地"), "cancel": reverse("events:venues"), "subject": ""}
    return page(request, FORM, context, form=form)


@door("meetings.write")
def change_venue(request: Request, key: UUID) -> HttpResponse:
    """Other facts about it."""
    held = venue_of(request, key, own=True)
    initial = {name: getattr(held, name) for name in actions.VENUE_FIELDS}
    form = VenueForm(request.POST or None, actor=request.actor, venue=held, initial=initial)
    watch(form, held, actions.VENUE_FIELDS)
    verb = partial(actions.change_venue, venue=held)
    words = {"title": _("修改阵地"), "said": _("已修改。"), "subject": held.name, "template": FORM}
    return act(request, form, verb, back=venue_url(key), **words)


@door("meetings.write", methods=("POST",))
def close_venue(request: Request, key: UUID) -> HttpResponse:
    """It is used no longer."""
    held = venue_of(request, key, own=True)
    actions.close_venue(actor=request.actor, venue=held, now=clock.now())
    return done(request, venue_url(key), _("已停用。"))


@door("meetings.write")
def share_venue(request: Request, key: UUID) -> HttpResponse:
    """Another body uses it too."""
    held = venue_of(request, key, own=True)
    form = UserForm(request.POST or None, actor=request.actor)
    verb = partial(actions.share_venue, venue=held)
    words = {"title": _("增加共用单位"), "said": _("已增加。"), "subject": held.name, "template": FORM}
    return act(request, form, verb, back=venue_url(key), **words)


@door("meetings.write", methods=("POST",))
def unshare_venue(request: Request, key: UUID) -> HttpResponse:
    """A body uses it no longer."""
    use = get_object_or_404(VenueUser.objects.select_related("venue__organization", "organization"), key=key)
    held = venue_of(request, use.venue.key, own=True)
    actions.unshare_venue(actor=request.actor, use=use, now=clock.now())
    return done(request, venue_url(held.key), _("已移出。"))


def _display(request: Request, key: UUID) -> Display:
    """Something on show at a venue that the actor may write."""
    found = get_object_or_404(Display.objects.select_related("venue__organization"), key=key)
    venue_of(request, found.venue.key, own=True)
    return found


@door("meetings.write")
def put_up(request: Request, key: UUID) -> HttpResponse:
    """A wall, a column or a board."""
    held = venue_of(request, key, own=True)
    form = DisplayForm(request.POST or None, actor=request.actor, initial={"since": clock.today()})
    verb = partial(actions.put_up, venue=held)
    words = {"title": _("增加展示"), "said": _("已增加。"), "subject": held.name, "template": FORM}
    return act(request, form, verb, back=venue_url(key), **words)


@door("meetings.write")
def change_display(request: Request, key: UUID) -> HttpResponse:
    """Other words."""
    found = _display(request, key)
    names = ("kind", "title", "text", "since")
    initial = {name: getattr(found, name) for name in names}
    form = DisplayForm(request.POST or None, actor=request.actor, display=found, initial=initial)
    watch(form, found, names)
    verb = partial(actions.change_display, display=found)
    words = {"title": _("修改展示"), "said": _("已修改。"), "subject": found.venue.name, "template": FORM}
    return act(request, form, verb, back=venue_url(found.venue.key), **words)


@door("meetings.write", methods=("POST",))
def take_down(request: Request, key: UUID) -> HttpResponse:
    """It hangs no longer."""
    found = _display(request, key)
    actions.take_down(actor=request.actor, display=found, now=clock.now())
    return done(request, venue_url(found.venue.key), _("已撤下。"))
