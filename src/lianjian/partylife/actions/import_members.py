"""Members of branches from a spreadsheet. The same member again is mended; a sheet moves nobody and ends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lianjian.directory.models import Organization, Person
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.calendar import WorkCalendar
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import Refused
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.rulebook.queries import rule_on, source_text
from lianjian.rulebook.rules import Term, reckon

from .. import rules
from ..models import BranchMembership, PartyMember
from ..rules import roll
from .imported import CHUNK, Imported, journal, mended, write_changes
from .members import CONSTRAINTS, check_entry
from .people import Beside, people_of_branches
from .same_member import Groups, Held, Known, same_names

FULL, PROBATION = "full", "probation"


@dataclass(frozen=True)
class MemberLine:
    """One line of a list of members. `number` is its row in the sheet; `standing` what it says of full or probation."""

    number: int
    name: str
    branch: Organization
    joined_on: date
    sex: str = ""
    full_on: date | None = None
    since: date | None = None
    occupation: str = ""
    group: str = ""
    standing: str = ""


@verb(constraints=CONSTRAINTS)
def import_members(
    *, actor: Actor, jurisdiction_id: int, rows: Sequence[MemberLine], batch_key: str, now: datetime
) -> Imported[PartyMember]:
    """Store a list of members with the branch that each belongs to. One journal entry for all.

    Refused is what `add_member` and `change_member` refuse, and whoever belongs to another branch or has left. A line
    without the day of entering the branch takes the day of joining, as a doubt; no other day is invented. About twenty
    queries, however long the list.
    """
    require(actor, "sheets.import", Whole(jurisdiction_id))
    require(actor, "partylife.write", Whole(jurisdiction_id))
    result: Imported[PartyMember] = Imported()
    work = _Work(actor, jurisdiction_id, rows, now, result)
    fresh = work.sort_out()
    work.enter(fresh)
    PartyMember.objects.bulk_create(result.made.values(), batch_size=CHUNK)
    seats: list[Any] = [seat for made in result.beside.values() for seat in made]
    BranchMembership.objects.bulk_create(seats, batch_size=CHUNK)
    write_changes(PartyMember, list(result.changed.values()))
    write_changes(BranchMembership, [pair for pairs in result.beside_changed.values() for pair in pairs])
    work.tell_missing_days()
    journal(actor, "partylife.import_members", result, jurisdiction_id, batch_key, now)
    return result


class _Work:
    """One list on its way into the records."""

    def __init__(
        self, actor: Actor, place: int, rows: Sequence[MemberLine], now: datetime, result: Imported[PartyMember]
    ) -> None:
        self.actor, self.place, self.rows, self.now, self.result = actor, place, rows, now, result
        self.today = local_day(now)
        self.branches = Organization.objects.in_bulk({line.branch.pk for line in rows})
        self.known = Known({line.name.strip()[:40] for line in rows})
        self.groups = Groups(place, self.branches.values(), self.today, any(line.group for line in rows))
        self.probation = _Probation(self.today)
        self.undated: list[int] = []

    def sort_out(self) -> list[MemberLine]:
        """Mend the lines of members on record, refuse what cannot be; the lines of new members are left."""
        good: list[MemberLine] = []
        for line in self.rows:
            try:
                self._check(line)
            except Refused as refusal:
                self.result.refused[line.number] = refusal
            else:
                good.append(line)
        fresh: list[MemberLine] = []
        for line, found in self.known.match(good):
            if isinstance(found, roll.TwiceInSheet):
                self.result.doubt(line.number, found)
            elif isinstance(found, Refused):
                self.result.refused[line.number] = found
            elif found is None:
                fresh.append(line)
            else:
                self._mend(line, found)
        return fresh

    def _check(self, line: MemberLine) -> None:
        """What a line alone shows."""
        branch = self.branches[line.branch.pk]
        if not line.name.strip():
            raise rules.NameMissing
        if branch.jurisdiction_id != self.place:
            raise roll.BranchElsewhere(name=branch.name)
        check_entry(
            branch, since=line.since or max(line.joined_on, branch.founded_on or line.joined_on),
            joined_on=line.joined_on, full_on=line.full_on, born=None, today=self.today,
        )  # fmt: skip
        if line.standing == PROBATION and line.full_on is not None:
            raise roll.NotOnProbation

    def enter(self, fresh: Sequence[MemberLine]) -> None:
        """Make the new members with their seats, beside the persons that are known already."""
        spots = {(line.name.strip()[:40], line.branch.pk) for line in fresh}
        beside = people_of_branches(self.place, spots) if fresh else {}
        unknown = {line.name.strip()[:40] for line in fresh if (line.name.strip()[:40], line.branch.pk) not in beside}
        namesakes = same_names(self.place, unknown)
        for line in fresh:
            name = line.name.strip()[:40]
            found = beside.get((name, line.branch.pk))
            if found is not None and line.sex and found.person.sex and line.sex != found.person.sex:
                found = None
            try:
                self._enter(line, name, found)
            except Refused as refusal:
                self.result.refused[line.number] = refusal
                continue
            if found is None and name in namesakes:
                self.result.doubt(line.number, roll.SameName(name=name))
        people = [held.member.person for held in self.known.fresh if held.member.person.pk is None]
        self.result.people = Person.objects.bulk_create(people, batch_size=CHUNK)

    def _enter(self, line: MemberLine, name: str, found: Beside | None) -> None:
        branch = self.branches[line.branch.pk]
        if found is not None:
            self.known.refuse_second(found.person, line)
            born = rules.born_on(found.person.identity_number)
        else:
            born = None
        since = line.since or line.joined_on
        check_entry(
            branch, since=since, joined_on=line.joined_on, full_on=line.full_on, born=born, today=self.today
        )
        if line.standing == FULL and line.full_on is None:
            raise roll.FullDayMissing
        taken = found is not None and self.known.holds(found.person)
        if found is None or taken:
            person = Person(jurisdiction_id=self.place, name=name, sex=line.sex, changed_at=self.now)
        else:
            person = found.person
        member = PartyMember(
            jurisdiction_id=self.place, person=person, joined_on=line.joined_on, full_on=line.full_on,
            occupation=line.occupation.strip()[:40], recorded_by_name=self.actor.name[:80], recorded_at=self.now,
        )  # fmt: skip
        seat = BranchMembership(
            jurisdiction_id=self.place, member=member, branch=branch, role=BranchMembership.HOME, since=since,
            group=self._group(line),
        )  # fmt: skip
        self._doubts(line, found)
        self.known.add(Held(member, [seat], line.number))
        self.result.made[line.number] = member
        self.result.beside[line.number] = [seat]

    def _group(self, line: MemberLine) -> Organization | None:
        if not line.group.strip():
            return None
        try:
            return self.groups.find(self.branches[line.branch.pk], line.group)
        except Refused as refusal:
            self.result.doubt(line.number, refusal)
            return None

    def _doubts(self, line: MemberLine, found: Beside | None) -> None:
        """What is stored, and put before a person."""
        doubts = [*self.known.namesakes(line), *self.probation.doubts(line)]
        if found is not None and found.home and found.home_id != line.branch.pk:
            doubts.append(roll.FoundElsewhere(name=found.person.name, branch=found.home))
        for doubt in doubts:
            self.result.doubt(line.number, doubt)
        if line.since is None:
            self.undated.append(line.number)

    def _mend(self, line: MemberLine, held: Held) -> None:
        """Set what the line says anew about a member at home in the branch."""
        member, seat = held.member, held.seat
        since = line.since or (line.joined_on if seat.since == member.joined_on else seat.since)
        if line.standing == FULL and line.full_on is None and member.full_on is None:
            self.result.refused[line.number] = roll.FullDayMissing()
            return

        def settle(row: PartyMember) -> None:
            check_entry(
                seat.branch, since=since, joined_on=row.joined_on, full_on=row.full_on,
                born=rules.born_on(row.person.identity_number), today=self.today,
            )  # fmt: skip
            held.refuse_overlap(since)
            first = min([since, *(one.since for one in held.seats if one is not seat)])
            if first < row.joined_on:
                raise rules.JoinedAfterBranch(day=first)

        values = {
            "joined_on": line.joined_on, "full_on": line.full_on, "occupation": line.occupation.strip()[:40]
        }  # fmt: skip
        mended(self.result, line.number, member, values, settle)
        if line.number in self.result.refused:
            return
        before = {"since": seat.since, "group": seat.group}
        seat.since, seat.group = since, self._group(line) or seat.group
        changed = {name: value for name, value in before.items() if getattr(seat, name) != value}
        if changed:
            self.result.beside_changed[line.number] = [(seat, changed)]

    def tell_missing_days(self) -> None:
        """Lines that took the day of joining: each by itself, or all at once where the whole list has none."""
        if not self.undated:
            return
        if any(line.since for line in self.rows) or len(self.undated) == 1:
            for number in self.undated:
                self.result.doubt(number, roll.NoDayOfEntry())
        else:
            self.result.doubt(self.undated[0], roll.NoDaysOfEntry(count=len(self.undated)))


class _Probation:
    """The shortest probation, and the longest with its extension, after the rules of today: history others decided."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.rule, self.longer = rule_on("member.probation", today), rule_on("member.extension", today)

    def _after(self, start: date, months: int) -> date:
        due = reckon(WorkCalendar(), start, Term(months, self.rule.unit), kind=self.rule.kind).due_at
        return local_day(due)

    def doubts(self, line: MemberLine) -> list[Refused]:
        """What is doubtful about the day of turning full, or its absence."""
        months = int(self.rule.params["amount"])
        if line.full_on is not None:
            first = self._after(line.joined_on, months)
            cite = source_text(self.rule.source, self.rule.article)
            return [rules.ProbationTooShort(day=first, cite=cite)] if line.full_on < first else []
        last = self._after(line.joined_on, months + int(self.longer.params["max"]))
        told = line.standing != PROBATION and last < self.today
        return [roll.LongOnProbation(day=last)] if told else []
