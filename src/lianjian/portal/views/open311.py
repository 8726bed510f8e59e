"""Open311 GeoReport v2 as one more door to cases: services, definitions, requests, discovery."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from lianjian.accounts.actions import use_token
from lianjian.cases import actions as cases
from lianjian.directory.actors import actor_of_user
from lianjian.foundation import clock, context
from lianjian.foundation.actor import Actor, PublicActor
from lianjian.foundation.doors import PUBLIC, door
from lianjian.foundation.errors import Refused
from lianjian.foundation.rights import Denied
from lianjian.jurisdictions.models import Jurisdiction

from .. import open311


class Wrong(Exception):
    """An answer that is an error: status and sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def _answer(data: Any, form: str, root: str, item: str = "", status: int = 200) -> HttpResponse:
    body = open311.written(data, form, root, item)
    response = HttpResponse(body, content_type=open311.FORMATS[form], status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _error(form: str, status: int, sentence: str) -> HttpResponse:
    return _answer([{"code": status, "description": sentence}], form, "errors", "error", status)


def _place(request: HttpRequest) -> Jurisdiction:
    """The place that is meant, with its context. Raises `Wrong`."""
    given = request.GET.get("jurisdiction_id", "") or request.POST.get("jurisdiction_id", "")
    place = open311.place_of(given)
    if place is None:
        known = "、".join(f"{one.prefix}({one.name})" for one in open311.places())
        sentence = _("没有这个地方,jurisdiction_id 可以是:%(known)s。") % {"known": known}
        raise Wrong(404 if given else 400, sentence)
    context.enter_for(PublicActor(place.pk))
    return place


@door(PUBLIC, methods=("GET",))
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Where the interface is and what it speaks."""
    root = request.build_absolute_uri(reverse("portal:open311", kwargs={"form": form})).rpartition("/")[0]
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": root,
        "changeset": "2026-11-28T00:00:00Z",
        "type": "production",
        "formats": ["application/json", "text/xml"],
    }
    data = {
        "changeset": endpoint["changeset"],
        "contact": request.build_absolute_uri(reverse("portal:start")),
        "key_service": request.build_absolute_uri(reverse("accounts:tokens")),
        "endpoints": [endpoint],
    }
    return _answer(data, form, "discovery")


@door(PUBLIC, methods=("GET",))
def services(request: HttpRequest, form: str) -> HttpResponse:
    """The categories of a place."""
    try:
        return _answer(open311.services(_place(request)), form, "services", "service")
    except Wrong as wrong:
        return _error(form, wrong.status, str(wrong))


@door(PUBLIC, methods=("GET",))
def service(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """What is asked about one."""
    try:
        found = open311.definition(_place(request), unquote(code))
    except Wrong as wrong:
        return _error(form, wrong.status, str(wrong))
    if found is None:
        return _error(form, 404, _("没有“%(code)s”这个类别。") % {"code": code[:40]})
    return _answer(found, form, "service_definition")


@csrf_exempt
@door(PUBLIC)
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """The public cases of a place; POST registers one by an interface token (`api_key`)."""
    try:
        actor = _actor(request) if request.method == "POST" else None
        place = _place(request)
        if actor is not None:
            return _register(request, actor, place, form)
        rows = _asked(request, place)
    except Wrong as wrong:
        return _error(form, wrong.status, str(wrong))
    found = [open311.request_of(case) for case in rows.order_by("-id")[: open311.MOST]]
    return _answer(found, form, "service_requests", "request")


@door(PUBLIC, methods=("GET",))
def one(request: HttpRequest, number: str, form: str) -> HttpResponse:
    """One public case, as a list of one."""
    try:
        rows = open311.public_cases(_place(request)).filter(number=number)
    except Wrong as wrong:
        return _error(form, wrong.status, str(wrong))
    found = [open311.request_of(case) for case in rows]
    if not found:
        return _error(form, 404, _("没有这个编号的公开诉求。"))
    return _answer(found, form, "service_requests", "request")


def _moment(text: str, name: str) -> datetime | None:
    try:
        found = parse_datetime(text.replace(" ", "+")) if text else None
    except ValueError:  # the form is right, the day does not exist
        found = None
    if text and (found is None or found.tzinfo is None):
        raise Wrong(400, _("%(name)s 要写成 2026-01-01T00:00:00Z。") % {"name": name})
    return found


def _asked(request: HttpRequest, place: Jurisdiction) -> Any:
    rows = open311.public_cases(place)
    numbers = request.GET.get("service_request_id", "")
    if numbers:
        return rows.filter(number__in=numbers.split(",")[: open311.MOST])
    codes, status = request.GET.get("service_code", ""), request.GET.get("status", "")
    start = _moment(request.GET.get("start_date", ""), "start_date")
    end = _moment(request.GET.get("end_date", ""), "end_date")
    last = end or (start + open311.LONGEST if start else clock.now())
    first = start or last - open311.LONGEST
    if last - first > open311.LONGEST + timedelta(seconds=1):
        raise Wrong(400, _("一次最多查 90 天。"))
    rows = rows.filter(registered_at__range=(first, last))
    if codes:
        rows = rows.filter(category__code__in=codes.split(","))
    wanted = set(status.split(",")) & {"open", "closed"}
    return rows.filter(ended_at__isnull="open" in wanted) if len(wanted) == 1 else rows


def _actor(request: HttpRequest) -> Actor:
    """Whose token it is. Raises `Wrong`."""
    token = use_token(text=request.POST.get("api_key", ""), now=clock.now())
    actor = actor_of_user(token.user_id, day=clock.today()) if token is not None else None
    if actor is None:
        raise Wrong(403, _("api_key 无效。请在“我的账号”里申请接口令牌。"))
    return actor


def _register(request: HttpRequest, actor: Actor, place: Jurisdiction, form: str) -> HttpResponse:
    context.enter_for(actor)
    sent = request.POST
    answers = {name[10:-1]: value for name, value in sent.items() if name.startswith("attribute[")}
    name = " ".join(filter(None, (sent.get("last_name", ""), sent.get("first_name", ""))))
    try:
        made = cases.register_case(
            actor=actor,
            kind=open311.KIND,
            text=sent.get("description", ""),
            category=sent.get("service_code", ""),
            source="system",
            address=sent.get("address_string", ""),
            organization_text="" if name else _("其他系统转来的群众"),
            reporter=name,
            reporter_phone=sent.get("phone", ""),
            answers=answers,
            jurisdiction_id=place.pk,
            now=clock.now(),
        )
    except Denied as refusal:
        raise Wrong(403, str(refusal)) from refusal
    except Refused as refusal:
        raise Wrong(400, str(refusal)) from refusal
    told = {"service_request_id": made.number, "service_notice": "", "account_id": ""}
    return _answer([told], form, "service_requests", "request", 201)
