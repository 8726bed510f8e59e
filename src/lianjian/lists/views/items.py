"""Doors to items."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.events.models import Visit
from lianjian.foundation import clock, registry
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, redirect, refusals_to
from lianjian.foundation.stale import watch

from .. import actions, doors, rules
from ..forms import (
    EndForm,
    ItemForm,
)
from ..queries import (
    ITEMS,
    item_page,
    item_url,
)
from .shared import FORM, act_on, item_of, own_item


@door("lists.see", methods=("GET",))
def items(request: Request) -> HttpResponse:
    """All items that the actor may see, by kind of list."""
    may = request.actor.may("lists.write")
    return list_page(
        request, ITEMS, "lists/items.html", {"may_write": may, "need_url": doors.need_url(request.actor)}
    )


@door("lists.see", methods=("GET",))
def item(request: Request, key: UUID) -> HttpResponse:
    """One item."""
    held, today = item_of(request, key), clock.today()
    shown = item_page(request.actor, held, today, _month(request, today))
    panels = registry.panels("lists.item", request.actor, held, clock.now())
    return page(request, "lists/item.html", {"page": shown, "panels": panels})


def _month(request: Request, today: date) -> date:
    """The month asked for; this one where it is none, or none of our times."""
    try:
        found = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return today.replace(day=1)
    return found if 2000 <= found.year <= 2100 else today.replace(day=1)


@door("lists.write")
def publish(request: Request) -> HttpResponse:
    """A resource, project or activity is published; a need goes through the cases door."""
    query = request.GET
    if query.get("kind") == rules.NEED:
        address = doors.need_url(request.actor, query.get("organization", ""))
        if not address:
            raise Http404
        return redirect(request, address)
    visit = _visit(request)
    initial = {"kind": "resource", "organization": query.get("organization", "")}
    initial |= {name: query[name] for name in ("kind", "category", "title", "venue") if name in query}
    if visit is not None and visit.organization is not None:
        initial |= {"organization": str(visit.organization.key)}
    form = ItemForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            more = {"source": "visit", "visit": visit} if visit is not None else {}
            made = actions.publish(actor=request.actor, now=clock.now(), **form.values(), **more)
            return done(request, item_url(made.key), _("已发布。"))
    context = {
        "title": _("发布到清单"),
        "cancel": reverse("lists:list"),
        "need_url": doors.need_url(request.actor),
    }
    return page(request, FORM, context, form=form)


def _visit(request: Request) -> Visit | None:
    """The visit from which it came, where the address names one that the actor may see."""
    try:
        key = UUID(request.GET.get("visit", ""))
    except ValueError:
        return None
    rows = Visit.objects.visible_to(request.actor).select_related("organization")  # type: ignore[attr-defined]
    return rows.filter(key=key).first()  # type: ignore[no-any-return]


@door("lists.write")
def change(request: Request, key: UUID) -> HttpResponse:
    """Other facts."""
    held = own_item(request, key)
    initial = {name: getattr(held, name) for name in actions.FIELDS if name not in ("alliance", "venue")}
    initial["alliance"] = str(held.alliance.key) if held.alliance is not None else ""
    initial["venue"] = str(held.venue.key) if held.venue is not None else ""
    form = ItemForm(request.POST or None, actor=request.actor, held=held, initial=initial)
    watch(form, held, actions.FIELDS)
    act = partial(actions.change_item, item=held)
    return act_on(
        request, form, act, back=item_url(key), said=_("已修改。"), title=_("修改"), subject=held.title
    )


@door("lists.write")
def end(request: Request, key: UUID) -> HttpResponse:
    """It is over, or is taken back."""
    held = own_item(request, key)
    act = partial(actions.end_item, item=held)
    words = {"title": _("结束或撤回"), "subject": held.title, "said": _("已结束,待确认的对接也已答复。")}
    form = EndForm(request.POST if request.method == "POST" else None)
    return act_on(request, form, act, back=item_url(key), **words)
