"""The rounds of area `nightly`: what branches have not held, derived for 1,000, 3,000 and 10,000 branches.

Thirty members and two years of meetings for each branch, five hundred branches to a town; a job for each town, one
after another on one core. The twin is one bare statement over all towns by the superuser, which finds the same
branch, rule and period from the rules' numbers without policy, evaluation, duty or journal.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from typing import Any

import psycopg

from bench import ground
from bench.nightly.seed import IN_A_TOWN, MEMBERS, seeded
from bench.protocol import Check, Outcome, say
from lianjian.foundation import clock
from tests import ground as servers

SIZES = (1_000, 3_000, 10_000)

BARE = """
WITH period AS (
  SELECT code, kind, times, first, first + length AS after
    FROM unnest(%(code)s::text[], %(kind)s::text[], %(times)s::int[], %(first)s::timestamp[], %(length)s::interval[])
      AS p (code, kind, times, first, length)
), unit AS (
  SELECT o.id FROM directory_organization o JOIN directory_partyprofile p ON p.organization_id = o.id
   WHERE o.jurisdiction_id = ANY(%(towns)s) AND p.level = 'branch'
)
SELECT unit.id, period.code, period.first::date, count(m.id)
  FROM period CROSS JOIN unit
  LEFT JOIN events_meeting m ON m.convener_id = unit.id AND m.state = 'held' AND m.kind = period.kind
   AND m.starts_at >= period.first AT TIME ZONE 'Asia/Shanghai'
   AND m.starts_at < period.after AT TIME ZONE 'Asia/Shanghai'
 GROUP BY unit.id, period.code, period.first, period.times
HAVING count(m.id) < period.times
"""


def measure(*, n: int | None, seed: int, rounds: int | None) -> Outcome:
    """Sizes up to `n` branches (10,000); `rounds` of the bare statement (three)."""
    sizes = [size for size in SIZES if size <= (n or SIZES[-1])]
    ground.open_ground()
    found: dict[int, dict[str, Any]] = {}
    for size in sizes:
        say(f"seeding {size:,} branches with {size * MEMBERS:,} members")
        name, made = seeded(size, seed)
        say("deriving")
        found[size] = _derived(name, made)
        found[size] |= _bare(name, made, found[size].pop("rows"), rounds or 3)
        servers.drop(name)
    return Outcome("nightly", _series(found), _checks(found), {"sizes": found}, NOTES)


def _derived(name: str, made: dict[str, Any]) -> dict[str, Any]:
    answer = subprocess.run(
        [sys.executable, "-m", "bench.nightly.night"],
        env=ground.environment(name),
        input=json.dumps(made),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ground.ROOT,
    )
    return dict(json.loads(answer.stdout.strip().splitlines()[-1]))


def _bare(name: str, made: dict[str, Any], rows: list[Any], rounds: int) -> dict[str, Any]:
    """The same set by one statement: seconds (median), and how many rows differ."""
    ours = {tuple(row) for row in rows}
    # The periods that are over come from the calendar, so that one which ours leaves out shows; of the running ones
    # those that ours reminds of by now.
    today = clock.today()
    over = {(code, _before(today, length).isoformat()) for code, (_kind, length, _times) in ASKED.items()}
    spans = sorted(over | {(code, first) for _branch, code, first, _held in ours})
    values = {**_periods(spans), "towns": made["towns"][1:] or made["towns"]}
    with psycopg.connect(servers.server().superuser_url(name), autocommit=True) as connection:
        spent = []
        for _round in range(rounds):
            began = time.perf_counter()
            answer = connection.execute(BARE, values).fetchall()
            spent.append(time.perf_counter() - began)
    bare = {(branch, code, first.isoformat(), held) for branch, code, first, held in answer}
    return {
        "bare_seconds": round(statistics.median(spent), 3),
        "missing": len(bare),
        "differing": len(ours ^ bare),
        "differing_by": dict(Counter(f"{code} {first}" for _b, code, first, _n in ours ^ bare)),
        "branches": len({row[0] for row in ours}),
    }


# Kind of meeting, months of the period, how many in it: numbers written here by hand (支部工作条例 art. 11-19). Lessons
# have no national number and are asked of nobody.
ASKED = {
    "life.theme_day": ("主题党日", 1, 1), "life.committee": ("支委会", 1, 1),
    "life.general_meeting": ("支部党员大会", 3, 1),
    "life.organisation_meeting": ("组织生活会", 12, 1), "life.appraisal": ("民主评议党员", 12, 1),
}  # fmt: skip


def _before(today: date, months: int) -> date:
    """The first day of the last whole period before the running one."""
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    number = first.year * 12 + first.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _periods(spans: list[tuple[str, str]]) -> dict[str, list[Any]]:
    """Columns of the statement's periods."""
    known = [(code, first) for code, first in spans if code in ASKED]
    return {
        "code": [code for code, _first in known],
        "kind": [ASKED[code][0] for code, _first in known],
        "times": [ASKED[code][2] for code, _first in known],
        "first": [first for _code, first in known],
        "length": [f"{ASKED[code][1]} months" for code, _first in known],
    }


def _series(found: dict[int, dict[str, Any]]) -> dict[str, Any]:
    shown = {}
    for size, one in found.items():
        for name in ("first", "again"):
            spent = one[name]
            shown[f"{name} night at {size:,}"] = {
                "rounds": 1,
                "cpu_min": spent["cpu"],
                "cpu_median": spent["cpu"],
                "wall_min": spent["seconds"],
                "wall_median": spent["seconds"],
                "parts": {"ms a branch": _each(spent)},
            }
    return shown


def _each(spent: dict[str, Any]) -> float:
    return round(spent["seconds"] * 1000 / (spent["places"] * IN_A_TOWN), 3)


def _over(one: dict[str, Any]) -> float:
    return round(one["again"]["seconds"] / one["bare_seconds"], 2)


def _checks(found: dict[int, dict[str, Any]]) -> list[Check]:
    least, most = min(found), max(found)
    top = found[most]
    growth = _each(top["first"]) / _each(found[least]["first"])
    return [
        Check(f"rows that differ from the bare statement at {most:,}", top["differing"], 0, "", at_most=True),
        Check(f"cost of a branch at {most:,} over that at {least:,}", round(growth, 2), 1.5, at_most=True),
        Check(f"first night at {most:,}, a branch", _each(top["first"]), 5.0, "ms", at_most=True),
        Check(f"a night on which nothing moved at {most:,}, a branch", _each(top["again"]), 1.0, "ms", at_most=True),
        Check("a night on which nothing moved over the bare statement", _over(top), 5.0, at_most=True),
        Check(f"periods of single people at {most:,}, a branch", _each(top["single_first"]), 1.0, "ms", at_most=True),
        Check("statements for them in a place, whatever its size", top["single_first"]["statements"], 30, at_most=True),
    ]


NOTES = [
    "Periods of single people: a secretary a branch, one in ten of them new, one graduate and one correction period in"
    " three hundred members; derived by the same job after the cadences, timed apart.",
    "The first night opens everything that is missing: shortfalls, each with its evaluation, duty and journal; the"
    " night after finds nothing new. The first town is derived once before, and left out.",
    "The bare statement by the superuser gives branch, rule, period and count alone, for the periods that are over by"
    " the calendar and the running ones that are reminded of.",
]
