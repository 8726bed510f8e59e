"""Doors to proposals of pairs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page

from .. import actions
from ..forms import pairing as forms
from ..models import Proposal, ProposalPair
from ..queries import programme_url, proposal_page, proposal_url
from ..rules import pairing as rules
from .programmes import act


def _proposal(request: Request, key: UUID) -> Proposal:
    rows = Proposal.objects.visible_to(request.actor).select_related("programme__organization")
    return get_object_or_404(rows, key=key)


def _pair(request: Request, key: UUID) -> ProposalPair:
    rows = ProposalPair.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("proposal__programme", "giver", "receiver"), key=key)


def _back(pair: ProposalPair) -> str:
    return f"{proposal_url(pair.proposal.key)}#pair-{pair.key}"


@door("alliances.write", methods=("GET",))
def proposal(request: Request, key: UUID) -> HttpResponse:
    """A proposal: the table and the map beside it."""
    return page(
        request, "alliances/proposal.html", {"page": proposal_page(request.actor, _proposal(request, key))}
    )


def _seen(form: Form, verb: Callable[..., object]) -> Callable[..., object]:
    """The verb; where something moved meanwhile the form comes back with what was typed and the mark of what it shows
    now, so that saving once more decides on that.
    """

    def act_on(**given: Any) -> object:
        try:
            return verb(**given)
        except (rules.PairMoved, rules.ProposalMoved):
            data = form.data.copy()  # type: ignore[attr-defined] # bound to a QueryDict
            data["shown"] = form.initial["shown"]
            form.data = data
            raise

    return act_on


@door("alliances.write", methods=("POST",))
def accept(request: Request, key: UUID) -> HttpResponse:
    """A pair is good."""
    pair = _pair(request, key)
    shown = request.POST.get("shown") or None
    actions.decide_pair(actor=request.actor, pair=pair, decision="accepted", shown=shown, now=clock.now())
    return done(request, _back(pair), _("已同意:%(pair)s。") % {"pair": f"{pair.giver} – {pair.receiver}"})


@door("alliances.write", methods=("POST",))
def reopen(request: Request, key: UUID) -> HttpResponse:
    """A decision is taken back."""
    pair = _pair(request, key)
    actions.decide_pair(
        actor=request.actor, pair=pair, decision="open", shown=request.POST.get("shown") or None, now=clock.now()
    )
    return done(request, proposal_url(pair.proposal.key), _("已撤销这个决定。"))


@door("alliances.write")
def change_pair(request: Request, key: UUID) -> HttpResponse:
    """Another giver."""
    pair = _pair(request, key)
    initial = {"giver": request.GET.get("giver", "").replace("\0", "")}
    initial["shown"] = actions.shown_giver(pair)
    form = forms.ChangePairForm(request.POST or None, actor=request.actor, initial=initial)
    if initial["giver"]:
        form.fields["giver"].show(_other(pair, initial["giver"]))  # type: ignore[attr-defined]
    lead = _("其余对子会围绕这个决定重新求最优,尽量少变;总分的变化会显示在方案里。")
    subject = f"{pair.receiver.name}({pair.giver.name if pair.giver else _('没有推荐')})"
    verb = _seen(form, partial(actions.decide_pair, pair=pair, decision="changed"))
    words = {"title": _("换一个结对方"), "said": _("已调整,其余对子已重新求最优。"), "submit": _("调整")}
    return act(request, form, verb, back=_back(pair), subject=subject, lead=lead, **words)


def _other(pair: ProposalPair, key: str) -> object:
    """One of the givers that the row offers, so that the field shows its name."""
    from lianjian.directory.models import Organization

    known = {row[0] for row in pair.others}
    return Organization.objects.filter(key=key).first() if key in known else None


@door("alliances.write")
def refuse_pair(request: Request, key: UUID) -> HttpResponse:
    """This pair is not made."""
    pair = _pair(request, key)
    form = forms.RefusePairForm(request.POST or None, initial={"shown": actions.shown_giver(pair)})
    verb = _seen(form, partial(actions.decide_pair, pair=pair, decision="refused"))
    words = {"title": _("不采用这一对"), "said": _("已不采用,其余对子已重新求最优。"), "submit": _("不采用")}
    subject = f"{pair.giver.name if pair.giver else _('没有推荐')} – {pair.receiver.name}"
    return act(request, form, verb, back=proposal_url(pair.proposal.key), subject=subject, **words)


@door("alliances.write", methods=("POST",))
def withdraw_proposal(request: Request, key: UUID) -> HttpResponse:
    """Nothing comes of it."""
    held = _proposal(request, key)
    actions.withdraw_proposal(actor=request.actor, proposal=held, now=clock.now())
    return done(request, programme_url(held.programme.key), _("方案已作废。"))


@door("alliances.write")
def confirm(request: Request, key: UUID) -> HttpResponse:
    """The pairs stand."""
    held = _proposal(request, key)
    pairs = list(
        held.pairs.exclude(decision="refused").filter(giver__isnull=False).select_related("giver", "receiver")
    )
    initial = {"since": clock.today(), "shown": actions.pairs_mark(pairs)}
    form = forms.ConfirmForm(request.POST or None, initial=initial)
    lead = _("将结成%(n)s对,并给双方发出规定动作的待办。") % {"n": len(pairs)}
    verb = _seen(form, partial(actions.confirm_proposal, proposal=held))
    words = {"title": _("确认结对"), "said": _("已确认,双方的规定动作已列入待办。"), "submit": _("确认结对")}
    words |= {"subject": held.programme.name, "lead": lead, "after": programme_url(held.programme.key)}
    return act(request, form, verb, back=proposal_url(key), **words)
