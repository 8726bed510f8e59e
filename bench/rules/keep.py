"""Run as a process on a fresh clone, as the role `app`: keeps evaluations as the nightly work does, then the same rows
by one bare statement. Prints seconds and answers, as JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from psycopg.types.json import Jsonb  # noqa: E402

from bench.rules.acts import act_of, asked  # noqa: E402
from lianjian.foundation import clock, context  # noqa: E402
from lianjian.foundation.actor import system_actor  # noqa: E402
from lianjian.jurisdictions.models import Jurisdiction  # noqa: E402
from lianjian.rulebook.actions import check_many  # noqa: E402
from tests.cast import build_cast  # noqa: E402

DAY = date(2026, 2, 2)
INSERT = """
INSERT INTO rulebook_evaluation (key, jurisdiction_id, rule_code, rule_version, cite, inputs, result, at, provisional)
SELECT gen_random_uuid(), %s, code, version, cite, inputs, result, %s, false
  FROM unnest(%s::text[], %s::int[], %s::text[], %s::jsonb[], %s::jsonb[]) AS r (code, version, cite, inputs, result)
"""


def rolled_back(act: Callable[[], Any]) -> tuple[Any, float, float]:
    """What it gives, wall and processor seconds; nothing stays."""
    with transaction.atomic():
        town = Jurisdiction.objects.get(level="town", name="柳溪镇").pk
        context.enter_for(system_actor(town))
        began, spent = time.perf_counter(), time.process_time()
        answer = act()
        wall, cpu = time.perf_counter() - began, time.process_time() - spent
        transaction.set_rollback(True)
    return answer, wall, cpu


def main() -> None:
    given = json.loads(sys.stdin.read())
    with transaction.atomic():
        town = build_cast().town.pk
    now, out, actor = clock.now(), {}, system_actor(town)
    for size in given["sizes"]:
        acts = [
            (one.code, act_of(kind, one), DAY)
            for kind in ("votes", "cadences")
            for one in asked(kind, size // 2, given["seed"])
        ]

        def ours(acts: Any = acts) -> Any:
            return check_many(actor=actor, acts=acts, now=now, jurisdiction_id=town)

        made, _wall, _cpu = rolled_back(ours)
        columns = [
            [one.rule_code for one in made], [one.rule_version for one in made], [one.cite for one in made],
            [Jsonb(one.inputs) for one in made], [Jsonb(one.result) for one in made],
        ]  # fmt: skip

        def bare(columns: Any = columns) -> None:
            with connection.cursor() as cursor:
                cursor.execute(INSERT, [town, now, *columns])

        spent: dict[str, list[Any]] = {"ours": [], "bare": []}
        for number in range(given["rounds"]):
            for name, act in (("ours", ours), ("bare", bare)) if number % 2 else (("bare", bare), ("ours", ours)):
                _answer, wall, cpu = rolled_back(act)
                spent[name].append({"wall": wall, "cpu": cpu})
        verdicts = [one.result["finding"]["verdict"] == "passed" for one in made]
        out[size] = {**spent, "verdicts": verdicts}
    print(json.dumps(out))


main()
