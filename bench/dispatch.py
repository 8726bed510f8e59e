"""The rounds of area `dispatch`: a day of cases, dispatched as they come and re-planned while nobody has accepted them.

20,000 cases come one after another to 2,000 instructors with 12 skills; each instructor takes 14 a day. A case costs
its way (a unit for ten kilometres), three for each step that the skill is off, half a k for the instructor's k-th case,
and 60 if nobody has it. The hindsight optimum knows the whole day beforehand. Nothing here decides: who gets a case is
`foundation.replan.choose` and `replan`, which the desk of cases uses.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from bench.protocol import Check, Outcome, say
from lianjian.foundation import flow
from lianjian.foundation.replan import Terms, choose, replan

Ints = NDArray[np.int64]

CASES, INSTRUCTORS, SKILLS, ROOM, NEAR = 20_000, 2_000, 12, 14, 40
KM = 10.0  # hundredths for a kilometre
MAP, SIDE, TOWNS, SPREAD, APART = 12, 100.0, 7, 11.0, 0.5  # kilometres; a share of the cases is told anywhere
GAP, EACH, UNPLACED = 300, 50, 6000
SEEDS = 5
BATCH, OPEN, SHORTER = 1_000, 8_000, 5_000  # cases between two plans; so many of the latest nobody has accepted
SWITCH = 20
WAYS = ("nearest", "as they come", "re-planned, 5,000 open", "re-planned")


@dataclass(frozen=True)
class Day:
    """The cases of a day: places of 40 candidates each, by row, and what each would cost."""

    right: Ints
    cost: Ints

    @property
    def size(self) -> int:
        return len(self.right)


def day(seed: int, cases: int) -> Day:
    """The 40 nearest instructors who have the skill. Work clusters where instructors do not: whole towns run full."""
    dice = np.random.default_rng(seed)
    instructors = _crew(cases)
    home = dice.random((instructors, 2)) * SIDE
    # The map is the same on all days: one on which work and instructors lie as far apart as in the reference's.
    towns = np.random.default_rng(MAP).random((TOWNS, 2)) * SIDE
    share = np.arange(1, TOWNS + 1) ** 2
    place = towns[dice.choice(TOWNS, cases, p=share / share.sum())] + dice.normal(0, SPREAD, (cases, 2))
    apart = dice.random(cases) < APART
    place[apart] = dice.random((int(apart.sum()), 2)) * SIDE
    # Each instructor has two skills, at a level from 0 to 3; a case wants one, at a level.
    skill = np.argsort(dice.random((instructors, SKILLS)), axis=1)[:, :2]
    level, wanted, asked = dice.integers(0, 4, instructors), dice.integers(0, SKILLS, cases), dice.integers(0, 4, cases)
    right, way = np.empty((cases, NEAR), np.int64), np.empty((cases, NEAR))
    for one in range(SKILLS):
        these = np.flatnonzero(wanted == one)
        able = np.flatnonzero((skill == one).any(axis=1))
        found = cKDTree(home[able]).query(place[these], k=NEAR)
        way[these], right[these] = found[0], able[found[1]]
    gap = np.clip(asked[:, None] - level[right], 0, None)
    return Day(right, np.rint(way * KM + gap * GAP).astype(np.int64))


def _crew(cases: int) -> int:
    """Instructors for so many cases; enough for the candidates of each skill."""
    return max(NEAR * SKILLS, INSTRUCTORS * cases // CASES)


def total(day: Day, taken: Ints) -> int:
    """What a day cost; `taken` is the instructor of each case, -1 for none."""
    placed = np.flatnonzero(taken >= 0)
    at = (day.right[placed] == taken[placed, None]).argmax(axis=1)
    load = np.bincount(taken[placed], minlength=1)
    if load.max(initial=0) > ROOM:
        raise AssertionError("more cases than room")
    cost = int(day.cost[placed, at].sum()) + int((EACH * load * (load + 1) // 2).sum())
    return cost + UNPLACED * (day.size - placed.size)


def hindsight(day: Day, instructors: int) -> tuple[int, int]:
    """The least that the whole day can cost, and its gap."""
    left = np.repeat(np.arange(day.size), NEAR)
    found = flow.solve(
        _names("c", day.size),
        _names("i", instructors),
        flow.Arcs(left, day.right.ravel(), -day.cost.ravel()),
        room=ROOM,
        penalty=UNPLACED,
        steps=np.broadcast_to(EACH * np.arange(1, ROOM + 1), (instructors, ROOM)),
    )
    return -found.total, found.gap


def _names(mark: str, count: int) -> list[str]:
    return [f"{mark}{number:06}" for number in range(count)]


def as_they_come(day: Day, instructors: int, each: int) -> Ints:
    """Each case at once, and never again; `each` 0 looks at no load."""
    load, room = np.zeros(instructors, np.int64), np.full(instructors, ROOM)
    taken = np.full(day.size, -1, np.int64)
    for case in range(day.size):
        near = day.right[case]
        chosen = choose(day.cost[case], load[near], room[near], each)
        if chosen >= 0:
            taken[case] = near[chosen]
            load[near[chosen]] += 1
    return taken


def replanned(day: Day, instructors: int, once: bool) -> tuple[Ints, dict[str, Any]]:
    """As they come; after each batch the latest cases, which nobody has accepted, are planned anew.

    `once`: as at the desk, where a case that was moved stays. Otherwise any may move again, and fewer are open.
    """
    load, room = np.zeros(instructors, np.int64), np.full(instructors, ROOM)
    taken, moved = np.full(day.size, -1, np.int64), np.zeros(day.size, np.int64)
    names, whom = _names("c", day.size), _names("i", instructors)
    spent, gaps = [], 0
    for start in range(0, day.size, BATCH):
        stop = min(day.size, start + BATCH)
        for case in range(start, stop):
            near = day.right[case]
            chosen = choose(day.cost[case], load[near], room[near], EACH)
            if chosen >= 0:
                taken[case] = near[chosen]
                load[near[chosen]] += 1
        began = time.process_time()
        open_ = np.arange(max(0, stop - (OPEN if once else SHORTER)), stop)
        if once:
            open_ = open_[moved[open_] == 0]
        held = taken[open_]
        others = load - np.bincount(held[held >= 0], minlength=instructors)
        left = np.repeat(np.arange(open_.size), NEAR)
        plan = replan(
            [names[case] for case in open_.tolist()],
            whom,
            (left, day.right[open_].ravel(), day.cost[open_].ravel()),
            {names[case]: whom[one] for case, one in zip(open_.tolist(), held.tolist(), strict=True) if one >= 0},
            load=others,
            room=room,
            terms=Terms(EACH, UNPLACED, SWITCH),
        )
        gaps += plan.gap
        for case in open_.tolist():
            taken[case] = int(plan.placed[names[case]][1:]) if names[case] in plan.placed else -1
        for move in plan.moves:
            moved[int(move.case[1:])] += 1
        load = np.bincount(taken[taken >= 0], minlength=instructors)
        spent.append(time.process_time() - began)
    return taken, {"moves": int(moved.sum()), "most": int(moved.max()), "plan": spent, "gap": gaps}


def measure(*, n: int | None, seed: int, rounds: int | None) -> Outcome:
    """`n` cases a day (20,000); `rounds` seeds (5)."""
    cases, seeds = n or CASES, range(seed, seed + (rounds or SEEDS))
    found: dict[str, list[float]] = {way: [] for way in WAYS}
    seconds: dict[str, list[float]] = {way: [] for way in WAYS}
    notes: dict[str, Any] = {"gap": [], "moves a case": [], "most moves of a case": [], "moves a case, 5,000 open": []}
    plans: list[float] = []
    for one in seeds:
        say(f"a day of {cases:,} cases, seed {one}")
        made = day(one, cases)
        instructors = _crew(cases)
        best, gap = hindsight(made, instructors)
        notes["gap"].append(gap)
        for way in WAYS:
            began = time.process_time()
            if way.startswith("re-planned"):
                taken, more = replanned(made, instructors, way == "re-planned")
                notes["gap"].append(more["gap"])
                if way == "re-planned":
                    plans += more["plan"]
                    notes["moves a case"].append(round(more["moves"] / cases, 3))
                    notes["most moves of a case"].append(more["most"])
                else:
                    notes["moves a case, 5,000 open"].append(round(more["moves"] / cases, 3))
            else:
                taken = as_they_come(made, instructors, EACH if way == "as they come" else 0)
            seconds[way].append((time.process_time() - began) / cases)
            found[way].append(total(made, taken) / best)
        say(", ".join(f"{way} {found[way][-1]:.4f}" for way in WAYS))
    checks = _checks(found, seconds, plans, notes)
    return Outcome("dispatch", _series(seconds), checks, _twins(found, notes, plans), NOTES)


def _series(seconds: dict[str, list[float]]) -> dict[str, dict[str, Any]]:
    return {
        f"{way}, a case": {
            "rounds": len(spent),
            "cpu_min": min(spent),
            "cpu_median": statistics.median(spent),
            "wall_min": 0.0,
            "wall_median": 0.0,
            "parts": {},
        }
        for way, spent in seconds.items()
    }


def _checks(
    found: dict[str, list[float]], seconds: dict[str, list[float]], plans: list[float], notes: dict[str, Any]
) -> list[Check]:
    way = found["re-planned"]
    return [
        Check("re-planned / hindsight, mean of the seeds", round(statistics.mean(way), 4), 1.03, at_most=True),
        Check("re-planned / hindsight, worst of the seeds", round(max(way), 4), 1.03, at_most=True),
        Check("ms a case, re-plans included", round(max(seconds["re-planned"]) * 1000, 3), 10, "ms", at_most=True),
        Check("ms a re-plan, median", round(statistics.median(plans) * 1000, 1), 150, "ms", at_most=True),
        Check("moves a case, worst of the seeds", max(notes["moves a case"]), 0.7, "", at_most=True),
        Check("certificate gap of all plans", sum(notes["gap"]), 0, "", at_most=True),
    ]


def _twins(found: dict[str, list[float]], notes: dict[str, Any], plans: list[float]) -> dict[str, Any]:
    over = {
        way: {"mean": round(statistics.mean(one), 4), "worst": round(max(one), 4)} for way, one in found.items()
    }
    return {"over_hindsight": over, **notes, "plans": len(plans), "slowest_plan_ms": round(max(plans) * 1000, 1)}


NOTES = (
    f"a plan after each {BATCH:,} cases over the latest {OPEN:,} (of eight hours, the last three)",
    f"a move costs {SWITCH / 100}; a case that was moved is never moved again, as at the desk",
    f"{SHORTER:,} open: the latest {SHORTER:,}, which may move again and again; shown, not judged",
    "seconds are CPU seconds of one thread; the hindsight optimum is solved by the same flow, gap 0",
)
