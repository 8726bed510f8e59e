"""Tell a matter on a public page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from lianjian.cases import actions as cases
from lianjian.cases.actions.interest import place_for
from lianjian.cases.actions.public import NothingToJoin
from lianjian.cases.models import Case
from lianjian.cases.queries.public import near_choices, published_cases, published_near
from lianjian.cases.queries.tree import tree_of
from lianjian.foundation import clock, context
from lianjian.foundation.actor import PublicActor
from lianjian.foundation.doors import PUBLIC, door
from lianjian.foundation.errors import Refused
from lianjian.foundation.pages import page, redirect, refusals_to

from .. import limits, rules
from ..forms import NONE_OF_THESE, ReportForm
from ..models import Entrance
from ..queries import body_by_key, entrance_of, public_item, town_entrances, village_by_key
from . import following


@door(PUBLIC, methods=("GET",))
def start(request: HttpRequest) -> HttpResponse:
    """Which place a matter is for; or follow one that was told."""
    return page(request, "portal/start.html", {"entrances": town_entrances()})


def _actor(request: HttpRequest, entrance: Entrance) -> PublicActor:
    """The visitor, with the context of the place and of no other."""
    user = request.user
    known = {"user_id": user.pk, "name": user.name} if user.is_authenticated else {}  # type: ignore[union-attr]
    actor = PublicActor(entrance.jurisdiction_id, **known)
    context.enter_for(actor)
    return actor


def _about(request: HttpRequest) -> str:
    """The first words of who answers a public item of the lists."""
    try:
        item = public_item(clock.today(), UUID(request.GET.get("about", "")))
    except ValueError:
        return ""
    return _("想对接“%(item)s”(%(body)s):") % {"item": item.title, "body": item.organization.name} if item else ""


@door(PUBLIC)
def report(request: HttpRequest, code: str) -> HttpResponse:
    """The form behind a QR code."""
    entrance = entrance_of(code)
    if entrance is None:
        raise Http404
    actor = _actor(request, entrance)
    initial = {"category": request.GET.get("category", ""), "text": _about(request)}
    form = ReportForm(request.POST or None, entrance=entrance, initial=initial)
    if request.method == "POST" and form.is_valid():
        answer = _taken(request, entrance, actor, form)
        if answer is not None:
            return answer
    shown = {"entrance": entrance}
    response = page(request, "portal/report.html", shown, form=form, fragment="questions")
    limits.mark_device(request, response)
    return response


def _taken(
    request: HttpRequest, entrance: Entrance, actor: PublicActor, form: ReportForm
) -> HttpResponse | None:
    """The answer once the matter is filed or joined; None where the form must be looked at again."""
    values, now = form.cleaned_data, clock.now()
    keys = limits.keys_of(
        request, phone=values["reporter_phone"], text=values["text"], place=entrance.jurisdiction_id
    )
    try:
        _check(request, form, limits.counts(keys, now))
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
    told = _told(entrance, form)
    chosen = request.POST.get("join", "")
    if not chosen and told["accused"] is None:
        near = _near(entrance, told)
        if near:
            form.offer(near)
            form.add_error("join", _("请看是不是其中一件;都不是的,选最后一项再提交。"))
            return None
    with refusals_to(form):
        if chosen and chosen != NONE_OF_THESE:
            case = _published(entrance, chosen)
            mark = cases.join_case(
                actor=actor, case=case, now=now, name=values["reporter"], phone=values["reporter_phone"]
            )
        else:
            case, mark = cases.report_case(actor=_above(actor, told), now=now, **told)
        limits.count(keys, now)
        return redirect(request, following.way_to(case.number, mark))
    return None


def _check(request: HttpRequest, form: ReportForm, counts: dict[str, int]) -> None:
    """Raises a refusal of `rules` where this looks like a machine."""
    if request.POST.get("website"):  # people do not see it; what fills in forms by itself does
        raise rules.NotFilledIn
    fresh = limits.check_opened(form.cleaned_data["opened"])
    if not fresh:
        form.renew()
    if rules.needs_sum(counts) or not fresh:
        if not limits.right_sum(request.POST.get("sum", ""), request.POST.get("mark", "")):
            form.ask_sum()
            raise rules.SumNeeded


def _above(actor: PublicActor, told: dict[str, Any]) -> PublicActor:
    """An accusation of the place itself is told to the place above, whose category it then needs."""
    owner = place_for(told["accused"], actor.jurisdiction_id)
    if owner == actor.jurisdiction_id:
        return actor
    above = replace(actor, jurisdiction_id=owner, told_at=actor.jurisdiction_id)
    context.enter_for(above)
    told["category"] = told["category"] if told["category"] in tree_of(owner).nodes else "other"
    return above


def _told(entrance: Entrance, form: ReportForm) -> dict[str, Any]:
    """The arguments of the verb."""
    values, body = form.cleaned_data, entrance.organization
    kind = values["kind"]
    village = body if body.classification == "village" else None
    if village is None:
        village = village_by_key(entrance.jurisdiction_id, values.get("village", ""))
    firm = body if not body.is_root and body.classification != "village" else None
    spot = " ".join(filter(None, (entrance.spot, values["address"])))
    return {
        "kind": kind,
        "text": values["text"],
        "category": values["category"],
        "organization": firm,
        "organization_text": "" if firm or values["reporter"] else _("未留姓名的群众"),
        "village": village,
        "address": spot,
        "reporter": values["reporter"],
        "reporter_phone": values["reporter_phone"],
        "answers": form.questions.values(),
        "accused": body_by_key(entrance.jurisdiction_id, values.get("accused", "")),
        "accused_text": values.get("accused_text", ""),
        "jurisdiction_id": entrance.jurisdiction_id,
    }


def _near(entrance: Entrance, told: dict[str, Any]) -> list[tuple[str, str]]:
    node = tree_of(entrance.jurisdiction_id).nodes.get(told["category"])
    found = published_near(
        entrance.jurisdiction_id,
        text=told["text"],
        category_id=node.row.pk if node is not None and node.row is not None else None,
        organization_id=told["organization"].pk if told["organization"] else None,
        village_id=told["village"].pk if told["village"] else None,
    )
    return near_choices(found)


def _published(entrance: Entrance, key: str) -> Case:
    """The case that was chosen, if it is one that anybody may join."""
    try:
        found = published_cases(entrance.jurisdiction_id).select_related("category").filter(key=UUID(key)).first()
    except ValueError:
        found = None
    if found is None:
        raise NothingToJoin
    return found
