"""Request-wide habits: one transaction, the language, errors that fail at commit."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, IntegrityError, OperationalError, connection
from django.db import transaction as db
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from . import pages
from .references import watched
from .remembered import one_request
from .verbs import refusal_for

Handler = Callable[[HttpRequest], HttpResponseBase]
log = logging.getLogger("lianjian.web")

OUTSIDE = ("/healthz", "/static/")


def errors(get_response: Handler) -> Handler:
    """What fails at commit (a deferred constraint) or because the database is away becomes a plain page."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        try:
            return get_response(request)
        except IntegrityError as error:
            return pages.refused(request, refusal_for(error))
        except (OperationalError, DatabaseError):
            log.exception("database failed for %s", request.path)
            connection.close()
            return pages.out_of_order(request)

    return middleware


def transaction(get_response: Handler) -> Handler:
    """One transaction a request, outside session and sign-in; an answer of 500 or more undoes everything."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(OUTSIDE):
            return get_response(request)
        with db.atomic(), one_request(), watched():
            response = get_response(request)
            if response.status_code >= 500:
                db.set_rollback(True)
        if getattr(request, "user_known", False):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def language(get_response: Handler) -> Handler:
    """Chinese first: another language only where the person chose it."""
    known = {code for code, _name in settings.LANGUAGES}

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code  # type: ignore[attr-defined]
            response = get_response(request)
            response.headers.setdefault("Content-Language", code)
            return response

    return middleware
