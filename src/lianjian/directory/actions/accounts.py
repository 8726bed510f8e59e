"""Accounts with their grants: what the security administrator does to somebody's account as a whole."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from lianjian.accounts import actions as accounts
from lianjian.accounts.models import User
from lianjian.foundation.actor import Actor, SystemActor
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.verbs import verb

from ..models import Grant, Organization, Person
from .grants import grant_role


class WiderAccount(Refused):
    """The account holds a grant that the actor could not have given: whoever holds its password would gain by it."""

    sentence = _("这个账号在您管辖范围之外还有授权,请由上级安全管理员办理。")
    status = 403


class NoRoot(Refused):
    """An account needs a place to work in."""

    sentence = _("还没有任何地区和单位,请先建立(lianjian demo --empty 或导入台账)。")


def _covered(actor: Actor, user: User, now: datetime) -> None:
    """Raise `WiderAccount` unless every grant in force or to come lies where the actor may grant."""
    held = Grant.objects.filter(Q(until__isnull=True) | Q(until__gt=local_day(now)), user=user)
    for grant in held.select_related("organization"):
        if not actor.may("grants.manage", grant.organization):
            raise WiderAccount


@verb
def open_account_with_role(
    *,
    actor: Actor,
    username: str,
    name: str,
    role: str,
    organization: Organization,
    since: date,
    now: datetime,
    until: date | None = None,
) -> tuple[User, str]:
    """Open an account and grant its first role. Returns it with its one-time password.

    A person of that name in that organization who has no account yet becomes its owner.
    """
    user, password = accounts.open_account(
        actor=actor, username=username, name=name, home_id=organization.jurisdiction_id, now=now
    )
    grant_role(actor=actor, user=user, role=role, organization=organization, since=since, until=until, now=now)
    _link_person(user, organization)
    return user, password


def _link_person(user: User, organization: Organization) -> None:
    same = Person.objects.filter(
        jurisdiction_id=organization.jurisdiction_id,
        name=user.name,
        user__isnull=True,
        memberships__organization=organization,
    ).distinct()
    found = list(same[:2])
    if len(found) == 1:
        found[0].user = user
        found[0].save(update_fields=["user"])


@verb
def close_account(*, actor: Actor, user: User, now: datetime) -> None:
    """Close an account; its grants stay on record and do nothing."""
    _covered(actor, user, now)
    accounts.close_account(actor=actor, user=user, now=now)


@verb
def reopen_account(*, actor: Actor, user: User, now: datetime) -> str:
    """Open a closed account again; its new one-time password."""
    _covered(actor, user, now)
    return accounts.reopen_account(actor=actor, user=user, now=now)


@verb
def reset_password(*, actor: Actor, user: User, now: datetime) -> str:
    """A new one-time password."""
    _covered(actor, user, now)
    return accounts.reset_password(actor=actor, user=user, now=now)


@verb
def end_sessions(*, actor: Actor, user: User, now: datetime) -> None:
    """Sign the account out everywhere."""
    _covered(actor, user, now)
    accounts.end_sessions(actor=actor, user=user, now=now)


@verb
def open_first_account(*, username: str, name: str, password: str, role: str, now: datetime) -> User:
    """The account of an officer over everything, made at the command line by who runs the house."""
    root = Organization.objects.filter(is_root=True, jurisdiction__parent=None).order_by("pk").first()
    if root is None:
        raise NoRoot
    actor = SystemActor(root.jurisdiction_id)
    user, _given = accounts.open_account(
        actor=actor, username=username, name=name or username, home_id=root.jurisdiction_id, password=password, now=now
    )
    grant_role(actor=actor, user=user, role=role, organization=root, since=local_day(now), now=now)
    return user
