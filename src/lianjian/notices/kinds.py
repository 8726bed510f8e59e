"""What kinds of messages there are; the apps that send them are collected in the wiring."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from lianjian.foundation.text import labelled

Text = str | Promise

_KINDS: dict[str, Text] = {}


def register(code: str, label: Text) -> None:
    """Make a kind known by name."""
    _KINDS[code] = label


def label(code: str) -> str:
    """The name of a kind in the active language; its code when nobody registered it."""
    found = _KINDS.get(code)
    return gettext(str(found)) if found else code


def title_for_reader(kind: str, title: str) -> str:
    """A title, which is kept in the language of the house, with its kind in the language of who reads it."""
    if (get_language() or "zh").startswith("zh"):
        return title
    _kind, mark, rest = title.replace("：", ":", 1).partition(":")
    return labelled(label(kind), rest.strip()) if mark and kind in _KINDS else title


def choices() -> Sequence[tuple[str, str]]:
    """All kinds for a filter."""
    return [(code, label(code)) for code in _KINDS]
