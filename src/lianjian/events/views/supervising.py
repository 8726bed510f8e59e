"""Doors to supervised items of visits."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.actor import Actor
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, act, page
from lianjian.foundation.rights import Denied
from lianjian.foundation.stale import watch

from .. import actions
from ..forms.meetings import ReasonForm
from ..forms.supervising import ItemForm, OutcomeForm
from ..models import Visit, VisitItem
from ..queries import may_change, visit_url
from ..queries.supervising import ITEMS, item_page, item_url

FORM = "events/item_form.html"


def _item(actor: Actor, key: UUID) -> VisitItem:
    rows = VisitItem.objects.visible_to(actor).select_related("visit__organization", "organization")
    found: VisitItem = get_object_or_404(rows, key=key)
    return found


def _supervised(actor: Actor, key: UUID) -> VisitItem:
    """An item of a visit that the actor may mend."""
    found = _item(actor, key)
    if not may_change(actor, found.visit):
        raise Denied
    return found


@door("meetings.see", methods=("GET",))
def items(request: Request) -> HttpResponse:
    """All supervised items that one may see."""
    return list_page(request, ITEMS, "events/items.html", {})


@door("meetings.see", methods=("GET",))
def item(request: Request, key: UUID) -> HttpResponse:
    """One item with what came of it."""
    return page(request, "events/item.html", {"page": item_page(request.actor, _item(request.actor, key), clock.now())})


@door("events.write")
def set_item(request: Request, key: UUID) -> HttpResponse:
    """What the visit asks somebody to do."""
    rows = Visit.objects.visible_to(request.actor).select_related("organization")  # type: ignore[attr-defined]
    visit: Visit = get_object_or_404(rows, key=key)
    if not may_change(request.actor, visit):
        raise Denied
    whom = visit.organization
    initial = {"organization": str(whom.key)} if whom is not None else {}
    form = ItemForm(request.POST or None, actor=request.actor, initial=initial)
    form.fields["organization"].show(whom)  # type: ignore[attr-defined]
    words = {"title": _("交办一项督办"), "said": _("已交办,办理单位会收到待办。"), "whom": visit.whom}
    return act(
        request, form, partial(actions.set_item, visit=visit), template=FORM, back=visit_url(key), **words
    )


@door("events.write")
def change_item(request: Request, key: UUID) -> HttpResponse:
    """Other words, another body or day."""
    found = _supervised(request.actor, key)
    initial = {"text": found.text, "organization": str(found.organization.key), "due_on": found.due_on}
    form = ItemForm(request.POST or None, actor=request.actor, change=True, initial=initial)
    form.fields["organization"].show(found.organization)  # type: ignore[attr-defined]
    watch(form, found, ["text", "organization", "due_on"])
    words = {"title": _("修改督办事项"), "said": _("已修改。"), "whom": found.text}
    return act(
        request, form, partial(actions.change_item, item=found), template=FORM, back=item_url(key), **words
    )


@door("meetings.see")
def settle_item(request: Request, key: UUID) -> HttpResponse:
    """The body in charge says what was done."""
    found = _item(request.actor, key)
    if not item_page(request.actor, found, clock.now()).may_settle and request.method == "GET":
        raise Denied
    form = OutcomeForm(request.POST or None)
    words = {"title": _("登记办理结果"), "said": _("已办结。"), "whom": found.text}
    return act(
        request, form, partial(actions.settle_item, item=found), template=FORM, back=item_url(key), **words
    )


def _moved(request: Request, key: UUID, verb: Any, title: str, said: str) -> HttpResponse:
    """One form that asks why, and back to the item."""
    found = _supervised(request.actor, key)
    return act(
        request, ReasonForm(request.POST or None), partial(verb, item=found), template=FORM, back=item_url(key),
        title=title, said=said, whom=found.text,
    )  # fmt: skip


@door("events.write")
def drop_item(request: Request, key: UUID) -> HttpResponse:
    """It need not be done any more."""
    return _moved(request, key, actions.drop_item, _("不再办理"), _("已记下,不再办理。"))


@door("events.write")
def reopen_item(request: Request, key: UUID) -> HttpResponse:
    """Looked at again, and not done."""
    return _moved(request, key, actions.reopen_item, _("重新督办"), _("已重新交办。"))
