"""Doors to the list of needs: a need is a case first."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.lists.queries import item_url, speaks_for

from .. import actions
from ..forms.publishing import NeedForm, PublishNeedForm
from ..queries import case_url
from .cases import case_of

FORM = "cases/publish.html"


@door("lists.write")
def need(request: Request) -> HttpResponse:
    """A need is told and published at once."""
    initial = {"organization": request.GET.get("organization", "")}
    form = NeedForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            case, item = actions.tell_and_publish(actor=request.actor, now=clock.now(), **form.values())
            said = _("已登记为诉求 %(number)s,并发布到需求清单。") % {"number": case.number}
            return done(request, item_url(item.key), said)
    return page(request, FORM, {"title": _("发布需求"), "cancel": reverse("lists:list")}, form=form)


@door("lists.write")
def publish(request: Request, key: UUID) -> HttpResponse:
    """A case that is there is published."""
    case = case_of(request.actor, key)
    if case.organization is None or not speaks_for(request.actor, case.organization):
        raise Http404
    form = PublishNeedForm(request.POST or None, actor=request.actor, case=case)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            item = actions.publish_need(actor=request.actor, case=case, now=clock.now(), **form.cleaned_data)
            return done(request, item_url(item.key), _("已发布到需求清单。"))
    context = {"title": _("发布到需求清单"), "case": case, "cancel": case_url(key)}
    return page(request, FORM, context, form=form)
