"""Verbs of honours."""

from __future__ import annotations

from datetime import date, datetime

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import Honour
from ..rules import honours as rules


@verb(constraints={"one_honour_of_a_day": rules.HonourExists})
def award_honour(
    *,
    actor: Actor,
    organization: Organization,
    title: str,
    level: str,
    awarded_by: str,
    awarded_on: date,
    document: str,
    now: datetime,
    person_name: str = "",
) -> Honour:
    """An honour as it was published. Raises `HonourExists`, `HonourLater`, `Denied`."""
    require(actor, "alliances.write", organization)
    if awarded_on > local_day(now):
        raise rules.HonourLater
    made = Honour.objects.create(
        jurisdiction_id=organization.jurisdiction_id,
        organization=organization,
        title=title.strip()[:80],
        level=level,
        awarded_by=awarded_by.strip()[:80],
        awarded_on=awarded_on,
        document=document.strip()[:120],
        person_name=person_name.strip()[:40],
    )
    changes = {"title": ("", made.title), "awarded_by": ("", made.awarded_by), "awarded_on": ("", awarded_on)}
    record(actor=actor, verb="alliances.award_honour", subject=made, now=now, changes=changes)
    return made


@verb
def withdraw_honour(*, actor: Actor, honour: Honour, on: date, reason: str, now: datetime) -> None:
    """It was taken back, or written down by mistake. Raises `HonourWithdrawn`, `WithdrawnTooEarly`, `ReasonMissing`."""
    require(actor, "alliances.write", honour.organization)
    held = Honour.objects.select_for_update(of=("self",)).get(pk=honour.pk)
    if held.withdrawn_on is not None:
        raise rules.HonourWithdrawn
    if not reason.strip():
        raise rules.ReasonMissing
    if not held.awarded_on <= on <= local_day(now):
        raise rules.WithdrawnTooEarly(since=held.awarded_on)
    held.withdrawn_on, held.withdrawn_reason = on, reason.strip()[:200]
    held.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    changes = {"withdrawn_on": ("", on), "reason": ("", held.withdrawn_reason)}
    record(actor=actor, verb="alliances.withdraw_honour", subject=held, now=now, changes=changes)
