"""Addresses of sign-in (names as allauth calls them) and of the own account."""

from django.urls import include, path

from .views import own, signing

OWN = [
    path("me", own.me, name="me"),
    path("me/sessions", own.sessions, name="sessions"),
    path("me/sessions/end-others", own.end_other_sessions, name="end_other_sessions"),
    path("me/sessions/<int:pk>/end", own.end_session, name="end_session"),
    path("me/tokens", own.tokens, name="tokens"),
    path("me/tokens/<uuid:key>/end", own.end_token, name="end_token"),
]

urlpatterns = [
    path("sign-in", signing.login, name="account_login"),
    path("sign-in/code", signing.authenticate, name="mfa_authenticate"),
    path("sign-out", signing.logout, name="account_logout"),
    path("me/password", signing.change_password, name="account_change_password"),
    path("me/confirm", signing.reauthenticate, name="account_reauthenticate"),
    path("me/confirm/code", signing.code_again, name="mfa_reauthenticate"),
    path("me/second-factor", signing.second_factor, name="mfa_index"),
    path("me/second-factor/activate", signing.activate, name="mfa_activate_totp"),
    path("me/second-factor/deactivate", signing.deactivate, name="mfa_deactivate_totp"),
    path("me/second-factor/codes", signing.recovery_codes, name="mfa_view_recovery_codes"),
    path("me/second-factor/codes/new", signing.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("", include((OWN, "accounts"))),
]
