"""Codes at the door: when they count, and what is refused. Free of Django.

A code on the screen is good for the minute in which it was made and two more, so that a picture of it sent to somebody
elsewhere is soon worthless; a printed one cannot change and is good for the time of the meeting only (decision 0019).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from lianjian.foundation.errors import Refused, _

from . import meetings

EARLY: Final = timedelta(minutes=30)  # before the start
MINUTE: Final = timedelta(minutes=1)  # a code on the screen is made anew
MINUTES: Final = 3  # and counts so long
SHOWN, PRINTED = "s", "p"


class CodeUnknown(Refused):
    """Made for another meeting, for an earlier opening of the door, or by somebody else."""

    sentence = _("这个签到码不对或已经作废,请重新扫门口现在的码。")
    status = 404


class CodeExpired(Refused):
    """A code on the screen changes."""

    sentence = _("这个签到码已经过期(屏幕上的码每分钟更换,%(n)s分钟内有效),请重新扫门口现在的码。")


class TooEarly(Refused):
    """One arrives shortly before."""

    sentence = _("还没到签到时间,%(at)s起可以签到。")


class TooLate(Refused):
    """Afterwards the recorder writes the list."""

    sentence = _("活动已在%(at)s结束,不能再扫码签到;到了的请找记录人登记。")


class CalledOff(Refused):
    """Nobody arrives at what does not take place."""

    sentence = _("这次活动已经取消,不用签到。")


class WithoutPerson(Refused):
    """An account without its person stands on no list."""

    sentence = _("您的账号还没有对应的人员,不能扫码签到;请找记录人登记。")


class Stranger(Refused):
    """Whoever is on the roll of a body that takes part, or counts for another body of the place."""

    sentence = _("参加单位的名单里没有您,不能扫码签到;来参加的请找记录人登记。")


class AlreadyHere(Refused):
    """Once is enough."""

    sentence = _("您已经签到,不用再签。")
    status = 409


class ListWritten(Refused):
    """What the recorder wrote stands; he alone changes it."""

    sentence = _("“%(name)s”的到会名单已经登记,不能再扫码签到;有出入的请找记录人更正。")
    status = 409


class ArrivedMeanwhile(Refused):
    """Somebody came by the code whom the recorder has not seen come."""

    sentence = _("%(names)s刚刚扫码签到,请核对后再保存。")
    status = 409


class DoorOver(Refused):
    """A door is opened for what is still to come or going on."""

    sentence = _("活动已经结束,不能再开启扫码签到。")
    status = 409


def opens_at(starts_at: datetime) -> datetime:
    """From when codes count."""
    return starts_at - EARLY


def minute_of(now: datetime) -> int:
    """The number of the minute, by which a code on the screen is known."""
    return int(now.timestamp()) // 60


def good_until(minute: int) -> datetime:
    """When a code made in that minute stops to count."""
    return datetime.fromtimestamp((minute + MINUTES) * 60, UTC)


def is_open(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether one may arrive."""
    return opens_at(starts_at) <= now < ends_at


def check_time(
    state: str, starts_at: datetime, ends_at: datetime, now: datetime, words: Callable[[datetime], str] = str
) -> None:
    """Raises `CalledOff`, `TooEarly`, `TooLate`, which say the moment in `words`."""
    if state == meetings.CANCELLED:
        raise CalledOff
    if now < opens_at(starts_at):
        raise TooEarly(at=words(opens_at(starts_at)))
    if now >= ends_at:
        raise TooLate(at=words(ends_at))


def check_minute(minute: int, now: datetime) -> None:
    """Raises `CodeExpired`."""
    if not good_until(minute) - MINUTES * MINUTE <= now < good_until(minute):
        raise CodeExpired(n=MINUTES)
