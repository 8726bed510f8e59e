"""Jobs of awards: what is to be held in this period, and names that are not kept any longer."""

from __future__ import annotations

from lianjian.foundation import clock
from lianjian.foundation.actor import system_actor
from lianjian.foundation.jobs import enqueue, job
from lianjian.jurisdictions.models import Jurisdiction

from .actions import forget_nominees, lapse_rounds, remind_rounds


@job("awards.nightly_all", cron="45 17 * * *")
def nightly_all(*, timestamp: int) -> None:
    """One job for each place, by night in China."""
    for pk in Jurisdiction.objects.order_by("pk").values_list("pk", flat=True):
        enqueue("awards.nightly", jurisdiction_id=pk, key=f"{pk}:{timestamp}")


@job("awards.nightly")
def nightly(*, jurisdiction_id: int) -> None:
    """Awards of one place that are due, and candidates of long ago."""
    actor, now = system_actor(jurisdiction_id), clock.now()
    remind_rounds(actor=actor, jurisdiction_id=jurisdiction_id, now=now)
    lapse_rounds(actor=actor, jurisdiction_id=jurisdiction_id, now=now)
    forget_nominees(actor=actor, jurisdiction_id=jurisdiction_id, now=now)
