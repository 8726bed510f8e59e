"""A person taken through the 25 steps, as tests and demonstration need it: lawful days and papers for each step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from lianjian.foundation.actor import Actor
from lianjian.partylife import actions
from lianjian.partylife.models import Applicant, DevelopmentStep
from lianjian.partylife.rules.facts import Facts, Guide

TWO = (Guide("沈斌"), Guide("于莉"))
VOTES: Mapping[str, Any] = {"eligible": 8, "present": 7, "yes": 6, "no": 1}
SEEN = frozenset({"secret", "singly"})

# Facts that keep every rule, by step.
LAWFUL: Mapping[int, Mapping[str, Any]] = {
    1: {"years": 30, "observed": frozenset({"written", "own_hand"}), "choice": "work"},
    2: {"choice": "organisation", "by_whom": "组织委员"},
    3: {"observed": frozenset({"recommended", "committee"})},
    4: {"observed": frozenset({"data", "opinion"})},
    5: {"guides": TWO},
    6: {"outcome": "assessment"},
    7: {"observed": frozenset({"group", "contacts", "members", "masses"})},
    8: {},
    9: {"guides": TWO},
    10: {"observed": frozenset({"conclusion", "passed"})},
    11: {"training_days": 3},
    12: {"observed": frozenset({"collective", "members", "masses"})},
    13: {"observed": frozenset({"written", "passed"})},
    14: {"form_number": "0012345"},
    15: {
        "outcome": "passed",
        "observed": SEEN | {"target", "sponsors", "committee", "discussion"},
        **VOTES,
    },
    16: {"observed": frozenset({"talked", "opinion"})},
    17: {"outcome": "approved", "body_kind": "committee", "observed": frozenset({"collective", "singly"})},
    18: {},
    19: {"observed": frozenset({"branch", "group"})},
    20: {"observed": frozenset({"place", "people"})},
    21: {"outcome": "assessment"},
    22: {"observed": frozenset({"written"})},
    23: {"outcome": "on_time", "observed": SEEN, **VOTES},
    24: {"outcome": "approved", "body_kind": "committee", "observed": frozenset({"talked", "announced"})},
    25: {"observed": frozenset({"application", "review", "training"})},
}
# A lawful way of which every day is past in the cast's time.
DAYS: Mapping[int, date] = {
    1: date(2022, 1, 10), 2: date(2022, 2, 10), 3: date(2022, 7, 15), 4: date(2022, 7, 20), 5: date(2022, 7, 25),
    6: date(2023, 1, 12), 7: date(2023, 7, 15), 8: date(2023, 7, 20), 9: date(2023, 7, 25), 10: date(2023, 8, 10),
    11: date(2023, 8, 20), 12: date(2023, 9, 1), 13: date(2023, 9, 15), 14: date(2023, 9, 20), 15: date(2023, 9, 28),
    16: date(2023, 10, 20), 17: date(2023, 11, 20), 18: date(2023, 11, 25), 19: date(2023, 12, 1), 20: date(2023, 12, 5),
    21: date(2024, 3, 28), 22: date(2024, 9, 28), 23: date(2024, 10, 8), 24: date(2024, 11, 8), 25: date(2024, 11, 15),
}  # fmt: skip


def lawful(number: int, **more: Any) -> Facts:
    """Facts of a step that keep every rule, but for what is said otherwise."""
    return Facts(**{**LAWFUL[number], **more})


def take(
    actor: Actor, row: Applicant, number: int, now: datetime, day: date | None = None, **more: Any
) -> DevelopmentStep:
    """One step on its lawful day."""
    return actions.take_step(
        actor=actor,
        applicant=row,
        number=number,
        done_on=day or DAYS[number],
        facts=lawful(number, **more),
        now=now,
    )


def walk(
    actor: Actor, row: Applicant, until: int, now: datetime, days: Mapping[int, date] = DAYS
) -> Applicant:
    """Every step up to `until`."""
    for number in range(row.next_step, until + 1):
        take(actor, row, number, now, days[number])
    return row
