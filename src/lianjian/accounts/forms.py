"""What is typed at the door and on the own account. allauth's forms with our words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

from .rules import TOKEN_DAYS


def _say(form: forms.BaseForm, **labels: Any) -> None:
    """Our labels; placeholders that repeat them go, and so do hints of pages that this house does not have."""
    for name, label in labels.items():
        if name in form.fields:
            field = form.fields[name]
            field.label = label
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)


class LoginForm(account.LoginForm):
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, login=_("用户名"), password=_("密码"))
        self.fields["login"].widget.attrs.update(autocapitalize="none", autofocus=True)
        self.fields["password"].max_length = 512


class ChangePasswordForm(account.ChangePasswordForm):
    """A new password, with the old one as proof."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, oldpassword=_("原密码"), password1=_("新密码"), password2=_("再输一次新密码"))
        self.fields["password1"].help_text = _("至少 10 个字符,可以是一句话;不要使用单位名、产品名和年份。")


class ReauthenticateForm(account.ReauthenticateForm):
    """The password again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password=_("密码"))


class _Code:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code=_("验证码"))  # type: ignore[arg-type]
        self.fields["code"].widget.attrs.update(autofocus=True)  # type: ignore[attr-defined]


class AuthenticateForm(_Code, mfa.AuthenticateForm):
    """The second factor at sign-in."""


class CodeAgainForm(_Code, mfa.ReauthenticateForm):
    """The second factor again, before something that matters."""


class ActivateTOTPForm(_Code, totp.ActivateTOTPForm):
    """The first code of a new authenticator."""


class TokenForm(forms.Form):
    """A new token for programs."""

    name = forms.CharField(label=_("用途"), max_length=60, help_text=_("例如:县大数据平台每日取数"))
    days = forms.IntegerField(label=_("有效期(天)"), min_value=1, max_value=TOKEN_DAYS, initial=90)
