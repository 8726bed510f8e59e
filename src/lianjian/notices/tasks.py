"""Old messages go: read ones after half a year, all after two years."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from lianjian.foundation import clock
from lianjian.foundation.jobs import enqueue, job
from lianjian.jurisdictions.models import Jurisdiction

from .models import Message

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
    Message.objects.filter(
        Q(state=Message.State.READ, at__lt=now - READ_FOR) | Q(at__lt=now - KEPT_FOR),
        jurisdiction_id=jurisdiction_id,
    ).delete()
