"""Signs that are read out over the phone: none is taken for another."""

from __future__ import annotations

import secrets
from typing import Final

_SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def random_signs(count: int) -> str:
    """So many signs by chance."""
    return "".join(secrets.choice(_SIGNS) for _place in range(count))
