"""A dispute is mediated: parties, attempts, an agreement, whether it was kept (人民调解法)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from lianjian.duties.actions import close_duties, open_duty
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import local_day
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.rulebook.actions import evaluate_deadline

from .. import rules
from ..models import Agreement, Attempt, Case, Party
from .core import require_office_or_unit, words_outside
from .handling import answer_case, handle_note

COURT = "mediation.confirm"


def _mediated(actor: Actor, case: Case) -> None:
    """Who may, and whether there is anything to mediate. Raises `NotMediated`, `Denied`."""
    require_office_or_unit(actor, case)
    if not case.sort.has("mediation") or case.handler is None or case.ended:
        raise rules.NotMediated


def _two_sides(case: Case) -> None:
    sides = Party.objects.filter(case=case).values_list("side", flat=True)
    if set(sides) != set(rules.SIDES):
        raise rules.TwoSides


@verb(constraints={"one_party_per_name": rules.OfferPending})
def add_party(
    *, actor: Actor, case: Case, name: str, side: str, now: datetime, phone: str = ""
) -> Party:
    """Write down one side. The journal says that a party came, not who."""
    _mediated(actor, case)
    if not name.strip():
        raise rules.WhoAsks(asker=str(case.sort.asker), field="name")
    party = Party.objects.create(
        jurisdiction_id=case.jurisdiction_id,
        case=case,
        name=name.strip()[:60],
        side=side if side in rules.SIDES else "other",
        phone=phone.strip()[:20],
    )
    record(actor=actor, verb="cases.add_party", subject=case, now=now, changes={"side": ("", party.side)})
    return party


@verb
def record_attempt(
    *,
    actor: Actor,
    case: Case,
    mediators: Sequence[tuple[str, str]],
    outcome: str,
    text: str,
    now: datetime,
    held_on: date | None = None,
    place: str = "",
    agreed_again: bool = False,
    seen: int | None = None,
) -> Attempt:
    """One attempt with who mediated in which role; a line of the story too.

    Raises `TwoSides`, `MediatorNeeded`, `PartyRefuses` (art. 17), `TextNeeded`, `NotMediated`.
    """
    _mediated(actor, case)
    _two_sides(case)
    if not mediators:
        raise rules.MediatorNeeded
    last = Attempt.objects.filter(case=case).order_by("-id").first()
    if last is not None and last.outcome == "refused" and not agreed_again:
        raise rules.PartyRefuses
    if outcome not in rules.ATTEMPT_OUTCOMES:
        raise rules.OutcomeUnknown
    who = "、".join(f"{name}({rules.MEDIATORS[role]})" for name, role in mediators)
    handle_note(actor=actor, case=case, text=f"{who}:{text.strip()}" if text.strip() else "", now=now, seen=seen)
    return Attempt.objects.create(
        jurisdiction_id=case.jurisdiction_id,
        case=case,
        held_on=min(held_on or local_day(now), local_day(now)),
        place=place.strip()[:100],
        mediators=[[name, role] for name, role in mediators],
        outcome=outcome,
        text=text.strip(),
        tier=case.tier,
        by_name=actor.name[:80],
        at=now,
    )


@verb
def reach_agreement(
    *,
    actor: Actor,
    case: Case,
    form: str,
    terms: str,
    now: datetime,
    signed: bool = False,
    effective_on: date | None = None,
    seen: int | None = None,
) -> Agreement:
    """The parties agree: the case is answered as solved, and the unit is reminded of the court's confirmation.

    A written agreement binds when `signed` by the parties and the mediator and sealed (art. 29), one by word when it
    is reached and recorded (art. 30). Raises `AgreementUnsigned`, `AgreementExists`, `TextNeeded`, `TwoSides`.
    """
    _mediated(actor, case)
    if not terms.strip():
        raise rules.TextNeeded(field="terms")
    if form == "written" and not signed:
        raise rules.AgreementUnsigned
    if Agreement.objects.filter(case=case).exists():
        raise rules.AgreementExists
    _two_sides(case)
    day = min(effective_on or local_day(now), local_day(now))
    limit = evaluate_deadline(
        actor=actor, code=COURT, start=day, now=now, jurisdiction_id=case.jurisdiction_id
    )
    made = Agreement.objects.create(
        jurisdiction_id=case.jurisdiction_id,
        case=case,
        form=form if form in rules.AGREEMENT_FORMS else "oral",
        terms=terms.strip(),
        effective_on=day,
        evaluation=limit,
        court_until=limit.due_at,
        by_name=actor.name[:80],
        at=now,
    )
    answer_case(actor=actor, case=case, text=terms, outcome="solved", now=now, seen=seen)
    open_duty(
        actor=actor,
        record=made,
        kind="cases.court",
        title=words_outside(case),
        url=case.get_absolute_url(),
        now=now,
        due_at=limit.due_at,
        organization=case.handler,
        evaluation=limit,
    )
    return made


@verb
def end_mediation(
    *, actor: Actor, case: Case, text: str, now: datetime, reported: str = "", seen: int | None = None
) -> Case:
    """It fails: the parties are told the lawful ways (art. 26); a danger of crime is reported (art. 25).

    The case is answered as explained. Raises `WaysNeeded`.
    """
    _mediated(actor, case)
    if not text.strip():
        raise rules.WaysNeeded
    words = f"{text.strip()}\n{reported.strip()}" if reported.strip() else text
    return answer_case(actor=actor, case=case, text=words, outcome="explained", now=now, seen=seen)


def _agreement(actor: Actor, case: Case) -> Agreement:
    require_office_or_unit(actor, case)
    found = Agreement.objects.filter(case=case).first()
    if found is None:
        raise rules.AgreementMissing
    return found


@verb
def follow_agreement(
    *, actor: Actor, case: Case, kept: bool, now: datetime, note: str = "", on: date | None = None
) -> Agreement:
    """Whether it was kept (art. 31); the last word counts, the journal keeps the earlier ones."""
    found = _agreement(actor, case)
    before = found.kept
    found.kept, found.kept_on = kept, min(on or local_day(now), local_day(now))
    found.kept_note = note.strip()[:300]
    found.save(update_fields=["kept", "kept_on", "kept_note"])
    record(
        actor=actor,
        verb="cases.follow_agreement",
        subject=case,
        now=now,
        changes={"kept": ("" if before is None else before, kept)},
    )
    return found


@verb
def confirm_in_court(*, actor: Actor, case: Case, number: str, now: datetime, on: date | None = None) -> Agreement:
    """The court confirmed it, or (no number) the parties do not ask for that: the reminder ends (art. 33)."""
    found = _agreement(actor, case)
    found.court_number = number.strip()[:60]
    found.court_on = min(on or local_day(now), local_day(now)) if found.court_number else None
    found.save(update_fields=["court_number", "court_on"])
    close_duties(actor=actor, record=found, now=now)
    changes = {"court_number": ("", found.court_number)}
    record(actor=actor, verb="cases.confirm_in_court", subject=case, now=now, changes=changes)
    return found
