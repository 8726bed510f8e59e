"""What kinds of duties there are; the apps that open them are collected in the wiring."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext

from lianjian.foundation.actor import Actor

Text = str | Promise

_KINDS: dict[str, tuple[Text, str]] = {}


def register(code: str, label: Text, right: str = "") -> None:
    """Make a kind known. With `right`, a duty given to a body is "mine" only for who holds that right."""
    _KINDS[code] = (label, right)


def label(code: str) -> str:
    """The name of a kind in the active language; its code when nobody registered it."""
    found = _KINDS.get(code)
    return gettext(str(found[0])) if found else code


def right_of(code: str) -> str:
    """The right a kind needs, or nothing."""
    return _KINDS.get(code, ("", ""))[1]


def choices() -> Sequence[tuple[str, str]]:
    """All kinds for a filter."""
    return [(code, label(code)) for code in _KINDS]


def barred(actor: Actor) -> list[str]:
    """Kinds whose right the actor holds nowhere."""
    return [code for code, (_label, right) in _KINDS.items() if right and not actor.may(right)]
