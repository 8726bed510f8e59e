"""Sign-in by account name."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import Q
from django.db.models.functions import Now
from django.http import HttpRequest

from .models import User


class UsernameBackend(BaseBackend):
    """Name and password. An unknown name costs as much time as a wrong password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """The account, or None. A one-time password that grew too old (by the database's clock) opens nothing."""
        if not username or password is None:
            return None
        in_time = Q(one_time_until__isnull=True) | Q(one_time_until__gt=Now())
        user = User.objects.filter(in_time, username__iexact=username, is_active=True).first()
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) else None

    def get_user(self, user_id: int) -> User | None:
        """The account of a session, None when it was closed since."""
        return User.objects.filter(pk=user_id, is_active=True).first()
