"""Doors to rules, evaluations and the working calendar."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock, pages
from lianjian.foundation.doors import door
from lianjian.foundation.jobs import enqueue
from lianjian.foundation.pages import Request

from . import actions, queries
from .forms import DayForm, EndLocalForm, LoadDaysForm, ProfileForm
from .localforms import FORMS
from .models import Evaluation, LocalRule, Rule


def _listed(request: Request) -> dict[str, Any]:
    """The rules of the chosen day that pass the filters, by matter, with what the filters say."""
    form = DayForm({"day": request.GET.get("day") or clock.today().isoformat()})
    day = form.cleaned_data["day"] if form.is_valid() else clock.today()
    asked = request.GET
    wanted = queries.Wanted(
        matter=asked.get("matter", ""), mode=asked.get("mode", ""), kind=asked.get("kind", ""),
        text=asked.get("q", "").strip()[:80], local=bool(asked.get("local")),
    )  # fmt: skip
    shown = [row for row in queries.rules_on(day, request.actor) if wanted.takes(row)]
    groups = [
        (queries.matter_label(matter), list(rows))
        for matter, rows in groupby(shown, key=lambda row: row.matter)
    ]
    query = request.GET.urlencode()
    return {
        "day": day, "groups": groups, "wanted": wanted, "count": len(shown), "form": form,
        "query": f"?{query}" if query else "", "open": bool(asked.get("open")),
    }  # fmt: skip


@door("calendar.read", methods=("GET",))
def rules(request: Request) -> HttpResponse:
    """The rules in force on a day, by matter, with this place's own content."""
    context = _listed(request)
    form, wanted = context.pop("form"), context["wanted"]
    context["query_day"] = f"?day={context['day']}" if request.GET.get("day") else ""
    context["selects"] = [
        ("matter", _("事项"), wanted.matter, list(queries.matters().items())),
        ("mode", _("效力"), wanted.mode, Rule.Mode.choices),
        ("kind", _("类型"), wanted.kind, Rule.Kind.choices),
    ]
    return pages.page(request, "rulebook/rules.html", context, form=form)


@door("calendar.read", methods=("GET",))
def paper(request: Request) -> HttpResponse:
    """The same rules on paper."""
    context = _listed(request)
    context["back"] = reverse("rulebook:rules") + context["query"]
    return pages.page(request, "rulebook/paper.html", context)


@door("calendar.read", methods=("GET",))
def law(request: Request, code: str) -> HttpResponse:
    """One rule on a day: numbers, versions, local rules, examples."""
    form = DayForm({"day": request.GET.get("day") or clock.today().isoformat()})
    day = form.cleaned_data["day"] if form.is_valid() else clock.today()
    shown = queries.law_page(code, day, request.actor)
    if shown is None:
        raise Http404
    context = {
        "page": shown, "day": day, "facts": queries.law_facts(shown.rule),
        "may_set": request.actor.may("system.manage"), "conf_label": str(Rule.Confidence.CONF.label),
    }  # fmt: skip
    return pages.page(request, "rulebook/law.html", context)


@door("calendar.read", methods=("GET",))
def evaluation(request: Request, key: UUID) -> HttpResponse:
    """How one deadline was reckoned."""
    found = get_object_or_404(Evaluation.objects.visible_to(request.actor), key=key)  # type: ignore[attr-defined]
    context = {"evaluation": found, **queries.explained(found)}
    return pages.page(request, "rulebook/evaluation.html", context, fragment="steps")


@door("calendar.read", methods=("GET",))
def days(request: Request) -> HttpResponse:
    """The working days of a year, month by month."""
    try:
        year = int(request.GET.get("year") or clock.today().year)
    except ValueError as error:
        raise Http404 from error
    if not 2020 <= year <= 2100:
        raise Http404
    context = {"shown": queries.year_shown(year), "may_load": request.actor.may("system.manage")}
    return pages.page(request, "rulebook/days.html", context)


@door("system.manage")
def load_days(request: Request) -> HttpResponse:
    """Load a year's holidays and make-up days; what was provisional is reckoned again by jobs."""
    form = LoadDaysForm(request.POST or None, initial={"year": clock.today().year + 1})
    if request.method == "POST" and form.is_valid():
        data, now = form.cleaned_data, clock.now()
        with pages.refusals_to(form):
            rows = actions.read_days(data["days"], data["year"])
            places = actions.load_days(
                actor=request.actor, year=data["year"], days=rows, source=data["source"],
                complete=data["complete"], now=now,
            )  # fmt: skip
            for place in places:
                enqueue("rulebook.recompute", jurisdiction_id=place)
            url = f"{reverse('rulebook:days')}?year={data['year']}"
            return pages.done(
                request, url, _("已载入 %(count)d 天,暂定期限正在重算。") % {"count": len(rows)}
            )
    return pages.page(request, "rulebook/load_days.html", form=form)


@door("system.manage")
def local_rule(request: Request, code: str) -> HttpResponse:
    """This place's own content of a rule."""
    rule = Rule.objects.filter(queries.in_force(clock.today()), code=code).order_by("-version").first()
    if rule is None:
        raise Http404
    form = FORMS[rule.kind](request.POST or None, rule=rule, initial={"valid_from": clock.today()})
    if request.method == "POST" and form.is_valid():
        with pages.refusals_to(form):
            actions.set_local_rule(
                actor=request.actor, jurisdiction_id=request.actor.jurisdiction_id, code=code, now=clock.now(),
                **form.values(),
            )  # fmt: skip
            return pages.done(
                request, reverse("rulebook:law", kwargs={"code": code}), _("本地规定已设置。")
            )
    return pages.page(request, "rulebook/local_rule.html", {"rule": queries.shown_rule(rule)}, form=form)


@door("system.manage")
def end_local(request: Request, key: UUID) -> HttpResponse:
    """A local rule of this place ends with a day."""
    found = get_object_or_404(LocalRule, key=key, jurisdiction_id=request.actor.jurisdiction_id)
    back = reverse("rulebook:law", kwargs={"code": found.code})
    form = EndLocalForm(request.POST or None, initial={"valid_to": clock.today()})
    if request.method == "POST" and form.is_valid():
        with pages.refusals_to(form):
            actions.end_local_rule(
                actor=request.actor, local=found, valid_to=form.cleaned_data["valid_to"], now=clock.now()
            )
            return pages.done(request, back, _("本地规定已停用。"))
    context = {"title": queries.rule_title(found.code), "back": back}
    return pages.page(request, "rulebook/end_local.html", context, form=form)


@door("calendar.read", methods=("GET",))
def profiles(request: Request) -> HttpResponse:
    """The deadline profiles, and which this place follows."""
    context = {
        "profiles": queries.profiles_shown(clock.today()),
        "choices": queries.choices_shown(request.actor.jurisdiction_id),
        "may_set": request.actor.may("system.manage"),
    }
    return pages.page(request, "rulebook/profiles.html", context)


@door("system.manage")
def choose_profile(request: Request) -> HttpResponse:
    """This place follows a profile from a day on."""
    place = request.actor.jurisdiction_id
    form = ProfileForm(request.POST or None, jurisdiction_id=place, initial={"valid_from": clock.today()})
    if request.method == "POST" and form.is_valid():
        with pages.refusals_to(form):
            actions.choose_profile(
                actor=request.actor, jurisdiction_id=place, now=clock.now(), **form.values()
            )
            return pages.done(request, reverse("rulebook:profiles"), _("时限方案已选用。"))
    return pages.page(request, "rulebook/choose_profile.html", form=form)
