"""Child processes of one purpose: the schema, the demonstration, anything that runs Django beside the launcher."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from . import database
from .words import Stop


def run_module(
    module: str, *arguments: str, addresses: database.Addresses, data: Path, as_owner: bool = False
) -> str:
    """Run a Python module to its end and return what it printed; its errors go to the terminal."""
    answer = subprocess.run(  # noqa: S603
        [sys.executable, "-m", module, *arguments],
        env=database.environment(addresses, data, as_owner=as_owner),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    if answer.returncode != 0:
        raise Stop(
            f"{module} 失败（退出码 {answer.returncode}），原因见上。",
            f"{module} failed (exit code {answer.returncode}); the reason stands above.",
        )
    return answer.stdout


def bring_up_schema(addresses: database.Addresses, data: Path) -> dict[str, Any]:
    """Migrate as the owner. {"applied": int, "empty": bool}"""
    output = run_module("lianjian.config.launcher.schema", addresses=addresses, data=data, as_owner=True)
    result: dict[str, Any] = json.loads(output.strip().splitlines()[-1])
    return result


def cores() -> int:
    """Cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1


def call(dotted: str, *, addresses: database.Addresses, data: Path, **arguments: Any) -> Any:
    """What the named function returns, called in a Django process of its own as role `app`."""
    output = run_module(
        "lianjian.config.launcher.call", dotted, json.dumps(arguments), addresses=addresses, data=data
    )
    return json.loads(output.strip().splitlines()[-1])
