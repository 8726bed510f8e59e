"""Dated relations between organizations."""

from __future__ import annotations

from datetime import date, datetime

from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import Link, Organization
from .organizations import LINK_CONSTRAINTS, standing


class UseMove(Refused):
    """The management tree has one writer, which keeps links and paths together."""

    sentence = _("上下级关系请用“调整上级”办理。")
    field = "kind"


class EndsTooEarly(Refused):
    """The last day lies before the first."""

    sentence = _("结束日期必须晚于开始日期(%(since)s)。")
    field = "until"


@verb(constraints=LINK_CONSTRAINTS)
def link_organizations(
    *,
    actor: Actor,
    kind: str,
    source: Organization,
    target: Organization,
    since: date,
    now: datetime,
    until: date | None = None,
    note: str = "",
) -> Link:
    """Relate two organizations from `since`. The link belongs to the target's jurisdiction.

    Raises `OneStationOnly`, `LinkExists`, `InsideItself` when the database finds an overlap, `UseMove` for the tree.
    """
    require(actor, "directory.write", target)
    if kind == Link.ADMINISTRATION:
        raise UseMove
    standing(source)
    standing(target)
    if until is not None and until <= since:
        raise EndsTooEarly(since=since)
    link = Link.objects.create(
        jurisdiction_id=target.jurisdiction_id,
        kind=kind,
        source=source,
        target=target,
        since=since,
        until=until,
        note=note,
    )
    record(
        actor=actor,
        verb="directory.link",
        subject=target,
        now=now,
        changes={kind: ("", f"{source.name} {since}")},
    )
    return link


@verb
def end_link(*, actor: Actor, link: Link, until: date, now: datetime) -> None:
    """End a relation: `until` is the first day on which it no longer holds."""
    require(actor, "directory.write", link.target)
    if link.kind == Link.ADMINISTRATION:
        raise UseMove
    if until <= link.since:
        raise EndsTooEarly(since=link.since)
    link.until = until
    link.save(update_fields=["until"])
    record(
        actor=actor,
        verb="directory.end_link",
        subject=link.target,
        now=now,
        changes={link.kind: (f"{link.source.name} {link.since}", f"-{until}")},
    )
