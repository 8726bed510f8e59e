"""`python -m lianjian.config.openapi [--check]`: the committed contract `openapi.json` against the code."""

from __future__ import annotations

import json
import os
import sys
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


def main(arguments: list[str]) -> int:
    """Write the contract, or with `--check` say whether it is the committed one."""
    text = current()
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
