"""Mediate a dispute; hear petitions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from lianjian.foundation import clock
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import require

from .. import actions
from ..forms.settling import MEDIATION_FORMS, CancelForm, ConcludeForm, PlanForm
from ..models import Hearing
from ..queries import case_url, visible
from ..queries.settling import HEARINGS, hearing_page, hearing_url, hearings_visible
from .cases import case_of

# act: (verb, title)
_ACTS: dict[str, tuple[Any, Any]] = {
    "party": (actions.add_party, _lazy("登记当事人")),
    "attempt": (actions.record_attempt, _lazy("记一次调解")),
    "agreement": (actions.reach_agreement, _lazy("达成协议")),
    "end": (actions.end_mediation, _lazy("调解不成")),
    "follow": (actions.follow_agreement, _lazy("回访履行")),
    "court": (actions.confirm_in_court, _lazy("司法确认")),
}
_DAYS = ("held_on", "effective_on", "on")


@door("cases.handle")
def mediate(request: Request, key: UUID, act: str) -> HttpResponse:
    """One step of a mediation."""
    if act not in _ACTS:
        raise Http404
    found = case_of(request.actor, key)
    verb, title = _ACTS[act]
    form = MEDIATION_FORMS[act](request.POST or None, initial=dict.fromkeys(_DAYS, clock.today()))
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            verb(actor=request.actor, case=found, now=clock.now(), **form.cleaned_data)
            return done(request, case_url(key), _("已记下。"))
    context = {"title": title, "case": found, "cancel": case_url(key)}
    return page(request, "cases/move.html", context, form=form)


@door("cases.see", methods=("GET",))
def hearings(request: Request) -> HttpResponse:
    """All hearings."""
    office = request.actor.may("cases.dispatch", Whole(request.actor.jurisdiction_id))
    return list_page(request, HEARINGS, "cases/hearings.html", {"office": office})


@door("cases.dispatch")
def plan_hearing(request: Request) -> HttpResponse:
    """Plan one."""
    require(request.actor, "cases.dispatch", Whole(request.actor.jurisdiction_id))
    initial = {"cases": [request.GET.get("case", "")]}
    form = PlanForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            values = dict(form.cleaned_data)
            rows = visible(request.actor).select_related("handler", "organization", "accused", "category")
            values["cases"] = list(rows.filter(key__in=values["cases"]))
            made = actions.plan_hearing(actor=request.actor, now=clock.now(), **values)
            return done(request, hearing_url(made.key), _("听证方案已保存,有关方面已收到通知。"))
    context = {"title": _("拟定听证方案"), "submit": _("保存"), "cancel": reverse("cases:hearings")}
    return page(request, "cases/office_form.html", context, form=form)


def _hearing(request: Request, key: UUID) -> Hearing:
    return get_object_or_404(hearings_visible(request.actor), key=key)


@door("cases.see", methods=("GET",))
def hearing(request: Request, key: UUID) -> HttpResponse:
    """One hearing."""
    shown = hearing_page(request.actor, _hearing(request, key))
    return page(request, "cases/hearing.html", {"page": shown})


@door("cases.see", methods=("GET",))
def hearing_paper(request: Request, key: UUID) -> HttpResponse:
    """Its record on A4."""
    shown = hearing_page(request.actor, _hearing(request, key))
    return page(request, "cases/hearing_paper.html", {"page": shown})


@door("cases.rule")
def conclude(request: Request, key: UUID) -> HttpResponse:
    """Minutes and conclusion, which close the cases."""
    found = _hearing(request, key)
    seats = "\n".join(f"{name} {role}" for role, name, _came in _all_seats(request, found))
    initial = {"held_on": clock.today(), "people": seats}
    form = ConcludeForm(request.POST or None, hearing=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.conclude_hearing(actor=request.actor, hearing=found, now=clock.now(), **form.values())
            return done(request, hearing_url(key), _("听证结论已记下。"))
    context = {"title": _("记录听证结论"), "submit": _("保存"), "lead": found.title, "cancel": hearing_url(key)}
    return page(request, "cases/office_form.html", context, form=form)


def _all_seats(request: Request, found: Hearing) -> list[tuple[str, str, str]]:
    shown = hearing_page(request.actor, found)
    return [*shown.panel, *shown.others]


@door("cases.dispatch")
def cancel_hearing(request: Request, key: UUID) -> HttpResponse:
    """Call it off."""
    found = _hearing(request, key)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.cancel_hearing(actor=request.actor, hearing=found, now=clock.now(), **form.cleaned_data)
            return done(request, hearing_url(key), _("听证已取消。"))
    context = {"title": _("取消听证"), "submit": _("取消听证"), "lead": found.title, "cancel": hearing_url(key)}
    return page(request, "cases/office_form.html", context, form=form)
