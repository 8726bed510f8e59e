"""Doors to what a venue offers and to how many used it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.looks import show_date
from lianjian.foundation.pages import Request, done
from lianjian.foundation.stale import watch

from .. import actions
from ..forms.venues import CountForm, DayCountForm, ServiceChangeForm, ServiceForm
from ..models import MEETING, Booking, Meeting, VenueCount, VenueService
from ..queries import venue_url, writes
from ..queries.bookings import count_words, counting_body, taken, when
from ..rules.bookings import CountedByHouse
from .meetings import act
from .venues import FORM, venue_of

SERVICE = ("name", "charge", "hours", "since")
NUMBERS = ("members", "others")


@door("meetings.write")
def offer_service(request: Request, key: UUID) -> HttpResponse:
    """One more service."""
    held = venue_of(request, key, own=True)
    form = ServiceForm(request.POST or None, initial={"since": clock.today()})
    verb = partial(actions.offer_service, venue=held)
    words = {"title": _("增加服务"), "said": _("已增加。"), "subject": held.name, "template": FORM}
    return act(request, form, verb, back=venue_url(key), **words)


def _service(request: Request, key: UUID) -> VenueService:
    """A service of a venue that the actor may write."""
    found = get_object_or_404(VenueService.objects.select_related("venue__organization"), key=key)
    venue_of(request, found.venue.key, own=True)
    return found


@door("meetings.write")
def change_service(request: Request, key: UUID) -> HttpResponse:
    """Other words about it."""
    found = _service(request, key)
    initial = {name: getattr(found, name) for name in SERVICE}
    form = ServiceChangeForm(request.POST or None, initial={**initial, "on": clock.today()})
    watch(form, found, SERVICE)
    verb = partial(actions.change_service, service=found)
    words = {"title": _("修改服务"), "said": _("已修改。"), "subject": found.venue.name, "template": FORM}
    return act(request, form, verb, back=venue_url(found.venue.key), **words)


@door("meetings.write", methods=("POST",))
def end_service(request: Request, key: UUID) -> HttpResponse:
    """It is offered no longer."""
    found = _service(request, key)
    actions.end_service(actor=request.actor, service=found, now=clock.now())
    return done(request, venue_url(found.venue.key), _("已停止。"))


@door("meetings.write")
def count_day(request: Request, key: UUID) -> HttpResponse:
    """How many used the house on a day, or one of its services."""
    held = venue_of(request, key, own=True)
    form = DayCountForm(request.POST or None, venue=held, initial={"on": clock.today()})
    verb = partial(actions.count_day, venue=held)
    words = {"title": _("登记使用人数"), "said": _("已登记。"), "subject": held.name, "template": FORM}
    return act(request, form, verb, back=f"{venue_url(key)}#use", **words)


@door("meetings.write")
def count_booking(request: Request, key: UUID) -> HttpResponse:
    """How many came to what was booked."""
    rows = Booking.objects.select_related("venue__organization")
    return _count(request, get_object_or_404(rows, key=key), "")


@door("meetings.write")
def count_meeting(request: Request, key: UUID) -> HttpResponse:
    """The same, from the page of a meeting."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.actor), key=key)
    rows = Booking.objects.filter(kind=MEETING, record=meeting.pk).select_related("venue__organization")
    return _count(request, get_object_or_404(rows), meeting.get_absolute_url())


def remove_url(count: VenueCount) -> str:
    """Where a count is deleted."""
    return reverse("events:remove_count", kwargs={"key": count.key})


def _own_count(request: Request, count: VenueCount, booking: Booking) -> None:
    """Raises `CountedByHouse` where the numbers are a row of another place than the actor's."""
    body = counting_body(request.actor, booking, count.jurisdiction_id)
    if not writes(request.actor, "meetings.write", body):
        raise CountedByHouse(house=body.name, numbers=count_words(count.members, count.others))


def _count(request: Request, booking: Booking, back: str) -> HttpResponse:
    """Write the numbers of a booking, or mend those that are written."""
    count = booking.counts.select_related("venue__organization", "booking__venue__organization").first()
    if not writes(request.actor, "meetings.write", counting_body(request.actor, booking)):
        raise Http404
    if count is not None:
        _own_count(request, count, booking)
    initial = {name: getattr(count, name) for name in NUMBERS} if count is not None else {}
    form = CountForm(request.POST or None, initial=initial)
    if count is not None:
        watch(form, count, NUMBERS)
    held = partial(actions.count_booking, booking=booking)
    verb = held if count is None else partial(actions.change_count, count=count)
    (known,) = taken(request.actor, Booking.objects.filter(pk=booking.pk))
    words = {"title": _("登记使用人数"), "said": _("已登记。"), "subject": booking.venue.name, "template": FORM}
    lead = f"{known.words} · {when(booking.starts_at, booking.ends_at)}"
    if count is not None:
        words |= {"title": _("更正使用人数"), "said": _("已更正。"), "remove": remove_url(count)}
    return act(request, form, verb, back=back or f"{venue_url(booking.venue.key)}#use", lead=lead, **words)


def _counted(request: Request, key: UUID) -> VenueCount:
    """A count that the actor may change."""
    rows = VenueCount.objects.visible_to(request.actor)
    found = get_object_or_404(rows.select_related("venue__organization", "booking__venue__organization"), key=key)
    body = found.venue.organization
    if found.booking is not None:
        body = counting_body(request.actor, found.booking, found.jurisdiction_id)
    if not writes(request.actor, "meetings.write", body):
        raise Http404
    return found


@door("meetings.write")
def change_count(request: Request, key: UUID) -> HttpResponse:
    """Other numbers."""
    found = _counted(request, key)
    form = CountForm(request.POST or None, initial={name: getattr(found, name) for name in NUMBERS})
    watch(form, found, NUMBERS)
    verb = partial(actions.change_count, count=found)
    words = {"title": _("更正使用人数"), "said": _("已更正。"), "subject": found.venue.name, "template": FORM}
    words |= {"lead": f"{show_date(found.on)} {found.what}", "remove": remove_url(found)}
    return act(request, form, verb, back=f"{venue_url(found.venue.key)}#use", **words)


@door("meetings.write", methods=("POST",))
def remove_count(request: Request, key: UUID) -> HttpResponse:
    """It was written down wrongly."""
    found = _counted(request, key)
    actions.remove_count(actor=request.actor, count=found, now=clock.now())
    return done(request, f"{venue_url(found.venue.key)}#use", _("已删除。"))
