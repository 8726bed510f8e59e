"""The own account: what is known of me, where I am signed in, keys for programs."""

from __future__ import annotations

from uuid import UUID

from allauth.usersessions.models import UserSession
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to

from ..actions import end_own_session, end_own_sessions, new_token, revoke_token
from ..forms import TokenForm
from ..models import ApiToken
from ..queries import has_second_factor, sessions_of, tokens_of


@door(None, methods=("GET",))
def me(request: Request) -> HttpResponse:
    """My account."""
    context = {
        "user": request.user,
        "second_factor": has_second_factor(request.user.pk),
        "sessions": sessions_of(request.user, request.session.session_key or ""),
        "tokens": tokens_of(request.user),
    }
    return page(request, "accounts/me.html", context)


@door(None, methods=("GET",))
def sessions(request: Request) -> HttpResponse:
    """Where I am signed in."""
    rows = sessions_of(request.user, request.session.session_key or "")
    return page(request, "accounts/sessions.html", {"sessions": rows})


@door(None, methods=("POST",))
def end_session(request: Request, pk: int) -> HttpResponse:
    """Sign out one of my browsers."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    end_own_session(actor=request.actor, session=session, now=clock.now())
    return done(request, reverse("accounts:sessions"), _("已退出该设备。"))


@door(None, methods=("POST",))
def end_other_sessions(request: Request) -> HttpResponse:
    """Sign out all my browsers but this one."""
    end_own_sessions(
        actor=request.actor, user=request.user, keep=request.session.session_key or "", now=clock.now()
    )
    return done(request, reverse("accounts:sessions"), _("已退出其他所有设备。"))


@door("account.own")
def tokens(request: Request) -> HttpResponse:
    """My tokens; a new one is shown once, in the answer that made it."""
    form = TokenForm(request.POST or None)
    text = None
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            _token, text = new_token(
                actor=request.actor, user=request.user, now=clock.now(), **form.cleaned_data
            )
            form = TokenForm()
    return page(request, "accounts/tokens.html", {"tokens": tokens_of(request.user), "text": text}, form=form)


@door("account.own", methods=("POST",))
def end_token(request: Request, key: UUID) -> HttpResponse:
    """End one of my tokens."""
    token = get_object_or_404(ApiToken, key=key, user=request.user)
    revoke_token(actor=request.actor, token=token, now=clock.now())
    return done(request, reverse("accounts:tokens"), _("令牌已停用。"))
