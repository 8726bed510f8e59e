"""Every night: duties for firms without an instructor end where one came back on the day that was said."""

from __future__ import annotations

from lianjian.foundation import clock
from lianjian.foundation.actor import system_actor
from lianjian.foundation.jobs import enqueue, job
from lianjian.jurisdictions.models import Jurisdiction

from .actions import settle_uncovered


@job("coverage.settle_all", cron="23 16 * * *")
def settle_all(*, timestamp: int) -> None:
    """One job for each place, just after midnight in China."""
    day = clock.today().isoformat()
    for pk in Jurisdiction.objects.order_by("pk").values_list("pk", flat=True):
        enqueue("coverage.settle", jurisdiction_id=pk, key=f"{pk}:{day}")


@job("coverage.settle")
def settle(*, jurisdiction_id: int) -> None:
    """The duties of one place."""
    settle_uncovered(actor=system_actor(jurisdiction_id), now=clock.now())
