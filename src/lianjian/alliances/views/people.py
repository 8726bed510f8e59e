"""Doors to the seats of alliances: of bodies as a list, of people."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done

from .. import actions
from ..forms.people import EndPersonForm, PersonSeatForm
from ..models import PersonSeat
from ..queries import MEMBERS, PEOPLE, alliance_url
from .standing import one_form, own


@door("alliances.see", methods=("GET",))
def members(request: Request) -> HttpResponse:
    """All seats of bodies."""
    return list_page(request, MEMBERS, "alliances/seats.html", {"title": _("成员名册")})


@door("alliances.see", methods=("GET",))
def people(request: Request) -> HttpResponse:
    """All seats of people whom the actor may see."""
    return list_page(request, PEOPLE, "alliances/seats.html", {"title": _("联盟人员")})


@door("alliances.write")
def seat(request: Request, key: UUID) -> HttpResponse:
    """A person takes a role."""
    held = own(request, key)
    form = PersonSeatForm(request.POST or None, actor=request.actor, initial={"since": clock.today()})
    verb, words = partial(actions.seat_person, alliance=held), {"title": _("增加人员"), "said": _("已增加。")}
    return one_form(request, form, verb, subject=held.organization.name, back=alliance_url(key), **words)


def _seat(request: Request, key: UUID) -> PersonSeat:
    """A seat in an alliance that the actor may write."""
    rows = PersonSeat.objects.visible_to(request.actor)
    found = get_object_or_404(rows.select_related("alliance__organization", "person", "on_behalf"), key=key)
    own(request, found.alliance.key)
    return found


@door("alliances.write")
def end(request: Request, key: UUID) -> HttpResponse:
    """The role ends."""
    held = _seat(request, key)
    form = EndPersonForm(request.POST or None, initial={"until": clock.today()})
    words = {"title": _("不再担任"), "said": _("已登记结束日期。"), "subject": str(held)}
    verb = partial(actions.end_person_seat, seat=held)
    return one_form(request, form, verb, back=alliance_url(held.alliance.key), **words)


@door("alliances.write")
def correct(request: Request, key: UUID) -> HttpResponse:
    """What was written down wrongly is put right, or taken back."""
    held = _seat(request, key)
    initial = {name: getattr(held, name) for name in actions.SEAT_FIELDS}
    initial["on_behalf"] = str(held.on_behalf.key) if held.on_behalf else ""
    form = PersonSeatForm(request.POST or None, actor=request.actor, seat=held, initial=initial)
    words = {"title": _("更正人员"), "said": _("已更正。"), "subject": str(held)}
    words["drop_url"] = reverse("alliances:drop_person", kwargs={"key": key})
    verb = partial(actions.correct_person_seat, seat=held)
    return one_form(request, form, verb, back=alliance_url(held.alliance.key), **words)


@door("alliances.write", methods=("POST",))
def drop(request: Request, key: UUID) -> HttpResponse:
    """It was written down by mistake."""
    held = _seat(request, key)
    back = alliance_url(held.alliance.key)
    actions.drop_person_seat(actor=request.actor, seat=held, now=clock.now())
    return done(request, back, _("已删除。"))
