"""Doors to demonstration projects."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done

from .. import actions
from ..models import Demonstration
from ..queries import alliance_url
from ..queries.demonstrations import DEMONSTRATIONS, year_note


@door("alliances.see", methods=("GET",))
def demonstrations(request: Request) -> HttpResponse:
    """All of them by year, and how this year stands."""
    note, tone = year_note(request.actor, clock.today().year)
    return list_page(request, DEMONSTRATIONS, "alliances/demonstrations.html", {"note": note, "tone": tone})


@door("alliances.write", methods=("POST",))
def drop_demonstration(request: Request, key: UUID) -> HttpResponse:
    """It was named by mistake."""
    rows = Demonstration.objects.select_related("alliance__organization")
    held: Demonstration = get_object_or_404(rows, key=key)
    if not request.actor.may("alliances.write", held.alliance.organization):
        raise Http404
    actions.drop_demonstration(actor=request.actor, demonstration=held, now=clock.now())
    return done(request, alliance_url(held.alliance.key), _("已删除。"))
