"""Who asks: a session within its times, or a program with a token; and what must be done before anything else."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import auth
from django.contrib.auth import logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from lianjian.foundation import clock, pages

from .actions import choose_language, use_token
from .models import User

Handler = Callable[[HttpRequest], HttpResponseBase]
SEEN = "seen"
STARTED = "started"
EPOCH = "epoch"
# A session row is written again only when it grew this old, not at every request.
GRAIN_SECONDS = 60


class Authentication(AuthenticationMiddleware):
    """Django's, but the account that the session store brought along is not asked for again."""

    def process_request(self, request: HttpRequest) -> None:
        """`request.user`, found when first used."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _account_of(request))  # type: ignore[assignment]


def _account_of(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    if not hasattr(request, "_cached_user"):
        request._cached_user = _brought(request) or auth.get_user(request)  # type: ignore[attr-defined]
    return request._cached_user  # type: ignore[attr-defined, no-any-return]


def _brought(request: HttpRequest) -> User | None:
    """The same judgement as `auth.get_user`; in any doubt that one decides."""
    session = request.session
    user_id, backend = session.get(auth.SESSION_KEY), session.get(auth.BACKEND_SESSION_KEY)
    user: User | None = getattr(session, "account", None)
    if user is None or user_id != str(user.pk) or backend not in settings.AUTHENTICATION_BACKENDS:
        return None
    known = session.get(auth.HASH_SESSION_KEY) or ""
    return user if constant_time_compare(known, user.get_session_auth_hash()) else None


def stamp(request: HttpRequest, user: User, now: int) -> None:
    """Mark a new session: when it began and to which epoch of the account it belongs."""
    request.session[SEEN] = request.session[STARTED] = now
    request.session[EPOCH] = user.session_epoch


def sessions(get_response: Handler) -> Handler:
    """Idle and absolute time-out, the end of all sessions when the account's epoch rises, tokens, forced changes."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if pages.is_api(request) and "Authorization" in request.headers:
            if not _by_token(request):
                return pages.problem(401, "token", _("令牌无效或已过期。"))
        elif request.user.is_authenticated:
            _by_session(request)
        stopped = _before_all_else(request)
        if stopped is not None:
            return stopped
        response = get_response(request)
        _keep_language(request, response)
        return response

    return middleware


def _by_token(request: HttpRequest) -> bool:
    kind, _space, text = request.headers["Authorization"].partition(" ")
    token = use_token(text=text.strip(), now=clock.now()) if kind.lower() == "bearer" else None
    if token is None:
        return False
    request.user = token.user
    request.token = token  # type: ignore[attr-defined]
    return True


def _by_session(request: HttpRequest) -> None:
    now = int(clock.now().timestamp())
    user: User = request.user  # type: ignore[assignment]
    if STARTED not in request.session:
        stamp(request, user, now)
    seen, started = request.session.get(SEEN, now), request.session[STARTED]
    idle, over = settings.IDLE_MINUTES * 60, settings.SESSION_COOKIE_AGE
    if now - seen > idle or now - started > over or request.session.get(EPOCH) != user.session_epoch:
        logout(request)
    elif now - seen > GRAIN_SECONDS:
        request.session[SEEN] = now


def _before_all_else(request: HttpRequest) -> HttpResponseBase | None:
    """A password that somebody else knows is changed first."""
    user = request.user
    if not user.is_authenticated or not user.must_change_password or request.path.startswith(settings.STATIC_URL):
        return None
    change = reverse("account_change_password")
    if request.path in (change, *always_open()):
        return None
    if pages.is_api(request):
        return pages.problem(403, "change_password", _("请先在网页上修改密码。"))
    return pages.redirect(request, change)


def always_open() -> tuple[str, ...]:
    """Addresses that nobody is kept from, whatever must be done first."""
    return (reverse("account_logout"), reverse("foundation:language"), reverse("foundation:large_text"), "/healthz")


def _keep_language(request: HttpRequest, response: HttpResponseBase) -> None:
    """The switch of the foundation sets a cookie; here the account learns it. A new browser learns it back."""
    user = request.user
    if not user.is_authenticated:
        return
    name = settings.LANGUAGE_COOKIE_NAME
    if name in response.cookies:
        choose_language(user=user, code=response.cookies[name].value)
    elif user.language and name not in request.COOKIES:
        response.set_cookie(name, user.language, max_age=365 * 24 * 3600, samesite="Lax", secure=settings.HTTPS)
