"""The office opens public entrances and prints their codes."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.queries import organization_choices
from lianjian.foundation import clock
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.qr import picture_of
from lianjian.foundation.rights import require

from .. import actions
from ..forms import EntranceForm
from ..models import Entrance
from ..queries import entrance_lines, kinds_told


def _own(request: Request, key: UUID) -> Entrance:
    home = request.actor.jurisdiction_id
    require(request.actor, "cases.dispatch", Whole(home))
    rows = Entrance.objects.filter(jurisdiction_id=home).select_related("organization", "jurisdiction")
    return get_object_or_404(rows, key=key)


@door("cases.dispatch", methods=("GET",))
def entrances(request: Request) -> HttpResponse:
    """All codes of the place."""
    return page(request, "portal/entrances.html", {"lines": entrance_lines(request.actor)})


@door("cases.dispatch")
def entrance(request: Request) -> HttpResponse:
    """Open one."""
    require(request.actor, "cases.dispatch", Whole(request.actor.jurisdiction_id))
    form = EntranceForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.open_entrance(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, reverse("portal:paper", kwargs={"key": made.key}), _("二维码已生成,请打印张贴。"))
    return page(request, "portal/entrance.html", form=form)


@door("cases.dispatch", methods=("GET",))
def paper(request: Request, key: UUID) -> HttpResponse:
    """The code on A4, to be put up."""
    found = _own(request, key)
    address = request.build_absolute_uri(reverse("portal:report", kwargs={"code": found.code}))
    kinds = "、".join(str(kind.name) for kind in kinds_told(found))
    shown = {"entrance": found, "address": address, "picture": picture_of(address), "kinds": kinds}
    return page(request, "portal/paper.html", shown)


@door("cases.dispatch", methods=("POST",))
def retire(request: Request, key: UUID) -> HttpResponse:
    """It leads nowhere from now on, or again."""
    found = _own(request, key)
    again = found.retired_on is not None
    actions.retire_entrance(actor=request.actor, entrance=found, now=clock.now(), again=again)
    return done(request, reverse("portal:entrances"), _("二维码已恢复。") if again else _("二维码已停用。"))


@door("cases.dispatch", methods=("GET",))
def bodies(request: Request) -> HttpResponse:
    """Choices of the combobox: bodies of the own place."""
    found = organization_choices(
        request.actor, request.GET.get("q", ""), jurisdiction_id=request.actor.jurisdiction_id
    )
    return JsonResponse(found, safe=False)
