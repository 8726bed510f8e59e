"""Ends sessions that were idle too long or belong to an earlier epoch of the account."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase

from lianjian.foundation import clock

Handler = Callable[[HttpRequest], HttpResponseBase]
SEEN = "seen"
EPOCH = "epoch"
# A session row is written again only when it grew this old, not at every request.
GRAIN_SECONDS = 60


def sessions(get_response: Handler) -> Handler:
    """Idle time-out, and the end of all sessions of an account when its epoch rises."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = getattr(request, "user", None)
        if request.session.session_key and user is not None and user.is_authenticated:
            now = int(clock.now().timestamp())
            seen = request.session.get(SEEN, now)
            if now - seen > settings.IDLE_MINUTES * 60 or request.session.get(EPOCH, user.session_epoch) != user.session_epoch:
                logout(request)
            elif now - seen > GRAIN_SECONDS or SEEN not in request.session:
                request.session[SEEN] = now
                request.session.setdefault(EPOCH, user.session_epoch)
        return get_response(request)

    return middleware
