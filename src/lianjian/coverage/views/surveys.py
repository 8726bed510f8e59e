"""Doors to surveys."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianjian.foundation import clock
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page
from lianjian.foundation.rights import require

from .. import actions
from ..forms import AnswerForm, SurveyForm
from ..models import Survey, SurveyFirm
from ..queries import ANSWERS, SURVEYS, answers_url, survey_page, survey_url
from ..queries.surveys import known_facts
from .common import act
from .planning import SEE, WRITE, office


def _survey(request: Request, key: UUID) -> Survey:
    found: Survey = get_object_or_404(Survey.objects.visible_to(request.actor), key=key)
    return found


@door(SEE, methods=("GET",))
def surveys(request: Request) -> HttpResponse:
    """All surveys with their completion."""
    buttons = [(_("填报清单"), reverse("coverage:answers"), "quiet")]
    if office(request):
        buttons.insert(0, (_("发起摸排"), reverse("coverage:new_survey"), "primary"))
    return list_page(request, SURVEYS, "coverage/records.html", {"buttons": buttons})


@door(WRITE)
def new_survey(request: Request) -> HttpResponse:
    """Ask all firms of a scope for some facts."""
    require(request.actor, WRITE, Whole(request.actor.jurisdiction_id))
    form = SurveyForm(request.POST or None, initial={"opens_on": clock.today(), "firms": "all"})
    words = {"title": _("发起摸排"), "said": _("摸排已发起。"), "submit": _("发起")}
    onward = lambda made: survey_url(made.key)  # noqa: E731
    return act(request, form, actions.open_survey, back=reverse("coverage:surveys"), onward=onward, **words)


@door(SEE, methods=("GET",))
def survey(request: Request, key: UUID) -> HttpResponse:
    """How far a survey is."""
    return page(request, "coverage/survey.html", {"page": survey_page(request.actor, _survey(request, key))})


@door(SEE, methods=("GET",))
def answers(request: Request) -> HttpResponse:
    """The firms asked, and what each still owes."""
    return list_page(request, ANSWERS, "coverage/records.html", {"buttons": []})


@door("coverage.answer")
def answer(request: Request, key: UUID) -> HttpResponse:
    """What one firm answers."""
    rows = SurveyFirm.objects.visible_to(request.actor).select_related("survey", "organization__enterprise")
    row = get_object_or_404(rows, key=key)
    if row.jurisdiction_id not in request.actor.writable:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = AnswerForm(posted, required=row.survey.facts, initial=known_facts(row))
    words = {"title": row.survey.name, "said": _("已保存。"), "back": answers_url(survey=str(row.survey.key))}

    def verb(*, actor: Actor, now: datetime, **facts: Any) -> object:
        return actions.answer_survey(actor=actor, row=row, facts=facts, now=now)

    lead = _("没有标“选填”的都填了才算完成;没有问到的可以先空着,以后再补。")
    return act(request, form, verb, subject=row.organization.name, lead=lead, **words)


@door(WRITE, methods=("POST",))
def newcomers(request: Request, key: UUID) -> HttpResponse:
    """Firms that came into the scope since are asked too."""
    count = actions.ask_newcomers(actor=request.actor, survey=_survey(request, key), now=clock.now())
    sentence = ngettext("补入了 %(count)d 家企业。", "补入了 %(count)d 家企业。", count)
    return done(request, survey_url(key), sentence % {"count": count})


@door(WRITE, methods=("POST",))
def take_over(request: Request, key: UUID) -> HttpResponse:
    """Sizes that instructors were told go into the register."""
    count, newer = actions.take_over(actor=request.actor, survey=_survey(request, key), now=clock.now())
    sentence = ngettext("%(count)d 家企业的数字已核对。", "%(count)d 家企业的数字已核对。", count) % {"count": count}
    if newer:
        names = "、".join(newer[:5]) + (_("等%(n)d家") % {"n": len(newer)} if len(newer) > 5 else "")
        sentence += _("填报之后档案另有更新的没有覆盖:%(names)s。") % {"names": names}
    return done(request, survey_url(key), sentence)


@door(WRITE, methods=("POST",))
def close(request: Request, key: UUID) -> HttpResponse:
    """No more answers."""
    actions.close_survey(actor=request.actor, survey=_survey(request, key), now=clock.now())
    return done(request, survey_url(key), _("摸排已结束。"))
