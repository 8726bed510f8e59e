"""Who may try, who came in, who left: what the sign-in pages and allauth's adapter share.

A password is locked per account **and** address together (django-axes), never by address alone: a whole town hall has
one. Guessing at one account from many addresses is slowed down here; browsers in which the account has signed in
before are let through, so that a guesser cannot shut the owner out.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.core import signing
from django.db.models import Sum
from django.http import HttpRequest, HttpResponseBase

from lianjian.foundation import clock

from ..actions import note_denied, note_failed, note_signed_in, note_signed_out
from ..addresses import account_name, address_of
from ..middleware import stamp
from ..models import User

WINDOW = timedelta(minutes=15)
MOST_FAILURES = 20
DEVICE_COOKIE = "__Host-device" if settings.HTTPS else "device"
DEVICE_SALT = "lianjian.accounts.device"
DEVICE_SECONDS = 180 * 24 * 3600
ACCOUNTS_A_DEVICE = 20


def guessed_everywhere(request: HttpRequest, username: str) -> bool:
    """True when this account failed too often over all addresses and this browser is a stranger to it."""
    name = account_name(request, {"username": username})
    since = clock.now() - WINDOW
    failures = AccessAttempt.objects.filter(username=name, attempt_time__gte=since).aggregate(
        count=Sum("failures_since_start")
    )["count"]
    if (failures or 0) < MOST_FAILURES:
        return False
    user = User.objects.filter(username__iexact=username.strip()).first()
    return user is None or user.pk not in _known_accounts(request)


def _known_accounts(request: HttpRequest) -> list[int]:
    try:
        found = signing.loads(request.COOKIES.get(DEVICE_COOKIE, ""), salt=DEVICE_SALT, max_age=DEVICE_SECONDS)
    except signing.BadSignature:
        return []
    return [int(value) for value in found] if isinstance(found, list) else []


def remember_device(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """After a sign-in: this browser is no stranger to the account any more."""
    if request.user.is_authenticated:
        accounts = [user for user in _known_accounts(request) if user != request.user.pk]
        response.set_cookie(
            DEVICE_COOKIE,
            signing.dumps([request.user.pk, *accounts][:ACCOUNTS_A_DEVICE], salt=DEVICE_SALT),
            max_age=DEVICE_SECONDS,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    return response


def failed(request: HttpRequest, username: str, note: str = "") -> None:
    """Journal one failed attempt."""
    locked = bool(getattr(request, "axes_locked_out", False))
    note_failed(username=username, address=address_of(request), locked=locked, note=note, now=clock.now())


def came_in(request: HttpRequest, user: Any) -> None:
    """Stamp the new session and journal the sign-in."""
    now = clock.now()
    stamp(request, user, int(now.timestamp()))
    note_signed_in(user=user, address=address_of(request), now=now)


def leaves(request: HttpRequest) -> None:
    """Journal the sign-out, before the session goes."""
    note_signed_out(actor=getattr(request, "actor", None), user=request.user, now=clock.now())  # type: ignore[arg-type]


def denied(request: HttpRequest, right: str) -> None:
    """Journal one refused page or act."""
    actor = getattr(request, "actor", None)
    if actor is not None:
        note_denied(actor=actor, right=right, path=request.path, now=clock.now())
