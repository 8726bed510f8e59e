"""Old messages go: read ones after half a year, all after two years. Documents come out on their day."""

from __future__ import annotations

import logging
from datetime import timedelta

from lianjian.foundation import clock
from lianjian.foundation.actor import system_actor
from lianjian.foundation.errors import Refused
from lianjian.foundation.jobs import enqueue, job
from lianjian.jurisdictions.models import Jurisdiction

from .actions import forget_old, publish_document, report_hindered
from .queries.pages import ready_to_publish, told_of

log = logging.getLogger("lianjian.notices")
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


@job("notices.publish_all", cron="7 16 * * *")
def publish_all(*, timestamp: int) -> None:
    """One job for each place, just after midnight in China."""
    day = clock.today().isoformat()
    for pk in Jurisdiction.objects.order_by("pk").values_list("pk", flat=True):
        enqueue("notices.publish", jurisdiction_id=pk, key=f"{pk}:{day}")


@job("notices.publish")
def publish(*, jurisdiction_id: int) -> None:
    """Documents that passed their reviews and whose day has come are published."""
    now = clock.now()
    for document in ready_to_publish(jurisdiction_id, clock.today()):
        try:
            publish_document(actor=system_actor(jurisdiction_id), document=document, now=now)
        except Refused as refusal:  # the others come out nevertheless
            log.warning("document %s was not published: %s", document.key, refusal.code)
            if not told_of(document, "documents.hindered"):
                actor = system_actor(jurisdiction_id)
                report_hindered(actor=actor, document=document, reason=str(refusal), now=now)
