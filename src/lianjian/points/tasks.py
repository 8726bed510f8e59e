"""Jobs of points: what is to be exchanged in this period, and names that are not kept any longer."""

from __future__ import annotations

from lianjian.foundation import clock
from lianjian.foundation.actor import system_actor
from lianjian.foundation.jobs import enqueue, job
from lianjian.jurisdictions.models import Jurisdiction

from .actions import forget_accounts, remind_exchanges


@job("points.nightly_all", cron="50 17 * * *")
def nightly_all(*, timestamp: int) -> None:
    """One job for each place, by night in China."""
    for pk in Jurisdiction.objects.order_by("pk").values_list("pk", flat=True):
        enqueue("points.nightly", jurisdiction_id=pk, key=f"{pk}:{timestamp}")


@job("points.nightly")
def nightly(*, jurisdiction_id: int) -> None:
    """Exchanges of one place that are due, and accounts closed long ago."""
    actor, now = system_actor(jurisdiction_id), clock.now()
    remind_exchanges(actor=actor, jurisdiction_id=jurisdiction_id, now=now)
    forget_accounts(actor=actor, jurisdiction_id=jurisdiction_id, now=now)
