"""Real web processes: gunicorn with one synchronous worker, and a client that does one request after another."""

from __future__ import annotations

import http.client
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bench import ground
from bench.protocol import Sample, tree_cpu
from tests.livetown import free_port


@dataclass
class Web:
    """One candidate: its program, its database, its pages by name."""

    name: str
    program: str
    database: str
    as_owner: bool = False
    extra: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self, workers: int = 1) -> None:
        command = [sys.executable, "-m", "gunicorn", "--preload", "--workers", str(workers), "--timeout", "120"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--log-level", "warning"]
        if self.program == "lianjian.config.wsgi" or self.extra.get("BENCH_HOUSE"):
            command += ["--config", "python:lianjian.config.launcher.web"]
        environment = {**ground.environment(self.database, as_owner=self.as_owner), **self.extra}
        self.process = subprocess.Popen([*command, self.program], env=environment, cwd=ground.ROOT)
        for _ in range(300):
            try:
                http.client.HTTPConnection("127.0.0.1", self.port, timeout=5).connect()
                return
            except OSError:
                if self.process.poll() is not None:
                    raise RuntimeError(f"{self.name} ended at once") from None
                time.sleep(0.1)
        raise RuntimeError(f"{self.name} does not answer")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=30)

    @property
    def pid(self) -> int:
        if self.process is None:
            raise RuntimeError(f"{self.name} was not started")
        return self.process.pid

    def ask(
        self,
        path: str,
        cookies: dict[str, str],
        form: dict[str, Any] | None = None,
        expect: tuple[int, ...] = (200,),
    ) -> str:
        """One request on a connection of its own; its text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items()), "Accept": "text/html"}
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({**form, "csrfmiddlewaretoken": cookies.get("csrf", "")})
        connection.request("GET" if form is None else "POST", path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        if answer.status not in expect:
            raise RuntimeError(f"{self.name} answered {answer.status} to {path}: {text[:2000]}")
        return text


def sample(web: Web, requests: list[dict[str, Any]]) -> Sample:
    """CPU seconds a request of the web processes and of the database server, over all these requests."""
    server = ground.server_pid()
    web.ask(**requests[0])  # not measured: wakes what slept meanwhile
    before, wall = (tree_cpu(web.pid), tree_cpu(server)), time.perf_counter()
    for request in requests[1:]:
        web.ask(**request)
    wall = time.perf_counter() - wall
    count = len(requests) - 1
    after = tree_cpu(web.pid), tree_cpu(server)
    return Sample(wall / count, {"web": (after[0] - before[0]) / count, "pg": (after[1] - before[1]) / count})
