"""Doors to one's own account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from lianjian.foundation.pages import page


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords for this account from this address."""
    return page(request, "account/locked.html", status=429)
