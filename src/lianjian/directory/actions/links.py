"""Dated relations between organizations."""

from __future__ import annotations

from datetime import date, datetime

from lianjian.foundation.actor import Actor
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import Link, Organization
from .organizations import LINK_CONSTRAINTS


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

    Raises `OneStationOnly`, `LinkExists`, `InsideItself` when the database finds an overlap.
    """
    require(actor, "directory.write", target)
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
    link.until = until
    link.save(update_fields=["until"])
    record(
        actor=actor,
        verb="directory.end_link",
        subject=link.target,
        now=now,
        changes={link.kind: (f"{link.source.name} {link.since}", f"-{until}")},
    )
