"""Doors to model cases: the register, one case, its print and the booklet."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock, registry
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, page

from .. import actions
from ..forms import campaigns, showcase
from ..models import ModelCase
from ..queries.showcase import BOOKLET, MODEL_CASES, booklet, model_case_url, told
from .campaigns import office
from .programmes import act

FORM = "alliances/model_case_form.html"


@door("alliances.see", methods=("GET",))
def model_cases(request: Request) -> HttpResponse:
    """All cases."""
    may = office(request, request.actor.jurisdiction_id)
    action = (_("登记典型案例"), reverse("alliances:add_model_case")) if may else None
    return list_page(request, MODEL_CASES, "alliances/model_cases.html", {"may_write": may}, empty_action=action)


@door("alliances.see", methods=("GET",))
def model_cases_paper(request: Request) -> HttpResponse:
    """The cases under the filters of the address, as a booklet to print."""
    query = {name: value for name, value in request.GET.items() if value and "\0" not in value}
    found = booklet(request.actor, query)
    context = {"cases": found[:BOOKLET], "more": len(found) > BOOKLET, "query": request.GET.urlencode()}
    return page(request, "alliances/model_cases_paper.html", context | {"most": BOOKLET})


def _case(request: Request, key: UUID, *, write: bool = False) -> ModelCase:
    rows = told(ModelCase.objects.visible_to(request.actor)).select_related("organization", "jurisdiction")
    held: ModelCase = get_object_or_404(rows, key=key)
    if write and not office(request, held.jurisdiction_id):
        raise Http404
    return held


@door("alliances.see", methods=("GET",))
def model_case(request: Request, key: UUID) -> HttpResponse:
    """One case with the documents about it."""
    held = _case(request, key)
    context = {
        "case": held,
        "may_write": held.withdrawn_on is None and office(request, held.jurisdiction_id),
        "panels": registry.panels("alliances.model_case", request.actor, held, clock.now()),
    }
    return page(request, "alliances/model_case.html", context)


@door("alliances.see", methods=("GET",))
def model_case_paper(request: Request, key: UUID) -> HttpResponse:
    """One case to print."""
    return page(request, "alliances/model_case_paper.html", {"case": _case(request, key)})


@door("alliances.write")
def add(request: Request) -> HttpResponse:
    """One case more."""
    if not office(request, request.actor.jurisdiction_id):
        raise Http404
    form = showcase.ModelCaseForm(request.POST or None, actor=request.actor, initial={"year": clock.today().year})
    words = {"title": _("登记典型案例"), "said": _("典型案例已登记。")}
    return act(request, form, actions.add_model_case, back=reverse("alliances:model_cases"), template=FORM, **words)


@door("alliances.write")
def change(request: Request, key: UUID) -> HttpResponse:
    """Better words."""
    held = _case(request, key, write=True)
    names = ("title", "year", "named_by", "document", "story", "lessons")
    form = showcase.ChangeModelCaseForm(request.POST or None, initial={name: getattr(held, name) for name in names})
    verb = partial(actions.change_model_case, case=held)
    words = {"title": _("修改典型案例"), "said": _("已保存。"), "subject": held.title}
    return act(request, form, verb, back=model_case_url(key), template=FORM, **words)


@door("alliances.write")
def withdraw(request: Request, key: UUID) -> HttpResponse:
    """It is no model any more."""
    held = _case(request, key, write=True)
    form = campaigns.ReasonForm(request.POST or None)
    verb = partial(actions.withdraw_model_case, case=held)
    words = {"title": _("撤下典型案例"), "said": _("已撤下,记录保留。"), "submit": _("撤下案例"), "subject": held.title}
    lead = _("撤下后不再列为典型。已经公开的文件要在文件管理里另行下架。")
    return act(request, form, verb, back=model_case_url(key), template=FORM, lead=lead, **words)
