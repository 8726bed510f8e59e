"""Which member on record a line of a list means: by name and branch, and by the day of joining among namesakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import Q

from lianjian.directory.models import Organization, Person
from lianjian.foundation.errors import Refused
from lianjian.foundation.names import match_key

from .. import rules
from ..models import BranchMembership, PartyMember
from ..queries.bodies import with_form
from ..rules import bodies, roll


class Line(Protocol):
    """What of a line tells who is meant."""

    @property
    def number(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def sex(self) -> str: ...
    @property
    def joined_on(self) -> date: ...
    @property
    def branch(self) -> Organization: ...


@dataclass
class Held:
    """A member with all seats, the oldest first; `number` is the line that made or named him."""

    member: PartyMember
    seats: list[BranchMembership]
    number: int = 0

    @property
    def home(self) -> BranchMembership | None:
        """The seat at home that is open."""
        return next((one for one in self.seats if one.role == BranchMembership.HOME and one.until is None), None)

    @property
    def seat(self) -> BranchMembership:
        """The seat at home of a member who has one."""
        home = self.home
        if home is None:
            raise rules.BelongsToNone
        return home

    def may_be(self, line: Line) -> bool:
        """Whether the sex, where both know it, is the same."""
        return not line.sex or not self.member.person.sex or line.sex == self.member.person.sex

    def refuse_overlap(self, since: date) -> None:
        """Raise what an earlier seat has against a home from that day on."""
        home = self.seat
        for one in self.seats:
            if one is home or (one.until is not None and one.until <= since):
                continue
            if one.role == BranchMembership.HOME:
                raise rules.AlreadyAtHome
            if one.branch_id == home.branch_id:
                raise rules.AlreadyInBranch

    def elsewhere(self) -> Refused:
        """Why a line cannot take this member: at home in another branch, or gone."""
        name, home = self.member.person.name, self.home
        if home is not None:
            return roll.AtHomeElsewhere(name=name, branch=home.branch.name)
        ended = [one for one in self.seats if one.role == BranchMembership.HOME and one.until is not None]
        if not ended:
            return rules.AlreadyMember()
        return roll.LeftBefore(name=name, day=ended[-1].until, branch=ended[-1].branch.name)


class Known:
    """Members on record with the names of a list, and those that the list makes. Two queries."""

    def __init__(self, names: Collection[str]) -> None:
        members = list(PartyMember.objects.filter(person__name__in=names).select_related("person").order_by("pk"))
        rows = BranchMembership.objects.filter(member__in=members).select_related("branch", "group")
        seats: dict[int, list[BranchMembership]] = {}
        for seat in rows.select_for_update(of=("self",)).order_by("pk"):
            seats.setdefault(seat.member_id, []).append(seat)
        self.fresh: list[Held] = []
        self._by_name: dict[str, list[Held]] = {}
        for member in members:
            own = sorted(seats.get(member.pk, ()), key=lambda seat: seat.since)
            self._by_name.setdefault(member.person.name, []).append(Held(member, own))

    def add(self, held: Held) -> None:
        """A member that the list makes."""
        self.fresh.append(held)
        self._by_name.setdefault(held.member.person.name, []).append(held)

    def _named(self, line: Line) -> list[Held]:
        return self._by_name.get(line.name.strip()[:40], [])

    def _here(self, line: Line) -> list[Held]:
        return [one for one in self._named(line) if one.home is not None and one.home.branch_id == line.branch.pk]

    def match(self, lines: Sequence[Line]) -> Iterator[tuple[Any, Held | Refused | None]]:
        """Each line with the member it means, with why it is not stored, or with None where it is a new member's.

        Name, branch and day of joining tell for certain; then the only one of a name in the branch is meant. Lines of
        new members come last, after all others: they are compared with each other as they come.
        """
        rest: list[Line] = []
        for line in lines:
            sure = [one for one in self._here(line) if one.member.joined_on == line.joined_on and one.may_be(line)]
            if not sure:
                rest.append(line)
            elif len(sure) > 1:
                yield line, roll.SeveralNamesakes(name=line.name)
            else:
                yield line, self._claim(sure[0], line)
        asked = Counter((line.name.strip()[:40], line.branch.pk) for line in rest)
        fresh: dict[tuple[str, date], Line] = {}
        for line in rest:
            yield line, self._likely(line, asked[line.name.strip()[:40], line.branch.pk], fresh)

    def _claim(self, held: Held, line: Line) -> Held | Refused:
        if held.number:
            return roll.TwiceInSheet(row=held.number)
        held.number = line.number
        return held

    def _likely(self, line: Line, lines: int, fresh: dict[tuple[str, date], Line]) -> Held | Refused | None:
        same_day = [one for one in self._named(line) if one.member.joined_on == line.joined_on and one.may_be(line)]
        away = [one for one in same_day if one not in self._here(line)]
        if away:
            return away[0].elsewhere()
        free = [one for one in self._here(line) if not one.number and one.may_be(line)]
        if len(free) == 1 and lines == 1:
            return self._claim(free[0], line)
        if free:
            return roll.SeveralNamesakes(name=line.name)
        first = fresh.setdefault((line.name.strip()[:40], line.joined_on), line)
        if first is line or (first.sex and line.sex and first.sex != line.sex):
            return None
        if first.branch.pk == line.branch.pk:
            return roll.TwiceInSheet(row=first.number)
        return roll.AtHomeElsewhere(name=line.name, branch=first.branch.name)

    def refuse_second(self, person: Person, line: Line) -> None:
        """Raise that the person, known beside the branch, belongs to another one or has left."""
        for one in self._named(line):
            if one.member.person_id == person.pk and not one.number and one not in self._here(line):
                raise one.elsewhere()

    def holds(self, person: Person) -> bool:
        """Whether a member of the list or on record is this person."""
        return any(one.member.person_id == person.pk for one in self._by_name.get(person.name, ()))

    def namesakes(self, line: Line) -> Sequence[Refused]:
        """Other members of the name, who joined on other days."""
        return [
            roll.Namesake(name=line.name, branch=one.home.branch.name, day=one.member.joined_on)
            for one in self._named(line)
            if one.home is not None
        ][:1]


class Groups:
    """Party groups and members' households below the branches of a list. One query, none where no line names any."""

    def __init__(self, place: int, branches: Iterable[Organization], today: date, asked: bool) -> None:
        self._rows: list[Organization] = []
        if asked:
            low: Any = Organization.objects.current()  # type: ignore[attr-defined]
            rows = low.filter(jurisdiction_id=place, classification=Organization.Classification.PARTY)
            levels = [level for level, rank in bodies.RANK.items() if rank in ("group", "home")]
            self._rows = list(with_form(rows, today).filter(form_level__in=levels).order_by("path"))

    def find(self, branch: Organization, text: str) -> Organization:
        """The group of the branch that is called so, with or without the branch's name. Raises `NotAGroup`."""
        wanted = {match_key(text), match_key(branch.name + text), match_key((branch.short_name or branch.name) + text)}
        for one in self._rows:
            below = one.path.startswith(branch.path) and one.pk != branch.pk
            if below and {match_key(one.name), match_key(one.short_name)} & (wanted - {""}):
                return one
        raise bodies.NotAGroup(name=text)


def same_names(place: int, names: Collection[str]) -> set[str]:
    """Names that somebody in the register bears who holds a post or an account. One query."""
    rows = Person.objects.filter(jurisdiction_id=place, name__in=names)
    held = Q(user__isnull=False) | Q(memberships__isnull=False, memberships__until__isnull=True)
    return set(rows.filter(held).order_by().values_list("name", flat=True).distinct())
