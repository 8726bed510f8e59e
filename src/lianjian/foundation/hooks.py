"""Places where higher apps plug in what the foundation needs but may not import; filled by `config/wiring.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def _unwired(*args: Any, **kwargs: Any) -> Any:
    raise RuntimeError("config/wiring.py has not been loaded")


def _silent(*args: Any, **kwargs: Any) -> None:
    return None


class Hooks:
    """One attribute a hook; `config.wiring.wire()` sets them once at start."""

    actor_of: Callable[[int], Any] = staticmethod(_unwired)  # (user_id) -> Actor
    first_account: Callable[..., Any] = staticmethod(_unwired)  # (username=, name=, password=, role=, now=) at set-up
    denied: Callable[..., None] = staticmethod(_silent)  # (request, right) after a refused page
    exported: Callable[..., None] = staticmethod(_silent)  # (actor=, name=, rows=, filters=, now=)
    keep_export: Callable[..., None] = staticmethod(_unwired)  # (actor=, name=, path=, now=) a file made by a job
    navigation: Callable[..., list[Any]] = staticmethod(lambda actor, path: [])
    inbox_count: Callable[..., int] = staticmethod(lambda actor: 0)
    site_name: Callable[[], str] = staticmethod(lambda: "")
    figure_url: Callable[..., str] = staticmethod(_unwired)


hooks = Hooks()
