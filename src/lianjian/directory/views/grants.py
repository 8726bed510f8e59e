"""Doors of the security administrator: accounts and grants."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.accounts.models import User
from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.listing import build
from lianjian.foundation.pages import Request, done, page, refusals_to

from ..actions import accounts as actions
from ..actions import end_grant, grant_role
from ..forms.grants import AccountForm, EndForm, GrantForm
from ..queries.accounts import ACCOUNTS, account_page, visible_accounts, visible_grants


def _user(request: Request, key: UUID) -> User:
    return get_object_or_404(visible_accounts(request.actor), key=key)


def _page_of(user: User) -> str:
    return reverse("grants:account", kwargs={"key": user.key})


def _password(request: Request, user: User, password: str) -> HttpResponse:
    """The only page that shows it; nothing keeps it."""
    return page(request, "directory/grants/password.html", {"user": user, "password": password})


@door("grants.manage", methods=("GET",))
def accounts(request: Request) -> HttpResponse:
    """All accounts of one's jurisdictions."""
    listing = build(request, ACCOUNTS)
    listing.may_export = False
    return page(request, "directory/grants/accounts.html", {"listing": listing}, fragment="list")


@door("grants.manage")
def open_account(request: Request) -> HttpResponse:
    """A new account with its first role."""
    form = AccountForm(request.POST or None, actor=request.actor, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            user, password = actions.open_account_with_role(
                actor=request.actor, now=clock.now(), **form.cleaned_data
            )
            return _password(request, user, password)
    return page(request, "directory/grants/open.html", form=form)


@door("grants.manage", methods=("GET",))
def account(request: Request, key: UUID) -> HttpResponse:
    """One account."""
    shown = account_page(request.actor, _user(request, key), clock.today())
    return page(request, "directory/grants/account.html", {"account": shown})


@door("grants.manage")
def grant(request: Request, key: UUID) -> HttpResponse:
    """Give the account another role."""
    user = _user(request, key)
    form = GrantForm(request.POST or None, actor=request.actor, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            grant_role(actor=request.actor, user=user, now=clock.now(), **form.cleaned_data)
            return done(request, _page_of(user), _("已授权。"))
    return page(request, "directory/grants/grant.html", {"user": user}, form=form)


@door("grants.manage")
def end(request: Request, key: UUID) -> HttpResponse:
    """End a grant."""
    found = get_object_or_404(visible_grants(request.actor).select_related("user", "organization"), key=key)
    form = EndForm(request.POST or None, initial={"until": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            end_grant(actor=request.actor, grant=found, until=form.cleaned_data["until"], now=clock.now())
            return done(request, _page_of(found.user), _("授权将于该日失效,已登录的设备均已退出。"))
    return page(request, "directory/grants/end.html", {"grant": found, "back": _page_of(found.user)}, form=form)


@door("grants.manage", methods=("POST",))
def reset(request: Request, key: UUID) -> HttpResponse:
    """A new one-time password."""
    user = _user(request, key)
    return _password(request, user, actions.reset_password(actor=request.actor, user=user, now=clock.now()))


@door("grants.manage", methods=("POST",))
def reopen(request: Request, key: UUID) -> HttpResponse:
    """Open a closed account again."""
    user = _user(request, key)
    return _password(request, user, actions.reopen_account(actor=request.actor, user=user, now=clock.now()))


@door("grants.manage", methods=("POST",))
def close(request: Request, key: UUID) -> HttpResponse:
    """Close an account."""
    user = _user(request, key)
    actions.close_account(actor=request.actor, user=user, now=clock.now())
    return done(request, _page_of(user), _("账号已停用,已登录的设备均已退出。"))


@door("grants.manage", methods=("POST",))
def end_sessions(request: Request, key: UUID) -> HttpResponse:
    """Sign an account out everywhere."""
    user = _user(request, key)
    actions.end_sessions(actor=request.actor, user=user, now=clock.now())
    return done(request, _page_of(user), _("该账号已从所有设备退出。"))
