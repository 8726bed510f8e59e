"""`python -m bench [AREA ...] [--n N] [--seed S] [--rounds R] [--json FILE]`: measure, print, keep the result."""

from __future__ import annotations

import argparse
import json
from importlib import import_module
from pathlib import Path
from typing import Any

from bench import protocol, report

AREAS = {
    "web": "bench.web.measure",
    "cases": "bench.cases",
    "import": "bench.sheets.measure",
    "weight": "bench.weight",
    "pairing": "bench.pairing",
    "flow": "bench.flow",
    "dispatch": "bench.dispatch",
    "matching": "bench.matching.measure",
    "nightly": "bench.nightly.measure",
    "calendar": "bench.calendar.measure",
    "rules": "bench.rules.measure",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("area", nargs="*", choices=[*AREAS, []], help="which areas; all without any")
    parser.add_argument("--n", "--items", dest="n", type=int, help="size: cases (web), rows (import), items (matching)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--json", type=Path, help="also write the result here")
    parser.add_argument("--quality", action="store_true", help="matching: only what the labelled needs say")
    given = parser.parse_args()
    if given.quality:
        import_module("bench.matching.quality").show()
        return
    for area in given.area or AREAS:
        measure = import_module(AREAS[area]).measure
        result: dict[str, Any] = protocol.run(area, measure, n=given.n, seed=given.seed, rounds=given.rounds)
        report.show(result)
        report.keep(result)
        if given.json:
            given.json.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
