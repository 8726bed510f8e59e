"""`door`: the decorator of every view. A route without one fails the build (`tests/test_access_matrix.py`)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.urls import reverse
from django.utils.translation import gettext as _

from . import pages
from .errors import Refused
from .hooks import hooks
from .idempotency import answer_once
from .pages import PUBLIC
from .rights import Denied

View = Callable[..., HttpResponseBase]

__all__ = ["PUBLIC", "door"]


def door(right: str | None, *, methods: tuple[str, ...] = ("GET", "POST")) -> Callable[[View], View]:
    """Let in who holds `right` somewhere; None lets in every signed-in person, PUBLIC everybody.

    The view runs in a savepoint: a `Refused` that it does not turn into a form error undoes what it wrote
    and becomes a page (or a problem document) with the sentence. A POST with an idempotency key is done once.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
                return HttpResponseNotAllowed(methods)
            if right != PUBLIC:
                stopped = _stop(request, right)
                if stopped is not None:
                    return stopped
            try:
                # Looking writes nothing, so nothing needs to be undone: two round trips less.
                if request.method in ("GET", "HEAD"):
                    return view(request, *args, **kwargs)
                with transaction.atomic():
                    return answer_once(
                        request, getattr(request.user, "pk", None) or 0, lambda: view(request, *args, **kwargs)
                    )
            except Refused as refusal:
                if isinstance(refusal, Denied):
                    hooks.denied(request, right or "")
                return pages.refused(request, refusal)

        enter.right = right  # type: ignore[attr-defined]
        enter.methods = methods  # type: ignore[attr-defined]
        return enter

    return decorate


def _stop(request: HttpRequest, right: str | None) -> HttpResponse | None:
    actor = getattr(request, "actor", None)
    if actor is None:
        return _without_grant(request) if request.user.is_authenticated else _to_sign_in(request)
    if right is not None and not actor.scopes(right):
        hooks.denied(request, right)
        return pages.denied(request)
    return None


def _without_grant(request: HttpRequest) -> HttpResponse:
    """Signed in, but no grant is in force today: nothing to show, and signing in again would not help."""
    if pages.is_api(request):
        return pages.denied(request)
    sentence = _("您的账号目前没有任何授权,请联系本单位的安全管理员。")
    return pages.page(request, "403.html", {"sentence": sentence}, status=403)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if pages.is_api(request):
        return pages.problem(401, "sign_in", "Sign in first.")
    after = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    return pages.redirect(request, f"{reverse('account_login')}?next={quote(after)}")
