"""Counting what comes in by public pages, without keeping who sent it.

Counters are rows of `Tally` under keyed digests; they are read before and raised after a submission, so nobody waits
for the row of a shared address while a case is filed.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.core import signing
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from lianjian.accounts.addresses import address_of

from .rules import FASTEST_SECONDS, GUESSES, LIMITS, LONGEST_SECONDS, TooMany, TooQuick, WrongPair

DEVICE: Final = "lj_device"
_OPENED: Final = "lianjian.portal.opened"
_SUM: Final = "lianjian.portal.sum"
KEPT_SECONDS: Final = 2 * 24 * 3600


def device_of(request: HttpRequest) -> str:
    """The random mark of this browser; a new one for one that has none."""
    held = str(request.COOKIES.get(DEVICE, ""))
    return held if 20 <= len(held) <= 40 else secrets.token_urlsafe(18)


def mark_device(request: HttpRequest, response: HttpResponse) -> None:
    """Let the browser keep its mark for a day."""
    response.set_cookie(
        DEVICE, device_of(request), max_age=86_400, httponly=True, samesite="Lax", secure=request.is_secure()
    )


def _digest(name: str, value: str) -> str:
    return salted_hmac(f"lianjian.tally.{name}", value, algorithm="sha256").hexdigest()


def keys_of(request: HttpRequest, *, phone: str, text: str, place: int) -> dict[str, str]:
    """What is counted of one submission, as digests by the name of the limit."""
    values = {
        "address": address_of(request),
        "device": str(request.COOKIES.get(DEVICE, "")),
        "phone": "".join(filter(str.isdecimal, phone)),
        "text": f"{place}:{''.join(text.split())}",
        "place": str(place),
    }
    return {name: _digest(name, value) for name, value in values.items() if value}


def _slot(seconds: int, now: datetime) -> int:
    """The beginning of the span, in seconds since 1970."""
    moment = int(now.timestamp())
    return moment - moment % seconds


def counts(keys: Mapping[str, str], now: datetime) -> dict[str, int]:
    """How often each was seen within its span; one query."""
    wanted = [(name, key, _slot(LIMITS[name].seconds, now)) for name, key in keys.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.name, t.count FROM unnest(%s::text[], %s::text[], %s::bigint[]) AS w(name, key, slot)"
            " JOIN portal_tally t ON t.key = w.key AND t.slot = w.slot",
            [list(column) for column in zip(*wanted, strict=True)],
        )
        return {str(name): int(count) for name, count in cursor.fetchall()}


def count(keys: Mapping[str, str], now: datetime) -> None:
    """One more of each; always in one order, so that two who wait for each other cannot be."""
    _raise([(key, _slot(LIMITS[name].seconds, now)) for name, key in keys.items()])


def _raise(pairs: list[tuple[str, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO portal_tally AS t (key, slot, count)"
            " SELECT key, slot, 1 FROM unnest(%s::text[], %s::bigint[]) AS w(key, slot) ORDER BY key, slot"
            " ON CONFLICT (key, slot) DO UPDATE SET count = t.count + 1",
            [[key for key, _slot in pairs], [slot for _key, slot in pairs]],
        )


def check_guess(request: HttpRequest, number: str, now: datetime, *, right: bool | None = None) -> None:
    """Few wrong pairs an hour for one number and one address; `right` False counts one.

    Raises `TooMany`, `WrongPair`.
    """
    slot = _slot(GUESSES.seconds, now)
    keys = [_digest("guess", f"{number}"), _digest("guess", address_of(request))]
    if right is False:
        _raise([(key, slot) for key in keys])
        raise WrongPair
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(count) FROM portal_tally WHERE slot = %s AND key = ANY (%s)", [slot, keys])
        [most] = cursor.fetchone()
    if most is not None and most >= GUESSES.most:
        raise TooMany


def opened() -> str:
    """A signed mark of when a form was given out."""
    return signing.TimestampSigner(salt=_OPENED).sign("form")


def check_opened(mark: str) -> bool:
    """Raises `TooQuick`; False for a mark that is too old or was made up: the form is given out again."""
    try:
        signing.TimestampSigner(salt=_OPENED).unsign(mark, max_age=FASTEST_SECONDS)
    except signing.SignatureExpired:
        pass
    except signing.BadSignature:
        return False
    else:
        raise TooQuick
    try:
        signing.TimestampSigner(salt=_OPENED).unsign(mark, max_age=LONGEST_SECONDS)
    except signing.BadSignature:
        return False
    return True


def new_sum() -> tuple[str, str]:
    """(question, signed answer)."""
    one, two = secrets.randbelow(8) + 2, secrets.randbelow(8) + 2
    return f"{one} + {two} = ?", signing.dumps(one + two, salt=_SUM)


def right_sum(answer: str, mark: str) -> bool:
    """Whether the answer belongs to the signed one, given out within the hour."""
    try:
        wanted = signing.loads(mark, salt=_SUM, max_age=3_600)
    except signing.BadSignature:
        return False
    return answer.strip() == str(wanted)
