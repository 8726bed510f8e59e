"""A need is told and gets its number; the office sends it to the unit that deals with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from lianjian.directory.models import Organization, Team
from lianjian.events.models import Visit, covered_by
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import Denied, require
from lianjian.foundation.searchdb import vector
from lianjian.foundation.verbs import verb
from lianjian.foundation.writing import add_together
from lianjian.journal.actions import record
from lianjian.jurisdictions.actions import next_number_of
from lianjian.jurisdictions.models import Jurisdiction
from lianjian.rulebook.actions import Ask, evaluate_deadlines

from .. import rules
from ..models import Case, CaseEvent, Category, Service
from ..queries.people import clerks_of, handlers_of
from .catalogue import read_answers
from .categories import check_unit, fitting_category
from .core import advance, main_deadline, pass_on, place, step_deadline, take, task_of, tell, tell_askers
from .interest import check_accused, place_for
from .offering import end_handovers
from .public_signs import random_signs
from .tiers import begin

TITLE_LENGTH = 40


def require_register(actor: Actor, organization: Organization | None, jurisdiction_id: int) -> None:
    """Own firm, covered firm, or anybody's for the office. Raises `Denied`."""
    if actor.may("cases.register", organization if organization is not None else Whole(jurisdiction_id)):
        return
    require(actor, "cases.register")
    if organization is None or not covered_by(actor).filter(organization=organization).exists():
        raise Denied


def short_title(text: str) -> str:
    """The first clause of a text, for lists."""
    first = text.strip().splitlines()[0] if text.strip() else ""
    for mark in "。;;!!??":
        first = first.split(mark)[0]
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1] + "…"


def search_words(case: Case, whose: str) -> str:
    """What a case is found by."""
    return " ".join(
        p for p in (case.number, case.external_number, case.title, case.text, whose, case.answer) if p
    )


def _given_number(case: Case, year: int) -> str:
    """JB-2026-0168: prefix of the place, year, running number; JB-TS-2026-0012 for a kind with a mark.

    An accusation has a number that tells no order.
    """
    mark = case.sort.mark
    if case.accused_id is not None:
        prefix = Jurisdiction.objects.values_list("prefix", flat=True).get(pk=case.jurisdiction_id)
        return "-".join(filter(None, (prefix, mark, str(year), random_signs(6))))
    series = f"case.{mark.lower()}" if mark else "case"
    prefix, serial = next_number_of(case.jurisdiction_id, series, year)
    return "-".join(filter(None, (prefix, mark, str(year), f"{serial:04d}")))


def _asked_by(code: str, organization: Organization | None, name: str, village: Organization | None) -> str:
    """Who asked, in words, where it is no body. Raises `UnknownKind`, `WhoAsks`."""
    if code not in rules.KINDS:
        raise rules.UnknownKind(kind=code)
    if organization is not None:
        return ""
    kind = rules.KINDS[code]
    # Villagers and parties may stay unnamed: then the place speaks for them.
    words = name or (village.name if village is not None and kind.subject != "organization" else "")
    if not words:
        raise rules.WhoAsks(asker=str(kind.asker))
    return words[:120]


def _owner(
    actor: Actor, about: Organization | None, jurisdiction_id: int | None, accused: Organization | None
) -> int:
    """The place whose case it is; an accusation of a whole place is the case of the one above."""
    if accused is not None and accused.is_root and jurisdiction_id:
        return place_for(accused, jurisdiction_id)
    return about.jurisdiction_id if about is not None else jurisdiction_id or actor.jurisdiction_id


def _first_facts(actor: Actor, text: str, title: str, told_on: date | None, now: datetime) -> dict[str, Any]:
    """Words, day and hand of what is told. Raises `TextNeeded`."""
    words = text.strip()
    if not words:
        raise rules.TextNeeded
    return {
        "title": (title.strip() or short_title(words))[:120],
        "text": words,
        "original_text": words,
        "registered_at": now,
        "registered_on": min(told_on or local_day(now), local_day(now)),
        "registered_by": actor.user_id,
        "registered_by_name": actor.name,
        "story_at": now,
    }


@verb
def register_case(
    *,
    actor: Actor,
    text: str,
    category: Category | str,
    source: str,
    now: datetime,
    kind: str = "need",
    organization: Organization | None = None,
    organization_text: str = "",
    village: Organization | None = None,
    address: str = "",
    title: str = "",
    urgency: str = "normal",
    reporter: str = "",
    reporter_phone: str = "",
    visit: Visit | None = None,
    registered_on: date | None = None,
    jurisdiction_id: int | None = None,
    part_of: Case | None = None,
    tier: str = "",
    service: Service | None = None,
    answers: Mapping[str, str] | None = None,
    accused: Organization | None = None,
    accused_text: str = "",
) -> Case:
    """Register what a body or a person asks or reports; the office gets the duty to dispatch it.

    `village`: in whose place it lies; `registered_on`: the day it was told; `answers` by the keys of the category's
    questions, None where nobody could be asked; `accused`: the body it is against. Raises `UnknownKind`, `WhoAsks`,
    `TextNeeded`, `UnknownCategory`, `CategoryUnfit`, `Unanswered`, `NotAccusable`, `AccusedAtHome`, `AccusedAbove`.
    """
    owner = _owner(actor, organization or village, jurisdiction_id, accused)
    require_register(actor, organization or village, owner)
    asker = _asked_by(kind, organization, organization_text.strip() or reporter.strip(), village)
    check_accused(actor, rules.KINDS[kind], accused, owner)
    chosen = fitting_category(actor, category, rules.KINDS[kind], owner)
    case = Case(
        **_first_facts(actor, text, title, registered_on, now),
        jurisdiction_id=owner,
        kind=kind,
        category=chosen,
        organization=organization,
        organization_text=asker,
        village=village,
        address=address.strip()[:200],
        reporter=reporter.strip()[:40],
        reporter_phone=reporter_phone.strip(),
        visit=visit,
        source=source,
        urgency=urgency,
        part_of=part_of,
        service=service,
        answers=read_answers(chosen, owner, answers),
        accused=accused,
        accused_text=accused_text.strip()[:120],
    )
    begin(actor, case, tier, now)
    _file(actor, case, now)
    return case


def _file(actor: Actor, case: Case, now: datetime) -> None:
    """The number, the row, the first line of its story, the journal, the duty of the office."""
    evaluation = step_deadline(actor, case, "dispatch", now, stored=False)
    clerks = clerks_of(case.jurisdiction_id)
    case.number = _given_number(case, case.registered_on.year)  # from here on others wait for their numbers
    case.search = vector(search_words(case, case.whose))
    told = CaseEvent(
        jurisdiction_id=case.jurisdiction_id,
        case=case,
        at=now,
        move="register",
        to_state=case.state,
        actor_id=actor.user_id,
        actor_name=actor.name,
        text=rules.SOURCES.get(case.source, ""),
    )
    add_together(case, told)
    record(actor=actor, verb="cases.register", subject=case, now=now, changes={"number": ("", case.number)})
    pass_on(actor, case, now, before=None, evaluation=evaluation, fresh=True)
    tell(actor, case, clerks, "registered", now)


@verb
def dispatch_case(
    *,
    actor: Actor,
    case: Case,
    handler: Organization,
    now: datetime,
    reason: str = "",
    amount: int | None = None,
    unit: str | None = None,
    team: Team | None = None,
    seen: int | None = None,
) -> Case:
    """Send a case to a unit, or from one unit to another. The clock starts at the first dispatch and never anew.

    `amount` and `unit` set another length of time than the category's; `team` helps the unit. Raises
    `ForeignHandler`, `SameHandler`, `ReasonNeeded` (when it goes to another unit), `NotNow`, `ChangedMeanwhile`.
    """
    require(actor, "cases.dispatch", place(case))
    again = case.state not in rules.MOVES["dispatch"].sources
    move = take(case, "redispatch" if again else "dispatch", seen)
    check_unit(case, handler)
    if again and handler.pk == case.handler_id and (team is None or team.pk == case.team_id):
        raise rules.SameHandler
    if again and not reason.strip():
        raise rules.ReasonNeeded
    before, old = task_of(case), case.handler
    asks = [Ask(case.sort.limit("sign"), now)]
    if case.evaluation_id is None:
        asks.append(main_deadline(case, now, amount, unit))
    if again:
        end_handovers(actor, case, now)
    signing, *main = evaluate_deadlines(actor=actor, asks=asks, now=now, jurisdiction_id=case.jurisdiction_id)
    due: dict[str, Any] = {"evaluation": main[0], "due_at": main[0].due_at} if main else {}
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        reason=reason,
        changes={"handler": (old.name if old else "", handler.name)},
        handler=handler,
        team=team,
        handler_text="",
        handler_person="",
        dispatched_at=case.dispatched_at or now,
        sent_at=now,
        lent_to=None,
        signed_at=None,
        **due,
    )
    pass_on(actor, case, now, before=before, evaluation=signing)
    tell(
        actor, case, [*handlers_of(handler), *handlers_of(old if again else None)], "dispatched", now, reason
    )
    tell_askers(actor, case, "progress", now, handler.name)
    return case
