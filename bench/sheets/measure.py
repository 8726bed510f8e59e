"""The rounds of area `import`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import ground
from bench.protocol import Check, Outcome, Sample, interleave, say, tree_cpu
from tests import ground as servers

from .workbook import write

SAMPLE = 3_000


def measure(*, n: int | None, seed: int, rounds: int | None) -> Outcome:
    """Ours on all rows, the peer on the first 3,000 and scaled to all."""
    count, rounds = n or 100_000, rounds or 3
    ground.open_ground()
    base = ground.fresh()
    _process("bench.sheets.town", base)
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder) / "large.xlsx", Path(folder) / "small.xlsx"
        say(f"writing {count:,} rows")
        write(large, count, seed)
        sample = min(SAMPLE, count)
        write(small, sample, seed)
        answers: dict[str, Any] = {}

        def ours() -> Sample:
            extras = "ours" not in answers
            arguments = (str(large), str(count), str(seed), str(sample), "1" if extras else "0")
            answer, one = _measured("bench.sheets.ours", base, *arguments)
            if extras:
                answers["ours"] = answer
            return one

        def peer() -> Sample:
            answers["peer"], one = _measured("bench.peers.rowwise", base, str(small))
            times = count / answers["peer"]["stored"]
            return Sample(one.wall * times, {part: seconds * times for part, seconds in one.cpu.items()})

        say("measuring")
        series = interleave({"ours": ours, "peer (scaled)": peer}, rounds)
    return _judge(series, answers, count)


def _process(module: str, database: str, *arguments: str) -> str:
    answer = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=ground.environment(database),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ground.ROOT,
    )
    return answer.stdout.strip()


def _measured(module: str, base: str, *arguments: str) -> tuple[dict[str, Any], Sample]:
    """Run on a clone of its own; CPU of the program without its start, and of the server meanwhile."""
    database = ground.fresh(base)
    before = tree_cpu(ground.server_pid())
    answer = json.loads(_process(module, database, *arguments).splitlines()[-1])
    after = tree_cpu(ground.server_pid())
    servers.drop(database)
    program = float(answer["cpu"])
    return answer, Sample(answer.get("wall", 0.0), {"program": program, "pg": after - before})


def _judge(series: dict[str, Any], answers: dict[str, Any], count: int) -> Outcome:
    ours, peer = answers["ours"], answers["peer"]
    shared = [code for code in peer["sample"] if code in ours["sample"]]
    differing = [
        [left, right]
        for code in shared
        for left, right in [(ours["sample"][code], peer["sample"][code])]
        if _plain(left) != _plain(right)
    ]
    linking = ours["linking"]
    total = series["ours"].least()
    checks = [
        Check(f"CPU s, {count:,} rows of 15 cells", round(total, 2), 8.0, "s", True),
        Check("peer / ours", round(series["peer (scaled)"].least() / total, 2), 8.0),
        Check("precision of automatic links", linking["precision"], 0.995, ""),
    ]
    twins = {
        "rows_stored": ours["stored"],
        "rows_compared_with_the_peer": len(shared),
        "rows_that_differ": len(differing),
        "first_differences": differing[:3],
        "linking": linking,
    }
    notes = [
        f"ours: `lianjian import` as one call: examined, read twice (to guess, to store), validated, resolved, stored "
        f"with journal and receipt, committed; the peer stores {peer['stored']:,} rows by create() and is scaled up",
        "the peer resolves no names, reports no faults, keeps no receipt and cannot be undone",
        "pg holds the little that the twins ask in the first round; the least of the rounds is judged",
    ]
    return Outcome("import", {name: one.as_json() for name, one in series.items()}, checks, twins, notes)


def _plain(row: list[Any]) -> list[str]:
    """Brackets and blanks are written one way: how they look is not what is compared."""
    one_way = str.maketrans({"\uff08": "(", "\uff09": ")", " ": ""})
    return [str("" if cell is None else cell).translate(one_way) for cell in row]
