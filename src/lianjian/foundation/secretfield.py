"""Encrypted text columns with a blind index, for phones and identity numbers.

A value is stored as `v1.<nonce+ciphertext, base64>`: AES-256-GCM with the column's name as associated data, so a
value cannot be moved to another column. The key is derived from the data key of the place and never lies in
the database. `blind(value)` gives the HMAC-SHA256 by which equal values can be found.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

VERSION = "v1"


@lru_cache(maxsize=2)
def _cipher(secret: str) -> AESGCM:
    return AESGCM(hmac.new(secret.encode(), b"lianjian.column", hashlib.sha256).digest())


@lru_cache(maxsize=2)
def _blind_key(secret: str) -> bytes:
    return hmac.new(secret.encode(), b"lianjian.blind", hashlib.sha256).digest()


def seal(value: str, column: str) -> str:
    """The stored form of `value` for `table.column`."""
    nonce = os.urandom(12)
    body = nonce + _cipher(settings.DATA_KEY).encrypt(nonce, value.encode(), column.encode())
    return f"{VERSION}.{base64.b64encode(body).decode()}"


def unseal(stored: str, column: str) -> str:
    """The value again. Raises ValueError if it was altered, moved or written under another key."""
    version, _dot, text = stored.partition(".")
    if version != VERSION:
        raise ValueError(f"unknown form of an encrypted value in {column}")
    body = base64.b64decode(text)
    try:
        return _cipher(settings.DATA_KEY).decrypt(body[:12], body[12:], column.encode()).decode()
    except InvalidTag as error:
        raise ValueError(f"an encrypted value in {column} cannot be read with this data key") from error


def blind(value: str) -> str:
    """Keyed digest for exact search; empty for an empty value."""
    if not value:
        return ""
    return hmac.new(_blind_key(settings.DATA_KEY), value.encode(), hashlib.sha256).hexdigest()[:32]


class SecretField(models.TextField):
    """Text that is encrypted in the database and plain in Python. Cannot be searched: keep a `blind` beside it."""

    def _column(self) -> str:
        return f"{self.model._meta.db_table}.{self.name}"

    def get_prep_value(self, value: Any) -> Any:
        return seal(str(value), self._column()) if value else ""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return unseal(value, self._column()) if value else ""
