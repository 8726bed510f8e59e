"""Doors to the register of industry chains."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.foundation import clock, registry
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, page

from ..models import Term
from ..queries import CHAIN_FIRMS, CHAINS, chain_page
from .standing import office


@door("alliances.see", methods=("GET",))
def chains(request: Request) -> HttpResponse:
    """All chains."""
    return list_page(request, CHAINS, "alliances/chains.html", {"may_write": office(request)})


@door("alliances.see", methods=("GET",))
def chain(request: Request, key: UUID) -> HttpResponse:
    """One chain today."""
    rows = Term.objects.visible_to(request.actor).filter(list="chain").select_related("jurisdiction")
    held = get_object_or_404(rows, key=key)
    panels = registry.panels("alliances.chain", request.actor, held, clock.now())
    context = {"page": chain_page(request.actor, held, clock.today()), "panels": panels}
    return page(request, "alliances/chain.html", context)


@door("alliances.see", methods=("GET",))
def firms(request: Request) -> HttpResponse:
    """Firms on chains, each once."""
    return list_page(request, CHAIN_FIRMS, "alliances/seats.html", {"title": _("产业链企业")})
