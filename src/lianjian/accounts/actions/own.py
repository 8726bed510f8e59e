"""What everybody does with the own account."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.db.models import Q

from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import ApiToken, User
from ..rules import new_token_text, token_digest, token_end

MOST_TOKENS = 20
# The row of a token is written again only when its last use lies so far back.
GRAIN = timedelta(minutes=5)


class TooManyTokens(Refused):
    """An account keeps a limited number of tokens."""

    sentence = _("一个账号最多保留 %(count)s 个令牌,请先删除不用的。")


def set_own_password(user: User, password: str) -> None:
    """Save a password its owner chose; called by allauth, journalled by `changed_own_password`."""
    user.set_password(password)
    user.must_change_password = False
    user.one_time_until = None
    user.save(update_fields=["password", "must_change_password", "one_time_until"])


@verb
def changed_own_password(*, actor: Actor, user: User, now: datetime) -> None:
    """Journal that the owner chose a new password."""
    record(actor=actor, verb="accounts.change_password", subject=user, jurisdiction_id=actor.jurisdiction_id, now=now)


@verb
def second_factor_changed(*, actor: Actor, user: User, what: str, now: datetime) -> None:
    """Journal `activate`, `deactivate` or `recovery_codes` of the second factor."""
    record(
        actor=actor,
        verb=f"accounts.second_factor_{what}",
        subject=user,
        jurisdiction_id=actor.jurisdiction_id,
        now=now,
    )


def choose_language(*, user: User, code: str) -> None:
    """Keep the language with the account. Nobody else's affair, so nothing is journalled."""
    User.objects.filter(pk=user.pk).exclude(language=code).update(language=code)


@verb
def new_token(*, actor: Actor, user: User, name: str, days: int, now: datetime) -> tuple[ApiToken, str]:
    """A key for programs that act for `user`. Returns it with its text, which is shown once and not kept."""
    require(actor, "account.own")
    if ApiToken.objects.filter(user=user).count() >= MOST_TOKENS:
        raise TooManyTokens(count=MOST_TOKENS)
    text = new_token_text()
    token = ApiToken.objects.create(
        user=user, name=name.strip(), digest=token_digest(text), created_at=now, expires_at=token_end(now, days)
    )
    record(
        actor=actor,
        verb="accounts.new_token",
        subject=token,
        jurisdiction_id=actor.jurisdiction_id,
        now=now,
        changes={"name": ("", token.name), "expires_at": ("", token.expires_at)},
    )
    return token, text


@verb
def revoke_token(*, actor: Actor, token: ApiToken, now: datetime) -> None:
    """End a token at once."""
    require(actor, "account.own")
    record(
        actor=actor,
        verb="accounts.revoke_token",
        subject=token,
        jurisdiction_id=actor.jurisdiction_id,
        now=now,
        changes={"name": (token.name, "")},
    )
    token.delete()


def use_token(*, text: str, now: datetime) -> ApiToken | None:
    """The token of this text if it holds at `now` and its owner's account is open."""
    token = (
        ApiToken.objects.select_related("user")
        .filter(digest=token_digest(text), expires_at__gt=now, user__is_active=True, user__must_change_password=False)
        .first()
    )
    if token is not None:
        ApiToken.objects.filter(Q(used_at__isnull=True) | Q(used_at__lt=now - GRAIN), pk=token.pk).update(used_at=now)
    return token


@verb
def end_own_session(*, actor: Actor, session: UserSession, now: datetime) -> None:
    """End one of one's own sessions."""
    session.end()
    record(actor=actor, verb="accounts.end_own_session", subject=None, now=now)


@verb
def end_own_sessions(*, actor: Actor, user: User, keep: str, now: datetime) -> int:
    """End every session of one's own but the one of key `keep`; returns how many."""
    ended = 0
    for session in UserSession.objects.filter(user=user).exclude(session_key=keep):
        session.end()
        ended += 1
    record(actor=actor, verb="accounts.end_own_sessions", subject=user, jurisdiction_id=actor.jurisdiction_id, now=now)
    return ended
