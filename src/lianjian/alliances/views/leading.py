"""Doors to the people who went ahead in a campaign."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done

from .. import actions
from ..forms.leading import LeadForm
from ..models import CampaignLead
from ..queries import participant_url
from .campaigns import FORM, office, part_of
from .programmes import act


@door("alliances.write")
def name_lead(request: Request, key: UUID) -> HttpResponse:
    """Who of the body asked to go first, or leads."""
    held = part_of(request, key, write=True)
    form = LeadForm(request.POST or None, actor=request.actor, initial={"since": held.joined_on or clock.today()})
    verb = partial(actions.name_lead, participant=held)
    words = {"title": _("写明先行试点和带头的人"), "said": _("已写明。"), "subject": str(held)}
    return act(request, form, verb, back=participant_url(key), template=FORM, **words)


@door("alliances.write", methods=("POST",))
def remove_lead(request: Request, key: UUID) -> HttpResponse:
    """The name goes."""
    rows = CampaignLead.objects.visible_to(request.actor).select_related("participant__campaign", "person")
    held: CampaignLead = get_object_or_404(rows, key=key)
    if not office(request, held.jurisdiction_id):
        raise Http404
    actions.remove_lead(actor=request.actor, lead=held, now=clock.now())
    return done(request, participant_url(held.participant.key), _("已删除。"))
