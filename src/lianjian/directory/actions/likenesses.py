"""Pairs of organizations that may be one: found, or stated to be two."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from lianjian.foundation.actor import Actor
from lianjian.foundation.rights import require, require_in
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import Likeness, Organization


@verb
def note_likeness(
    *, actor: Actor, first: Organization, second: Organization, reason: str, now: datetime
) -> Likeness | None:
    """Put a pair on the review list; a pair that was decided before stays decided."""
    require(actor, "directory.write", first)
    low, high = sorted((first, second), key=lambda o: o.pk)
    row, created = Likeness.objects.get_or_create(
        first=low,
        second=high,
        defaults={"jurisdiction_id": first.jurisdiction_id, "reason": reason, "found_at": now},
    )
    if created:
        record(
            actor=actor,
            verb="directory.note_likeness",
            subject=row,
            now=now,
            changes={"reason": ("", reason)},
        )
    return row if created else None


@verb
def find_likenesses(*, actor: Actor, now: datetime) -> int:
    """Look through the actor's own jurisdiction for equal names, names equal to an alias, and equal short forms."""
    require_in(actor, "directory.merge", actor.jurisdiction_id)
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, {"jurisdiction": actor.jurisdiction_id})
        pairs = cursor.fetchall()
    known = set(
        Likeness.objects.filter(jurisdiction_id=actor.jurisdiction_id).values_list("first_id", "second_id")
    )
    rows: dict[tuple[int, int], Likeness] = {}
    for first, second, reason in pairs:
        if (first, second) not in known and (first, second) not in rows:
            rows[first, second] = Likeness(
                jurisdiction_id=actor.jurisdiction_id,
                first_id=first,
                second_id=second,
                reason=reason,
                found_at=now,
            )
    Likeness.objects.bulk_create(rows.values(), ignore_conflicts=True)
    record(
        actor=actor,
        verb="directory.find_likenesses",
        subject=None,
        now=now,
        changes={"pairs": ("", len(rows))},
    )
    return len(rows)


# Equal keys only, so that it costs three index joins; likeness by letters is for the import's own list.
_PAIRS = """
WITH live AS (
    SELECT id, name_key, short_key, classification FROM directory_organization
     WHERE jurisdiction_id = %(jurisdiction)s AND merged_into_id IS NULL AND dissolved_on IS NULL)
SELECT a.id, b.id, 'same_name' FROM live a JOIN live b
    ON a.name_key = b.name_key AND a.classification = b.classification AND a.id < b.id
UNION ALL
SELECT least(l.id, s.organization_id), greatest(l.id, s.organization_id), 'alias'
  FROM live l JOIN directory_alias s ON s.name_key = l.name_key AND s.organization_id <> l.id
  JOIN live o ON o.id = s.organization_id AND o.classification = l.classification
UNION ALL
SELECT a.id, b.id, 'short' FROM live a JOIN live b
    ON a.short_key = b.short_key AND a.short_key <> '' AND a.classification = b.classification AND a.id < b.id
 LIMIT 5000
"""


@verb
def mark_different(*, actor: Actor, likeness: Likeness, now: datetime) -> None:
    """State that the two are not one, so that the pair is not shown again."""
    require(actor, "directory.merge", likeness.first)
    likeness.state, likeness.decided_at, likeness.decided_by = Likeness.State.DIFFERENT, now, actor.name[:40]
    likeness.save(update_fields=["state", "decided_at", "decided_by"])
    record(
        actor=actor,
        verb="directory.mark_different",
        subject=likeness,
        now=now,
        changes={"state": ("open", "different")},
    )
