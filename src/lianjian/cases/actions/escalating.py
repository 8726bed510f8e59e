"""A case goes up the line: by the clock, by a count, by hand; and what those above say to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from lianjian.duties.actions import close_duties, open_duty
from lianjian.duties.models import Duty
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import local_day
from lianjian.foundation.errors import translate
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.jurisdictions.queries import parents
from lianjian.rulebook.queries import calendar, term_in_force

from .. import rules
from ..models import Case, Escalation
from ..queries.people import clerks_of, contacts_of, handlers_of, heads_of, judges_of
from .core import advance, pass_on, place, require_office_or_unit, step_deadline, take, task_of, tell
from .offering import end_handovers
from .tiers import stay

SUPERVISE = {rules.OFFICE: "cases.supervise", rules.HEAD: "cases.supervise_head"}
LONGEST_BEFORE = timedelta(days=40)


@verb
def fire(*, actor: Actor, case: Case, rule: str, mark: str, now: datetime) -> Escalation | None:
    """Tell, or give a duty to, those above, once for each mark; None where it had been done. Journalled."""
    found = rules.ESCALATIONS[rule]
    made, fresh = Escalation.objects.get_or_create(
        case=case,
        rule=rule,
        mark=mark,
        defaults={
            "jurisdiction_id": case.jurisdiction_id,
            "kind": found.kind,
            "level": found.level,
            "at": now,
        },
    )
    if not fresh:
        return None
    label = translate(found.label)
    if found.kind == rules.ACTION and found.level in SUPERVISE:
        _demand(actor, case, SUPERVISE[found.level], label, now)
    tell(actor, case, _whom(case, found.level), "escalated", now, label)
    changes = {"rule": ("", rule), "level": ("", found.level)}
    record(actor=actor, verb="cases.escalate", subject=case, now=now, changes=changes)
    return made


def _demand(actor: Actor, case: Case, kind: str, label: str, now: datetime) -> None:
    """The duty to act, unless it is open already."""
    if Duty.objects.filter(subject_key=case.key, kind=kind, state=Duty.State.OPEN).exists():
        return
    open_duty(
        actor=actor,
        record=case,
        kind=kind,
        title=f"{case.number} {case.title}"[:200],
        url=case.get_absolute_url(),
        now=now,
        note=label,
    )


def _whom(case: Case, level: str) -> list[int]:
    """Accounts of a level of the line of a case: the office, the heads, those of the place above."""
    if level == rules.OFFICE:
        return clerks_of(case.jurisdiction_id)
    if level == rules.HEAD:
        return heads_of(case.jurisdiction_id) or judges_of(case.jurisdiction_id)
    above = dict(parents()).get(case.jurisdiction_id)
    # The highest place has nobody above: its own heads hear of it.
    owner = above or case.jurisdiction_id
    return [*clerks_of(owner), *heads_of(owner)]


@verb
def escalate_place(*, actor: Actor, jurisdiction_id: int, now: datetime) -> int:
    """Everything of a place that goes up by the clock at `now`; returns how many did. Run by a job."""
    days = calendar()
    terms = {
        rule.code: term_in_force(rule.term, local_day(now), jurisdiction_id)
        for rule in rules.ESCALATIONS.values()
        if rule.duty
    }
    open_steps = list(
        Duty.objects.filter(
            jurisdiction_id=jurisdiction_id,
            subject_kind="cases.case",
            state=Duty.State.OPEN,
            kind__in=rules.WATCHED,
            due_at__lte=now + LONGEST_BEFORE,
        )
        .order_by("pk")
        .values_list("pk", "kind", "due_at", "opened_at", "subject_key")
    )
    wanted: list[tuple[str, str, object]] = []
    for pk, kind, due_at, opened_at, key in open_steps:
        for rule in rules.ESCALATIONS.values():
            if rule.duty != kind or due_at is None:
                continue
            moment = rules.fires_at(rule, due_at, terms[rule.code].amount, terms[rule.code].unit, days)
            # A step whose whole limit is shorter than the warning needs none.
            if moment <= now and not (rule.before and (moment <= opened_at or due_at <= now)):
                wanted.append((rule.code, str(pk), key))
    return _fire_all(actor, jurisdiction_id, wanted, now) + _raise_all(actor, jurisdiction_id, now)


def _fire_all(
    actor: Actor, jurisdiction_id: int, wanted: Iterable[tuple[str, str, object]], now: datetime
) -> int:
    wanted = list(wanted)
    marks = {mark for _rule, mark, _key in wanted}
    done = set(
        Escalation.objects.filter(jurisdiction_id=jurisdiction_id, mark__in=marks).values_list("rule", "mark")
    )
    fresh = [one for one in wanted if one[:2] not in done]
    cases = _with_units(Case.objects.filter(key__in={key for _rule, _mark, key in fresh}))
    return sum(
        fire(actor=actor, case=cases[key], rule=rule, mark=mark, now=now) is not None
        for rule, mark, key in fresh
        if key in cases
    )


def _with_units(rows: object) -> dict[object, Case]:
    related = ("organization", "handler", "lent_to", "category__parent", "evaluation", "village")
    return {case.key: case for case in rows.select_related(*related)}  # type: ignore[attr-defined]


def _raise_all(actor: Actor, jurisdiction_id: int, now: datetime) -> int:
    """Cases that stayed on a level to the end of their stay go up by themselves."""
    sources = rules.MOVES["raise_tier"].sources
    due = Case.objects.filter(jurisdiction_id=jurisdiction_id, tier_due_at__lt=now, state__in=sources)
    count = 0
    for case in _with_units(due.order_by("pk")).values():
        if rules.tier_above(case.tier):
            raise_tier(actor=actor, case=case, reason=rules.STAYED, now=now)
            count += 1
        elif fire(actor=actor, case=case, rule="top_tier", mark=case.tier, now=now) is not None:
            count += 1
    return count


@verb
def raise_tier(*, actor: Actor, case: Case, reason: str, now: datetime, seen: int | None = None) -> Case:
    """Up one level (hamlet, village, town, county), to be dispatched there; the limit of the case stays.

    Raises `TierTop`, `ReasonNeeded`.
    """
    require_office_or_unit(actor, case)
    move, before, old = take(case, "raise_tier", seen), task_of(case), case.handler
    above = rules.tier_above(case.tier) if case.tier else ""
    if not above:
        raise rules.TierTop
    if not reason.strip():
        raise rules.ReasonNeeded
    end_handovers(actor, case, now)
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        text=rules.TIERS[above],
        reason=reason,
        changes={"tier": (case.tier, above)},
        handler=None,
        handler_text="",
        handler_person="",
        signed_at=None,
        review_on=None,
        tier=above,
        tier_due_at=stay(actor, case, above, now),
    )
    pass_on(actor, case, now, before=before, evaluation=step_deadline(actor, case, "dispatch", now))
    asked = contacts_of(case.organization) if case.organization is not None else []
    tell(actor, case, [*clerks_of(case.jurisdiction_id), *handlers_of(old), *asked], "raised", now, reason)
    return case


@verb
def supervise_case(*, actor: Actor, case: Case, text: str, now: datetime, seen: int | None = None) -> Case:
    """The head or the office says what is to be done with a case that is late or disputed; the unit is told.

    Raises `TextNeeded`.
    """
    home = place(case)
    head = actor.may("cases.rule", home)
    require(actor, "cases.rule" if head else "cases.dispatch", home)
    move = take(case, "supervise", seen)
    if not text.strip():
        raise rules.TextNeeded
    advance(actor=actor, case=case, move=move, now=now, text=text)
    for level, kind in SUPERVISE.items():
        if head or level == rules.OFFICE:
            close_duties(actor=actor, record=case, kind=kind, now=now)
            Escalation.objects.filter(case=case, kind="action", level=level, acted_at__isnull=True).update(
                acted_at=now
            )
    tell(actor, case, [*handlers_of(case.handler), *clerks_of(case.jurisdiction_id)], "supervised", now, text)
    return case
