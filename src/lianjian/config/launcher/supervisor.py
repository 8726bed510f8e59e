"""`lianjian run`: one process that brings the house up, keeps it up and takes it down in order.

Order: database, schema, demonstration (in an empty house), then web and worker. A child that ends is started again,
later and later if it keeps ending; the database is looked after every second. Ctrl-C or SIGTERM stops the web first
(nobody adds work), then the worker (it finishes its job), then the database.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import psutil

from . import database, demonstration, places, processes
from .words import Stop, fail, show, step, t

LONGEST_PAUSE = 30.0  # seconds between two starts of a child that keeps ending
HEALTHY_AFTER = 60.0  # a child that lived so long starts again at once


@dataclass
class Child:
    """One kept process: how it is started, when it may start again, how long it is given to stop."""

    name: str
    command: list[str]
    environment: dict[str, str]
    grace: float
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    due: float = 0.0
    starts: int = 0
    last: int | None = None

    def tend(self, now: float) -> bool:
        """Start the child when it is due; note its end. True if something changed."""
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return False
            signal_group(
                self.process.pid, signal.SIGTERM
            )  # its orphans finish their requests and free the port
            self.process = None
            self.pause = (
                0.5 if now - self.started > HEALTHY_AFTER else min(max(self.pause * 2, 0.5), LONGEST_PAUSE)
            )
            self.due = now + self.pause
            step(
                f"{self.name} 已退出（退出码 {code}），{self.pause:g} 秒后重新启动。",
                f"{self.name} ended (exit code {code}); starting it again in {self.pause:g} s.",
            )
            return True
        if now < self.due:
            return False
        if self.last is not None:
            signal_group(self.last, signal.SIGKILL)
        # A group of its own: Ctrl-C in the terminal reaches the supervisor only, which stops things in order.
        self.process = subprocess.Popen(  # noqa: S603
            self.command, env=self.environment, stdin=subprocess.DEVNULL, start_new_session=True
        )
        self.last = self.process.pid
        self.started = now
        self.starts += 1
        return True

    def stop(self) -> None:
        """Ask to end, wait for the grace in seconds, then end it and all it left behind."""
        if self.process is None:
            return
        end_group(self.process.pid, self.grace, self.process)
        self.process = None


def members(group: int) -> list[psutil.Process]:
    """The processes of a group that one of ours leads or led."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, ProcessLookupError, PermissionError):
            if os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def signal_group(group: int, sign: signal.Signals) -> None:
    """Send a signal to what is left of a group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, sign)


def end_group(group: int, grace: float, process: subprocess.Popen[bytes] | None = None) -> None:
    """End a process of ours with all its children: politely, and after the grace in seconds not."""
    family = members(group)
    # The first one tells its children itself; without it each is told.
    leader = [one for one in family if one.pid == group]
    for one in leader or family:
        with contextlib.suppress(psutil.Error):
            one.terminate()
    if process is not None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=grace)
            grace = 1.0
    psutil.wait_procs(family, timeout=grace)
    signal_group(group, signal.SIGKILL)
    if process is not None:
        process.wait()
    psutil.wait_procs(family, timeout=5.0)


def children(addresses: database.Addresses, data: Path) -> list[Child]:
    """Web and worker, with nothing but the role `app` in their environment."""
    environment = database.environment(addresses, data)
    python = [sys.executable, "-m"]
    web = [*python, "gunicorn", "--config", "python:lianjian.config.launcher.web", "lianjian.config.wsgi"]
    worker = [*python, "lianjian.config.launcher", "worker"]
    return [
        Child(t("网页服务", "web"), web, environment, grace=15.0),
        Child(t("后台任务", "worker"), worker, environment, grace=25.0),
    ]


class Supervisor:
    """Keeps children and database alive until told to stop."""

    def __init__(self, addresses: database.Addresses, data: Path) -> None:
        self.addresses = addresses
        self.data = data
        self.children = children(addresses, data)
        self.stopping = False

    def loop(self, ready: Callable[[], None]) -> None:
        announced = False
        while not self.stopping:
            self._tend_database()
            now = time.monotonic()
            if self._tend_children(now):
                self._write_state()
            if not announced and answers(places.port()):
                announced = True
                ready()
            time.sleep(0.1 if not announced else 0.5)

    def stop(self) -> None:
        for child in self.children:
            child.stop()
        (self.data / "run" / "processes.json").unlink(missing_ok=True)

    def _tend_children(self, now: float) -> bool:
        """Every child gets its turn, whatever happened to the one before it."""
        changed = [child.tend(now) for child in self.children]
        return any(changed)

    def _tend_database(self) -> None:
        server = self.addresses.server
        if server is None or server.process() is not None:
            return
        step("数据库已停止，正在重新启动。", "The database is gone; starting it again.")
        try:
            with places.locked(self.data / "run" / "database.lock"):
                server.start()
        except Stop as stop:
            fail(stop)
            time.sleep(5)
            return
        step("数据库已恢复。", "The database is back.")

    def _write_state(self) -> None:
        """Who we started, so that the next start can end what a killed supervisor left behind."""
        state = []
        for child in self.children:
            if child.process is not None:
                with contextlib.suppress(psutil.Error):
                    state.append([child.process.pid, psutil.Process(child.process.pid).create_time()])
        places.write_text(self.data / "run" / "processes.json", json.dumps(state))


def end_leftovers(data: Path) -> None:
    """Web and worker of a supervisor that was killed: known by number and time of birth, so never a stranger."""
    path = data / "run" / "processes.json"
    try:
        state: list[list[float]] = json.loads(path.read_text())
    except (OSError, ValueError):
        return
    for pid, born in state:
        family = [one for one in members(int(pid)) if one.create_time() > born - 0.05 and _is_ours(one)]
        if family:
            step("清理上次留下的进程。", "Ending a process that the last run left behind.")
            end_group(int(pid), 10.0)
    path.unlink(missing_ok=True)


def _is_ours(process: psutil.Process) -> bool:
    try:
        return "lianjian.config" in " ".join(process.cmdline())
    except psutil.Error:
        return False


def answers(port: int) -> bool:
    """True when the web answers anything at all."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def refuse_taken_port() -> None:
    """Say in one sentence that somebody else has the port, before anything is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((os.environ.get("LIANJIAN_BIND", "127.0.0.1"), places.port()))
        except OSError as error:
            raise Stop(
                f"端口 {places.port()} 不能使用（{error.strerror}），请换一个：LIANJIAN_PORT={places.port() + 1}。",
                f"port {places.port()} cannot be used ({error.strerror}); "
                f"choose another, for example LIANJIAN_PORT={places.port() + 1}.",
            ) from error


@contextlib.contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the house for this supervisor, or say in one sentence who has it."""
    lock = places.try_lock(data / "run" / "supervisor.lock")
    if lock is None:
        try:
            pid, port = (data / "run" / "supervisor.who").read_text().split()
        except (OSError, ValueError):
            pid, port = "?", "?"
        raise Stop(
            f"联建已经在运行：http://127.0.0.1:{port}（进程 {pid}，数据文件夹 {data}）。",
            f"Lianjian is already running: http://127.0.0.1:{port} (process {pid}, data folder {data}).",
        )
    with lock:
        places.write_text(data / "run" / "supervisor.who", f"{os.getpid()} {places.port()}\n")
        yield


def announce(addresses: database.Addresses, data: Path, began: float) -> None:
    show()
    show(
        t("联建已启动：", "Lianjian is up: ")
        + f"http://127.0.0.1:{places.port()}/"
        + f"  ({time.monotonic() - began:.1f} s)"
    )
    for line in demonstration.account_lines(addresses, data):
        show("  " + line)
    show(t("按 Ctrl-C 停止。", "Press Ctrl-C to stop."))
    show()


class _Leave(Exception):
    """A signal came while the house was still being brought up."""


def run(*, with_demonstration: bool = True) -> int:
    """Bring the house up, keep it until Ctrl-C or SIGTERM, take it down."""
    began = time.monotonic()
    data = places.data_dir()
    places.prepare(data)
    supervisor: Supervisor | None = None

    def leave(number: int, frame: FrameType | None) -> None:
        if supervisor is None:
            raise _Leave
        supervisor.stopping = True

    with alone(data):
        end_leftovers(data)
        refuse_taken_port()
        signal.signal(signal.SIGTERM, leave)
        signal.signal(signal.SIGINT, leave)
        try:
            step("启动数据库……", "Starting the database…")
            with database.held(data) as addresses:
                _bring_up(addresses, data, with_demonstration)
                supervisor = Supervisor(addresses, data)
                try:
                    step("启动网页和后台任务……", "Starting web and worker…")
                    supervisor.loop(lambda: announce(addresses, data, began))
                finally:
                    step("正在停止……", "Stopping…")
                    supervisor.stop()
        except _Leave:
            pass
    show(t("已全部停止。", "Everything has stopped."))
    return 0


def _bring_up(addresses: database.Addresses, data: Path, with_demonstration: bool) -> None:
    step("检查数据库结构……", "Checking the schema…")
    schema: dict[str, Any] = processes.bring_up_schema(addresses, data)
    if schema["applied"]:
        step(
            f"数据库结构已更新（{schema['applied']} 步）。",
            f"The schema was brought up ({schema['applied']} steps).",
        )
    if schema["empty"] and with_demonstration and demonstration.shipped():
        step("数据库是空的，建立演示镇……", "The house is empty; building the demonstration town…")
        demonstration.build(addresses, data)
