"""Addresses of accounts and grants, under `directory/`."""

from django.urls import path

from .views import grants

app_name = "grants"
urlpatterns = [
    path("accounts/", grants.accounts, name="accounts"),
    path("accounts/new", grants.open_account, name="open"),
    path("accounts/<uuid:key>", grants.account, name="account"),
    path("accounts/<uuid:key>/grant", grants.grant, name="grant"),
    path("accounts/<uuid:key>/reset", grants.reset, name="reset"),
    path("accounts/<uuid:key>/reopen", grants.reopen, name="reopen"),
    path("accounts/<uuid:key>/close", grants.close, name="close"),
    path("accounts/<uuid:key>/end-sessions", grants.end_sessions, name="end_sessions"),
    path("grants/<uuid:key>/end", grants.end, name="end"),
]
