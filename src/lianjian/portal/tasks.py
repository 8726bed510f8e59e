"""Jobs of the portal."""

from __future__ import annotations

from typing import Any

from lianjian.foundation import clock
from lianjian.foundation.jobs import job

from . import actions


@job("portal.tallies", cron="20 3 * * *")
def drop_old_tallies(**_given: Any) -> None:
    """Every night."""
    actions.drop_old_tallies(clock.now())
