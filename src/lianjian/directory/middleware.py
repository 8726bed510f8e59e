"""Attaches the actor and sets the signed context of the request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from lianjian.foundation import clock, context

from .actors import build_actor

Handler = Callable[[HttpRequest], HttpResponseBase]


def actor(get_response: Handler) -> Handler:
    """`request.actor` is the signed-in person's actor, or None; without one no owned table can be read."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.actor = None  # type: ignore[attr-defined]
        if request.path.startswith(("/healthz", "/static/")):
            return get_response(request)
        user = request.user
        if user.is_authenticated:
            found = build_actor(user_id=user.pk, name=user.name, day=clock.today(), language=user.language)
            request.actor = found  # type: ignore[attr-defined]
            request.user_known = True  # type: ignore[attr-defined]
            if found is not None:
                context.enter_for(found)
        return get_response(request)

    return middleware
