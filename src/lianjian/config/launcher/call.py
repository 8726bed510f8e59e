"""Call one function of the program in a Django process of its own and print what it returns as JSON.

    python -m lianjian.config.launcher.call lianjian.demo.accounts '{}'

What the function prints goes to the terminal by way of the error stream; the last line of the output is the JSON.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import importlib.util
import json
import sys
from typing import Any


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def call(dotted: str, arguments: dict[str, Any]) -> Any:
    """The result of the named function; Django must be set up."""
    module, _, name = dotted.rpartition(".")
    return getattr(importlib.import_module(module), name)(**arguments)


def exists(dotted: str) -> bool:
    """True when this program has the named function (its module is not imported)."""
    module = dotted.rpartition(".")[0]
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def main() -> None:
    import django

    django.setup()
    dotted, arguments = sys.argv[1], json.loads(sys.argv[2])
    with contextlib.redirect_stdout(sys.stderr):
        result = call(dotted, arguments)
    sys.stdout.write(json.dumps(result, ensure_ascii=False, default=plain) + "\n")


if __name__ == "__main__":
    main()
