"""The worker: takes jobs from the queue in the database until it is told to stop.

    python -m lianjian.config.launcher worker [--once]

It ends when it loses the database; the supervisor starts it again. Each start has a name of its own, so that jobs of
a killed one are known as abandoned.
"""

from __future__ import annotations

import os
import secrets
import sys
from typing import Any


def worker_app() -> Any:
    """An app with the tasks of Django's, but its own asynchronous connections for taking jobs.

    Not `app.replace_connector()`: within it, a job that enqueues another one would do so on the worker's connection,
    outside its own transaction. Here the tasks keep Django's connector, and a rolled-back job leaves no job behind.
    """
    from procrastinate import App
    from procrastinate.contrib.django import app

    connector: Any = app.connector
    worker = App(connector=connector.get_worker_connector(), import_paths=app.import_paths)
    worker.tasks = app.tasks
    worker.periodic_registry = app.periodic_registry
    return worker


def main() -> None:
    import django

    django.setup()
    once = "--once" in sys.argv[1:]
    worker_app().run_worker(
        name=f"worker-{os.getpid()}-{secrets.token_hex(3)}",
        concurrency=1,
        wait=not once,
        listen_notify=not once,
        shutdown_graceful_timeout=20.0,
    )
