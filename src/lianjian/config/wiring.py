"""Who hears whom: every connection between apps that do not import each other, one line each."""

from __future__ import annotations

from typing import Any

from lianjian.foundation import clock
from lianjian.foundation.hooks import hooks


def wire() -> None:
    """Called once, when all apps are loaded."""
    hooks.actor_of = _actor_of


def _actor_of(user_id: int) -> Any:
    from lianjian.directory.actors import actor_of_user

    return actor_of_user(user_id, day=clock.today())
