"""Which tag an organization may be given, and what a new one ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from lianjian.foundation.errors import Refused, _


class SchemeExists(Refused):
    """One group of a name in a place."""

    sentence = _("本地已有同名的标签组,请换一个名称。")
    field = "name"
    status = 409


class TagExists(Refused):
    """One tag of a name in a group."""

    sentence = _("这个标签组里已有同名的标签。")
    field = "name"
    status = 409


class TagRetired(Refused):
    """A retired tag is not given anew."""

    sentence = _("标签“%(tag)s”已停用,不能再认定。")
    field = "tag"


class NotYourTag(Refused):
    """Tags are those of the organization's own place and of the places above it."""

    sentence = _("“%(tag)s”不是“%(name)s”所在地区或上级地区的标签。")
    field = "tag"


class WrongKind(Refused):
    """The group says whom it is for."""

    sentence = _("标签组“%(scheme)s”只用于%(kinds)s,“%(name)s”是%(kind)s。")
    field = "tag"


class AlreadyTagged(Refused):
    """The same tag holds already."""

    sentence = _("从%(since)s起已认定为“%(tag)s”,不需要重复认定。")
    field = "tag"
    status = 409


class SlotTaken(Refused):
    """Another tag of an exclusive group holds, and nothing says that the new one takes its place."""

    sentence = _("从%(since)s起已认定为“%(tag)s”,同组标签同时只能有一个。请先改正那一条,或换一个起始日期。")
    field = "since"
    status = 409


class TaggedMeanwhile(Refused):
    """Two clerks at once."""

    sentence = _("这个组织刚被别人认定了同组的标签,请刷新后再办理。")
    field = "tag"
    status = 409


class TagWithdrawn(Refused):
    """Somebody else withdrew it."""

    sentence = _("这一条认定刚被别人撤回,请刷新后再看。")
    status = 409


class BeforeFounded(Refused):
    """Nothing is what it is before it exists."""

    sentence = _("起始日期早于“%(name)s”的成立日期(%(day)s)。")
    field = "since"


class EndsBefore(Refused):
    """The first day without comes after the first day with."""

    sentence = _("截止日期必须晚于起始日期(%(since)s)。")
    field = "until"


class EndsEarlier(Refused):
    """What ended stays ended: a longer period is a new decision."""

    sentence = _("已于%(until)s结束。要继续的,请重新认定。")
    field = "until"


class DocumentMissing(Refused):
    """Each says by which document."""

    sentence = _("请写明依据文件的文号或标题。")
    field = "document"


class ReasonNeeded(Refused):
    """Why is written down."""

    sentence = _("请写明理由。")
    field = "reason"


class Had(NamedTuple):
    """A tag that an organization has in the slot in question, from day to day."""

    pk: int
    tag_id: int
    tag: str
    since: date
    until: date | None


def overlap(since: date, until: date | None, other_since: date, other_until: date | None) -> bool:
    """Whether two periods share a day; each ends the day before its `until`."""
    return (until is None or other_since < until) and (other_until is None or since < other_until)


def handed_over(held: Iterable[Had], tag_id: int, since: date, until: date | None) -> Had | None:
    """The tag whose place a new one takes from `since`: it ends there. None where the slot is free.

    Only a tag without an end takes another's place: with an end nobody would know what holds after it. Raises
    `AlreadyTagged`, `SlotTaken`, `EndsBefore`.
    """
    if until is not None and until <= since:
        raise EndsBefore(since=since)
    before = None
    for one in sorted(held, key=lambda had: had.since, reverse=True):
        if not overlap(since, until, one.since, one.until):
            continue
        if one.tag_id == tag_id:
            raise AlreadyTagged(since=one.since, tag=one.tag, until=one.until)
        if until is not None or one.since >= since:
            raise SlotTaken(since=one.since, tag=one.tag)
        before = one
    return before
