"""Doors to signing up."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to

from .. import actions
from ..forms.signing import SignUpOpeningForm, SignUpPeopleForm
from ..models import SignUp
from ..queries import meeting_url
from ..queries.signing import bodies_answered
from .meetings import act, meeting_of, own_meeting


@door("meetings.write")
def open_sign_up(request: Request, key: UUID) -> HttpResponse:
    """Till when one may sign up, and for how many there is room."""
    held = own_meeting(request, key)
    initial = {"until": held.sign_up_until or held.starts_at, "seats": held.seats}
    form = SignUpOpeningForm(request.POST or None, initial=initial)
    verb = partial(actions.open_sign_up, meeting=held)
    words = {"title": _("开放报名"), "said": _("已开放报名。"), "subject": held.title}
    return act(request, form, verb, back=meeting_url(key), **words)


@door("meetings.write", methods=("POST",))
def close_sign_up(request: Request, key: UUID) -> HttpResponse:
    """Nobody signs up any more."""
    actions.close_sign_up(actor=request.actor, meeting=own_meeting(request, key), now=clock.now())
    return done(request, meeting_url(key), _("已停止报名。"))


@door("meetings.see", methods=("POST",))
def sign_up(request: Request, key: UUID) -> HttpResponse:
    """Oneself."""
    actions.sign_up(actor=request.actor, meeting=meeting_of(request, key), now=clock.now())
    return done(request, meeting_url(key), _("已报名。"))


@door("meetings.answer")
def sign_up_people(request: Request, key: UUID) -> HttpResponse:
    """People of a body that one acts for; `body` names another of them."""
    held = meeting_of(request, key)
    bodies = bodies_answered(request.actor, held)
    if not bodies:
        raise Http404
    wanted = request.POST.get("body") or request.GET.get("body", "")
    body = next((one for one in bodies if str(one.key) == wanted), bodies[0])
    sent = request.POST if request.method == "POST" else None
    form = SignUpPeopleForm(sent, meeting=held, bodies=bodies, body=body)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            people = form.cleaned_data["people"]
            actions.sign_up_people(actor=request.actor, meeting=held, organization=body, people=people, now=clock.now())
            return done(request, meeting_url(key), _("已报名。"))
    others = [(one.name, f"{reverse('events:sign_up_people', kwargs={'key': key})}?body={one.key}") for one in bodies]
    context = {"title": _("为本单位人员报名"), "subject": held.title, "cancel": meeting_url(key), "body": body}
    return page(request, "events/sign_up_people.html", {**context, "others": others, "people": form.fields["people"].choices}, form=form)


@door("meetings.see", methods=("POST",))
def withdraw_sign_up(request: Request, key: UUID) -> HttpResponse:
    """A seat is given back."""
    rows = SignUp.objects.visible_to(request.actor).filter(jurisdiction_id__in=request.actor.writable)
    row = get_object_or_404(rows.select_related("meeting"), key=key)
    actions.withdraw_sign_up(actor=request.actor, row=row, now=clock.now())
    return done(request, meeting_url(row.meeting.key), _("已取消报名。"))
