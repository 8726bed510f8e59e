"""Names and one-time passwords."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from lianjian.foundation.errors import Refused, _

ONE_TIME_DAYS = 7
TOKEN_DAYS = 365
TOKEN_MARK = "lj_"  # noqa: S105 - what a token begins with, so that scanners of leaks know it
# Neither 0 and O nor 1, l and I: one-time passwords are read aloud.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_USERNAME = re.compile(r"[\w.@+-]{2,40}")


class BadUsername(Refused):
    """Not a name one can sign in with."""

    sentence = _("用户名为 2 至 40 个字符,可用字母、汉字、数字和 . @ + - _。")
    field = "username"


class BadLifetime(Refused):
    """A token lives from one day to a year."""

    sentence = _("令牌有效期为 1 至 %(days)s 天。")
    field = "days"


def checked_username(text: str) -> str:
    """The name without blanks around it. Raises `BadUsername`."""
    name = text.strip()
    if not _USERNAME.fullmatch(name):
        raise BadUsername
    return name


def one_time_password() -> str:
    """Sixteen letters in fours, some 79 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _n in range(4)) for _n in range(4))


def one_time_until(now: datetime) -> datetime:
    """Until when a given password opens the account."""
    return now + timedelta(days=ONE_TIME_DAYS)


def new_token_text() -> str:
    """A token as its owner keeps it: 256 bits."""
    return TOKEN_MARK + secrets.token_urlsafe(32)


def token_digest(text: str) -> str:
    """What is kept of a token. Its own randomness makes a plain SHA-256 enough."""
    return hashlib.sha256(text.encode()).hexdigest()


def token_end(now: datetime, days: int) -> datetime:
    """When a token made `now` for `days` days ends. Raises `BadLifetime`."""
    if not 1 <= days <= TOKEN_DAYS:
        raise BadLifetime(days=TOKEN_DAYS)
    return now + timedelta(days=days)
