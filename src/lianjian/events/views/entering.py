"""Doors to codes at the door: shown, printed, given out or not; and what is found behind one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page
from lianjian.foundation.qr import picture_of

from .. import actions
from ..queries.door import address_of, arriving, behind, door_page
from ..rules.door import PRINTED, CodeUnknown
from .meetings import own_meeting


def _door_url(key: UUID) -> str:
    return reverse("events:door", kwargs={"key": key})


@door("meetings.write", methods=("GET",))
def entrance(request: Request, key: UUID) -> HttpResponse:
    """The code of this minute; it asks for itself anew."""
    held = own_meeting(request, key)
    shown = door_page(request.actor, held, clock.now(), request.build_absolute_uri)
    answer = page(request, "events/door.html", {"meeting": held, "shown": shown}, fragment="code")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@door("meetings.write", methods=("POST",))
def open_door(request: Request, key: UUID) -> HttpResponse:
    """Codes are given out."""
    actions.open_door(actor=request.actor, meeting=own_meeting(request, key), now=clock.now())
    return done(request, _door_url(key), _("已开启扫码签到。"))


@door("meetings.write", methods=("POST",))
def close_door(request: Request, key: UUID) -> HttpResponse:
    """No more."""
    actions.close_door(actor=request.actor, meeting=own_meeting(request, key), now=clock.now())
    return done(request, _door_url(key), _("已停用,发出的码都作废。"))


@door("meetings.write", methods=("GET",))
def door_paper(request: Request, key: UUID) -> HttpResponse:
    """The printed code."""
    held = own_meeting(request, key)
    if held.door_opened_at is None:
        raise CodeUnknown
    address = request.build_absolute_uri(address_of(held, PRINTED, clock.now()))
    return page(request, "events/door_paper.html", {"meeting": held, "picture": picture_of(address)})


@door("meetings.see")
def arrive(request: Request, key: UUID, code: str) -> HttpResponse:
    """One's own arrival: looked at, and said with one press."""
    held, now = behind(key, code), clock.now()
    if request.method == "POST":
        actions.arrive(actor=request.actor, meeting=held, code=code, now=now)
        return done(request, request.path, _("已签到。"))
    shown = arriving(request.actor, held, code, now)
    return page(request, "events/arrive.html", {"meeting": held, "shown": shown})
