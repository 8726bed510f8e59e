"""Signing up for a meeting or activity: until when, for how many, and what is refused. Free of Django."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from lianjian.foundation.errors import Refused, _

MOST: Final = 200  # names at once
MOVED_UP: Final = "events.moved_up"
TITLE: Final = _("%(name)s报名的“%(title)s”有了名额,不再候补")
MESSAGES: Final[Mapping[str, str]] = {MOVED_UP: _("报名候补有了名额")}


class Place(NamedTuple):
    """A sign-up in the order in which they came; `withdrawn_at` where it was taken back."""

    pk: int
    signed_at: datetime
    withdrawn_at: datetime | None


def moved_up(rows: Sequence[Place], seats_then: int | None, seats_now: int | None) -> list[int]:
    """Ids of those who have a seat of `seats_now` and waited for one of `seats_then` when they signed up.

    Told from the rows alone, so that who asks twice, or late, gets the same answer. `rows` are all of a meeting, those
    taken back too, by time and id.
    """
    if seats_then is None:
        return []
    found: list[int] = []
    gone: list[datetime] = []
    standing = 0
    for number, row in enumerate(rows):
        before = number - bisect_right(gone, row.signed_at)
        if row.withdrawn_at is not None:
            insort(gone, row.withdrawn_at)
            continue
        standing += 1
        if before >= seats_then and (seats_now is None or standing <= seats_now):
            found.append(row.pk)
    return found


class UntilNeeded(Refused):
    """Signing up ends some time."""

    sentence = _("请填写报名截止时间,要在现在以后、活动开始以前。")
    field = "until"


class SeatsNeeded(Refused):
    """A place is for one person."""

    sentence = _("名额要填 1 以上的整数;不限人数就留空。")
    field = "seats"


class SignUpClosed(Refused):
    """Not opened, past its end, or the meeting is not to come any more."""

    sentence = _("现在不能报名:没有开放报名、已经截止,或者活动已经开始、取消。")
    status = 409


class AlreadySigned(Refused):
    """Once is enough."""

    sentence = _("%(names)s已经报名,不用再报。")
    status = 409


class JustSigned(Refused):
    """Somebody signed the same person up at the same moment."""

    sentence = _("名单里有人刚刚报了名,请刷新后再试。")
    status = 409


class NobodyNamed(Refused):
    """A list needs names."""

    sentence = _("请至少写一个人的姓名。")
    field = "people"


class TooManyNamed(Refused):
    """So that one press stays quick."""

    sentence = _("一次最多报名 %(most)s 人,请分几次报。")
    field = "people"


class NotOfBody(Refused):
    """Somebody counts for the body in which they are."""

    sentence = _("有 %(n)s 人不在“%(body)s”的名单里,请由本人或所在单位报名。")
    field = "people"


class NotForYou(Refused):
    """A closed meeting is for its own bodies."""

    sentence = _("这次活动只请参加单位的人员报名。")


class Begun(Refused):
    """What has begun is not signed off from."""

    sentence = _("活动已经开始,不能再取消报名;没有来的由记录人登记。")
    status = 409


def check_opening(until: datetime | None, seats: int | None, starts_at: datetime, now: datetime) -> None:
    """Raises `UntilNeeded`, `SeatsNeeded`."""
    if until is None or not now < until <= starts_at:
        raise UntilNeeded
    if seats is not None and seats < 1:
        raise SeatsNeeded


def is_open(until: datetime | None, starts_at: datetime, now: datetime) -> bool:
    """Whether one may sign up; a meeting that moved to an earlier time ends it."""
    return until is not None and now < min(until, starts_at)
