"""Attaches the actor and sets the signed context of the request."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.accounts.middleware import always_open
from lianjian.accounts.queries import has_second_factor
from lianjian.foundation import clock, pages

from .actors import build_actor
from .roles import OFFICERS

Handler = Callable[[HttpRequest], HttpResponseBase]


def actor(get_response: Handler) -> Handler:
    """`request.actor` is the signed-in person's actor, or None; without one no owned table can be read."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.actor = None  # type: ignore[attr-defined]
        if request.path.startswith(("/healthz", "/static/")):
            return get_response(request)
        user = request.user
        if user.is_authenticated:
            brought = getattr(request.session, "brought", None)
            found = build_actor(
                user_id=user.pk, name=user.name, day=clock.today(), language=user.language, brought=brought
            )
            request.actor = found  # type: ignore[attr-defined]
            request.user_known = True  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


ASKED = "asked_for_second_factor"


def second_factor(get_response: Handler) -> Handler:
    """The three officers are asked for a second factor; with LIANJIAN_OFFICER_MFA they work only with one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        found = getattr(request, "actor", None)
        if found is not None and set(found.roles) & set(OFFICERS) and getattr(request, "token", None) is None:
            stopped = _ask(request, found.user_id)
            if stopped is not None:
                return stopped
        return get_response(request)

    return middleware


def _ask(request: HttpRequest, user_id: int) -> HttpResponseBase | None:
    if not settings.OFFICER_MFA and ASKED in request.session:
        return None
    if has_second_factor(user_id):
        return None
    if settings.OFFICER_MFA:
        setting_up = (
            reverse("mfa_activate_totp"),
            reverse("account_reauthenticate"),
            reverse("mfa_reauthenticate"),
            reverse("account_change_password"),
            *always_open(),
        )
        if request.path in setting_up:
            request.officer_must = True  # type: ignore[attr-defined]
            return None
        if pages.is_api(request):
            return pages.problem(403, "second_factor", _("请先在网页上启用两步验证。"))
        return pages.redirect(request, reverse("mfa_activate_totp"))
    request.session[ASKED] = True
    messages.warning(request, _("您是管理员,建议现在到“我的账号”启用两步验证。"))
    return None
