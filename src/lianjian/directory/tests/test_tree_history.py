"""Every past day of the tree is whole: random acts on random days against a calendar kept by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lianjian.directory import actions
from lianjian.directory.actions.bulk.organizations import NewOrganizations
from lianjian.directory.actions.organizations import AlreadyEnded
from lianjian.directory.actions.standing import HadUnits, InsideItselfThen, NotThereYet, NotYet
from lianjian.directory.actions.unmerging import ChangedSince
from lianjian.directory.models import Link, Merge, Organization
from lianjian.directory.queries.trees import nodes_on, paths_differ
from lianjian.foundation.errors import Refused
from tests.cast import NOW, TODAY, Cast

FIRST = TODAY - timedelta(days=12)
LAST = TODAY + timedelta(days=40)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
FOREVER = date(9999, 1, 1)


class Undo(Exception):
    """Takes back what one example did."""


@dataclass
class Calendar:
    """For every day, what hangs below what: the brute force that the product is compared with."""

    root: int
    today: date = TODAY
    above: dict[int, dict[date, int]] = field(default_factory=dict)
    ended: set[int] = field(default_factory=set)
    merged: set[int] = field(default_factory=set)

    def living(self, unit: int) -> bool:
        return unit not in self.ended and unit not in self.merged

    def hangs(self, unit: int, since: date) -> bool:
        return unit == self.root or all(d in self.above[unit] for d in DAYS if since <= d <= self.today)

    def inside(self, unit: int, other: int, day: date) -> bool:
        while unit != other:
            if unit == self.root or day not in self.above[unit]:
                return False
            unit = self.above[unit][day]
        return True

    def units(self, unit: int, since: date) -> bool:
        return any(row.get(d) == unit for row in self.above.values() for d in DAYS if since <= d <= self.today)

    def place(self, unit: int, above: int | None, since: date) -> None:
        row = self.above.setdefault(unit, {})
        for day in DAYS:
            if day >= since:
                row.pop(day, None)
                if above is not None:
                    row[day] = above

    def may_register(self, above: int, since: date) -> bool:
        return since <= self.today and (above == self.root or self.living(above)) and self.hangs(above, since)

    def may_move(self, unit: int, above: int, since: date) -> bool:
        days = [d for d in DAYS if since <= d <= self.today]
        return (
            self.living(unit)
            and self.may_register(above, since)
            and not self.inside(above, unit, self.today)
            and not any(self.inside(above, unit, d) for d in days)
        )

    def may_dissolve(self, unit: int, on: date) -> bool:
        return self.living(unit) and on <= self.today and not self.units(unit, on)

    def may_merge(self, winner: int, loser: int) -> bool:
        return (
            winner != loser
            and not {winner, loser} & self.merged
            and (loser in self.ended or winner not in self.ended)
            and not self.lies_below(winner, loser)
        )

    def lies_below(self, winner: int, loser: int) -> bool:
        """By the path, which an ended record keeps."""
        return Organization.objects.get(pk=winner).path.startswith(Organization.objects.get(pk=loser).path)


@dataclass
class Past:
    """A merge as it can be taken back."""

    key: int
    loser: int
    day: date
    above: int | None
    units: list[int]
    acts: int


class Walk:
    """Does each act in the product and in the calendar, and finds that both allow the same."""

    def __init__(self, cast: Cast) -> None:
        self.actor = cast.actor("clerk")
        self.calendar = Calendar(root=cast.town_root.pk)
        self.now = NOW
        self.ids: list[int] = []
        self.merges: list[Past] = []
        self.acts = 0
        self.root = cast.town_root
        for number in range(4):
            self.register(number, -1, 12 - 3 * number)

    def unit(self, index: int) -> Organization:
        """A fresh reading; the root for an index below 0."""
        return Organization.objects.get(pk=self.root.pk if index < 0 else self.ids[index % len(self.ids)])

    def agree(self, allowed: bool, act: Any) -> Any:
        try:
            with transaction.atomic():
                done = act()
        except Refused as refusal:
            assert not allowed, f"refused though whole: {refusal}"
            return None
        assert allowed, "done though a past day is broken by it"
        self.acts += 1
        return done

    def register(self, _unit: int, above: int, back: int) -> None:
        calendar, parent, since = self.calendar, self.unit(above), self.day(back)
        made = self.agree(
            calendar.may_register(parent.pk, since),
            lambda: actions.register_organization(
                actor=self.actor,
                name=f"单位{len(self.ids)}",
                classification="other",
                parent=parent,
                since=since,
                now=self.now,
            ),
        )
        if made is not None:
            self.ids.append(made.pk)
            calendar.place(made.pk, parent.pk, since)

    def move(self, unit: int, above: int, back: int) -> None:
        record, parent, since = self.unit(abs(unit)), self.unit(above), self.day(back)
        moved = self.agree(
            self.calendar.may_move(record.pk, parent.pk, since),
            lambda: actions.move_organization(
                actor=self.actor, organization=record, parent=parent, since=since, now=self.now
            ),
        )
        if moved is not None:
            self.calendar.place(record.pk, parent.pk, since)

    def dissolve(self, unit: int, _above: int, back: int) -> None:
        record, on = self.unit(abs(unit)), self.day(back)
        before = self.acts
        self.agree(
            self.calendar.may_dissolve(record.pk, on),
            lambda: actions.dissolve_organization(actor=self.actor, organization=record, on=on, now=self.now),
        )
        if self.acts > before:
            self.calendar.ended.add(record.pk)
            self.calendar.place(record.pk, None, on)

    def merge(self, unit: int, above: int, _back: int) -> None:
        calendar, winner, loser = self.calendar, self.unit(abs(above)), self.unit(abs(unit))
        done = self.agree(
            calendar.may_merge(winner.pk, loser.pk),
            lambda: actions.merge_organizations(
                actor=self.actor, winner=winner, loser=loser, now=self.now
            ),
        )
        if done is None:
            return
        day = calendar.today
        units = [pk for pk, row in calendar.above.items() if row.get(day) == loser.pk]
        self.merges.append(
            Past(done.pk, loser.pk, day, calendar.above[loser.pk].get(day), units, self.acts)
        )
        calendar.merged.add(loser.pk)
        calendar.place(loser.pk, None, day)
        for pk in units:
            calendar.place(pk, winner.pk, day)

    def unmerge(self, _unit: int, _above: int, _back: int) -> None:
        """Allowed while nothing happened since; later it may be refused, but never leaves a broken day."""
        if not self.merges:
            return
        past, calendar = self.merges.pop(), self.calendar
        try:
            with transaction.atomic():
                actions.unmerge(
                    actor=self.actor, merge=Merge.objects.get(pk=past.key), now=self.now
                )
        except ChangedSince:
            assert self.acts > past.acts
            return
        self.acts += 1
        calendar.merged.discard(past.loser)
        if past.above is not None:
            calendar.place(past.loser, past.above, past.day)
        for pk in past.units:
            calendar.place(pk, past.loser, past.day)

    def day(self, back: int) -> date:
        return max(FIRST, self.calendar.today - timedelta(days=back))

    def wait(self, days: int) -> None:
        """Days pass; two acts never fall on the same moment."""
        self.now += timedelta(days=days, seconds=1)
        self.calendar.today += timedelta(days=days)

    def compare(self) -> None:
        """Every day asked, walked over the dated links; today also by the path."""
        calendar, own = self.calendar, set(self.ids)
        assert paths_differ() == []
        for day in [d for d in DAYS if d <= calendar.today]:
            told = {pk: row[day] for pk, row in calendar.above.items() if day in row}
            rows = nodes_on(self.root, day, today=FOREVER)
            assert len({row[0] for row in rows}) == len(rows), "twice in one tree"
            assert {row[0]: row[1] for row in rows if row[0] in own} == told, day
        projected = {r[0]: r[1] for r in nodes_on(self.root, calendar.today, today=calendar.today)}
        # The path page marks the root's own children with the root's id, as the walk does.
        assert {pk: above for pk, above in projected.items() if pk in own} == told


ACTS = st.tuples(
    st.sampled_from(["register", "move", "move", "move", "dissolve", "merge", "unmerge"]),
    st.integers(0, 4),
    st.integers(-1, 4),
    st.integers(-1, 12),
    st.integers(0, 2),
)


@settings(max_examples=60)
@given(acts=st.lists(ACTS, min_size=4, max_size=18))
@example(acts=[("move", 1, 0, 8, 0), ("move", 1, -1, 4, 0), ("dissolve", 0, 0, 6, 0)])
@example(acts=[("move", 1, 0, 8, 0), ("move", 1, -1, 4, 0), ("move", 0, 1, 6, 0)])
@example(acts=[("move", 1, 0, 8, 0), ("merge", 0, 2, 0, 1), ("unmerge", 0, 0, 0, 1)])
def test_every_day_is_as_the_calendar_says(cast: Cast, acts: list[tuple[str, int, int, int, int]]) -> None:
    try:
        with transaction.atomic():
            walk = Walk(cast)
            for what, unit, above, back, later in acts:
                walk.wait(later)
                getattr(walk, what)(unit, above, back)
            walk.compare()
            raise Undo
    except Undo:
        pass


def _register(cast: Cast, name: str, parent: Organization, back: int) -> Organization:
    return actions.register_organization(
        actor=cast.actor("clerk"),
        name=name,
        classification="other",
        parent=Organization.objects.get(pk=parent.pk),
        since=TODAY - timedelta(days=back),
        now=NOW,
    )


def _move(cast: Cast, unit: Organization, parent: Organization, back: int) -> None:
    actions.move_organization(
        actor=cast.actor("clerk"),
        organization=Organization.objects.get(pk=unit.pk),
        parent=Organization.objects.get(pk=parent.pk),
        since=TODAY - timedelta(days=back),
        now=NOW,
    )


def test_an_end_waits_for_the_last_unit(cast: Cast) -> None:
    unit = _register(cast, "路边服务队", cast.office, 40)
    _move(cast, unit, cast.housing, 10)
    office = Organization.objects.get(pk=cast.office.pk)
    clerk = cast.client("clerk")
    too_early = str(TODAY - timedelta(days=11))
    shown = clerk.post(f"/directory/organizations/{office.key}/dissolve", {"on": too_early})
    assert shown.status_code == 422
    assert "2026-02-27以前还有下级组织" in shown.content.decode()
    with pytest.raises(HadUnits):
        actions.dissolve_organization(
            actor=cast.actor("clerk"), organization=office, on=TODAY - timedelta(days=11), now=NOW
        )
    actions.dissolve_organization(
        actor=cast.actor("clerk"), organization=office, on=TODAY - timedelta(days=10), now=NOW
    )
    for back, above in ((11, cast.office), (10, cast.housing)):
        day = TODAY - timedelta(days=back)
        assert dict(row[:2] for row in nodes_on(cast.town_root, day, today=TODAY))[unit.pk] == above.pk  # type: ignore[misc]


def test_nothing_hangs_below_what_hung_nowhere(cast: Cast) -> None:
    young = _register(cast, "新设服务队", cast.town_root, 5)
    with pytest.raises(NotThereYet):
        _register(cast, "更早的小组", young, 6)
    with pytest.raises(NotThereYet):
        _move(cast, cast.firm, young, 6)
    with pytest.raises(NotYet):
        _register(cast, "明天的小组", young, -1)
    _move(cast, cast.firm, young, 5)


def test_a_move_on_a_past_day_makes_no_circle_then(cast: Cast) -> None:
    upper = _register(cast, "甲组", cast.town_root, 40)
    lower = _register(cast, "乙组", upper, 40)
    _move(cast, lower, cast.town_root, 10)
    with pytest.raises(InsideItselfThen):
        _move(cast, upper, lower, 20)
    _move(cast, upper, lower, 10)


def test_a_merge_leaves_past_days(cast: Cast) -> None:
    actor = cast.actor("clerk")
    loser = _register(cast, "服务一队", cast.office, 40)
    unit = _register(cast, "服务小组", loser, 40)
    winner = _register(cast, "服务队", cast.housing, 3)
    actions.merge_organizations(actor=actor, winner=winner, loser=loser, now=NOW)
    yesterday = {r[0]: r[1] for r in nodes_on(cast.town_root, TODAY - timedelta(days=1), today=TODAY)}
    today = {r[0]: r[1] for r in nodes_on(cast.town_root, TODAY, today=TODAY)}
    assert (yesterday[unit.pk], yesterday[loser.pk], yesterday[winner.pk]) == (
        loser.pk,
        cast.office.pk,
        cast.housing.pk,
    )
    assert today[unit.pk] == winner.pk and loser.pk not in today


def test_a_record_that_ended_takes_no_living_one(cast: Cast) -> None:
    actor = cast.actor("clerk")
    gone, living = _register(cast, "旧队", cast.office, 40), _register(cast, "新队", cast.office, 40)
    actions.dissolve_organization(actor=actor, organization=gone, on=TODAY, now=NOW)
    with pytest.raises(AlreadyEnded):
        actions.merge_organizations(actor=actor, winner=gone, loser=living, now=NOW)
    actions.merge_organizations(actor=actor, winner=living, loser=gone, now=NOW)


def test_an_import_hangs_nothing_where_nothing_was(cast: Cast) -> None:
    """A ledger of last year names a parent that was registered this week."""
    cast.actor("clerk")
    young = _register(cast, "新设总支", cast.town_root, 5)
    new = NewOrganizations(jurisdiction_id=cast.town.pk, since=TODAY - timedelta(days=90), now=NOW, most=3)
    first = new.add(name="一支部", classification="party", parent=(young.pk, young.path, young.depth))
    second = new.add(name="一小组", classification="party", parent=(first.pk, first.path, first.depth))
    root = cast.town_root
    third = new.add(name="二支部", classification="party", parent=(root.pk, root.path, root.depth))
    new.write()
    days = dict(Link.objects.filter(kind="administration").values_list("target_id", "since"))
    assert days[first.pk] == days[second.pk] == TODAY - timedelta(days=5)
    assert days[third.pk] == TODAY - timedelta(days=90)
