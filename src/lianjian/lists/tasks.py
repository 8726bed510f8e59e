"""Every minute this node's index is brought up to date; every night words are counted and rows that lag are mended."""

from __future__ import annotations

from lianjian.foundation import clock
from lianjian.foundation.actor import system_actor
from lianjian.foundation.jobs import enqueue, job
from lianjian.jurisdictions.models import Jurisdiction

from . import actions
from .queries import entries


@job("lists.catch_up", cron="* * * * *")
def catch_up(*, timestamp: int) -> None:
    """The index of the node on which the worker runs; others run `lianjian manage match_index --follow`."""
    entries.catch_up(clock.now())


@job("lists.count_words", cron="40 2 * * *")
def count_words(*, timestamp: int) -> None:
    """How common words are; scores follow this count until the next night."""
    for pk in Jurisdiction.objects.order_by("pk").values_list("pk", flat=True):
        enqueue("lists.offer_missing", jurisdiction_id=pk, key=f"{pk}:{timestamp}")
    entries.count_words(clock.now())


@job("lists.offer_missing")
def offer_missing(*, jurisdiction_id: int) -> None:
    """Items of one place whose search row is missing or says not what their body's record says; safe to run twice."""
    actions.offer_missing(actor=system_actor(jurisdiction_id), jurisdiction_id=jurisdiction_id, now=clock.now())
