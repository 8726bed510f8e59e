"""How allauth behaves in this house: no self-registration, names instead of e-mail addresses."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by the security administrator only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class MFAAdapter(DefaultMFAAdapter):
    """Names the account in the authenticator app, and encrypts the secrets it keeps."""

    def get_totp_label(self, user: Any) -> str:
        """The account's name."""
        return str(user.username)
