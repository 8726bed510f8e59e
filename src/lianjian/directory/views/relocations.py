"""Doors to villages that moved, and to cadres posted to villages."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import require

from .. import actions
from ..forms import tags as forms
from ..models import Relocation
from ..queries import organization_url
from ..queries.relocations import POSTINGS, RELOCATIONS
from ..rules import relocations as rules
from .organizations import FORM, crumb, found
from .tags import end_or_withdraw


@door("directory.read", methods=("GET",))
def relocations(request: Request) -> HttpResponse:
    """Which villages moved where."""
    return list_page(request, RELOCATIONS, "directory/relocations.html", {"tab": "relocations"})


@door("people.see", methods=("GET",))
def postings(request: Request) -> HttpResponse:
    """Who is posted to which village."""
    return list_page(request, POSTINGS, "directory/relocations.html", {"tab": "postings"})


@door("directory.write")
def relocate(request: Request, key: UUID) -> HttpResponse:
    """Households of a village moved: asked from its page, or from that of the settlement."""
    record = found(request.actor, key)
    if record.classification not in rules.INTO:
        raise Http404
    into = record.classification != rules.FROM
    form = forms.RelocationForm(request.POST or None, actor=request.actor, into=into, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        other = values.pop("other")
        sides = {"village": other, "settlement": record} if into else {"village": record, "settlement": other}
        with refusals_to(form):
            actions.relocate_village(actor=request.actor, now=clock.now(), **sides, **values)
            return done(request, organization_url(key), _("搬迁已登记。"))
    return page(request, FORM, crumb(record, _("登记搬迁")), form=form)


@door("directory.write")
def end_relocation(request: Request, key: UUID) -> HttpResponse:
    """They live there no more, or never did."""
    rows = Relocation.objects.visible_to(request.actor).select_related("village", "settlement")
    held: Relocation = get_object_or_404(rows, key=key)
    require(request.actor, "directory.write", held.village)
    return end_or_withdraw(
        request,
        held.village,
        (partial(actions.end_relocation, relocation=held), partial(actions.drop_relocation, relocation=held)),
        _("结束或撤回搬迁"),
        f"→ {held.settlement.name}",
    )


@door("people.write")
def post_cadre(request: Request, key: UUID) -> HttpResponse:
    """A body posts somebody to a village."""
    record = found(request.actor, key)
    if record.classification != rules.FROM:
        raise Http404
    form = forms.PostingForm(request.POST or None, actor=request.actor, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.post_cadre(actor=request.actor, village=record, now=clock.now(), **form.cleaned_data)
            return done(request, organization_url(key), _("派驻已登记。"))
    return page(request, FORM, crumb(record, _("登记驻村干部")), form=form)
