"""Results as a table on the screen, as JSON in bench/results, and as the tables of bench/results/README.md."""

from __future__ import annotations

import json
from typing import Any

from bench.protocol import ROOT

RESULTS = ROOT / "bench" / "results"


def show(result: dict[str, Any]) -> None:
    print("\n".join(lines(result)))


def lines(result: dict[str, Any]) -> list[str]:
    """Markdown of one result."""
    machine = result["host"]
    text = [
        f"## {result['area']}",
        "",
        f"`{result['command']}`, {result['at']}, commit {machine['commit']}, {result['took_seconds']} s.",
        f"{machine['cores']} cores of {machine['cpu']}, {machine['memory_gb']} GB, {machine['system']}, "
        f"Python {machine['python']}; busy before {result['load_before']['busy']:.0%}, "
        f"load after {result['load_after']['average']}"
        + (
            " (others were at work: seconds are too high, ratios are not exact)."
            if result["disturbed"]
            else "."
        ),
        "",
        "| what | reached | target | |",
        "|---|--:|--:|---|",
    ]
    for check in result["checks"]:
        mark = "yes" if check["reached"] else "**no**"
        unit = f" {check['unit']}".rstrip()
        text.append(
            f"| {check['name']} | {check['value']:g}{unit} | {check['sense']} {check['target']:g}{unit} | {mark} |"
        )
    text += [
        "",
        "| candidate | CPU ms, least | median | parts of the best round | wall ms, least |",
        "|---|--:|--:|---|--:|",
    ]
    for name, one in result["series"].items():
        parts = ", ".join(f"{part} {seconds * 1000:.2f}" for part, seconds in one["parts"].items())
        text.append(
            f"| {name} | {one['cpu_min'] * 1000:.2f} | {one['cpu_median'] * 1000:.2f} | {parts} |"
            f" {one['wall_min'] * 1000:.2f} |"
        )
    text += ["", *[f"- twin `{k}`: {json.dumps(v, ensure_ascii=False)}" for k, v in result["twins"].items()]]
    text += [f"- {note}" for note in result["notes"]]
    return text


def keep(result: dict[str, Any]) -> None:
    """Write the result and renew the tables of all areas."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{result['area']}.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    text = [
        "# Results of the benchmarks",
        "",
        "Made by `make bench`; each table names its command and machine. How: `docs/methods/measuring.md`.",
    ]
    for path in sorted(RESULTS.glob("*.json")):
        text += ["", *lines(json.loads(path.read_text()))]
    (RESULTS / "README.md").write_text("\n".join(text) + "\n")
