"""Doors to caps, instructors away and proposals."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianjian.directory.models import Organization, Person
from lianjian.foundation import clock
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page
from lianjian.foundation.rights import require

from .. import actions
from ..forms import CapForm, EndForm, LeaveForm, ProposeForm, ReasonForm
from ..models import Cap, Leave, Proposal, ProposedCover
from ..queries import PROPOSALS, caps_page, proposal_page, proposal_url, stations
from ..queries.listing import key_of
from .common import act

SEE, WRITE = "coverage.see", "coverage.write"


def office(request: Request) -> bool:
    """Whether the actor may write the coverage of a whole place."""
    return request.actor.may(WRITE, Whole(request.actor.jurisdiction_id))


def _proposal(request: Request, key: UUID) -> Proposal:
    rows = Proposal.objects.visible_to(request.actor).select_related("leave__person")
    found: Proposal = get_object_or_404(rows, key=key)
    return found


def _line(request: Request, key: UUID) -> ProposedCover:
    rows = ProposedCover.objects.visible_to(request.actor).select_related("proposal", "enterprise")
    found: ProposedCover = get_object_or_404(rows, key=key)
    return found


@door(SEE, methods=("GET",))
def caps(request: Request) -> HttpResponse:
    """Load and cap of every station and instructor; who is away."""
    return page(request, "coverage/caps.html", {"page": caps_page(request.actor, clock.today())})


def whose(holder: Organization | Person) -> dict[str, Any]:
    """Which field of a cap a holder stands in."""
    return {"station": holder} if isinstance(holder, Organization) else {"person": holder}


def _holder(request: Request) -> Organization | Person | None:
    station, person = key_of(request.GET.get("station", "")), key_of(request.GET.get("person", ""))
    if station is not None:
        found: Organization = get_object_or_404(stations(request.actor), key=station)
        return found
    if person is not None:
        rows = Person.objects.visible_to(request.actor)  # type: ignore[attr-defined]
        return get_object_or_404(rows, key=person)
    return None


@door(WRITE)
def new_cap(request: Request) -> HttpResponse:
    """How many firms a station or an instructor takes at most, and where."""
    require(request.actor, WRITE, Whole(request.actor.jurisdiction_id))
    holder = _holder(request)
    form = CapForm(request.POST or None, actor=request.actor, holder=holder, initial={"since": clock.today()})
    verb = actions.set_cap if holder is None else partial(actions.set_cap, holder=holder)
    subject = holder.name if holder is not None else ""
    words = {"title": _("设承担上限"), "said": _("上限已设。"), "back": reverse("coverage:caps")}
    own = None if holder is None else Cap.objects.visible_to(request.actor).filter(until=None, **whose(holder)).first()
    more = (_("取消上限"), reverse("coverage:end_cap", kwargs={"key": own.key})) if own is not None else None
    return act(request, form, verb, subject=subject, more=more, **words)


@door(WRITE)
def end_cap(request: Request, key: UUID) -> HttpResponse:
    """No cap any more."""
    rows = Cap.objects.visible_to(request.actor).filter(until=None).select_related("station", "person")
    cap = get_object_or_404(rows, key=key)
    form = EndForm(request.POST or None, initial={"until": clock.today()})
    form.fields["until"].help_text = _("从这一天起不设上限,走访范围为全域。")
    words = {"title": _("取消上限"), "said": _("上限已取消。"), "back": reverse("coverage:caps")}
    subject = str(cap.station or cap.person)
    return act(request, form, partial(actions.end_cap, cap=cap), subject=subject, submit=_("取消上限"), **words)


@door(WRITE)
def new_leave(request: Request) -> HttpResponse:
    """An instructor is away; who takes over is drafted."""
    require(request.actor, WRITE, Whole(request.actor.jurisdiction_id))
    form = LeaveForm(request.POST or None, actor=request.actor, initial={"since": clock.today()})
    lead = _("只为这位指导员的企业找人接替;其他企业只有在腾出名额才能覆盖时才会变动。")
    words = {"title": _("登记指导员离岗"), "said": _("已登记,请看接替方案。"), "submit": _("登记并提方案")}
    onward = lambda made: proposal_url(made.key)  # noqa: E731
    return act(request, form, actions.start_leave, back=reverse("coverage:caps"), lead=lead, onward=onward, **words)


@door(WRITE)
def end_leave(request: Request, key: UUID) -> HttpResponse:
    """Back again, earlier or later than said."""
    rows = Leave.objects.visible_to(request.actor).select_related("person")
    leave = get_object_or_404(rows, key=key)
    form = EndForm(request.POST or None, initial={"until": leave.until or clock.today()})
    form.fields["until"].label = _("返岗日期")
    form.fields["until"].help_text = _("从这一天起,交出去的企业重新归这位指导员联系。")
    words = {"title": _("返岗"), "said": _("返岗日期已记。"), "submit": _("保存")}
    verb = partial(actions.end_leave, leave=leave)
    return act(request, form, verb, subject=leave.person.name, back=reverse("coverage:caps"), **words)


@door(SEE, methods=("GET",))
def proposals(request: Request) -> HttpResponse:
    """All proposals."""
    make = [
        (_("提方案"), reverse("coverage:new_proposal"), "primary"),
        (_("登记指导员离岗"), reverse("coverage:new_leave"), "quiet"),
    ]
    return list_page(request, PROPOSALS, "coverage/records.html", {"buttons": make if office(request) else []})


@door(WRITE)
def new_proposal(request: Request) -> HttpResponse:
    """Ask who should cover whom."""
    require(request.actor, WRITE, Whole(request.actor.jurisdiction_id))
    form = ProposeForm(request.POST or None, initial={"since": clock.today(), "kind": "instructor", "scope": "all"})
    lead = _("先让尽可能多的企业有人覆盖,再让变动尽可能少,再看走访范围和远近。定案之前什么都不会改。")
    words = {"title": _("提分派方案"), "said": _("方案已提出,请逐条看过再定。"), "submit": _("提方案")}
    onward = lambda made: proposal_url(made.key)  # noqa: E731
    back = reverse("coverage:proposals")
    return act(request, form, actions.propose_cover, back=back, lead=lead, onward=onward, **words)


@door(SEE, methods=("GET",))
def proposal(request: Request, key: UUID) -> HttpResponse:
    """A proposal: who, instead of whom, why; what is lacking."""
    shown = proposal_page(request.actor, _proposal(request, key), request.GET.get("way", ""))
    return page(request, "coverage/proposal.html", {"page": shown})


@door(WRITE, methods=("POST",))
def accept_line(request: Request, key: UUID) -> HttpResponse:
    """One line is accepted, or open again."""
    line = _line(request, key)
    decision = "open" if request.POST.get("again") else "accepted"
    actions.decide_line(actor=request.actor, line=line, decision=decision, now=clock.now())
    said = _("已改回未表态。") if decision == "open" else _("已采纳。")
    return done(request, f"{proposal_url(line.proposal.key)}#line-{line.key}", said)


@door(WRITE)
def refuse_line(request: Request, key: UUID) -> HttpResponse:
    """One line is refused, with the reason."""
    line = _line(request, key)
    form = ReasonForm(request.POST or None)
    verb = partial(actions.decide_line, line=line, decision="refused")
    words = {"title": _("不采纳"), "said": _("已记为不采纳。"), "submit": _("不采纳")}
    back = f"{proposal_url(line.proposal.key)}#line-{line.key}"
    return act(request, form, verb, subject=line.enterprise.name, back=back, **words)


@door(WRITE, methods=("POST",))
def accept_rest(request: Request, key: UUID) -> HttpResponse:
    """All lines on which nothing was said yet."""
    count = actions.accept_rest(actor=request.actor, proposal=_proposal(request, key), now=clock.now())
    sentence = ngettext("采纳了 %(count)d 条。", "采纳了 %(count)d 条。", count)
    return done(request, proposal_url(key), sentence % {"count": count})


@door(WRITE, methods=("POST",))
def confirm(request: Request, key: UUID) -> HttpResponse:
    """What was accepted holds."""
    count = actions.confirm_proposal(actor=request.actor, proposal=_proposal(request, key), now=clock.now())
    sentence = ngettext("已定案,%(count)d 家企业的安排已改。", "已定案,%(count)d 家企业的安排已改。", count)
    return done(request, proposal_url(key), sentence % {"count": count})


@door(WRITE)
def withdraw(request: Request, key: UUID) -> HttpResponse:
    """Put away; nothing changes."""
    found = _proposal(request, key)
    form = ReasonForm(request.POST or None)
    words = {"title": _("撤回方案"), "said": _("已撤回,什么都没有改。"), "submit": _("撤回")}
    return act(request, form, partial(actions.withdraw_proposal, proposal=found), back=proposal_url(key), **words)
