"""Reckon provisional deadlines again after working days were loaded."""

from __future__ import annotations

from lianjian.foundation import clock
from lianjian.foundation.actor import system_actor
from lianjian.foundation.jobs import job

from . import actions


@job("rulebook.recompute")
def recompute(*, jurisdiction_id: int) -> None:
    """All provisional deadlines of one place. Safe to run twice: what is certain now is not touched again."""
    actions.recompute(actor=system_actor(jurisdiction_id), jurisdiction_id=jurisdiction_id, now=clock.now())
