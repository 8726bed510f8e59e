"""Found members and applicants from spreadsheets. The same person written again is mended, never doubled."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
from lianjian.journal.actions import record_bulk
from lianjian.rulebook.queries import rule_on, source_text
from lianjian.rulebook.rules import Term, reckon

from .. import rules
from ..models import Applicant, DevelopmentStep, FoundMember
from ..queries.ladder import Law, history_of
from ..rules import development as dev
from .found import CONSTRAINTS as FOUND_CONSTRAINTS
from .found import check_days, lend_to_home
from .found_duties import follow_found, follow_imported
from .holding import settle_next
from .imported import CHUNK, Imported, journal, mended, write_changes
from .people import Named, people_in_firms

# What follows from the days of an applicant.
FOLLOWING = ("stage", "paper_until", "next_step", "next_from", "due_on", "waits_for")


@dataclass(frozen=True)
class FoundLine:
    """One line of a list of found members. `number` is its row in the sheet."""

    number: int
    name: str
    found_on: date
    sex: str = ""
    enterprise: Organization | None = None
    enterprise_text: str = ""
    home_branch: Organization | None = None
    home_branch_text: str = ""
    joint_branch: Organization | None = None
    joint_branch_text: str = ""
    managed_on: date | None = None


@dataclass(frozen=True)
class DevelopmentLine:
    """One line of a list of members in development."""

    number: int
    name: str
    applied_on: date
    sex: str = ""
    enterprise: Organization | None = None
    enterprise_text: str = ""
    kind: str = ""
    activist_on: date | None = None
    target_on: date | None = None
    probationary_on: date | None = None
    full_on: date | None = None
    contacts: str = ""


def _named(line: FoundLine | DevelopmentLine) -> Named:
    return Named(
        line.name.strip()[:40],
        line.enterprise.pk if line.enterprise is not None else None,
        line.enterprise_text,
        line.sex,
    )


@verb(constraints=FOUND_CONSTRAINTS)
def import_found_members(
    *, actor: Actor, jurisdiction_id: int, rows: Sequence[FoundLine], batch_key: str, now: datetime
) -> Imported[FoundMember]:
    """Store a list of found members; a person already found is mended. One journal entry for all."""
    require(actor, "sheets.import", Whole(jurisdiction_id))
    result: Imported[FoundMember] = Imported()
    today = local_day(now)
    good: list[FoundLine] = []
    for line in rows:
        try:
            if not line.name.strip():
                raise rules.NameMissing
            check_days(found_on=line.found_on, managed_on=line.managed_on, today=today)
        except Refused as refusal:
            result.refused[line.number] = refusal
        else:
            good.append(line)
    people, result.people = people_in_firms(jurisdiction_id, [_named(line) for line in good], now)
    stored = {
        row.person_id: row
        for row in FoundMember.objects.filter(person__in=people, withdrawn_at__isnull=True).select_related(
            "person"
        )
    }
    for line, person in zip(good, people, strict=True):
        values = _found_values(line)
        row = stored.get(person.pk)
        if row is None:
            row = FoundMember(
                jurisdiction_id=jurisdiction_id, person=person, source="import", recorded_by_name=actor.name[:80],
                recorded_at=now, **values,
            )  # fmt: skip
            stored[person.pk] = result.made[line.number] = row
        elif row.pk is not None:
            mended(
                result,
                line.number,
                row,
                values,
                lambda r: check_days(found_on=r.found_on, managed_on=r.managed_on, today=today),
            )
    FoundMember.objects.bulk_create(result.made.values(), batch_size=CHUNK)
    write_changes(FoundMember, list(result.changed.values()))
    for row in [*result.made.values(), *(row for row, _before in result.changed.values())]:
        lend_to_home(actor, row, now)
    follow_imported(actor, result, now)
    journal(actor, "partylife.import_found_members", result, jurisdiction_id, batch_key, now)
    return result


def _found_values(line: FoundLine) -> dict[str, Any]:
    return {
        "enterprise": line.enterprise,
        "enterprise_text": "" if line.enterprise is not None else line.enterprise_text[:120],
        "home_branch": line.home_branch,
        "home_branch_text": "" if line.home_branch is not None else line.home_branch_text[:120],
        "joint_branch": line.joint_branch,
        "joint_branch_text": "" if line.joint_branch is not None else line.joint_branch_text[:120],
        "found_on": line.found_on,
        "managed_on": line.managed_on,
    }


@verb
def import_applicants(
    *, actor: Actor, jurisdiction_id: int, rows: Sequence[DevelopmentLine], batch_key: str, now: datetime
) -> Imported[Applicant]:
    """Store a list of members in development; somebody with an open application is mended.

    The order of steps binds here too. Lengths of time are history that others decided: a line below them is stored
    and put before a person (`doubtful`). A ledger knows few days: steps before its last day are on paper, no day is
    invented for them. The days of somebody whose steps are recorded here stay as they are. One journal entry for all.
    """
    require(actor, "sheets.import", Whole(jurisdiction_id))
    result: Imported[Applicant] = Imported()
    intervals = _Intervals(local_day(now))
    good: list[DevelopmentLine] = []
    for line in rows:
        try:
            if not line.name.strip():
                raise rules.NameMissing
            rules.check_order(
                applied_on=line.applied_on, activist_on=line.activist_on, target_on=line.target_on,
                probationary_on=line.probationary_on, full_on=line.full_on, today=local_day(now),
            )  # fmt: skip
        except Refused as refusal:
            result.refused[line.number] = refusal
        else:
            good.append(line)
            if doubt := intervals.doubt(line):
                result.doubt(line.number, doubt)
    people, result.people = people_in_firms(jurisdiction_id, [_named(line) for line in good], now)
    open_rows = Applicant.objects.filter(person__in=people, withdrawn_at__isnull=True).order_by("id")
    stored = {row.person_id: row for row in open_rows}
    stepped = set(
        DevelopmentStep.objects.standing()  # type: ignore[attr-defined]
        .filter(applicant__in=[row.pk for row in stored.values()])
        .values_list("applicant_id", flat=True)
    )
    law = Law(jurisdiction_id)
    for line, person in zip(good, people, strict=True):
        _store_applicant(actor, result, stored, stepped, law, line, person, jurisdiction_id, now)
    Applicant.objects.bulk_create(result.made.values(), batch_size=CHUNK)
    write_changes(Applicant, list(result.changed.values()))
    journal(actor, "partylife.import_applicants", result, jurisdiction_id, batch_key, now)
    return result


def _store_applicant(
    actor: Actor,
    result: Imported[Applicant],
    stored: dict[int, Applicant],
    stepped: set[int],
    law: Law,
    line: DevelopmentLine,
    person: Person,
    jurisdiction_id: int,
    now: datetime,
) -> None:
    days = {
        "activist_on": line.activist_on,
        "target_on": line.target_on,
        "probationary_on": line.probationary_on,
        "full_on": line.full_on,
    }
    values: dict[str, Any] = {
        "enterprise": line.enterprise,
        "enterprise_text": "" if line.enterprise is not None else line.enterprise_text[:120],
        "kind": rules.kind_code(line.kind),
        "contacts": line.contacts[:120],
    }
    row = stored.get(person.pk)
    again = row is not None and row.ended_on is not None and line.applied_on > row.ended_on
    if row is None or again:
        row = Applicant(
            jurisdiction_id=jurisdiction_id, person=person, applied_on=line.applied_on,
            recorded_by_name=actor.name[:80], recorded_at=now, **values, **days,
        )  # fmt: skip
        _settle(row, law, today=local_day(now))
        stored[person.pk] = result.made[line.number] = row
        return
    if row.pk is not None:
        if row.pk not in stepped:
            values |= {"applied_on": line.applied_on, **days}
        today = local_day(now)
        mended(result, line.number, row, values, lambda r: _settle(r, law, stepped, today=today), FOLLOWING)


def _settle(row: Applicant, law: Law, stepped: Collection[int] = (), *, today: date) -> None:
    """Order, stage and next step after what a ledger says; somebody whose steps are recorded keeps them."""
    if row.pk is not None and row.pk in stepped:
        return
    days = {name: getattr(row, name) for name in ("activist_on", "target_on", "probationary_on", "full_on")}
    rules.check_order(applied_on=row.applied_on, **days, today=today)
    row.stage = rules.stage_of(**days)
    row.paper_until = max(row.paper_until, dev.paper_steps(**days))
    settle_next(row, history_of(row, ()), law)


class _Intervals:
    """The shortest intervals between steps, each rule read once."""

    def __init__(self, today: date) -> None:
        self.rules = {code: rule_on(code, today) for code in ("member.activist", "member.probation")}

    def doubt(self, line: DevelopmentLine) -> Refused | None:
        """The refusal that a verb would give for the line, as a doubt."""
        pairs = (
            ("member.activist", line.activist_on, line.target_on or line.probationary_on, rules.TooSoonAfterActivist),
            ("member.probation", line.probationary_on, line.full_on, rules.ProbationTooShort),
        )
        for code, start, day, refusal in pairs:
            if start is None or day is None:
                continue
            rule = self.rules[code]
            first = local_day(reckon_first(rule, start))
            if day < first:
                return refusal(day=first, cite=source_text(rule.source, rule.article))
        return None


def reckon_first(rule: Any, start: date) -> datetime:
    """The end of a rule's shortest interval after `start`."""
    return reckon(WorkCalendar(), start, Term(int(rule.params["amount"]), rule.unit), kind=rule.kind).due_at


@verb
def adopt_firm(
    *, actor: Actor, jurisdiction_id: int, name: str, organization: Organization, now: datetime
) -> int:
    """Link people who were kept beside a firm's name as text, once a clerk has decided which firm it means."""
    require(actor, "sheets.import", Whole(jurisdiction_id))
    found: dict[str, list[int]] = {}
    for model in (FoundMember, Applicant):
        rows = model.objects.filter(
            jurisdiction_id=jurisdiction_id, enterprise__isnull=True, enterprise_text=name
        )
        ids = list(rows.values_list("pk", flat=True))
        if ids:
            model.objects.filter(pk__in=ids).update(enterprise=organization, enterprise_text="")
            found[model._meta.label_lower] = ids
    for row in FoundMember.objects.filter(pk__in=found.get("partylife.foundmember", ())).select_related("person"):
        follow_found(actor, row, now)
    if found:
        record_bulk(
            actor=actor,
            verb="partylife.adopt_firm",
            subject=organization,
            rows=found,
            now=now,
            jurisdiction_id=jurisdiction_id,
        )
    return sum(map(len, found.values()))
