"""The demonstration town: built in a child process as role `app`, its accounts printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import call, database, processes

_BUILD, _EMPTY, _ACCOUNTS = (
    "lianjian.demo.build.build",
    "lianjian.demo.build.build_empty",
    "lianjian.demo.accounts",
)


def shipped() -> bool:
    """True where the program comes with a demonstration."""
    return call.exists(_BUILD)


def _mark(data: Path) -> Path:
    return data / "run" / "demonstration"


def build(addresses: database.Addresses, data: Path, *, empty: bool = False) -> None:
    """Build the demonstration town, or a county with one empty town and its accounts."""
    processes.call(_EMPTY if empty else _BUILD, addresses=addresses, data=data)
    database.analyze(addresses)
    _mark(data).touch()  # its accounts are printed at each start; those of a real house never are


def account_lines(addresses: database.Addresses, data: Path) -> list[str]:
    """The demonstration accounts, one line each; nothing in a house that is in earnest."""
    if not _mark(data).exists() or not shipped():
        return []
    accounts: list[Any] = processes.call(_ACCOUNTS, addresses=addresses, data=data) or []
    return [_line(account) for account in accounts]


def _line(account: Any) -> str:
    values = (
        account.values() if isinstance(account, dict) else account if isinstance(account, list) else [account]
    )
    return "  ".join(str(value) for value in values)
