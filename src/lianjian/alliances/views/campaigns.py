"""Doors to campaigns: their sub-actions, and who takes part."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock, registry
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import require

from .. import actions
from ..forms import campaigns as forms
from ..models import Campaign, CampaignAction, CampaignMeeting, Participant
from ..queries import CAMPAIGNS, PARTICIPANTS, campaign_page, campaign_url, participant_page, participant_url
from ..rules import campaigns as rules
from .programmes import act

FORM = "alliances/campaign_form.html"


def office(request: Request, jurisdiction_id: int) -> bool:
    """Whether the actor writes for the place."""
    actor = request.actor
    return jurisdiction_id in actor.writable and actor.may("alliances.write", Whole(jurisdiction_id))


def campaign_of(request: Request, key: UUID, *, write: bool = False) -> Campaign:
    """A campaign; one that the actor may not write is not found where it is to be written."""
    rows = Campaign.objects.visible_to(request.actor).select_related("organization")
    held: Campaign = get_object_or_404(rows, key=key)
    if write and not office(request, held.jurisdiction_id):
        raise Http404
    return held


def part_of(request: Request, key: UUID, *, write: bool = False) -> Participant:
    """A body in a campaign."""
    rows = Participant.objects.visible_to(request.actor).select_related("campaign", "organization")
    held: Participant = get_object_or_404(rows, key=key)
    if write and not office(request, held.jurisdiction_id):
        raise Http404
    return held


def campaign_asked(request: Request) -> Campaign | None:
    """The campaign that a list is asked for."""
    try:
        key = UUID(request.GET.get("campaign", ""))
    except ValueError:
        return None
    found: Campaign | None = Campaign.objects.visible_to(request.actor).filter(key=key).first()
    return found


@door("alliances.see", methods=("GET",))
def campaigns(request: Request) -> HttpResponse:
    """All campaigns."""
    may = office(request, request.actor.jurisdiction_id)
    return list_page(request, CAMPAIGNS, "alliances/campaigns.html", {"may_write": may})


@door("alliances.see", methods=("GET",))
def campaign(request: Request, key: UUID) -> HttpResponse:
    """One campaign."""
    held = campaign_of(request, key)
    panels = registry.panels("alliances.campaign", request.actor, held, clock.now())
    return page(
        request, "alliances/campaign.html", {"page": campaign_page(request.actor, held), "panels": panels}
    )


@door("alliances.write")
def open_campaign(request: Request) -> HttpResponse:
    """A new campaign."""
    require(request.actor, "alliances.write", Whole(request.actor.jurisdiction_id))
    form = forms.CampaignForm(request.POST or None, actor=request.actor, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.open_campaign(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, campaign_url(made.key), _("已登记。下一步:写子行动和目标,邀请单位参加。"))
    context = {"title": _("登记活动"), "cancel": reverse("alliances:campaigns"), "submit": _("保存")}
    return page(request, FORM, context | {"subject": "", "lead": ""}, form=form)


@door("alliances.write")
def change_campaign(request: Request, key: UUID) -> HttpResponse:
    """Other words or another period."""
    held = campaign_of(request, key, write=True)
    initial = {name: getattr(held, name) for name in actions.CAMPAIGN_FIELDS}
    form = forms.CampaignForm(request.POST or None, actor=request.actor, campaign=held, initial=initial)
    verb = partial(actions.change_campaign, campaign=held)
    words = {"title": _("修改活动"), "said": _("已修改。"), "subject": held.name}
    return act(request, form, verb, back=campaign_url(key), template=FORM, **words)


@door("alliances.write")
def close_campaign(request: Request, key: UUID) -> HttpResponse:
    """It takes nothing any more."""
    held = campaign_of(request, key, write=True)
    form = forms.CloseCampaignForm(request.POST or None, initial={"on": clock.today()})
    verb = partial(actions.close_campaign, campaign=held)
    words = {
        "title": _("结束活动"),
        "said": _("活动已结束,记录都保留。"),
        "subject": held.name,
        "submit": _("结束活动"),
    }
    return act(request, form, verb, back=campaign_url(key), template=FORM, **words)


@door("alliances.write")
def add_action(request: Request, key: UUID) -> HttpResponse:
    """One sub-action more."""
    held = campaign_of(request, key, write=True)
    form = forms.CampaignActionForm(request.POST or None)
    verb = partial(actions.add_campaign_action, campaign=held)
    words = {"title": _("增加子行动"), "said": _("已增加。"), "subject": held.name}
    return act(request, form, verb, back=campaign_url(key), template=FORM, **words)


def _action(request: Request, key: UUID) -> CampaignAction:
    rows = CampaignAction.objects.visible_to(request.actor).select_related("campaign")
    held: CampaignAction = get_object_or_404(rows, key=key)
    if not office(request, held.jurisdiction_id):
        raise Http404
    return held


@door("alliances.write")
def change_action(request: Request, key: UUID) -> HttpResponse:
    """Another name, count or target."""
    held = _action(request, key)
    initial = {name: getattr(held, name) for name in ("name", "counts", "target", "criterion")}
    form = forms.CampaignActionForm(request.POST or None, initial=initial)
    verb = partial(actions.change_campaign_action, action=held)
    words = {"title": _("修改子行动"), "said": _("已修改。"), "subject": held.campaign.name}
    return act(request, form, verb, back=campaign_url(held.campaign.key), template=FORM, **words)


@door("alliances.write")
def reach_goal(request: Request, key: UUID) -> HttpResponse:
    """A goal without a number is reached."""
    held = _action(request, key)
    form = forms.ReachForm(request.POST or None, initial={"on": clock.today()})
    verb = partial(actions.reach_goal, action=held)
    words = {
        "title": _("认定达成:%(goal)s") % {"goal": held.name},
        "said": _("已认定。"),
        "subject": held.campaign.name,
    }
    return act(request, form, verb, back=campaign_url(held.campaign.key), template=FORM, **words)


@door("alliances.see", methods=("GET",))
def participants(request: Request) -> HttpResponse:
    """Who takes part."""
    held = campaign_asked(request)
    may = held is not None and held.closed_on is None and office(request, held.jurisdiction_id)
    return list_page(
        request, PARTICIPANTS, "alliances/participants.html", {"campaign": held, "may_write": may}
    )


@door("alliances.write")
def invite(request: Request, key: UUID) -> HttpResponse:
    """Bodies that are asked or take part."""
    held = campaign_of(request, key, write=True)
    initial = {"status": rules.INVITED, "on": clock.today()}
    form = forms.InviteForm(request.POST or None, actor=request.actor, initial=initial)
    verb = partial(actions.invite_to_campaign, campaign=held)
    words = {"title": _("加入单位"), "said": _("已加入。"), "subject": held.name}
    return act(request, form, verb, back=campaign_url(key), template=FORM, **words)


@door("alliances.see", methods=("GET",))
def participant(request: Request, key: UUID) -> HttpResponse:
    """A body's part in a campaign."""
    shown = participant_page(request.actor, part_of(request, key), clock.today())
    return page(request, "alliances/participant.html", {"page": shown})


@door("alliances.write")
def move(request: Request, key: UUID) -> HttpResponse:
    """The next status of a body."""
    held = part_of(request, key, write=True)
    form = forms.MoveForm(request.POST or None, part=held, initial={"on": clock.today()})
    verb = partial(actions.move_participant, participant=held)
    words = {"title": _("更新参加状态"), "said": _("已更新。"), "subject": str(held)}
    return act(request, form, verb, back=participant_url(key), template=FORM, **words)


@door("alliances.write")
def tag_meeting(request: Request, key: UUID) -> HttpResponse:
    """A meeting belongs to the campaign."""
    held = campaign_of(request, key, write=True)
    form = forms.TagForm(request.POST or None, actor=request.actor, campaign=held)
    verb = partial(actions.tag_meeting, campaign=held)
    words = {"title": _("列入会议或活动"), "said": _("已列入。"), "subject": held.name}
    return act(request, form, verb, back=campaign_url(key), template=FORM, **words)


@door("alliances.write", methods=("POST",))
def untag_meeting(request: Request, key: UUID) -> HttpResponse:
    """It does not."""
    rows = CampaignMeeting.objects.visible_to(request.actor).select_related("campaign", "meeting")
    held: CampaignMeeting = get_object_or_404(rows, key=key)
    if not office(request, held.jurisdiction_id):
        raise Http404
    actions.untag_meeting(actor=request.actor, tag=held, now=clock.now())
    return done(request, campaign_url(held.campaign.key), _("已移出。"))
