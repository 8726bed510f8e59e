"""Where a request comes from."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 - no address is bound


def address_of(request: HttpRequest) -> str:
    """The client's address. Behind our proxy (LIANJIAN_HTTPS) the last one that the proxy itself added."""
    text = str(request.META.get("REMOTE_ADDR", ""))
    if settings.HTTPS:
        forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")[-1].strip()
        text = forwarded or text
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return UNKNOWN


def account_name(request: HttpRequest, credentials: dict[str, str] | None) -> str:
    """The account a password is tried on, for the lock-out: names that differ by case are one account."""
    given = (credentials or {}).get("username") or request.POST.get("login") or ""
    return given.strip().lower()[:255]
