"""The purposes of visits that a place adds to the known ones: add, rename, retire, take up again."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import Purpose, Visit
from ..rules import PURPOSES, PurposeExists


def _new_name(name: str) -> str:
    """Raise `PurposeExists` for a name that is known everywhere."""
    name = name.strip()
    if name in PURPOSES or name in PURPOSES.values() or name in {gettext(word) for word in PURPOSES.values()}:
        raise PurposeExists
    return name


@verb(constraints={"one_purpose_per_name": PurposeExists})
def add_purpose(*, actor: Actor, name: str, now: datetime) -> Purpose:
    """Add a purpose of visits for the actor's own place. Raises `PurposeExists`, `Denied`."""
    require(actor, "events.purposes", Whole(actor.jurisdiction_id))
    purpose = Purpose.objects.create(jurisdiction_id=actor.jurisdiction_id, name=_new_name(name))
    record(
        actor=actor, verb="events.add_purpose", subject=purpose, now=now, changes={"name": ("", purpose.name)}
    )
    return purpose


@verb(constraints={"one_purpose_per_name": PurposeExists})
def rename_purpose(*, actor: Actor, purpose: Purpose, name: str, now: datetime) -> Purpose:
    """Call a purpose otherwise, in the visits of its place too: a list and its filter say one word.

    Visits of other places keep the word under which they were recorded. Raises `PurposeExists`, `Denied`.
    """
    require(actor, "events.purposes", Whole(purpose.jurisdiction_id))
    before, after = purpose.name, name.strip()
    if before == after:
        return purpose
    purpose.name = _new_name(after)
    purpose.save(update_fields=["name"])
    visits = Visit.objects.filter(jurisdiction_id=purpose.jurisdiction_id, purpose=before)
    count = visits.update(purpose=purpose.name)
    record(
        actor=actor,
        verb="events.rename_purpose",
        subject=purpose,
        now=now,
        changes={"name": (before, purpose.name), "visits": ("", count)},
    )
    return purpose


@verb
def retire_purpose(*, actor: Actor, purpose: Purpose, now: datetime, again: bool = False) -> None:
    """Offer a purpose no longer for new visits, or offer it `again`; visits that have it keep it. Raises `Denied`."""
    require(actor, "events.purposes", Whole(purpose.jurisdiction_id))
    before = purpose.retired_on
    after = None if again else local_day(now)
    if (before is None) == (after is None):
        return
    purpose.retired_on = after
    purpose.save(update_fields=["retired_on"])
    record(
        actor=actor,
        verb="events.retire_purpose",
        subject=purpose,
        now=now,
        changes={"retired_on": (before or "", after or "")},
    )
