"""A person's way into the party begins, is mended, ends, is taken back. Its steps: `steps.py`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from lianjian.directory.models import Organization, Person
from lianjian.duties.actions import close_duties
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from .. import rules
from ..models import Applicant
from ..queries.ladder import Law, steps_of
from ..rules import development as dev
from ..rules.facts import Facts
from .holding import settle
from .leads import applied
from .people import person_for
from .standing import place_of, require_open
from .steps import begin

CHANGEABLE = (
    "enterprise",
    "enterprise_text",
    "branch",
    "branch_text",
    "committee_text",
    "kind",
    "applied_on",
    "activist_on",
    "target_on",
    "probationary_on",
    "full_on",
    "contacts",
    "note",
)
CONSTRAINTS = {
    "one_open_application_per_person": rules.AlreadyApplied,
    "steps_follow_one_another": rules.NotYetActivist,
}


@verb(constraints=CONSTRAINTS)
def record_application(
    *,
    actor: Actor,
    person: Person | str,
    enterprise: Organization | None,
    applied_on: date,
    now: datetime,
    enterprise_text: str = "",
    branch: Organization | None = None,
    branch_text: str = "",
    committee_text: str = "",
    kind: str = "",
    contacts: str = "",
    note: str = "",
    jurisdiction_id: int | None = None,
    facts: Facts | None = None,
) -> Applicant:
    """Record that somebody handed in a written application (step 1; 细则 art. 5, 6).

    With `facts` the step is held against the rules (age 18 on the day, in writing, by his own hand). Without, the
    application is one of a paper ledger: the day is known, the rest is on paper.
    Raises `AlreadyApplied`, `InTheFuture`, `NameMissing`, `EnterpriseMissing`, `BreaksRule`, `AgeUnknown`, `Denied`.
    """
    owner = enterprise.jurisdiction_id if enterprise is not None else jurisdiction_id or actor.jurisdiction_id
    require(actor, "partylife.write", enterprise if enterprise is not None else Whole(owner))
    if applied_on > local_day(now):
        raise rules.InTheFuture(field="applied_on")
    who = person_for(
        person=person, enterprise=enterprise, enterprise_text=enterprise_text, jurisdiction_id=owner, now=now
    )
    made = Applicant.objects.create(
        jurisdiction_id=owner,
        person=who,
        enterprise=enterprise,
        enterprise_text="" if enterprise is not None else enterprise_text.strip()[:120],
        branch=branch,
        branch_text="" if branch is not None else branch_text.strip()[:120],
        committee_text=committee_text.strip()[:120],
        kind=rules.kind_code(kind),
        applied_on=applied_on,
        paper_until=dev.APPLIED if facts is None else 0,
        contacts=contacts.strip()[:120],
        note=note.strip()[:300],
        recorded_by_name=actor.name[:80],
        recorded_at=now,
    )
    if facts is not None:
        begin(actor, made, applied_on, facts, now)
    settle(actor, made, steps_of(made), Law(owner), now)
    applied(actor, made, now)
    record(
        actor=actor,
        verb="partylife.record_application",
        subject=made,
        now=now,
        changes={"person": ("", who.name), "applied_on": ("", applied_on)},
    )
    return made


def check(applicant: Applicant, now: datetime) -> None:
    """Raise what is out of order; set the stage that follows from the days."""
    days = {name: getattr(applicant, name) for name in ("activist_on", "target_on", "probationary_on", "full_on")}
    rules.check_order(applied_on=applicant.applied_on, **days, today=local_day(now))
    applicant.stage = rules.stage_of(**days)


def on_paper(applicant: Applicant, recorded: int) -> list[str]:
    """The days that may be set by hand: of steps on paper, and of later ones while nothing else is recorded."""
    return [
        name
        for number, name in dev.LEDGER.items()
        if number <= applicant.paper_until
        or (recorded <= dev.APPLIED and number > max(recorded, applicant.paper_until))
    ]


@verb(constraints=CONSTRAINTS)
def change_application(*, actor: Actor, applicant: Applicant, now: datetime, **changes: Any) -> Applicant:
    """Mend what was recorded, and enter days of steps that were taken on paper.

    Days on paper must keep order and intervals as well. A day that follows from a recorded step is corrected at that
    step (`StepRecorded`).
    """
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    require_open(actor, applicant)
    rows, law = steps_of(applicant), Law(applicant.jurisdiction_id)
    before = {field: getattr(applicant, field) for field in (*changes, "stage")}
    for field, value in changes.items():
        setattr(applicant, field, rules.kind_code(value) if field == "kind" else value)
    if not applicant.where:
        raise rules.EnterpriseMissing
    changed = diff(before, applicant)
    if not changed:
        return applicant
    recorded = max((row.number for row in rows if row.standing), default=0)
    fixed = set(dev.LEDGER.values()) - set(on_paper(applicant, recorded))
    if found := fixed & set(changed):
        raise rules.StepRecorded(field=sorted(found)[0])
    check(applicant, now)
    _paper(applicant, changed, law)
    changed = diff(before, applicant)
    applicant.save(update_fields=[*before, "paper_until"])
    settle(actor, applicant, rows, law, now)
    record(actor=actor, verb="partylife.change_application", subject=applicant, now=now, changes=changed)
    return applicant


def _paper(applicant: Applicant, changed: dict[str, Any], law: Law) -> None:
    """Steps up to the last day that is known were taken on paper; the intervals between these days must be lawful."""
    if not set(dev.LEDGER.values()) & set(changed):
        return
    reached = dev.paper_steps(
        applicant.activist_on, applicant.target_on, applicant.probationary_on, applicant.full_on
    )
    applicant.paper_until = max(reached, dev.APPLIED) if reached > dev.APPLIED else applicant.paper_until
    waits = (
        ("member.activist", applicant.activist_on, applicant.target_on or applicant.probationary_on,
         rules.TooSoonAfterActivist),
        ("member.probation", applicant.probationary_on, applicant.full_on, rules.ProbationTooShort),
    )  # fmt: skip
    for code, start, day, refusal in waits:
        found = law.bound(code, 0, start) if start is not None and day is not None else None
        if found is not None and day is not None and day < found.day:
            raise refusal(day=found.day, cite=found.cite)


@verb
def end_application(
    *, actor: Actor, applicant: Applicant, ended_on: date, reason: str, now: datetime, kind: str = "stopped"
) -> None:
    """The way ends before membership, by the person or by the branch. What happened stays counted."""
    require_open(actor, applicant)
    if not reason.strip():
        raise rules.ReasonMissing
    if ended_on > local_day(now):
        raise rules.InTheFuture
    applicant.ended_on, applicant.ended_reason = ended_on, reason.strip()[:200]
    applicant.ended_kind = kind if kind in rules.ENDINGS else "stopped"
    settle(actor, applicant, steps_of(applicant), Law(applicant.jurisdiction_id), now)
    record(
        actor=actor,
        verb="partylife.end_application",
        subject=applicant,
        now=now,
        changes={"ended_on": ("", ended_on), "ended_reason": ("", applicant.ended_reason)},
    )


@verb
def withdraw_application(*, actor: Actor, applicant: Applicant, reason: str, now: datetime) -> None:
    """Take back an application recorded by mistake: it stays readable and is counted nowhere."""
    require(actor, "partylife.write", place_of(applicant))
    if applicant.withdrawn_at is not None:
        raise rules.Ended
    if not reason.strip():
        raise rules.ReasonMissing
    applicant.withdrawn_at, applicant.withdrawn_reason = now, reason.strip()[:200]
    applicant.waits_for = ""
    applicant.save(update_fields=["withdrawn_at", "withdrawn_reason", "waits_for"])
    close_duties(actor=actor, record=applicant, now=now)
    record(
        actor=actor,
        verb="partylife.withdraw_application",
        subject=applicant,
        now=now,
        changes={"withdrawn_reason": ("", applicant.withdrawn_reason)},
    )
