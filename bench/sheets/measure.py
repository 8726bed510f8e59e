"""The rounds of area `import`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from bench import ground
from bench.protocol import Check, Outcome, Sample, Series, interleave, say, tree_cpu
from tests import ground as servers

from .workbook import FIRMS, write

SAMPLE = 3_000


def measure(*, n: int | None, seed: int, rounds: int | None) -> Outcome:
    """Visits: n rows. Enterprises, the heaviest kind: a fifth of them. The peer: the first 3,000, scaled."""
    count, rounds = n or 100_000, rounds or 3
    ground.open_ground()
    series, checks, twins = {}, [], {}
    for kind, size, firms in (("visits", count, FIRMS), ("enterprises", max(count // 5, 1), 0)):
        found, answers = _rounds(kind, size, firms, seed, rounds)
        series |= {f"{kind} {name}": one.as_json() for name, one in found.items()}
        checks += _checks(kind, size, found, answers["ours"]["linking"])
        limits = sum(one.least() for name, one in found.items() if name.startswith("limit"))
        twins[kind] = {**_twins(answers), "ours_over_limits": round(found["ours"].least() / limits, 2)}
    return Outcome("import", series, checks, twins, NOTES)


def _rounds(
    kind: str, count: int, firms: int, seed: int, rounds: int
) -> tuple[dict[str, Series], dict[str, Any]]:
    base = ground.fresh()
    _process("bench.sheets.town", base, str(firms), str(seed))
    answers: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder) / "large.xlsx", Path(folder) / "small.xlsx"
        sample = min(SAMPLE, count)
        say(f"writing {count:,} rows of {kind}")
        write(large, count, seed, kind.rstrip("s"))
        write(small, sample, seed, kind.rstrip("s"))

        def ours() -> Sample:
            extras = "0" if "ours" in answers else "1"
            arguments = (str(large), kind, str(count), str(seed), str(sample), extras)
            answer, one = _measured("bench.sheets.ours", base, *arguments)
            answers.setdefault("ours", answer)
            return one

        def peer() -> Sample:
            answers["peer"], one = _measured("bench.peers.rowwise", base, str(small), kind)
            times = count / answers["peer"]["stored"]
            return Sample(one.wall * times, {part: seconds * times for part, seconds in one.cpu.items()})

        def bare(what: str) -> Sample:
            return _measured("bench.peers.bare", base, what, str(large), as_owner=True)[1]

        parts = {
            "ours": ours,
            "peer (scaled)": peer,
            "limit: calamine reads": partial(bare, "read"),
            "limit: COPY, plain table": partial(bare, "copy"),
        }
        say(f"measuring {kind}")
        return interleave(parts, rounds), answers


def _process(module: str, database: str, *arguments: str, as_owner: bool = False) -> str:
    answer = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=ground.environment(database, as_owner=as_owner),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ground.ROOT,
    )
    return answer.stdout.strip()


def _measured(
    module: str, base: str, *arguments: str, as_owner: bool = False
) -> tuple[dict[str, Any], Sample]:
    """Run on a clone of its own; CPU of the program without its start, and of the server meanwhile."""
    database = ground.fresh(base)
    before = tree_cpu(ground.server_pid())
    answer = json.loads(_process(module, database, *arguments, as_owner=as_owner).splitlines()[-1])
    after = tree_cpu(ground.server_pid())
    servers.drop(database)
    program = float(answer["cpu"])
    return answer, Sample(answer.get("wall", 0.0), {"program": program, "pg": after - before})


def _checks(kind: str, count: int, series: dict[str, Series], linking: dict[str, Any]) -> list[Check]:
    total = series["ours"].least()
    return [
        Check(
            f"CPU s per 100,000 {kind} (measured: {count:,})",
            round(total * 100_000 / count, 2),
            8.0,
            "s",
            True,
        ),
        Check(f"peer / ours, {kind}", round(series["peer (scaled)"].least() / total, 2), 8.0),
        Check(f"precision of automatic links, {kind}", linking["precision"], 0.995, ""),
    ]


def _twins(answers: dict[str, Any]) -> dict[str, Any]:
    ours, peer = answers["ours"], answers["peer"]
    shared = [key for key in peer["sample"] if key in ours["sample"]]
    pairs = [(ours["sample"][key], peer["sample"][key]) for key in shared]
    differing = [pair for pair in pairs if _plain(pair[0]) != _plain(pair[1])]
    return {
        "rows_stored": ours["stored"],
        "rows_compared_with_the_peer": len(shared),
        "rows_that_differ": len(differing),
        "first_differences": differing[:3],
        "linking": ours["linking"],
    }


NOTES = [
    "ours: `lianjian import` as one call: examined, read, guessed, validated, resolved, stored with "
    "journal and receipt, committed",
    f"the peer stores {SAMPLE:,} rows by create() and is scaled; it resolves visits by exact name, enterprises "
    "not at all, reports no faults, keeps no columns that nothing reads, has no receipt, no undo and no search words",
    "limits, in the same rounds: calamine reading every cell of the same file and nothing else; COPY of the same cells "
    "as text into a plain table without index, key, policy or journal. Together they are the least that any import "
    "costs on this machine",
    "enterprises: up to six rows in six tables for a row (firm, place in the tree, profile, year, person, post)",
    "the first round's pg holds the little that the twins ask; the least of the rounds is judged",
]


def _plain(row: list[Any]) -> list[str]:
    """Brackets and blanks are written one way: how they look is not what is compared."""
    one_way = str.maketrans({"\uff08": "(", "\uff09": ")", " ": ""})
    return [str("" if cell is None else cell).translate(one_way) for cell in row]
