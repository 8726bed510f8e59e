"""`python -m lianjian.config.openapi [--check]`: the committed contract `openapi.json` against the code."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path

PATH = Path(__file__).resolve().parents[3] / "docs" / "openapi.json"


def current() -> str:
    """The contract as the code has it, in a stable order."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianjian.config.settings")
    django.setup()
    from .api import api

    return (
        json.dumps(
            api.get_openapi_schema(path_prefix="/api/v1/"),
            ensure_ascii=False,
            indent=1,
            sort_keys=True,
            default=str,
        )
        + "\n"
    )


def doubled() -> list[str]:
    """Names that two schemas share: the contract would hold one of them, and a client would read the other by it."""
    from ninja import Schema

    found, waiting = [], list(Schema.__subclasses__())
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if one.__module__.startswith("lianjian."):
            found.append(one.__name__)
    return sorted(name for name, number in Counter(found).items() if number > 1)


def main(arguments: list[str]) -> int:
    """Write the contract, or with `--check` say whether it is the committed one."""
    text = current()
    if names := doubled():
        print(f"Two schemas have one name, give one of them another: {', '.join(names)}")
        return 1
    if "--check" in arguments:
        if PATH.exists() and PATH.read_text() == text:
            return 0
        print(
            "docs/openapi.json differs from the code: run `python -m lianjian.config.openapi` and commit it."
        )
        return 1
    PATH.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
