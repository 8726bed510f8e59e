"""Run as a process: what cannot be undercut. Prints JSON.

`read`: calamine reads every cell of the workbook, and nothing is made of it. `copy`: the same cells go by COPY as text
into a plain table without index, key, policy or journal; reading them is not counted.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

import psycopg
from python_calamine import CalamineWorkbook

from bench.protocol import own_cpu


def read(path: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def copy(rows: list[list[Any]]) -> None:
    columns = ", ".join(f"c{place} text" for place in range(len(rows[0])))
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute(f"CREATE TABLE bare ({columns})")
        with connection.cursor().copy("COPY bare FROM STDIN") as out:
            for row in rows:
                out.write_row([str(cell) for cell in row])


def main(what: str, path: str) -> dict[str, Any]:
    began, wall = own_cpu(), time.perf_counter()
    rows = read(path)
    if what == "copy":
        began, wall = own_cpu(), time.perf_counter()
        copy(rows)
    return {"cpu": own_cpu() - began, "wall": time.perf_counter() - wall, "stored": len(rows)}


print(json.dumps(main(*sys.argv[1:])))
