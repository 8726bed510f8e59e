"""Jobs: a name and ids, enqueued in the caller's transaction, run in one transaction, safe to run twice."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from procrastinate import App, RetryStrategy
from procrastinate.contrib.django import app as django_app

from . import context
from .once import first_time

log = logging.getLogger("lianjian.jobs")

_RETRY = RetryStrategy(max_attempts=6, exponential_wait=3)
_registered: dict[str, Any] = {}


def on_app_ready(app: App) -> None:
    """Called by procrastinate once its app stands; tasks register themselves when their modules are imported."""


def job(
    name: str, *, atomic: bool = True, queue: str = "default", cron: str | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function a job. It receives `jurisdiction_id` and ids as keywords, in the context of that jurisdiction.

    `atomic=False` is for long work that commits in steps; it opens its own transactions and contexts.
    With `cron` the job also runs on that schedule (without a jurisdiction: it must enqueue one job for each).
    """

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def run(*, jurisdiction_id: int, once: str = "", **kwargs: Any) -> None:
            if not atomic:
                function(jurisdiction_id=jurisdiction_id, **kwargs)
                return
            with transaction.atomic():
                context.enter((jurisdiction_id,), (jurisdiction_id,))
                if once and not first_time(f"job:{name}:{once}"):
                    return
                function(jurisdiction_id=jurisdiction_id, **kwargs)

        if cron is not None:

            @wraps(function)
            def on_time(timestamp: int) -> None:
                with transaction.atomic():
                    function(timestamp=timestamp)

            task = django_app.periodic(cron=cron)(
                django_app.task(name=name, queue=queue, retry=_RETRY, queueing_lock=name)(on_time)
            )
        else:
            task = django_app.task(name=name, queue=queue, retry=_RETRY)(run)
        _registered[name] = task
        function.run_job = run  # type: ignore[attr-defined]
        return function

    return decorate


def enqueue(name: str, *, jurisdiction_id: int, key: str = "", delay_seconds: int = 0, **ids: Any) -> int:
    """Put a job in the queue within this transaction; a rollback takes it with it. Returns the job's id.

    With `key` its effect happens once, however often it is enqueued or run.
    """
    options: dict[str, Any] = {"schedule_in": {"seconds": delay_seconds}} if delay_seconds else {}
    arguments = {**ids, "jurisdiction_id": jurisdiction_id, **({"once": key} if key else {})}
    return int(django_app.configure_task(name, **options).defer(**arguments))


def known(name: str) -> bool:
    """True if a job of this name has been registered by an imported `tasks` module."""
    return name in _registered
