"""Every night each place's branches are held against their cadences."""

from __future__ import annotations

from lianjian.foundation import clock
from lianjian.foundation.actor import system_actor
from lianjian.foundation.jobs import enqueue, job
from lianjian.jurisdictions.models import Jurisdiction

from . import actions


@job("partylife.derive_all", cron="25 17 * * *")
def derive_all(*, timestamp: int) -> None:
    """One job for each place, by night in China."""
    for pk in Jurisdiction.objects.order_by("pk").values_list("pk", flat=True):
        enqueue("partylife.derive", jurisdiction_id=pk, key=f"{pk}:{timestamp}")


@job("partylife.derive")
def derive(*, jurisdiction_id: int) -> None:
    """What the branches of one place have not held, and whose term ends; safe to run twice."""
    actor = system_actor(jurisdiction_id)
    actions.derive_cadences(actor=actor, jurisdiction_id=jurisdiction_id, now=clock.now())
    actions.derive_terms(actor=actor, jurisdiction_id=jurisdiction_id, now=clock.now())
