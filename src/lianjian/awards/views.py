"""Doors to awards, their rounds and candidates."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.queries import body_to_start_with
from lianjian.events.queries import writes
from lianjian.foundation import clock, pages
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page
from lianjian.foundation.stale import watch

from . import actions, forms, rules
from .models import RIGHT, WRITE, Nominee, Round, Scheme
from .queries import (
    ROUNDS,
    SCHEMES,
    period_choices,
    result_lines,
    round_page,
    round_url,
    scheme_page,
    scheme_url,
)

FORM = "awards/form.html"


def act(request: Request, form: Form, verb: Callable[..., Any], **more: Any) -> HttpResponse:
    """`pages.act` with the form's page of awards."""
    words = {"submit": _("保存"), "lead": "", "subject": "", "trail": "", **more}
    return pages.act(request, form, verb, template=FORM, **words)


@door(RIGHT, methods=("GET",))
def schemes(request: Request) -> HttpResponse:
    """All awards that one may see."""
    may = bool(request.actor.scopes(WRITE))
    action = (_("设立评选"), reverse("awards:found_scheme")) if may else None
    return list_page(request, SCHEMES, "awards/list.html", {"here": "schemes", "may": may}, empty_action=action)


@door(RIGHT, methods=("GET",))
def rounds(request: Request) -> HttpResponse:
    """All rounds that one may see."""
    return list_page(request, ROUNDS, "awards/list.html", {"here": "rounds", "may": False})


def _scheme(request: Request, key: UUID, *, write: bool = False) -> Scheme:
    rows = Scheme.objects.visible_to(request.actor).select_related("organization")
    found: Scheme = get_object_or_404(rows, key=key)
    if write and not writes(request.actor, WRITE, found.organization):
        raise Http404
    return found


def _round(request: Request, key: UUID, *, write: bool = False) -> Round:
    rows = Round.objects.visible_to(request.actor).select_related("scheme__organization", "meeting")
    found: Round = get_object_or_404(rows, key=key)
    if write and not writes(request.actor, WRITE, found.scheme.organization):
        raise Http404
    return found


def _nominee(request: Request, key: UUID) -> Nominee:
    rows = Nominee.objects.visible_to(request.actor).select_related("round__scheme__organization")
    found: Nominee = get_object_or_404(rows, key=key)
    if not writes(request.actor, WRITE, found.round.scheme.organization):
        raise Http404
    return found


@door(RIGHT, methods=("GET",))
def scheme(request: Request, key: UUID) -> HttpResponse:
    """One award with its periods."""
    shown = scheme_page(request.actor, _scheme(request, key), clock.today())
    return page(request, "awards/scheme.html", {"page": shown})


@door(WRITE)
def found_scheme(request: Request) -> HttpResponse:
    """A new award."""
    form = forms.SchemeForm(request.POST or None, actor=request.actor, initial=_first(request))
    words = {"title": _("设立评选"), "said": _("已设立。到期没有评的会成为待办。")}
    return act(request, form, actions.found_scheme, back=reverse("awards:schemes"), **words)


def _first(request: Request) -> dict[str, str]:
    """The body whose page one came from, or one's own."""
    body = body_to_start_with(request.actor, request.GET.get("organization", ""))
    return {"organization": body.name} if body is not None else {}


@door(WRITE)
def change_scheme(request: Request, key: UUID) -> HttpResponse:
    """Better words and criteria."""
    held = _scheme(request, key, write=True)
    first = {name: getattr(held, name) for name in actions.SCHEME_FIELDS if name != "criteria"}
    form = forms.ChangeSchemeForm(request.POST or None, initial=first | {"criteria": "\n".join(held.criteria)})
    watch(form, held, actions.SCHEME_FIELDS)
    words = {"title": _("修改评选"), "said": _("已保存。"), "subject": held.name}
    lead = _("已经开展的期次仍按开展时的标准;新的标准从下一次开展起用。")
    verb = partial(actions.change_scheme, scheme=held)
    return act(request, form, verb, back=scheme_url(key), lead=lead, **words)


@door(WRITE, methods=("POST",))
def end_scheme(request: Request, key: UUID) -> HttpResponse:
    """It is given no more."""
    actions.end_scheme(actor=request.actor, scheme=_scheme(request, key, write=True), now=clock.now())
    return done(request, scheme_url(key), _("已停止,记录保留。"))


@door(WRITE)
def open_round(request: Request, key: UUID) -> HttpResponse:
    """A round of the present period or the one before."""
    held = _scheme(request, key, write=True)
    form = forms.RoundForm(request.POST or None, periods=period_choices(held, clock.today()))
    words = {"title": _("开展本期评选"), "subject": held.name, "submit": _("开始推荐"), "back": scheme_url(key)}
    verb, said = partial(actions.open_round, scheme=held), _("已开始。下一步:登记候选。")
    return act(request, form, verb, said=said, onward=lambda made: round_url(made.key), **words)


@door(RIGHT, methods=("GET",))
def round_(request: Request, key: UUID) -> HttpResponse:
    """One round with its candidates."""
    shown = round_page(request.actor, _round(request, key), clock.today())
    return page(request, "awards/round.html", {"page": shown})


@door(RIGHT, methods=("GET",))
def paper(request: Request, key: UUID) -> HttpResponse:
    """The list that hangs out, or the result, to print."""
    held = _round(request, key)
    if held.state not in (rules.SHOWN, rules.DECIDED):
        raise Http404
    shown = round_page(request.actor, held, clock.today())
    return page(request, "awards/paper.html", {"page": shown, "lines": result_lines(held)})


@door(WRITE)
def nominate(request: Request, key: UUID) -> HttpResponse:
    """One more candidate."""
    held = _round(request, key, write=True)
    form = forms.NomineeForm(request.POST or None, initial={"on": clock.today()})
    words = {"title": _("登记候选"), "said": _("已登记。"), "subject": str(held.scheme)}
    return act(request, form, partial(actions.nominate, round=held), back=round_url(key), **words)


@door(WRITE)
def check_nominee(request: Request, key: UUID) -> HttpResponse:
    """What was seen on the spot."""
    held = _nominee(request, key)
    if request.method == "POST":
        actions.hold_round(held.round)  # before the candidate, as every verb does
    form = forms.CheckForm(request.POST or None, nominee=held, today=clock.today())
    watch(form, held, ("met", "checked_on", "checked_by", "agreed"))
    words = {"title": _("登记核查"), "said": _("核查已登记。"), "subject": held.name, "trail": str(held.round.scheme)}
    verb = partial(actions.check_nominee, nominee=held)
    return act(request, form, verb, back=round_url(held.round.key), **words)


@door(WRITE)
def strike_nominee(request: Request, key: UUID) -> HttpResponse:
    """He does not stand any more."""
    held = _nominee(request, key)
    form = forms.ReasonForm(request.POST or None)
    decided = held.round.state == rules.DECIDED
    title = _("撤销获评") if decided else _("移出候选")
    words = {"title": title, "said": _("已登记,记录保留。"), "subject": held.name, "submit": title}
    lead = _("本人退出、群众有异议并查实,或情况变了的,写明理由。")
    verb, trail = partial(actions.strike_nominee, nominee=held), str(held.round.scheme)
    return act(request, form, verb, back=round_url(held.round.key), lead=lead, trail=trail, **words)


@door(WRITE)
def show_round(request: Request, key: UUID) -> HttpResponse:
    """The list hangs out."""
    held = _round(request, key, write=True)
    form = forms.ShowForm(request.POST or None, round=held, today=clock.today())
    words = {"title": _("公示拟表扬名单"), "said": _("已公示,可打印张贴。"), "subject": str(held.scheme)}
    lead = _("公示%(n)s天,期满没有异议再公布结果。名单只列同意公示姓名的。") % {"n": held.show_days}
    verb = partial(actions.show_round, round=held)
    return act(request, form, verb, back=round_url(key), lead=lead, submit=_("开始公示"), **words)


@door(WRITE)
def decide_round(request: Request, key: UUID) -> HttpResponse:
    """The list is the result."""
    held = _round(request, key, write=True)
    form = forms.DecideForm(request.POST or None, round=held, today=clock.today())
    words = {"title": _("公布评选结果"), "said": _("结果已公布。"), "subject": str(held.scheme)}
    verb = partial(actions.decide_round, round=held)
    return act(request, form, verb, back=round_url(key), submit=_("公布结果"), **words)


@door(WRITE)
def reopen_round(request: Request, key: UUID) -> HttpResponse:
    """The list is taken down."""
    held = _round(request, key, write=True)
    words = {"title": _("撤回公示"), "said": _("已撤回,可以继续推荐和核查。"), "submit": _("撤回公示")}
    return _with_reason(request, held, actions.reopen_round, _("名单要改的,先撤回公示,改好再重新公示。"), words)


@door(WRITE)
def leave_vacant(request: Request, key: UUID) -> HttpResponse:
    """Nobody is chosen."""
    held = _round(request, key, write=True)
    words = {"title": _("本期空缺"), "said": _("已登记本期空缺。"), "submit": _("登记空缺")}
    return _with_reason(request, held, actions.leave_vacant, _("没有合适对象的一期,写明理由,不再提醒。"), words)


@door(WRITE)
def call_off_round(request: Request, key: UUID) -> HttpResponse:
    """It does not count."""
    held = _round(request, key, write=True)
    words = {"title": _("取消这一轮评选"), "said": _("已取消,记录保留。"), "submit": _("取消评选")}
    return _with_reason(request, held, actions.call_off_round, _("取消后,这一期可以重新开展。"), words)


def _with_reason(
    request: Request, held: Round, verb: Callable[..., object], lead: str, words: dict[str, str]
) -> HttpResponse:
    form = forms.ReasonForm(request.POST or None)
    subject = str(held.scheme)
    return act(request, form, partial(verb, round=held), back=round_url(held.key), lead=lead, subject=subject, **words)
