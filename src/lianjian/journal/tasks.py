"""Nightly: publish the heads, then verify every chain."""

from __future__ import annotations

from lianjian.foundation import clock
from lianjian.foundation.jobs import job

from . import actions


# Times are UTC: a little after two at night in Beijing.
@job("journal.publish", cron="10 18 * * *")
def publish(*, timestamp: int) -> None:
    """Sign and lay down the heads of all chains."""
    actions.publish_heads(now=clock.now())


@job("journal.check", cron="30 18 * * *")
def check(*, timestamp: int) -> None:
    """Verify every chain against itself and what was published."""
    actions.check_chains(now=clock.now())
