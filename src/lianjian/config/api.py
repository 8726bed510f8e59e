"""The programming interface, version 1: one router per app, one shape of error (RFC 9457)."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from lianjian.foundation import pages
from lianjian.foundation.apidoor import signed_in
from lianjian.foundation.errors import Refused

# App (with the module inside its `api` where it has several), address prefix, tag.
ROUTERS = [
    ("directory.organizations", "directory", "directory"),
    ("directory.teams", "directory/teams", "teams"),
    ("directory.team_notes", "directory/teams", "teams"),
    ("directory.villages", "directory", "directory"),
    ("events", "visits", "visits"),
    ("events.meetings", "meetings", "meetings"),
    ("events.venues", "venues", "venues"),
    ("alliances", "alliances", "alliances"),
    ("alliances.people", "alliances", "alliances"),
    ("alliances.showcase", "alliances", "alliances"),
    ("alliances.benefits", "alliances", "alliances"),
    ("alliances.chains", "alliances", "alliances"),
    ("awards", "awards", "awards"),
    ("points", "points", "points"),
    ("lists", "lists", "lists"),
    ("notices", "documents", "documents"),
    ("cases", "cases", "cases"),
    ("partylife.branches", "partylife", "party life"),
    ("partylife.applicants", "partylife/applicants", "party life"),
    ("coverage", "coverage", "coverage"),
    ("duties", "duties", "duties"),
    ("insight", "figures", "figures"),
    ("sheets", "imports", "imports"),
]


class LianjianAPI(NinjaAPI):
    """One transaction is already open; a refusal undoes only its own savepoint (verbs are savepoints)."""


api = LianjianAPI(
    title="联建 Lianjian",
    version="1",
    docs_url=None,
    openapi_url="openapi.json",
    auth=signed_in,
    urls_namespace="api",
)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return pages.refused(request, refusal)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return pages.missing(request)


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    code = {401: "sign_in", 403: "denied", 404: "not_found"}.get(error.status_code, "bad_request")
    return pages.problem(error.status_code, code, str(error))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = [{"field": ".".join(str(p) for p in e["loc"][1:]), "detail": e["msg"]} for e in error.errors]
    return pages.problem(422, "invalid", _("有内容填写不正确。"), errors=found)


for app, prefix, tag in ROUTERS:
    home, _dot, part = app.partition(".")
    module = f"lianjian.{home}.api" + (f".{part}" if part else "")
    if find_spec(f"lianjian.{home}") is not None and find_spec(module) is not None:
        api.add_router(f"/{prefix}", import_module(module).router, tags=[tag])
