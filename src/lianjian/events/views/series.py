"""Doors to what recurs, and to the words of a place."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import require

from .. import actions
from ..forms.meetings import ExtendForm, ReasonForm, SeriesForm
from ..forms.venues import WordForm
from ..models import Series, Word
from ..queries import own_words, word_name, writes
from ..rules import meetings as rules
from .meetings import FORM, act, first_values


def _list(series: Series) -> str:
    return f"{reverse('events:meetings')}?series={series.key}&sort=starts_at"


@door("meetings.write")
def plan_series(request: Request) -> HttpResponse:
    """What recurs."""
    initial = first_values(request)
    form = SeriesForm(request.POST or None, actor=request.actor, today=clock.today(), initial=initial)
    form.fields["convener"].show(initial.get("chosen"))  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.plan_series(actor=request.actor, now=clock.now(), **form.values())
            said = _("已排到%(day)s。") % {"day": made.last_on}
            return done(request, _list(made), said)
    context = {"title": _("安排定期活动"), "cancel": reverse("events:meetings"), "subject": ""}
    return page(request, FORM, context, form=form)


def _series(request: Request, key: UUID) -> Series:
    """A series that the actor may write."""
    found = get_object_or_404(Series.objects.select_related("convener"), key=key)
    if not writes(request.actor, "meetings.write", found.convener):
        raise Http404
    return found


@door("meetings.write")
def series(request: Request, key: UUID) -> HttpResponse:
    """Carry it on."""
    found = _series(request, key)
    verb = partial(actions.extend_series, series=found)
    words = {"title": _("接着排"), "said": _("已接着排。"), "subject": found.title}
    stop = reverse("events:end_series", kwargs={"key": key})
    form = ExtendForm(request.POST or None, initial={"last_on": found.last_on})
    return act(request, form, verb, back=_list(found), stop_url=stop, **words)


@door("meetings.write")
def end_series(request: Request, key: UUID) -> HttpResponse:
    """Stop it."""
    found = _series(request, key)
    verb = partial(actions.end_series, series=found)
    words = {"title": _("停止周期"), "said": _("已停止,还没开始的都已取消。"), "subject": found.title}
    return act(request, ReasonForm(request.POST or None), verb, back=_list(found), **words)


@door("events.purposes")
def words(request: Request) -> HttpResponse:
    """The code lists: what is known, what the place added; a word more."""
    require(request.actor, "events.purposes", Whole(request.actor.jurisdiction_id))
    form, here = WordForm(request.POST or None), reverse("events:words")
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            given = form.cleaned_data
            actions.add_word(actor=request.actor, list_code=given["list"], name=given["name"], now=clock.now())
            return done(request, here, _("已增加。"))
    own = own_words(request.actor.jurisdiction_id)
    lists = [
        (_(name), [word_name(one) for one in known], own[code]) for code, (name, known) in rules.LISTS.items()
    ]
    return page(request, "events/words.html", {"lists": lists}, form=form)


@door("events.purposes", methods=("POST",))
def retire_word(request: Request, key: UUID) -> HttpResponse:
    """A word is offered no longer, or again."""
    found = get_object_or_404(Word.objects.filter(jurisdiction_id=request.actor.jurisdiction_id), key=key)
    again = found.retired_on is not None
    actions.retire_word(actor=request.actor, word=found, again=again, now=clock.now())
    return done(request, reverse("events:words"), _("已恢复使用。") if again else _("已停用。"))
