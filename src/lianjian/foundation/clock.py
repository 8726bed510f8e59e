"""The one place that reads the clock. Only doors (views, api, tasks, commands) may call it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

# How often the clock was read: tells whether something made meanwhile may depend on the time.
reads = 0


def now() -> datetime:
    """The present moment, aware, in UTC."""
    global reads
    reads += 1
    return timezone.now()


def today() -> date:
    """The present day in Beijing time, which all legal days follow."""
    global reads
    reads += 1
    return timezone.localdate()


def local_day(moment: datetime) -> date:
    """The day in Beijing time on which `moment` falls."""
    return timezone.localdate(moment)
