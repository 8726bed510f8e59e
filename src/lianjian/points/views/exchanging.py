"""Doors to goods, their stock, exchange days and exchanges."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.events.queries import writes
from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page
from lianjian.foundation.stale import watch

from .. import actions, forms
from ..models import RIGHT, WRITE, Exchange, ExchangeDay, Good
from ..queries import DAYS, day_page, good_page, url_of
from .shared import act, asked_meeting, held, scheme_of, with_reason


@door(RIGHT, methods=("GET",))
def days(request: Request) -> HttpResponse:
    """All exchange days that one may see."""
    return list_page(request, DAYS, "points/list.html", {"here": "days", "may": False})


@door(WRITE)
def add_good(request: Request, key: UUID) -> HttpResponse:
    """One more thing is given for points."""
    found = scheme_of(request, key, write=True)
    form = forms.GoodForm(request.POST or None)
    words = {"title": _("登记兑换品"), "said": _("已登记。下一步:入库。"), "subject": found.name}
    onward, verb = (lambda made: url_of("good", made.key)), partial(actions.add_good, scheme=found)
    return act(request, form, verb, back=url_of("scheme", key), onward=onward, **words)


@door(RIGHT, methods=("GET",))
def good(request: Request, key: UUID) -> HttpResponse:
    """One good with the book of its stock."""
    return page(request, "points/good.html", {"page": good_page(request.actor, held(request, Good, key))})


@door(WRITE)
def change_good(request: Request, key: UUID) -> HttpResponse:
    """Better words or another price."""
    found = held(request, Good, key, write=True)
    first = {name: getattr(found, name) for name in actions.GOOD_FIELDS}
    if request.method == "POST":
        actions.hold_scheme(found.scheme)  # before the good, as every verb does
    form = forms.GoodForm(request.POST or None, initial=first)
    watch(form, found, actions.GOOD_FIELDS)
    words = {"title": _("修改兑换品"), "said": _("已保存。以前的兑换仍按当时的分值。"), "subject": found.name}
    return act(request, form, partial(actions.change_good, good=found), back=url_of("good", key), **words)


@door(WRITE, methods=("POST",))
def end_good(request: Request, key: UUID) -> HttpResponse:
    """It is given no more."""
    actions.end_good(actor=request.actor, good=held(request, Good, key, write=True), now=clock.now())
    return done(request, url_of("good", key), _("已停用,记录保留。"))


@door(WRITE, methods=("POST",))
def restore_good(request: Request, key: UUID) -> HttpResponse:
    """It is given again."""
    actions.restore_good(actor=request.actor, good=held(request, Good, key, write=True), now=clock.now())
    return done(request, url_of("good", key), _("已恢复。"))


@door(WRITE)
def move_stock(request: Request, key: UUID) -> HttpResponse:
    """Bought, donated, spoiled, counted."""
    found = held(request, Good, key, write=True)
    form = forms.StockForm(request.POST or None, actor=request.actor, initial={"on": clock.today()})
    words = {"title": _("登记出入库"), "said": _("已登记。"), "subject": found.name}
    lead = _("账面库存%(stock)s%(unit)s。") % {"stock": found.stock, "unit": found.unit}
    verb = partial(actions.move_stock, good=found)
    return act(request, form, verb, back=url_of("good", key), lead=lead, **words)


@door(WRITE)
def open_day(request: Request, key: UUID) -> HttpResponse:
    """A day on which points are exchanged."""
    found = scheme_of(request, key, write=True)
    first = {"on": clock.today(), **asked_meeting(request)}
    form = forms.DayForm(
        request.POST or None, actor=request.actor, now=clock.now(), scheme=found, initial=first
    )
    words = {"title": _("设定兑换日"), "said": _("已设定。"), "subject": found.name}
    onward, verb = (lambda made: url_of("day", made.key)), partial(actions.open_day, scheme=found)
    return act(request, form, verb, back=url_of("scheme", key), onward=onward, **words)


@door(RIGHT, methods=("GET",))
def day(request: Request, key: UUID) -> HttpResponse:
    """One exchange day with its receipts."""
    shown = day_page(request.actor, held(request, ExchangeDay, key, "meeting"), clock.today())
    return page(request, "points/day.html", {"page": shown})


@door(RIGHT, methods=("GET",))
def paper(request: Request, key: UUID) -> HttpResponse:
    """The day's receipts with room to sign, to print."""
    shown = day_page(request.actor, held(request, ExchangeDay, key, "meeting"), clock.today())
    lines = [one for one in reversed(shown.lines) if not one.returned]
    return page(request, "points/day_paper.html", {"page": shown, "lines": lines})


@door(WRITE)
def exchange(request: Request, key: UUID) -> HttpResponse:
    """Who takes how many of what; then the next."""
    found = held(request, ExchangeDay, key, write=True)
    form = forms.ExchangeForm(request.POST or None, scheme=found.scheme)
    words: dict[str, Any] = {"title": _("登记兑换"), "said": _("已兑换。"), "subject": found.scheme.name}
    verb, back = partial(actions.exchange, day=found), url_of("day", key)
    return act(request, form, verb, back=back, submit=_("兑换"), onward=lambda made: f"{back}/exchange", **words)


@door(WRITE, methods=("POST",))
def close_day(request: Request, key: UUID) -> HttpResponse:
    """It is over."""
    actions.close_day(actor=request.actor, day=held(request, ExchangeDay, key, write=True), now=clock.now())
    return done(request, url_of("day", key), _("兑换日已结束。"))


@door(WRITE, methods=("POST",))
def reopen_day(request: Request, key: UUID) -> HttpResponse:
    """Something of that day is still to be entered."""
    actions.reopen_day(actor=request.actor, day=held(request, ExchangeDay, key, write=True), now=clock.now())
    return done(request, url_of("day", key), _("已重开,可以补登。"))


@door(WRITE)
def call_off_day(request: Request, key: UUID) -> HttpResponse:
    """It is not held."""
    found = held(request, ExchangeDay, key, write=True)
    words = {"title": _("取消兑换日"), "said": _("已取消,记录保留。"), "subject": found.scheme.name}
    return with_reason(request, actions.call_off_day, {"day": found}, url_of("day", key), **words)


@door(WRITE)
def give_back(request: Request, key: UUID) -> HttpResponse:
    """The points go back."""
    rows = Exchange.objects.visible_to(request.actor).select_related("day__scheme__organization", "account", "good")
    found = get_object_or_404(rows, key=key)
    if not writes(request.actor, WRITE, found.day.scheme.organization):
        raise Http404
    form = forms.BackForm(request.POST or None)
    words = {"title": _("兑换退回"), "said": _("已退回,积分已还。"), "subject": found.account.name, "submit": _("退回")}
    lead = _("%(points)s分退回原积分户。") % {"points": found.points}
    verb = partial(actions.give_back, exchange=found)
    return act(request, form, verb, back=url_of("day", found.day.key), lead=lead, **words)
