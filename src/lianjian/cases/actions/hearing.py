"""Petitions are heard in public: plan, panel, participants, minutes, conclusion (信访工作条例 31)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.calendar import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.searchdb import vector
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .. import rules
from ..models import Case, Hearing, HearingCase, HearingPerson
from ..queries.people import clerks_of, handlers_of
from .core import advance, pass_on, take, task_of, tell, tell_askers
from .offering import end_handovers
from .registering import search_words

Seats = Sequence[tuple[str, str]]


def _planned(actor: Actor, hearing: Hearing, right: str) -> Hearing:
    require(actor, right, Whole(hearing.jurisdiction_id))
    found = Hearing.objects.select_for_update().get(pk=hearing.pk)
    if found.state != "planned":
        raise rules.HearingOver(state=rules.HEARING_STATES[found.state])
    return found


def _hearable(case: Case, jurisdiction_id: int) -> bool:
    return case.sort.has("hearing") and case.jurisdiction_id == jurisdiction_id and not case.ended


@verb
def plan_hearing(
    *,
    actor: Actor,
    title: str,
    plan: str,
    scheduled_at: datetime,
    place: str,
    cases: Sequence[Case],
    people: Seats,
    now: datetime,
) -> Hearing:
    """The office plans a hearing of one or several petitions. Raises `NotHeard`, `TextNeeded`, `PanelShort`."""
    owner = actor.jurisdiction_id
    require(actor, "cases.dispatch", Whole(owner))
    if not plan.strip():
        raise rules.TextNeeded(field="plan")
    if not cases:
        raise rules.NotHeard(number="")
    for case in cases:
        if not _hearable(case, owner):
            raise rules.NotHeard(number=case.number)
    _check_panel(people)
    hearing = Hearing.objects.create(
        jurisdiction_id=owner,
        title=title.strip()[:120],
        plan=plan.strip(),
        scheduled_at=scheduled_at,
        place=place.strip()[:100],
        made_by_name=actor.name[:80],
        made_at=now,
    )
    HearingCase.objects.bulk_create(
        HearingCase(jurisdiction_id=owner, hearing=hearing, case=case) for case in cases
    )
    _seat(hearing, people)
    numbers = "、".join(case.number for case in cases)
    changes = {"cases": ("", numbers), "scheduled_at": ("", scheduled_at)}
    record(actor=actor, verb="cases.plan_hearing", subject=hearing, now=now, changes=changes)
    for case in cases:
        tell(actor, case, handlers_of(case.handler), "progress", now, title)
        tell_askers(actor, case, "progress", now, title)
    return hearing


def _seat(hearing: Hearing, people: Seats) -> None:
    HearingPerson.objects.bulk_create(
        HearingPerson(jurisdiction_id=hearing.jurisdiction_id, hearing=hearing, name=name, role=role)
        for name, role in dict.fromkeys(people)
    )


def _check_panel(people: Seats) -> None:
    roles = [role for _name, role in people]
    if "chair" not in roles or roles.count("chair") + roles.count("member") < rules.LEAST_PANEL:
        raise rules.PanelShort(least=rules.LEAST_PANEL)


@verb
def cancel_hearing(*, actor: Actor, hearing: Hearing, reason: str, now: datetime) -> Hearing:
    """It is called off; the cases go on as they were. Raises `HearingOver`, `ReasonNeeded`."""
    found = _planned(actor, hearing, "cases.dispatch")
    if not reason.strip():
        raise rules.ReasonNeeded
    found.state, found.reason = "cancelled", reason.strip()[:300]
    found.save(update_fields=["state", "reason"])
    changes = {"state": ("planned", "cancelled")}
    record(actor=actor, verb="cases.cancel_hearing", subject=found, now=now, changes=changes)
    return found


@verb
def conclude_hearing(
    *,
    actor: Actor,
    hearing: Hearing,
    people: Seats,
    minutes: str,
    conclusion: str,
    outcomes: Mapping[int, str],
    now: datetime,
    held_on: date | None = None,
) -> Hearing:
    """The head records who came, the minutes and the conclusion; it closes each case with an outcome of its own.

    `outcomes`: by id of the case; a case without one goes on as it was. Raises `HearingOver`, `PanelShort`,
    `PetitionerMissing`, `HearingWords`, `OutcomeUnknown`.
    """
    found = _planned(actor, hearing, "cases.rule")
    _check_panel(people)
    roles = {role for _name, role in people}
    if not roles & {"petitioner", "agent"} or "unit" not in roles:
        raise rules.PetitionerMissing
    if not minutes.strip() or not conclusion.strip():
        raise rules.HearingWords
    found.people.exclude(pk__in=_came(found, people)).update(attended=False)
    found.state, found.minutes, found.conclusion = "concluded", minutes.strip(), conclusion.strip()
    found.held_on = min(held_on or local_day(now), local_day(now))
    found.save(update_fields=["state", "minutes", "conclusion", "held_on"])
    changes = {"state": ("planned", "concluded")}
    record(actor=actor, verb="cases.conclude_hearing", subject=found, now=now, changes=changes)
    for row in found.heard.select_related("case__handler", "case__organization", "case__accused", "case__category"):
        outcome = outcomes.get(row.case_id, "")
        if outcome:
            _close(actor, row, outcome, found, now)
    return found


def _came(hearing: Hearing, people: Seats) -> list[int]:
    """Ids of the seats that were taken; who was not planned gets a seat."""
    planned = {(one.name, one.role): one for one in hearing.people.all()}
    _seat(hearing, [pair for pair in people if pair not in planned])
    came = hearing.people.all()
    ids = [one.pk for one in came if (one.name, one.role) in set(people)]
    hearing.people.filter(pk__in=ids).update(attended=True)
    return ids


def _close(actor: Actor, row: HearingCase, outcome: str, hearing: Hearing, now: datetime) -> None:
    if outcome not in rules.OUTCOMES:
        raise rules.OutcomeUnknown
    case = row.case
    move, before = take(case, "hear", None), task_of(case)
    end_handovers(actor, case, now)
    case.answer = hearing.conclusion
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        text=hearing.title,
        reason=rules.OUTCOMES[outcome],
        changes={"outcome": ("", outcome)},
        answer=hearing.conclusion,
        search=vector(search_words(case, case.whose)),
        answered_at=case.answered_at or now,
        outcome=outcome,
        closing="hearing",
        closed_at=now,
        closed_on=local_day(now),
    )
    row.outcome = outcome
    row.save(update_fields=["outcome"])
    pass_on(actor, case, now, before=before)
    tell(actor, case, [*handlers_of(case.handler), *clerks_of(case.jurisdiction_id)], "closed", now)
    tell_askers(actor, case, "closed", now)
