"""What the office keeps: categories, what is asked about them, where matters go."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.events.queries import day_of
from lianjian.foundation import clock
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import require

from .. import actions, rules
from ..forms import CategoryForm, QuestionForm, RouteForm
from ..forms.office import SpanForm
from ..models import Case, Question, Route
from ..queries import routes
from ..queries.analysis import analysis
from ..queries.balance import adjustments
from ..queries.categories import category_page
from ..rules.balance import AdjustedMeanwhile


def _home(request: Request) -> int:
    """The place whose office the actor is. Raises `Denied`."""
    home = request.actor.jurisdiction_id
    require(request.actor, "cases.dispatch", Whole(home))
    return home


def _own(request: Request, model: Any, key: UUID) -> Any:
    """A row of one's own place; 404 for others."""
    return get_object_or_404(model.objects.filter(jurisdiction_id=_home(request)), key=key)


@door("cases.dispatch")
def routing(request: Request) -> HttpResponse:
    """Which unit deals with which category, and with which village."""
    home = _home(request)
    form = RouteForm(
        request.POST or None, actor=request.actor, initial={"category": request.GET.get("category", "")}
    )
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.set_route(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, reverse("cases:routing"), _("派单规则已保存。"))
    lines, retired = routes(home)
    return page(request, "cases/routing.html", {"lines": lines, "retired": retired}, form=form)


@door("figures.read", methods=("GET",))
def look(request: Request) -> HttpResponse:
    """What matters are about, through whose hands they go, how long each had them."""
    today = clock.today()
    since = day_of(request.GET.get("since", "")) or today.replace(month=1, day=1)
    until = day_of(request.GET.get("until", "")) or today
    form = SpanForm(initial={"since": since, "until": until})
    return page(request, "cases/analysis.html", {"page": analysis(request.actor, since, until), "form": form})


@door("cases.dispatch", methods=("GET",))
def adjust(request: Request) -> HttpResponse:
    """Which cases that nobody has signed for had better go to another team."""
    return page(request, "cases/adjust.html", {"page": adjustments(request.actor, _home(request))})


@door("cases.dispatch", methods=("POST",))
def accept_adjustment(request: Request, key: UUID) -> HttpResponse:
    """Send a case to the team proposed; what is proposed is worked out anew, so that nothing old is accepted."""
    home = _home(request)
    case = get_object_or_404(Case.objects.visible_to(request.actor).filter(jurisdiction_id=home), key=key)
    found = next((one for one in adjustments(request.actor, home).lines if one.case.pk == case.pk), None)
    if found is None or str(found.new.key) != request.POST.get("team"):
        raise AdjustedMeanwhile
    send = {"handler": found.new.organization, "team": found.new, "reason": found.reason}
    actions.dispatch_case(actor=request.actor, case=found.case, seen=found.case.version, now=clock.now(), **send)
    return done(request, reverse("cases:adjust"), _("已改派。"))


@door("cases.dispatch", methods=("POST",))
def drop_route(request: Request, key: UUID) -> HttpResponse:
    """The rule is no longer."""
    rows = Route.objects.select_related("organization", "village", "category")
    route = get_object_or_404(rows.filter(jurisdiction_id=_home(request)), key=key)
    actions.drop_route(actor=request.actor, route=route, now=clock.now())
    return done(request, reverse("cases:routing"), _("派单规则已删除。"))


@door("cases.dispatch")
def category(request: Request) -> HttpResponse:
    """Add a category of one's own."""
    _home(request)
    form = CategoryForm(
        request.POST or None, actor=request.actor, initial={"parent": request.GET.get("parent", "")}
    )
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            unit = "wd" if form.cleaned_data["amount"] else ""
            actions.add_category(actor=request.actor, now=clock.now(), unit=unit, **form.cleaned_data)
            return done(request, reverse("cases:routing"), _("类别已添加。"))
    return page(request, "cases/office_form.html", {"title": _("添加类别"), "submit": _("添加")}, form=form)


@door("cases.dispatch")
def change_category(request: Request, code: str) -> HttpResponse:
    """Another name, place, working days for a category; what is asked about it."""
    home = _home(request)
    found = category_page(code, home)
    if found is None:
        raise Http404
    form = CategoryForm(request.POST or None, actor=request.actor, code=code, initial=found.initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_category(actor=request.actor, code=code, now=clock.now(), **form.cleaned_data)
            return done(request, reverse("cases:routing"), _("类别已修改。"))
    kinds = {code: _(word) for code, word in rules.QUESTION_KINDS.items()}
    return page(request, "cases/category.html", {"page": found, "kinds": kinds}, form=form)


@door("cases.dispatch", methods=("POST",))
def retire_category(request: Request, code: str) -> HttpResponse:
    """Offer it no longer for new cases, or again."""
    found = category_page(code, _home(request))
    if found is None:
        raise Http404
    actions.retire_category(actor=request.actor, code=code, again=not found.active, now=clock.now())
    said = _("类别已停用。") if found.active else _("类别已恢复使用。")
    return done(request, reverse("cases:routing"), said)


@door("cases.dispatch")
def question(request: Request, code: str) -> HttpResponse:
    """Ask something about each matter of a category."""
    found = category_page(code, _home(request))
    if found is None:
        raise Http404
    back = reverse("cases:change_category", kwargs={"code": code})
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.add_question(actor=request.actor, category=code, now=clock.now(), **form.values())
            return done(request, back, _("问题已添加,以后登记这一类别时会问。"))
    context = {"title": _("添加问题"), "submit": _("添加"), "lead": found.path, "cancel": back}
    return page(request, "cases/office_form.html", context, form=form)


@door("cases.dispatch", methods=("POST",))
def retire_question(request: Request, key: UUID) -> HttpResponse:
    """Ask it no longer, or again."""
    row = _own(request, Question, key)
    again = row.retired_on is not None
    actions.retire_question(actor=request.actor, question=row, now=clock.now(), again=again)
    back = reverse("cases:change_category", kwargs={"code": row.category_code})
    return done(request, back, _("问题已恢复。") if again else _("问题已停用,已有的回答不变。"))
