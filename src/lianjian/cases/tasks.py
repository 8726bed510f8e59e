"""Every ten minutes: what is late goes up the line, what stayed too long on a level goes to the next."""

from __future__ import annotations

from lianjian.foundation import clock
from lianjian.foundation.actor import system_actor
from lianjian.foundation.jobs import enqueue, job
from lianjian.jurisdictions.models import Jurisdiction

from . import actions


@job("cases.escalate_all", cron="*/10 * * * *")
def escalate_all(*, timestamp: int) -> None:
    """One job for each place."""
    for pk in Jurisdiction.objects.order_by("pk").values_list("pk", flat=True):
        enqueue("cases.escalate", jurisdiction_id=pk, key=f"{pk}:{timestamp}")


@job("cases.escalate")
def escalate(*, jurisdiction_id: int) -> None:
    """Everything of one place that is due to go up; safe to run twice."""
    actions.escalate_place(actor=system_actor(jurisdiction_id), jurisdiction_id=jurisdiction_id, now=clock.now())
