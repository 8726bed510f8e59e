"""How allauth behaves in this house: names instead of e-mail addresses, our words, every sign-in in the journal."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.secretfield import seal, unseal

from .actions import set_own_password
from .addresses import address_of
from .models import User
from .views import doorkeeper

_SECRET = "mfa_authenticator.data"  # noqa: S105 - the name of a column


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by the security administrator only."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("这个账号已停用。"),
        "enter_current_password": _("原密码不对。"),
        "incorrect_code": _("验证码不对。"),
        "incorrect_password": _("密码不对。"),
        "invalid_login": _("用户名或密码不对。"),
        "too_many_login_attempts": _("试得太多了,请 15 分钟后再试。"),
        "username_password_mismatch": _("用户名或密码不对。"),
        "email_password_mismatch": _("用户名或密码不对。"),
        "rate_limited": _("试得太多了,请过几分钟再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that also the lock-out counts by."""
        return address_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Slow down guessing at one account from many addresses."""
        self._login_failed_rl_usage = None
        username = str(credentials.get("username", ""))
        if doorkeeper.guessed_everywhere(request, username):
            request.axes_locked_out = True  # type: ignore[attr-defined]
            doorkeeper.failed(request, username, note="all addresses")
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password, or a try on a locked account."""
        doorkeeper.failed(request, str(credentials.get("username", "")))

    def login(self, request: HttpRequest, user: Any) -> None:
        """The one place where somebody comes in, with or without a second factor."""
        super().login(request, user)
        doorkeeper.came_in(request, user)

    def logout(self, request: HttpRequest) -> None:
        """The one place where somebody leaves."""
        doorkeeper.leaves(request)
        super().logout(request)

    def set_password(self, user: Any, password: str) -> None:
        """Save a password its owner chose."""
        set_own_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the own account."""
        return reverse("accounts:me")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """To the sign-in page."""
        return reverse("account_login")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our own pages say what was done."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nobody here has an e-mail address."""


class MFAAdapter(DefaultMFAAdapter):
    """Names the account in the authenticator app, and encrypts the secrets it keeps."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("验证码不对,请看手机上最新的 6 位数字。"),
        "cannot_delete_authenticator": _("不能停用两步验证。"),
        "cannot_generate_recovery_codes": _("请先启用两步验证,再生成备用码。"),
    }

    def get_totp_label(self, user: User) -> str:
        """The account's name."""
        return str(user.username)

    def encrypt(self, text: str) -> str:
        """As kept in the database: useless without the data key of the place."""
        return seal(text, _SECRET)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return unseal(encrypted_text, _SECRET)
