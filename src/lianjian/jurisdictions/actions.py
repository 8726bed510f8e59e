"""Verbs on jurisdictions: found one, lend a row, number a record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from lianjian.foundation import prepared
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.verbs import verb

from .models import Jurisdiction, Share


class JurisdictionExists(Refused):
    """Name or prefix is taken."""

    sentence = _("已有同名或编号前缀相同的地区,请换一个前缀。")
    status = 409


class AlreadyShared(Refused):
    """The row is lent to that jurisdiction already."""

    sentence = _("这条记录已经共享给该地区。")
    status = 409


@verb(
    constraints={
        "one_jurisdiction_per_prefix": JurisdictionExists,
        "one_jurisdiction_per_name": JurisdictionExists,
    }
)
def found_jurisdiction(
    *, name: str, level: str, prefix: str, area_code: str = "", parent: Jurisdiction | None = None
) -> Jurisdiction:
    """Found a jurisdiction. Done at set-up, before any actor exists."""
    return Jurisdiction.objects.create(name=name, level=level, prefix=prefix, area_code=area_code, parent=parent)


def next_number(*, jurisdiction_id: int, kind: str, year: int, count: int = 1) -> int:
    """First of `count` new numbers; numbers of a transaction that is undone are given out again.

    The row stays locked until the transaction ends, so call it late.
    """
    return next_number_of(jurisdiction_id, kind, year, count)[1]


def next_number_of(jurisdiction_id: int, kind: str, year: int, count: int = 1) -> tuple[str, int]:
    """The same with the prefix that the numbers of the place have."""
    ((prefix, last),) = prepared.rows(
        "INSERT INTO jurisdictions_counter AS c (jurisdiction_id, kind, year, last) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (jurisdiction_id, kind, year) DO UPDATE SET last = c.last + excluded.last"
        " RETURNING (SELECT prefix FROM jurisdictions_jurisdiction j WHERE j.id = c.jurisdiction_id), last",
        [jurisdiction_id, kind, year, count],
    )
    return str(prefix), int(last) - count + 1


@verb(constraints={"one_open_share_per_row": AlreadyShared})
def share(*, actor: Actor, row: models.Model, grantee_id: int, reason: str, now: datetime) -> Share:
    """Lend one row to another jurisdiction until `unshare`. The caller journals it as part of its own verb."""
    return Share.objects.create(
        jurisdiction_id=row.jurisdiction_id,  # type: ignore[attr-defined]
        grantee_id=grantee_id,
        table=row._meta.db_table,
        row_id=row.pk,
        reason=reason,
        since=now,
    )


def share_together(
    *, actor: Actor, rows: Iterable[models.Model], grantees: Iterable[int], reason: str, now: datetime
) -> None:
    """Lend many rows to other places at once; their own places, and what is lent already, stay as they are.

    Part of the caller's verb, which journals it.
    """
    places = sorted(set(grantees))
    Share.objects.bulk_create(
        (
            Share(
                jurisdiction_id=row.jurisdiction_id,  # type: ignore[attr-defined]
                grantee_id=place,
                table=row._meta.db_table,
                row_id=row.pk,
                reason=reason,
                since=now,
            )
            for row in rows
            for place in places
            if place != row.jurisdiction_id  # type: ignore[attr-defined]
        ),
        batch_size=2_000,
        ignore_conflicts=True,
    )


@verb
def unshare(*, actor: Actor, row: models.Model, grantee_id: int, now: datetime) -> int:
    """End every open loan of the row to that jurisdiction; returns how many there were."""
    return Share.objects.filter(
        table=row._meta.db_table, row_id=row.pk, grantee_id=grantee_id, until__isnull=True
    ).update(until=now)
