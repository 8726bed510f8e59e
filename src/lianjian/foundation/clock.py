"""The one place that reads the clock. Only doors (views, api, tasks, commands) may call it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The present day in Beijing time, which all legal days follow."""
    return timezone.localdate()


def local_day(moment: datetime) -> date:
    """The day in Beijing time on which `moment` falls."""
    return timezone.localdate(moment)
