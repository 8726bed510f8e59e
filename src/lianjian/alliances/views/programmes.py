"""Doors to programmes of pairing: who takes part, what is known, the office's own rules."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock, pages
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import require

from .. import actions
from ..forms import pairing as forms
from ..models import PairFact, PairRule, Programme, ProgrammeSide
from ..queries import FACTS, PROGRAMMES, SIDES, programme_page, programme_url, proposal_url
from ..rules import pairing as rules

FORM = "alliances/pair_form.html"


def programme_of(request: Request, key: UUID, *, write: bool = False) -> Programme:
    """A programme; one that the actor may not write is not found where it is to be written."""
    rows = Programme.objects.visible_to(request.actor).select_related("organization")
    held = get_object_or_404(rows, key=key)
    if write and not _office(request, held.jurisdiction_id):
        raise Http404
    return held


def _office(request: Request, jurisdiction_id: int) -> bool:
    actor = request.actor
    return jurisdiction_id in actor.writable and actor.may("alliances.write", Whole(jurisdiction_id))


def act(
    request: Request,
    form: Form,
    verb: Callable[..., object],
    *,
    title: str,
    back: str,
    said: str,
    submit: str = "",
    subject: str = "",
    lead: str = "",
    after: str = "",
    template: str = FORM,
) -> HttpResponse:
    """One form, one verb, and back to where it came from, or on to `after`."""
    words = {"title": title, "subject": subject, "lead": lead, "submit": submit or _("保存")}
    onward = (lambda answer: after) if after else None
    return pages.act(request, form, verb, template=template, back=back, said=said, onward=onward, **words)


@door("alliances.see", methods=("GET",))
def programmes(request: Request) -> HttpResponse:
    """All programmes."""
    may = _office(request, request.actor.jurisdiction_id)
    return list_page(request, PROGRAMMES, "alliances/programmes.html", {"may_write": may})


@door("alliances.see", methods=("GET",))
def programme(request: Request, key: UUID) -> HttpResponse:
    """One programme."""
    shown = programme_page(request.actor, programme_of(request, key))
    return page(request, "alliances/programme.html", {"page": shown})


@door("alliances.write")
def open_programme(request: Request) -> HttpResponse:
    """A new programme."""
    require(request.actor, "alliances.write", Whole(request.actor.jurisdiction_id))
    initial = {"since": clock.today(), "actions": rules.default_actions(), "shape": rules.ONE_TO_ONE, "capacity": 1}
    form = forms.ProgrammeForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.open_programme(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, programme_url(made.key), _("已开设。下一步:把双方加进名单。"))
    context = {"title": _("开设结对计划"), "cancel": reverse("alliances:programmes"), "submit": _("开设")}
    context |= {"subject": "", "lead": ""}
    return page(request, FORM, context, form=form)


@door("alliances.write")
def change_programme(request: Request, key: UUID) -> HttpResponse:
    """Other words, period, room or actions."""
    held = programme_of(request, key, write=True)
    initial = {name: getattr(held, name) for name in actions.PROGRAMME_FIELDS}
    form = forms.ProgrammeForm(request.POST or None, actor=request.actor, programme=held, initial=initial)
    verb = partial(actions.change_programme, programme=held)
    lead = _("已经结成的对子,规定动作不变。")
    words = {"title": _("修改结对计划"), "said": _("已修改。"), "subject": held.name, "lead": lead}
    return act(request, form, verb, back=programme_url(key), **words)


@door("alliances.write")
def weighing(request: Request, key: UUID) -> HttpResponse:
    """The four principles."""
    held = programme_of(request, key, write=True)
    initial = {name: getattr(held, name) for name in actions.WEIGHING_FIELDS if name != "weights"}
    initial |= dict(zip(rules.CRITERIA, held.weights, strict=True))
    initial["chains"] = "\n".join("-".join(pair) for pair in held.chains)
    form = forms.WeighingForm(request.POST or None, initial=initial)
    verb = partial(actions.set_weighing, programme=held)
    lead = _("改了以后,待确认的方案要重新推荐。")
    words = {"title": _("结对原则和权重"), "said": _("已保存。"), "subject": held.name, "lead": lead}
    return act(request, form, verb, back=programme_url(key), **words)


@door("alliances.write")
def close_programme(request: Request, key: UUID) -> HttpResponse:
    """It takes nothing any more."""
    held = programme_of(request, key, write=True)
    form = forms.CloseForm(request.POST or None, initial={"on": clock.today()})
    verb = partial(actions.close_programme, programme=held)
    words = {"title": _("结束结对计划"), "said": _("计划已结束。"), "subject": held.name}
    return act(request, form, verb, back=programme_url(key), **words)


@door("alliances.see", methods=("GET",))
def sides(request: Request) -> HttpResponse:
    """Those who take part."""
    key = request.GET.get("programme", "")
    held = None
    try:
        held = Programme.objects.visible_to(request.actor).filter(key=UUID(key)).first()
    except ValueError:
        pass
    may = held is not None and held.closed_on is None and _office(request, held.jurisdiction_id)
    return list_page(request, SIDES, "alliances/sides.html", {"programme": held, "may_write": may})


def _sides_url(key: UUID) -> str:
    return reverse("alliances:sides") + f"?programme={key}"


@door("alliances.write")
def enrol(request: Request, key: UUID) -> HttpResponse:
    """More who take part."""
    held = programme_of(request, key, write=True)
    form = forms.EnrolForm(request.POST or None, actor=request.actor, initial={"side": rules.GIVER})
    verb = partial(actions.enrol, programme=held)
    words = {"title": _("加入名单"), "said": _("已加入。"), "subject": held.name}
    return act(request, form, verb, back=_sides_url(key), **words)


def _side(request: Request, key: UUID) -> ProgrammeSide:
    rows = ProgrammeSide.objects.visible_to(request.actor).select_related("programme", "organization")
    held = get_object_or_404(rows, key=key)
    if not _office(request, held.jurisdiction_id):
        raise Http404
    return held


@door("alliances.write")
def side(request: Request, key: UUID) -> HttpResponse:
    """What a body said."""
    held = _side(request, key)
    back = _sides_url(held.programme.key)
    if held.withdrawn_on is not None:
        return done(request, back, _("这一家已经退出。"))
    initial = {name: getattr(held, name) for name in ("consent", "consent_on", "capacity")}
    form = forms.SideForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.set_side(actor=request.actor, side=held, now=clock.now(), **form.cleaned_data)
            return done(request, back, _("已保存。"))
    context = {"side": held, "cancel": back, "withdraw": forms.ReasonForm()}
    return page(request, "alliances/side.html", context, form=form)


@door("alliances.write")
def withdraw_side(request: Request, key: UUID) -> HttpResponse:
    """A body takes part no more."""
    held = _side(request, key)
    form = forms.ReasonForm(request.POST or None)
    verb = partial(actions.withdraw_side, side=held)
    words = {"title": _("退出名单"), "said": _("已退出。"), "subject": held.organization.name}
    return act(request, form, verb, back=_sides_url(held.programme.key), **words)


@door("alliances.write")
def pair_rules(request: Request, key: UUID) -> HttpResponse:
    """Must and never: what there is, and one more."""
    held = programme_of(request, key, write=True)
    form = forms.RuleForm(request.POST or None, actor=request.actor, initial={"kind": "never"})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.set_rule(actor=request.actor, programme=held, now=clock.now(), **form.cleaned_data)
            return done(request, reverse("alliances:rules", kwargs={"key": key}), _("已保存。"))
    rows = PairRule.objects.visible_to(request.actor).filter(programme=held)
    rows = rows.select_related("giver", "receiver").order_by("kind", "pk")
    context = {"programme": held, "rules": rows, "words": {code: _(word) for code, word in rules.RULES.items()}}
    return page(request, "alliances/rules.html", context, form=form)


@door("alliances.write", methods=("POST",))
def drop_rule(request: Request, key: UUID) -> HttpResponse:
    """A rule holds no more."""
    rows = PairRule.objects.visible_to(request.actor).select_related("programme", "giver", "receiver")
    held = get_object_or_404(rows, key=key)
    back = reverse("alliances:rules", kwargs={"key": held.programme.key})
    actions.drop_rule(actor=request.actor, rule=held, now=clock.now())
    return done(request, back, _("已取消。"))


@door("alliances.write", methods=("GET",))
def facts(request: Request) -> HttpResponse:
    """What a survey found."""
    require(request.actor, "alliances.write", Whole(request.actor.jurisdiction_id))
    return list_page(request, FACTS, "alliances/facts.html", {})


@door("alliances.write")
def state_fact(request: Request) -> HttpResponse:
    """One thing more."""
    require(request.actor, "alliances.write", Whole(request.actor.jurisdiction_id))
    initial = {"day": clock.today(), "kind": request.GET.get("kind", "industry")}
    form = forms.FactForm(request.POST or None, actor=request.actor, initial=initial)
    words = {"title": _("登记调研资料"), "said": _("已登记。")}
    return act(request, form, actions.state_fact, back=reverse("alliances:facts"), **words)


def _fact(request: Request, key: UUID) -> PairFact:
    rows = PairFact.objects.visible_to(request.actor).select_related("organization", "partner")
    return get_object_or_404(rows, key=key)


@door("alliances.write", methods=("GET",))
def fact(request: Request, key: UUID) -> HttpResponse:
    """One thing that a survey found, where a mistake is taken back."""
    held = _fact(request, key)
    return page(request, "alliances/fact.html", {"fact": held, "kind": rules.FACTS[held.kind]})


@door("alliances.write", methods=("POST",))
def drop_fact(request: Request, key: UUID) -> HttpResponse:
    """It was a mistake."""
    actions.drop_fact(actor=request.actor, fact=_fact(request, key), now=clock.now())
    return done(request, reverse("alliances:facts"), _("已删除。"))


@door("alliances.write", methods=("POST",))
def propose(request: Request, key: UUID) -> HttpResponse:
    """The best pairs by what is known now."""
    held = programme_of(request, key, write=True)
    made = actions.propose(actor=request.actor, programme=held, now=clock.now())
    return done(request, proposal_url(made.key), _("已生成推荐方案。"))
