"""What a security administrator does with the accounts of others."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import ApiToken, User
from ..rules import checked_username, one_time_password, one_time_until


class UsernameTaken(Refused):
    """Names differ by more than their case."""

    sentence = _("这个用户名已有人使用,请换一个。")
    status = 409
    field = "username"


class NotOneself(Refused):
    """Nobody keeps his own account."""

    sentence = _("不能在这里处理自己的账号,请到“我的账号”修改,或由另一位安全管理员办理。")


TAKEN: dict[str, type[Refused]] = {
    "one_account_per_username": UsernameTaken,
    "accounts_user_username_key": UsernameTaken,
}


def _may_keep(actor: Actor, user: User) -> None:
    require(actor, "grants.manage", Whole(user.home_id) if user.home_id else None)
    if actor.user_id is not None and actor.user_id == user.pk:
        raise NotOneself


@verb(constraints=TAKEN)
def open_account(
    *, actor: Actor, username: str, name: str, home_id: int, now: datetime, password: str | None = None
) -> tuple[User, str]:
    """Open an account kept by the jurisdiction `home_id`. Returns it with its one-time password, shown once.

    With `password` (chosen by its owner at set-up) nothing has to be changed. Raises `BadUsername`, `UsernameTaken`.
    """
    require(actor, "grants.manage", Whole(home_id))
    user = User(username=checked_username(username), name=name.strip(), home_id=home_id)
    given = password or one_time_password()
    user.set_password(given)
    if password is None:
        user.must_change_password = True
        user.one_time_until = one_time_until(now)
    user.save(force_insert=True)
    record(
        actor=actor,
        verb="accounts.open_account",
        subject=user,
        jurisdiction_id=home_id,
        now=now,
        changes={"username": ("", user.username), "name": ("", user.name)},
    )
    return user, given


def _end_everything(user: User) -> None:
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    ApiToken.objects.filter(user=user).delete()


def _record(actor: Actor, user: User, verb_name: str, now: datetime) -> None:
    record(
        actor=actor,
        verb=verb_name,
        subject=user,
        jurisdiction_id=user.home_id,
        now=now,
        changes={"username": (user.username, user.username)},
    )


@verb
def close_account(*, actor: Actor, user: User, now: datetime) -> None:
    """Close an account: its sessions and tokens end at once, its name stays in every record."""
    _may_keep(actor, user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    _end_everything(user)
    _record(actor, user, "accounts.close_account", now)


@verb
def reopen_account(*, actor: Actor, user: User, now: datetime) -> str:
    """Open a closed account again with a new one-time password."""
    _may_keep(actor, user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    password = _give_password(user, now)
    _record(actor, user, "accounts.reopen_account", now)
    return password


def _give_password(user: User, now: datetime) -> str:
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.one_time_until = one_time_until(now)
    user.save(update_fields=["password", "must_change_password", "one_time_until"])
    return password


@verb
def reset_password(*, actor: Actor, user: User, now: datetime) -> str:
    """Give a new one-time password; sessions and tokens end, a second factor stays."""
    _may_keep(actor, user)
    password = _give_password(user, now)
    _end_everything(user)
    _record(actor, user, "accounts.reset_password", now)
    return password


@verb
def end_sessions(*, actor: Actor, user: User, now: datetime) -> None:
    """Sign an account out everywhere and end its tokens."""
    _may_keep(actor, user)
    _end_everything(user)
    _record(actor, user, "accounts.end_sessions", now)
