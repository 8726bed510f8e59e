"""Run as a process on a seeded database, as the role `app`: fetches each feed through its door and prints, as JSON,
what that cost, what the bare `icalendar` needs for the same components, and where the answer differs from the database.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import django

django.setup()

import psycopg  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from icalendar import Calendar, Event  # noqa: E402

from lianjian.foundation import clock  # noqa: E402

# What each feed is to hold, written by hand and asked as the owner: three months back, a year ahead; of more than it
# has room for, what is to come, the nearest first, then what is past, the latest first.
MOST = 1500
WANTED = """
SELECT m.key, m.starts_at FROM events_meeting m
 WHERE m.starts_at >= %(now)s - interval '92 days' AND m.starts_at < %(now)s + interval '366 days' AND ({which})
 ORDER BY m.starts_at < %(now)s, abs(extract(epoch FROM m.starts_at - %(now)s)), m.id
"""
INVITED = "EXISTS (SELECT 1 FROM events_invitation i WHERE i.meeting_id = m.id AND i.organization_id = %(firm)s)"
WHICH = {"town": "m.jurisdiction_id = %(town)s", "person": INVITED, "organization": INVITED}


def timed(act: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """What it gives, and its wall and processor seconds in this process."""
    began, spent = time.perf_counter(), time.process_time()
    answer = act()
    return answer, {"wall": time.perf_counter() - began, "cpu": time.process_time() - spent}


def fetch(token: str, **headers: str) -> Any:
    answer = Client(SERVER_NAME="127.0.0.1", headers=headers).get(reverse("events:feed", kwargs={"token": token}))
    if answer.status_code not in (200, 304):
        raise AssertionError(answer.status_code)
    return answer


def bare(events: list[Any]) -> bytes:
    """The same components by `icalendar`, from values that are at hand."""
    calendar = Calendar()
    calendar.add("prodid", "-//Bench//Bench//ZH")
    calendar.add("version", "2.0")
    for values in events:
        event = Event()
        for name, value in values:
            event.add(name, value)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def values_of(component: Any) -> list[tuple[str, Any]]:
    """Name and plain value of each property."""
    found = []
    for name, value in component.property_items(recursive=False):
        if name in ("BEGIN", "END"):
            continue
        plain = getattr(value, "dt", None)
        if name == "CATEGORIES":
            plain = [str(one) for one in value.cats]
        elif plain is None:
            plain = int(value) if name == "SEQUENCE" else str(value)
        found.append((name, plain))
    return found


def compare(kind: str, made: dict[str, Any], parsed: list[Any], now: datetime) -> dict[str, int]:
    """How many rows the answer and the database do not share."""
    with psycopg.connect(os.environ["BENCH_OWNER_URL"]) as owner:
        rows = owner.execute(
            WANTED.format(which=WHICH[kind]).encode(), {"now": now, "town": made["town"], "firm": made["firm"]}
        ).fetchall()
    ours = {(str(event["UID"]).removesuffix("@lianjian"), event.start.astimezone(UTC)) for event in parsed}
    wanted = {(str(key), at.astimezone(UTC)) for key, at in rows[:MOST]}
    return {"in_window": len(rows), "shown": len(ours), "foreign": len(ours - wanted), "lacking": len(wanted - ours)}


def main() -> None:
    given = json.loads(sys.stdin.read())
    made, rounds, out = given["made"], given["rounds"], {}
    for kind, token in made["tokens"].items():
        fetch(token)  # warm
        asked: list[float] = []

        def watch(run: Any, sql: Any, params: Any, many: Any, context: Any, asked: list[float] = asked) -> Any:
            began = time.perf_counter()
            try:
                return run(sql, params, many, context)
            finally:
                asked.append(time.perf_counter() - began)

        with connection.execute_wrapper(watch):
            answer = fetch(token)
        parsed = list(Calendar.from_ical(answer.content).walk("VEVENT"))
        events = [values_of(event) for event in parsed]
        ours, peer, again = [], [], []
        tag = answer.headers.get("ETag", "-")
        for number in range(rounds):
            acts: list[tuple[list[Any], Callable[[], Any]]] = [
                (ours, lambda token=token: fetch(token)), (peer, lambda events=events: bare(events)),
                (again, lambda token=token, tag=tag: fetch(token, if_none_match=tag)),
            ]  # fmt: skip
            for found, act in acts[number % 3 :] + acts[: number % 3]:
                found.append(timed(act))
        out[kind] = {
            "ours": [one for _answer, one in ours], "bare": [one for _answer, one in peer],
            "again": [one for _answer, one in again], "again_status": again[-1][0].status_code,
            "statements": len(asked), "slowest_statement": round(max(asked), 4),
            "kb": round(len(answer.content) / 1024, 1), **compare(kind, made, parsed, clock.now()),
        }  # fmt: skip
    out["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(out))


main()
