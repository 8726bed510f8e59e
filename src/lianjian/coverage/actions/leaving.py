"""Instructors away: who takes over is drafted, and the firms come back; also where a stand-in is away in turn."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from lianjian.directory.models import Membership, Organization, Person
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .. import rules
from ..models import Leave, Proposal, ProposedCover
from .covering import INSTRUCTOR, ONE_ROLE, Writer, held_instructors
from .proposing import draft
from .watching import close_covered, watch

RIGHT = "coverage.write"


@verb(constraints={"one_leave_at_a_time": rules.AlreadyAway})
def start_leave(
    *, actor: Actor, person: Person, since: date, now: datetime, until: date | None = None
) -> Proposal:
    """An instructor is away from `since` (to the day before `until`); who takes over is drafted, changing the least.

    Firms for which there is nobody are named with what is lacking, and are open duties of the office. Raises
    `HoldsNothing`, `AlreadyAway`, `EndsTooEarly`, `Denied`.
    """
    require(actor, RIGHT, Whole(person.jurisdiction_id))
    if until is not None and until <= since:
        raise rules.EndsTooEarly(since=since)
    held = Membership.objects.filter(role=INSTRUCTOR, person=person).on(since)  # type: ignore[attr-defined]
    if not held.exists():
        raise rules.HoldsNothing(name=person.name, day=since)
    leave = Leave.objects.create(jurisdiction_id=person.jurisdiction_id, person=person, since=since, until=until)
    proposal = draft(actor, INSTRUCTOR, "leave", since, now, leave)
    alone = proposal.lines.filter(way="none", person_before=person)
    watch(actor, leave, list(alone.values_list("enterprise_id", flat=True)), now)
    record(
        actor=actor,
        verb="coverage.start_leave",
        subject=person,
        now=now,
        changes={"since": ("", since), "until": ("", until or "")},
    )
    return proposal


def _firms_of(leave: Leave) -> list[int]:
    rows = ProposedCover.objects.filter(proposal__leave=leave, person_before=leave.person_id)
    return list(rows.values_list("enterprise_id", flat=True))


class _StandIns:
    """Who stands in for somebody away, firm by firm, and for the stand-ins when they are away in turn."""

    def __init__(self, leave: Leave, firm_ids: Collection[int]) -> None:
        rows = ProposedCover.objects.filter(
            proposal__leave__isnull=False, proposal__state="confirmed", proposal__since__gte=leave.since,
            decision="accepted", person__isnull=False, enterprise__in=firm_ids,
        ).exclude(person=leave.person_id)  # fmt: skip
        self.starts = set(rows.values_list("enterprise_id", "person_id", "proposal__since"))
        self.of: dict[int, set[int]] = {}
        for firm, person, _since in self.starts:
            self.of.setdefault(firm, set()).add(person)
        back = Leave.objects.filter(person__in={person for _f, person, _s in self.starts}, until__isnull=False)
        self.returns = set(back.values_list("person_id", "until"))

    def later(self, firm: int, rows: Sequence[rules.Held], day: date) -> list[rules.Held]:
        """Rows by which one of them would begin or go on after the day."""
        own = self.of.get(firm, set())
        return [
            row for row in rows
            if row.since > day and row.holder in own
            and ((firm, row.holder, row.since) in self.starts or (row.holder, row.since) in self.returns)
        ]  # fmt: skip


def come_back(leave: Leave, lines: Sequence[ProposedCover], day: date) -> None:
    """From `day` the firms of who was away are his again. Part of the caller's verb.

    A firm that somebody covers by then who is no stand-in stays with that one.
    """
    mine = [line for line in lines if line.person_before_id == leave.person_id and line.person_id is not None]
    firms = [line.enterprise_id for line in mine]
    held, others = held_instructors(firms), _StandIns(leave, firms)
    writer, over = Writer(day), list[int]()
    for line in mine:
        rows, own = held.get(line.enterprise_id, ()), others.of.get(line.enterprise_id, set())
        if not any(row.holder in own and row.on(day) for row in rows):
            continue
        later = others.later(line.enterprise_id, rows, day)
        over += [row.id for row in later]
        rows = [row for row in rows if row not in later]
        stay = [row.holder for row in rows if row.on(day) and row.holder not in own]
        found = rules.plan(rows, [leave.person_id, *stay], day, exclusive=False)
        writer.guide(found, line.enterprise, {leave.person_id: leave.person})
    Membership.objects.filter(pk__in=over).delete()
    writer.write()


@verb(constraints={**ONE_ROLE, "one_leave_at_a_time": rules.AlreadyAway})
def end_leave(*, actor: Actor, leave: Leave, until: date, now: datetime) -> int:
    """Back from `until` on, earlier or later than said; firms that were handed over come back. Returns how many.

    A firm that somebody else than the stand-in covers by then stays with that one.

    Raises `EndsTooEarly`, `AlreadyAway`, `Overlaps`, `Denied`.
    """
    require(actor, RIGHT, Whole(leave.jurisdiction_id))
    # Two who set the day of return at once: the second sees what the first wrote.
    leave = Leave.objects.select_for_update(of=("self",)).select_related("person").get(pk=leave.pk)
    if until <= leave.since:
        raise rules.EndsTooEarly(since=leave.since)
    before = leave.until
    confirmed = ProposedCover.objects.filter(
        proposal__leave=leave, proposal__state="confirmed", decision="accepted", person_before=leave.person_id
    )
    lines = list(confirmed.select_related("enterprise").order_by("pk"))
    if before is not None and until > before:
        _stay_longer(leave, lines, before, until)
    else:
        come_back(leave, lines, until)
    leave.until = until
    leave.save(update_fields=["until"])
    watched = Organization.objects.filter(pk__in=_firms_of(leave))
    close_covered(actor, list(watched), now)
    changes = {"until": (before or "", until), "firms": ("", len(lines))}
    record(actor=actor, verb="coverage.end_leave", subject=leave.person, now=now, changes=changes)
    return len(lines)


def _stay_longer(leave: Leave, lines: Sequence[ProposedCover], before: date, until: date) -> None:
    """The stand-ins go on: whose return was written for `before` returns on `until`."""
    firms = {line.enterprise_id for line in lines}
    others = _StandIns(leave, firms)
    for row in Membership.objects.filter(
        role=INSTRUCTOR, organization__in=firms, person=leave.person_id, since=before
    ):
        last = until if row.until is None else min(until, row.until)
        ending = Membership.objects.filter(role=INSTRUCTOR, organization=row.organization_id, until=before)
        own = ending.filter(person__in=others.of.get(row.organization_id, ()))
        # Somebody whom the office put in the stand-in's place goes on like a stand-in.
        (own if own.exists() else ending).update(until=last)
        if row.until is not None and row.until <= until:
            row.delete()
            continue
        row.since = until
        row.save(update_fields=["since"])
