"""What an operation of the programming interface asks of who calls it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.utils import check_csrf

from .hooks import hooks
from .idempotency import answer_once

SAFE = ("GET", "HEAD", "OPTIONS")
PAGE = 100


def signed_in(request: HttpRequest) -> Any:
    """The actor of a session or of a bearer token; None answers 401.

    A browser sends its session unasked, so a session that writes must also prove that the page was ours.
    """
    if request.method not in SAFE and not request.headers.get("Authorization", "").startswith("Bearer "):
        if check_csrf(request) is not None:
            raise HttpError(403, _("表单已过期,请刷新页面后重试。"))
    return getattr(request, "actor", None)


def need(right: str) -> Any:
    """A ninja `auth` that asks for a right: an operation's counterpart of `door(right)`."""

    def check(request: HttpRequest) -> Any:
        actor = signed_in(request)
        if actor is None:
            return None
        if not actor.scopes(right):
            hooks.denied(request, right)
            raise HttpError(403, _("您的账号没有这项权限。"))
        return actor

    check.right = right  # type: ignore[attr-defined]
    return check


def once(request: HttpRequest, answer: Any) -> HttpResponseBase:
    """Answer a writing operation once per `Idempotency-Key`."""
    return answer_once(request, getattr(request.user, "pk", None) or 0, answer)


def paged(rows: QuerySet[Any], after: int | None) -> tuple[list[Any], int | None]:
    """A hundred rows after a place, and the place after which the next ones stand."""
    found = list(rows.filter(pk__gt=after or 0).order_by("pk")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def paged_back(rows: QuerySet[Any], before: int | None) -> tuple[list[Any], int | None]:
    """The same from the newest on: a hundred rows before a place, and the place before which the next ones stand."""
    rows = rows.filter(pk__lt=before) if before else rows
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None
