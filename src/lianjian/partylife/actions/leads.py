"""Talent leads: noticed, kept in touch with, ended; an application ends the lead by itself."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse

from lianjian.directory.models import Organization, Person
from lianjian.duties.actions import close_duties, open_duty
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from .. import rules
from ..models import Applicant, TalentLead
from ..rules import leads
from .people import person_for

TOLD = ("kind", "words", "next_step", "next_by")


@verb(constraints={"one_open_lead_per_person": leads.LeadExists})
def notice_talent(
    *,
    actor: Actor,
    person: Person | str,
    enterprise: Organization,
    kind: str,
    noticed_on: date,
    source: str,
    now: datetime,
    words: str = "",
    next_step: str = "",
    next_by: date | None = None,
) -> TalentLead:
    """Record somebody of a firm to keep in touch with, and what is to be done next by when.

    Raises `LeadExists`, `AlreadyOnTheWay`, `InTheFuture`, `StepWithoutDay`, `BeforeNoticed`, `NameMissing`, `Denied`.
    """
    require(actor, "partylife.write", enterprise)
    if noticed_on > local_day(now):
        raise rules.InTheFuture(field="noticed_on")
    who = person_for(
        person=person,
        enterprise=enterprise,
        enterprise_text="",
        jurisdiction_id=enterprise.jurisdiction_id,
        now=now,
    )
    applied = Applicant.objects.filter(person=who, withdrawn_at__isnull=True, ended_on__isnull=True).first()
    if applied is not None:
        raise leads.AlreadyOnTheWay(day=applied.applied_on)
    made = TalentLead(
        jurisdiction_id=enterprise.jurisdiction_id,
        person=who,
        enterprise=enterprise,
        noticed_on=noticed_on,
        source=source,
        recorded_by_name=actor.name[:80],
        recorded_at=now,
    )
    _say(made, kind, words, next_step, next_by)
    made.save(force_insert=True)
    _remind(actor, made, now)
    changes = {"person": ("", who.name), **{name: ("", getattr(made, name)) for name in TOLD}}
    record(actor=actor, verb="partylife.notice_talent", subject=made, now=now, changes=changes)
    return made


@verb
def follow_talent(
    *,
    actor: Actor,
    lead: TalentLead,
    kind: str,
    now: datetime,
    words: str = "",
    next_step: str = "",
    next_by: date | None = None,
) -> TalentLead:
    """What came of the talk and what comes next; what stood there stays in the journal.

    Raises `LeadEnded`, `StepWithoutDay`, `BeforeNoticed`, `Denied`.
    """
    held = _held(actor, lead)
    before = {name: getattr(held, name) for name in TOLD}
    _say(held, kind, words, next_step, next_by)
    held.save(update_fields=list(TOLD))
    _remind(actor, held, now)
    record(actor=actor, verb="partylife.follow_talent", subject=held, now=now, changes=diff(before, held))
    return held


@verb
def end_talent(*, actor: Actor, lead: TalentLead, ended_on: date, reason: str, now: datetime) -> TalentLead:
    """Keep in touch no longer. Raises `LeadEnded`, `ReasonMissing`, `BeforeNoticed`, `InTheFuture`, `Denied`."""
    held = _held(actor, lead)
    if not reason.strip():
        raise rules.ReasonMissing
    if ended_on > local_day(now):
        raise rules.InTheFuture(field="ended_on")
    if ended_on < held.noticed_on:
        raise leads.BeforeNoticed(day=held.noticed_on, field="ended_on")
    held.state, held.ended_on, held.ended_reason = leads.ENDED, ended_on, reason.strip()[:120]
    held.save(update_fields=["state", "ended_on", "ended_reason"])
    close_duties(actor=actor, record=held, kind="partylife.lead", now=now)
    changes = {"state": (leads.OPEN, leads.ENDED), "ended_reason": ("", held.ended_reason)}
    record(actor=actor, verb="partylife.end_talent", subject=held, now=now, changes=changes)
    return held


def applied(actor: Actor, applicant: Applicant, now: datetime) -> None:
    """He applied: his open lead ends with the application. Part of the verb that records it, which journals."""
    held = TalentLead.objects.select_for_update(of=("self",)).filter(
        person_id=applicant.person_id, state=leads.OPEN, jurisdiction_id=applicant.jurisdiction_id
    )
    lead = held.first()
    if lead is None:
        return
    lead.state, lead.applicant = leads.APPLIED, applicant
    lead.ended_on = max(applicant.applied_on, lead.noticed_on)  # noticed late, after the paper was handed in
    lead.save(update_fields=["state", "applicant", "ended_on"])
    close_duties(actor=actor, record=lead, kind="partylife.lead", now=now)


def _held(actor: Actor, lead: TalentLead) -> TalentLead:
    require(actor, "partylife.write", lead.enterprise)
    held: TalentLead = TalentLead.objects.select_for_update(of=("self",)).get(pk=lead.pk)
    if held.state != leads.OPEN:
        raise leads.LeadEnded
    return held


def _say(lead: TalentLead, kind: str, words: str, next_step: str, next_by: date | None) -> None:
    step = next_step.strip()[:120]
    if bool(step) != (next_by is not None):
        raise leads.StepWithoutDay(field="next_by" if step else "next_step")
    if next_by is not None and next_by < lead.noticed_on:
        raise leads.BeforeNoticed(day=lead.noticed_on)
    lead.kind, lead.words = rules.kind_code(kind), words.strip()[:200]
    lead.next_step, lead.next_by = step, next_by


def _remind(actor: Actor, lead: TalentLead, now: datetime) -> None:
    """One open duty for the next step; a day that moved moves it."""
    close_duties(actor=actor, record=lead, kind="partylife.lead", now=now)
    if lead.next_by is None:
        return
    open_duty(
        actor=actor,
        record=lead,
        kind="partylife.lead",
        title=f"{lead.person.name}:{lead.next_step}",
        url=reverse("partylife:lead", kwargs={"key": lead.key}),
        organization=lead.enterprise,
        due_at=day_end(lead.next_by),
        now=now,
    )
