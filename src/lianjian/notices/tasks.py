"""Old messages go: read ones after half a year, all after two years."""

from __future__ import annotations

from datetime import timedelta

from lianjian.foundation import clock
from lianjian.foundation.jobs import enqueue, job
from lianjian.jurisdictions.models import Jurisdiction

from .actions import forget_old

READ_FOR = timedelta(days=183)
KEPT_FOR = timedelta(days=730)


@job("notices.tidy_all", cron="41 18 * * *")
def tidy_all(*, timestamp: int) -> None:
    """One job for each place, by night in China."""
    day = clock.today().isoformat()
    for pk in Jurisdiction.objects.order_by("pk").values_list("pk", flat=True):
        enqueue("notices.tidy", jurisdiction_id=pk, key=f"{pk}:{day}")


@job("notices.tidy")
def tidy(*, jurisdiction_id: int) -> None:
    """Delete what is past its time in one place."""
    now = clock.now()
    forget_old(jurisdiction_id=jurisdiction_id, read_before=now - READ_FOR, before=now - KEPT_FOR)
