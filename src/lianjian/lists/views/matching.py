"""Doors to matching."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page
from lianjian.foundation.rights import require

from .. import actions
from ..forms import (
    AcceptForm,
    ReasonForm,
    SynonymForm,
    WeightForm,
)
from ..models import Item, MatchEntry, Synonym, Verdict
from ..queries import (
    found_for,
    match_page,
    office_page,
)
from .shared import act_on, item_of, own_item


@door("lists.see", methods=("GET",))
def matches(request: Request, key: UUID) -> HttpResponse:
    """The best for an item, each with its reasons; `few` is the part of another page."""
    held = item_of(request, key)
    template = "lists/_few.html" if "few" in request.GET else "lists/matches.html"
    return page(request, template, {"page": match_page(request.actor, held, clock.now())}, fragment="best")


def _proposal(
    request: Request, key: UUID, label: str, found: UUID
) -> tuple[Item, MatchEntry, dict[str, Any]]:
    """One's own item, what was proposed to it, and with which addends."""
    held, known = own_item(request, key), MatchEntry.objects.visible_to(request.actor)
    entry = get_object_or_404(known, subject_label=label.replace("\0", ""), subject_key=found)
    best = found_for(request.actor, held, clock.now()).matches if request.method == "POST" else []
    return held, entry, {"scored": next((one for one in best if one.facts.key == str(found)), None)}


@door("lists.write")
def accept_match(request: Request, key: UUID, label: str, found: UUID) -> HttpResponse:
    """A proposal is taken up, with a claim where it is an item."""
    held, entry, more = _proposal(request, key, label, found)
    is_item = label == Item._meta.label_lower
    other = get_object_or_404(Item.objects.visible_to(request.actor), key=found) if is_item else None
    initial = {"amount": held.left or 1, "since": held.since, "until": held.until}
    form = AcceptForm(request.POST if request.method == "POST" else None, other=other, initial=initial)
    act = partial(actions.accept_match, item=held, entry=entry, **more)
    words = {"title": _("采纳并提出对接"), "subject": entry.title, "said": _("已采纳,等待对方确认。")}
    return act_on(request, form, act, back=reverse("lists:matches", kwargs={"key": key}), **words)


@door("lists.write")
def refuse_match(request: Request, key: UUID, label: str, found: UUID) -> HttpResponse:
    """A proposal does not fit."""
    held, entry, more = _proposal(request, key, label, found)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    act = partial(actions.refuse_match, item=held, entry=entry, **more)
    words = {"title": _("不合适"), "subject": entry.title, "said": _("已记下,不再推荐这一条。")}
    return act_on(request, form, act, back=reverse("lists:matches", kwargs={"key": key}), **words)


@door("lists.write", methods=("POST",))
def drop_verdict(request: Request, key: UUID) -> HttpResponse:
    """An answer is taken back."""
    verdict = get_object_or_404(
        Verdict.objects.visible_to(request.actor).select_related("organization"), key=key
    )
    actions.drop_verdict(actor=request.actor, verdict=verdict, now=clock.now())
    return done(request, reverse("lists:matches", kwargs={"key": verdict.asker_key}), _("已撤销。"))


@door("lists.see", methods=("GET",))
def matching(request: Request) -> HttpResponse:
    """By which words and weights matching decides in the actor's place."""
    return page(request, "lists/matching.html", {"page": office_page(request.actor)})


def _tune(request: Request, form: Form, act: Any, title: str, said: str) -> HttpResponse:
    require(request.actor, "lists.issue", Whole(request.actor.jurisdiction_id))
    return act_on(request, form, act, back=reverse("lists:matching"), said=said, title=title)


@door("lists.issue")
def add_synonym(request: Request) -> HttpResponse:
    """Two words mean the same from now on."""
    form = SynonymForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    return _tune(request, form, actions.add_synonym, _("增加同义词"), _("已增加,立即生效。"))


@door("lists.issue", methods=("POST",))
def retire_synonym(request: Request, key: UUID) -> HttpResponse:
    """Two words mean the same no longer."""
    held = get_object_or_404(Synonym.objects.filter(jurisdiction_id=request.actor.jurisdiction_id), key=key)
    actions.retire_synonym(actor=request.actor, synonym=held, now=clock.now())
    return done(request, reverse("lists:matching"), _("已停用。"))


@door("lists.issue")
def set_match_weight(request: Request) -> HttpResponse:
    """A criterion counts more, or less."""
    form = WeightForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    return _tune(request, form, actions.set_match_weight, _("调整权重"), _("已调整,立即生效。"))
