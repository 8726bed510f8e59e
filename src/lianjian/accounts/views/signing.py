"""Sign-in, second factor, sign-out, password: allauth's flows on our pages, each behind a door."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse_lazy

from lianjian.foundation import clock
from lianjian.foundation.doors import PUBLIC, door
from lianjian.foundation.pages import page

from ..actions import changed_own_password, second_factor_changed
from . import doorkeeper


class OnOurPaper:
    """Renders allauth's class views with our templates and context."""

    template_name: ClassVar[str]
    request: HttpRequest

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """A page; 422 with a wrong form."""
        form = context.pop("form", None)
        context.pop("view", None)
        return page(self.request, self.template_name, context, form=form)


class LoginView(OnOurPaper, account.LoginView):
    """Name and password."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Signed in, or on to the second factor."""
        return doorkeeper.remember_device(self.request, super().form_valid(form))


class AuthenticateView(OnOurPaper, mfa.AuthenticateView):
    """The second factor."""

    template_name = "mfa/authenticate.html"

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Signed in."""
        return doorkeeper.remember_device(self.request, super().form_valid(form))

    def form_invalid(self, form: Any) -> HttpResponse:
        """A wrong code is a failed sign-in."""
        doorkeeper.failed(self.request, self.stage.login.user.username, note="second factor")
        return super().form_invalid(form)


class LogoutView(OnOurPaper, account.LogoutView):
    """Asks, then signs out; the browser forgets what it kept."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Sign out."""
        response = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        response.headers["Cache-Control"] = "no-store"
        return response


class PasswordChangeView(OnOurPaper, account.PasswordChangeView):
    """A new password; other sessions end with the old one."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Changed."""
        response = super().form_valid(form)
        actor = self.request.actor  # type: ignore[attr-defined]
        if actor is not None:
            changed_own_password(actor=actor, user=form.user, now=clock.now())
        return response


class ReauthenticateView(OnOurPaper, account.ReauthenticateView):
    """The password again."""


class CodeAgainView(OnOurPaper, mfa.ReauthenticateView):
    """The second factor again."""


class SecondFactorView(OnOurPaper, mfa.IndexView):
    """What there is of a second factor."""


def _changed(request: HttpRequest, what: str) -> None:
    second_factor_changed(
        actor=request.actor,  # type: ignore[attr-defined]
        user=request.user,  # type: ignore[arg-type]
        what=what,
        now=clock.now(),
    )


class ActivateView(OnOurPaper, totp.ActivateTOTPView):
    """Set up an authenticator app."""

    template_name = "mfa/activate.html"

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Active from now on."""
        _changed(self.request, "activate")
        return super().form_valid(form)


class DeactivateView(OnOurPaper, totp.DeactivateTOTPView):
    """Give the second factor up."""

    template_name = "mfa/deactivate.html"

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Gone."""
        _changed(self.request, "deactivate")
        return super().form_valid(form)


class RecoveryCodesView(OnOurPaper, codes.ViewRecoveryCodesView):
    """The codes for the day when the phone is lost."""

    template_name = "mfa/recovery_codes.html"


class NewRecoveryCodesView(OnOurPaper, codes.GenerateRecoveryCodesView):
    """New ones; the old ones end."""

    template_name = "mfa/new_recovery_codes.html"
    success_url = reverse_lazy("mfa_view_recovery_codes")

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Made."""
        _changed(self.request, "recovery_codes")
        return super().form_valid(form)


login = door(PUBLIC)(LoginView.as_view(template_name="account/login.html"))
authenticate = door(PUBLIC)(AuthenticateView.as_view())
logout = door(PUBLIC)(LogoutView.as_view(template_name="account/logout.html"))
change_password = door(None)(PasswordChangeView.as_view(template_name="account/change_password.html"))
reauthenticate = door(None)(ReauthenticateView.as_view(template_name="account/reauthenticate.html"))
code_again = door(None)(CodeAgainView.as_view(template_name="mfa/reauthenticate.html"))
second_factor = door(None, methods=("GET",))(SecondFactorView.as_view(template_name="mfa/index.html"))
activate = door(None)(ActivateView.as_view())
deactivate = door(None)(DeactivateView.as_view())
recovery_codes = door(None, methods=("GET",))(RecoveryCodesView.as_view())
new_recovery_codes = door(None)(NewRecoveryCodesView.as_view())


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords for this account from this address; django-axes calls it."""
    return page(request, "account/locked.html", status=429)
