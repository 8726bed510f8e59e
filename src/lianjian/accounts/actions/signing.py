"""Journal entries of the door itself: who came in, who failed, who left, who was turned away.

Each happening gives exactly one entry. What happened to nobody known stands in the chain of the root jurisdiction.
"""

from __future__ import annotations

from datetime import datetime

from lianjian.foundation import context
from lianjian.foundation.actor import Actor, SystemActor
from lianjian.foundation.hooks import hooks
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.jurisdictions.models import Jurisdiction

from ..models import User

NOBODY = "未登录"


def _root() -> int | None:
    return Jurisdiction.objects.filter(parent=None).order_by("pk").values_list("pk", flat=True).first()


def _in_root(
    *,
    verb_name: str,
    user: User | None,
    name: str,
    changes: dict[str, tuple[str, str]],
    note: str,
    now: datetime,
) -> None:
    root = _root()
    if root is None:
        return
    with context.jurisdictions((root,)):
        record(
            actor=SystemActor(root, name=name, user_id=user.pk if user else None),
            verb=verb_name,
            subject=user,
            jurisdiction_id=root,
            now=now,
            changes=changes,
            note=note,
        )


@verb
def note_signed_in(*, user: User, address: str, now: datetime, note: str = "") -> None:
    """Somebody signed in. Stands in the chain of the account's jurisdiction; without a grant in the root's."""
    changes = {"address": ("", address)}
    actor = hooks.actor_of(user.pk)
    if actor is None:
        _in_root(verb_name="accounts.sign_in", user=user, name=user.name, changes=changes, note=note, now=now)
        return
    with context.jurisdictions(actor.readable, actor.writable):
        record(
            actor=actor,
            verb="accounts.sign_in",
            subject=user,
            jurisdiction_id=actor.jurisdiction_id,
            now=now,
            changes=changes,
            note=note,
        )


@verb
def note_failed(*, username: str, address: str, now: datetime, locked: bool = False, note: str = "") -> None:
    """A wrong password or code, or an attempt on a locked account. What was typed as name is kept erasable only."""
    user = User.objects.filter(username__iexact=username).first()
    _in_root(
        verb_name="accounts.locked_out" if locked else "accounts.sign_in_failed",
        user=user,
        name=NOBODY,
        changes={"username": ("", username[:40]), "address": ("", address)},
        note=note,
        now=now,
    )


@verb
def note_signed_out(*, actor: Actor | None, user: User, now: datetime) -> None:
    """Somebody signed out."""
    if actor is None:
        _in_root(verb_name="accounts.sign_out", user=user, name=user.name, changes={}, note="", now=now)
        return
    record(
        actor=actor, verb="accounts.sign_out", subject=user, jurisdiction_id=actor.jurisdiction_id, now=now
    )


@verb
def note_denied(*, actor: Actor, right: str, path: str, now: datetime) -> None:
    """A page or an act that the actor's grants do not cover. The address is kept erasable: it may hold a search."""
    record(
        actor=actor,
        verb="accounts.denied",
        subject=None,
        jurisdiction_id=actor.jurisdiction_id,
        now=now,
        changes={"path": ("", path[:200])},
        note=right,
    )
