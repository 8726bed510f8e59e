"""The ground of the benchmarks: the test ground's embedded server in a home of its own, so that nobody else works
on it, with durable commits as in service."""

from __future__ import annotations

import atexit
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".cache" / "benchdb"

os.environ.setdefault("LIANJIAN_TEST_HOME", str(HOME))

from tests import ground  # noqa: E402 - it reads LIANJIAN_TEST_HOME

ground.FAST.update(
    {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "max_connections": "80"}
)


def open_ground() -> None:
    """Start the server; it stops when this process ends. Databases of ended runs are dropped."""
    ground.prepare_environment()
    ground.start()
    ground.drop_stale()
    atexit.register(close_ground)


def close_ground() -> None:
    ground.stop()
    ground.forget_environment()


def fresh(source: str | None = None) -> str:
    """The name of a new clone (of the template, or of `source`)."""
    name = ground.new_name()
    ground.clone(name, source)
    return name


def server_pid() -> int:
    process = ground.server().process()
    if process is None:
        raise RuntimeError("the server is not running")
    return process.pid


def environment(name: str, *, as_owner: bool = False) -> dict[str, str]:
    """What a process that serves this database needs: as in service, not as in tests."""
    # An installed program has its bytecode; without it each process would compile what it imports.
    left_out = ("LIANJIAN_TESTING", "LIANJIAN_DEBUG", "PYTHONDONTWRITEBYTECODE")
    kept = {k: v for k, v in os.environ.items() if k not in left_out}
    kept.update(
        DJANGO_SETTINGS_MODULE="lianjian.config.settings",
        DATABASE_URL=ground.owner_url(name) if as_owner else ground.app_url(name),
        LIANJIAN_SECRET_KEY=ground.SECRET_KEY,
        PYTHONPATH=os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    )
    return kept
