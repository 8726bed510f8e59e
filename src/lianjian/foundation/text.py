"""Small text helpers shared by the parsers: folding of widths and blanks, and shortening for sentences."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

_BLANKS = re.compile(r"[\s\u00a0\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))


def fold(text: str) -> str:
    """Half-width form (NFKC) with every kind of dash as `-`. Chinese characters keep their form."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text).translate(_DASHES)


def without_blanks(text: str) -> str:
    """Without any blank, including the invisible ones that come with copied text."""
    return _BLANKS.sub("", text)


def squeeze(text: str) -> str:
    """Runs of blanks as one blank, none at the ends."""
    return _BLANKS.sub(" ", text).strip()


def shown(value: object, limit: int = 40) -> str:
    """`value` short and printable, to be quoted inside a sentence."""
    raw = value if isinstance(value, str) else str(value)
    text = squeeze("".join(c if c.isprintable() else " " for c in raw[: limit * 4]))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def labelled(label: object, value: object) -> str:
    """`label` and `value` on one line, with the colon of the active language."""
    return _("%(label)s:%(value)s") % {"label": label, "value": value}
