"""A demonstration town that is really served: web processes on a free port, jobs on request."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from lianjian.config.launcher import places
from tests import ground

# Prints the accounts, and whatever else the builder says goes to the other stream.
_BUILD = """
import contextlib, json, sys, django
django.setup()
from lianjian.demo.build import build
with contextlib.redirect_stdout(sys.stderr):
    build()
from lianjian.demo import accounts
print(json.dumps(accounts(), ensure_ascii=False, default=lambda value: getattr(value, "__dict__", str(value))))
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _python(environment: dict[str, str], *arguments: str) -> str:
    answer = subprocess.run(  # noqa: S603
        [sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return answer.stdout


def _environment(database_url: str, data: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "lianjian.config.settings",
        "DATABASE_URL": database_url,
        "LIANJIAN_DATA": str(data),
    }


def built() -> tuple[str, Path]:
    """The town of this run, a database and its data folder: built where it is first asked for, copied by each process."""
    name, folder = ground.town()
    with places.locked(ground.HOME / "run" / "town.lock"):
        if not (folder / "accounts.json").exists():
            ground.drop(name)  # half built
            shutil.rmtree(folder, ignore_errors=True)
            ground.clone(name)
            folder.mkdir(parents=True)
            said = _python(_environment(ground.app_url(name), folder), "-c", _BUILD)
            ground.analyze(name)
            (folder / "accounts.json").write_text(said.strip().splitlines()[-1])
    return name, folder


class LiveTown:
    """`url` of the pages, `accounts` of the demonstration; `work()` runs every waiting job to its end."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.data = Path(os.environ["LIANJIAN_DATA"]) / name
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.accounts: Any = None
        self._web: subprocess.Popen[bytes] | None = None

    def environment(self) -> dict[str, str]:
        return {**_environment(ground.app_url(self.name), self.data), "LIANJIAN_PORT": str(self.port)}

    def python(self, *arguments: str) -> str:
        """Run Python on this town's database; what it printed."""
        return _python(self.environment(), *arguments)

    def start(self) -> None:
        source, folder = built()
        ground.clone(self.name, source)
        shutil.copytree(folder, self.data)
        self.accounts = json.loads((folder / "accounts.json").read_text())
        command = [sys.executable, "-m", "gunicorn", "--config", "python:lianjian.config.launcher.web"]
        self._web = subprocess.Popen(  # noqa: S603
            [*command, "--workers", "2", "lianjian.config.wsgi"], env=self.environment()
        )
        for _ in range(300):
            try:
                urllib.request.urlopen(self.url, timeout=10).close()  # noqa: S310
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                if self._web.poll() is not None:
                    raise RuntimeError("the web process ended at once") from None
                time.sleep(0.1)
        raise RuntimeError("the web process does not answer")

    def work(self) -> None:
        """Run the jobs that wait, then return."""
        self.python("-m", "lianjian.config.launcher", "worker", "--once")

    def stop(self) -> None:
        if self._web is not None:
            self._web.terminate()
            self._web.wait(timeout=20)
