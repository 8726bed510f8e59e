"""Run as a process on a seeded database, as the role `app`: derives two nights, prints what they cost, as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from lianjian.foundation import clock, context  # noqa: E402
from lianjian.foundation.actor import system_actor  # noqa: E402
from lianjian.partylife import actions  # noqa: E402
from lianjian.partylife.models import Shortfall  # noqa: E402


def night(towns: list[int], now: Any) -> tuple[float, float, int]:
    """Wall and processor seconds of all places one after another, as the jobs run, and how many were opened."""
    began, spent, opened = time.perf_counter(), time.process_time(), 0
    for town in towns:
        with transaction.atomic():
            actor = system_actor(town)
            context.enter_for(actor)
            opened += len(actions.derive_cadences(actor=actor, jurisdiction_id=town, now=now).opened)
    return time.perf_counter() - began, time.process_time() - spent, opened


def single(towns: list[int], now: Any) -> dict[str, Any]:
    """The same for the periods of single people, which the same job derives: seconds, and how many were opened."""
    began, opened, statements = time.perf_counter(), 0, 0
    for town in towns:
        with transaction.atomic():
            actor = system_actor(town)
            context.enter_for(actor)
            with CaptureQueriesContext(connection) as asked:
                opened += len(actions.derive_deadlines(actor=actor, jurisdiction_id=town, now=now).opened)
            statements = max(statements, len(asked))
    seconds = round(time.perf_counter() - began, 3)
    return {"seconds": seconds, "opened": opened, "statements": statements, "places": len(towns)}


def main() -> None:
    made = json.loads(sys.stdin.read())
    towns, now, out = made["towns"], clock.now(), {}
    night(towns[:1], now)  # warm: rules and catalogue
    with transaction.atomic():
        actor = system_actor(towns[-1])
        context.enter_for(actor)
        with CaptureQueriesContext(connection) as asked:
            actions.derive_cadences(actor=actor, jurisdiction_id=towns[-1], now=now)
        out["statements"] = len(asked)
        transaction.set_rollback(True)
    places = towns[1:] or towns
    for name in ("first", "again"):
        wall, cpu, opened = night(places, now)
        out[name] = {"seconds": round(wall, 3), "cpu": round(cpu, 3), "opened": opened, "places": len(places)}
    for name in ("first", "again"):
        out[f"single_{name}"] = single(places, now)
    found = set()
    for town in places:
        with transaction.atomic():
            context.enter_for(system_actor(town))
            rows = Shortfall.objects.filter(jurisdiction_id=town, state__in=("due", "late"))
            found |= {
                (branch, code, day.isoformat(), held)
                for branch, code, day, held in rows.values_list("branch_id", "rule_code", "period_from", "held")
            }
    out["rows"] = sorted(found)
    out["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(out))


main()
