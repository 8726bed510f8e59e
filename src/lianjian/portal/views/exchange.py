"""What bodies publish to everybody on the four lists."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import PUBLIC, door
from lianjian.foundation.pages import page
from lianjian.lists import rules
from lianjian.lists.queries import public_facts

from ..queries import entrance_at, public_item, public_items


@door(PUBLIC, methods=("GET",))
def items(request: HttpRequest) -> HttpResponse:
    """Items on offer, by kind and words."""
    asked = {name: request.GET.get(name, "").replace("\0", "") for name in ("kind", "q", "after")}
    after = int(asked["after"][:18]) if asked["after"].isdecimal() else 0
    found, following = public_items(clock.today(), asked["kind"], asked["q"][:100], after)
    kinds = [("", _("全部")), *((code, _(word)) for code, word in rules.KINDS.items())]
    rows = [(one, _(rules.KINDS[one.kind]), rules.shown(one.left, one.unit)) for one in found]
    context = {"rows": rows, "kinds": kinds, "asked": asked, "following": following}
    return page(request, "portal/items.html", context)


@door(PUBLIC, methods=("GET",))
def item(request: HttpRequest, key: UUID) -> HttpResponse:
    """One item, and where to answer it."""
    found = public_item(clock.today(), key)
    if found is None:
        raise Http404
    entrance = entrance_at(found.jurisdiction_id)
    answer = f"{reverse('portal:report', kwargs={'code': entrance.code})}?about={key}" if entrance else ""
    return page(request, "portal/item.html", {"item": found, "facts": public_facts(found), "answer_url": answer})
