"""Public entrances: open one, retire one; counters that are over are dropped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lianjian.cases import rules as cases
from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .limits import KEPT_SECONDS
from .models import Entrance, Tally
from .rules import EntranceExists


@verb(constraints={"one_entrance_per_spot": EntranceExists})
def open_entrance(
    *, actor: Actor, organization: Organization, now: datetime, spot: str = "", kinds: Sequence[str] = ()
) -> Entrance:
    """Give a body a public address for telling matters. Raises `EntranceExists`, `UnknownKind`, `Denied`."""
    require(actor, "cases.dispatch", Whole(organization.jurisdiction_id))
    for kind in kinds:
        if kind not in cases.KINDS:
            raise cases.UnknownKind(kind=kind)
    made = Entrance.objects.create(
        jurisdiction_id=organization.jurisdiction_id,
        organization=organization,
        spot=spot.strip()[:60],
        kinds=list(kinds),
        made_on=local_day(now),
    )
    changes = {"organization": ("", organization.name), "spot": ("", made.spot)}
    record(actor=actor, verb="portal.open_entrance", subject=made, now=now, changes=changes)
    return made


@verb(constraints={"one_entrance_per_spot": EntranceExists})
def retire_entrance(*, actor: Actor, entrance: Entrance, now: datetime, again: bool = False) -> None:
    """The code leads nowhere from now on, or leads in `again`. Cases told there stay."""
    require(actor, "cases.dispatch", Whole(entrance.jurisdiction_id))
    before = entrance.retired_on
    after = None if again else before or local_day(now)
    if before == after:
        return
    entrance.retired_on = after
    entrance.save(update_fields=["retired_on"])
    changes = {"retired_on": (before or "", after or "")}
    record(actor=actor, verb="portal.retire_entrance", subject=entrance, now=now, changes=changes)


def drop_old_tallies(now: datetime) -> int:
    """Counters whose span is over; returns how many went."""
    return Tally.objects.filter(slot__lt=int(now.timestamp()) - KEPT_SECONDS).delete()[0]
