"""Configuration of gunicorn: synchronous workers, persistent connections, the program loaded once.

`gunicorn --config python:lianjian.config.launcher.web lianjian.config.wsgi`
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from lianjian.config.launcher.processes import cores

bind = f"{os.environ.get('LIANJIAN_BIND', '127.0.0.1')}:{os.environ.get('LIANJIAN_PORT', '8000')}"
workers = int(os.environ.get("LIANJIAN_WEB_PROCESSES") or min(cores() + 1, 3))
worker_class = "sync"
preload_app = True  # shared memory, and one start for all
timeout = 60  # seconds; exports and imports are jobs
graceful_timeout = 10
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = None
loglevel = "warning"
proc_name = "lianjian-web"
control_socket_disable = True
# The heartbeat file must not lie on a slow disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


def post_fork(server: Any, worker: Any) -> None:
    """A connection opened while loading belongs to the parent."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.connection = None
