"""Doors to visits due by tier, leaders of firms, and the way to an own branch."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization, Person
from lianjian.directory.queries import organization_url
from lianjian.foundation import clock
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, page
from lianjian.foundation.rights import require

from .. import actions
from ..forms import GoalForm, IntervalForm, LeaderForm, TierForm
from ..models import FirmTier, Goal
from ..queries import DUE, HATCHING, LEADING, enterprises, intervals, leader_page, list_url
from ..rules import COVERABLE
from .common import act
from .planning import SEE, WRITE, office

LIST = "coverage/records.html"


def _firm(request: Request, key: UUID) -> Organization:
    found: Organization = get_object_or_404(enterprises(request.actor, None, COVERABLE), key=key)
    return found


@door(SEE, methods=("GET",))
def due(request: Request) -> HttpResponse:
    """Firms whose visit is due, by their tier."""
    buttons = [(_("设走访间隔"), reverse("coverage:interval"), "quiet")] if office(request) else []
    known = intervals(request.actor, clock.today())
    lines = [_("%(tier)s 每%(days)d天") % {"tier": word, "days": days} for _code, word, days, _own in known]
    lead = _("走访间隔:%(lines)s。没有单独定层的企业,按规模和诉求自动定层。") % {"lines": "、".join(lines)}
    return list_page(request, DUE, LIST, {"buttons": buttons, "lead": lead})


@door(WRITE)
def interval(request: Request) -> HttpResponse:
    """Days between two visits to the firms of a tier."""
    require(request.actor, WRITE, Whole(request.actor.jurisdiction_id))
    form = IntervalForm(request.POST or None, initial={"since": clock.today()})
    words = {"title": _("设走访间隔"), "said": _("走访间隔已设。"), "back": reverse("coverage:due")}
    return act(request, form, actions.set_interval, **words)


@door(WRITE)
def tier(request: Request, key: UUID) -> HttpResponse:
    """The tier of one firm, with the reason."""
    firm = _firm(request, key)
    held = FirmTier.objects.visible_to(request.actor).filter(organization=firm, until__isnull=True).first()
    initial = {"since": clock.today(), "tier": held.tier if held else ""}
    form = TierForm(request.POST or None, initial=initial)
    words = {"title": _("定分层"), "said": _("分层已定。"), "back": organization_url(key)}
    return act(request, form, partial(actions.set_tier, enterprise=firm), subject=firm.name, **words)


@door(SEE, methods=("GET",))
def leaders(request: Request) -> HttpResponse:
    """Which leader is responsible for which firm."""
    buttons = [(_("没有领导联系的企业"), list_url(leader="no"), "quiet")]
    if request.actor.may("people.write"):
        buttons.append((_("项目专班"), f"{reverse('directory:teams')}?kind=task", "quiet"))
    if request.actor.scopes(WRITE):
        buttons.insert(0, (_("安排领导联系"), reverse("coverage:new_leader"), "primary"))
    return list_page(request, LEADING, LIST, {"buttons": buttons})


@door(WRITE)
def new_leader(request: Request) -> HttpResponse:
    """A leader becomes responsible for a firm."""
    form = LeaderForm(request.POST or None, actor=request.actor, initial={"since": clock.today()})
    words = {"title": _("安排领导联系"), "said": _("已安排。"), "back": reverse("coverage:leaders")}
    return act(request, form, actions.assign_leader, **words)


@door(SEE, methods=("GET",))
def leader(request: Request, key: UUID) -> HttpResponse:
    """The firms of one leader, and which of them wait for a visit."""
    person = get_object_or_404(Person, key=key)
    shown = leader_page(request.actor, person, clock.today())
    if shown is None:
        raise Http404
    return page(request, "coverage/leader.html", {"page": shown})


@door(SEE, methods=("GET",))
def incubation(request: Request) -> HttpResponse:
    """Firms by stage on the way to an own branch."""
    here = reverse("coverage:incubation")
    orders = [(_("先易后难"), f"{here}?state=member&sort=-members"), (_("抓大带小"), f"{here}?sort=-size_staff")]
    lead = _("阶段由党员、党组织记录算出,不用填;目标、期限和下一步点企业名称填写。选一个片区,就是以点促片。")
    return list_page(request, HATCHING, LIST, {"lead": lead, "buttons": [(*one, "quiet") for one in orders]})


@door(WRITE)
def goal(request: Request, key: UUID) -> HttpResponse:
    """Where a firm's party organization is to be, by when, and the next step."""
    firm = _firm(request, key)
    held = Goal.objects.visible_to(request.actor).filter(organization=firm, until__isnull=True).first()
    initial = {"target": held.target, "due_on": held.due_on, "step": held.step} if held else {}
    form = GoalForm(request.POST or None, initial={"since": clock.today(), **initial})
    words = {"title": _("定孵化目标"), "said": _("目标已定。"), "back": reverse("coverage:incubation")}
    return act(request, form, partial(actions.set_goal, enterprise=firm), subject=firm.name, **words)
