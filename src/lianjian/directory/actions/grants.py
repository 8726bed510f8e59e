"""Rights of accounts. Only the security administrator grants; nobody grants to himself."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import F

from lianjian.accounts.models import User
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import Grant, Organization
from ..roles import ROLES


class OfficersApart(Refused):
    """System, security and audit administration exclude one another on one account."""

    sentence = _("系统、安全、审计三种管理员不能由同一个账号担任。")
    status = 409


class NotToOneself(Refused):
    """Nobody widens his own rights."""

    sentence = _("不能给自己授权,请由另一位安全管理员办理。")


class UnknownRole(Refused):
    """No such role."""

    sentence = _("没有“%(role)s”这个角色。")
    field = "role"


@verb(constraints={"one_officer_role_per_account": OfficersApart})
def grant_role(
    *,
    actor: Actor,
    user: User,
    role: str,
    organization: Organization,
    since: date,
    now: datetime,
    until: date | None = None,
) -> Grant:
    """Grant a role over an organization's subtree. Raises `OfficersApart`, `NotToOneself`, `UnknownRole`, `Denied`."""
    require(actor, "grants.manage", organization)
    if role not in ROLES:
        raise UnknownRole(role=role)
    if actor.user_id is not None and actor.user_id == user.pk:
        raise NotToOneself
    grant = Grant.objects.create(
        jurisdiction_id=organization.jurisdiction_id,
        user=user,
        role=role,
        organization=organization,
        since=since,
        until=until,
        granted_by=actor.name,
    )
    record(
        actor=actor,
        verb="directory.grant_role",
        subject=organization,
        now=now,
        changes={role: ("", user.username)},
    )
    return grant


@verb
def end_grant(*, actor: Actor, grant: Grant, until: date, now: datetime) -> None:
    """End a grant from `until` on, and every session of the account with it."""
    require(actor, "grants.manage", grant.organization)
    if actor.user_id is not None and actor.user_id == grant.user_id:
        raise NotToOneself
    grant.until = max(until, grant.since)
    if grant.until == grant.since:
        grant.delete()
    else:
        grant.save(update_fields=["until"])
    User.objects.filter(pk=grant.user_id).update(session_epoch=F("session_epoch") + 1)
    record(
        actor=actor,
        verb="directory.end_grant",
        subject=grant.organization,
        now=now,
        changes={grant.role: (grant.user.username, "")},
    )
