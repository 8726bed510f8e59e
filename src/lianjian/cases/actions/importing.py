"""Needs from a ledger, thousands at a time: found again by the ledger's own number, never doubled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F

from lianjian.directory.actions.bulk.rows import allocate, insert
from lianjian.directory.models import Organization
from lianjian.duties.actions import Wanted, open_duties
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.among import Among
from lianjian.foundation.calendar import CHINA, day_end
from lianjian.foundation.rights import require
from lianjian.foundation.searchdb import vector_text
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record_bulk
from lianjian.jurisdictions.actions import next_number
from lianjian.jurisdictions.models import Jurisdiction
from lianjian.rulebook.actions import Ask, evaluate_deadlines
from lianjian.rulebook.models import Evaluation

from .. import rules
from ..models import Case, CaseEvent, Category
from ..queries.listing import case_url
from ..queries.tree import DEFAULTS
from .categories import category_for
from .core import task_of
from .registering import search_words, short_title

NOON = timedelta(hours=12)


@dataclass(frozen=True)
class NeedLine:
    """One line of a ledger, resolved as far as it could be. `number` is its row in the sheet.

    `amount` and `unit` are the length of time the ledger gives, `due_on` the day if it gives a day.
    """

    number: int
    told_on: date
    text: str
    organization: Organization | None = None
    organization_text: str = ""
    external_number: str = ""
    category: str = ""
    source: str = "import"
    handler: Organization | None = None
    handler_text: str = ""
    handler_person: str = ""
    amount: int | None = None
    unit: str = ""
    due_on: date | None = None
    progress: str = ""
    closed_on: date | None = None
    state: str = "handling"
    rating: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Imported:
    """What an import made: cases by row number, and the ids of evaluations and duties that belong to them."""

    cases: dict[int, Case]
    evaluations: list[int]
    duties: list[int]


def _categories(actor: Actor, jurisdiction_id: int, names: set[str]) -> dict[str, Category]:
    """The place's categories for the words of a ledger; an unknown word becomes a category of its own."""
    by_name = {name: code for code, (name, _parent) in DEFAULTS.items()}
    own = {row.name: row for row in Category.objects.filter(jurisdiction_id=jurisdiction_id)}
    found: dict[str, Category] = {}
    for name in sorted(names):
        plain = name.strip()[:40]
        if plain in own:
            found[name] = own[plain]
        elif not plain or plain in by_name:
            found[name] = category_for(actor, by_name.get(plain, "other"), jurisdiction_id)
        else:
            found[name], _made = Category.objects.get_or_create(
                jurisdiction_id=jurisdiction_id, code=plain, defaults={"name": plain, "position": 50}
            )
    return found


@verb(constraints={"one_case_per_external_number": rules.ChangedMeanwhile})
def import_needs(
    *, actor: Actor, jurisdiction_id: int, rows: Sequence[NeedLine], batch_key: str, now: datetime
) -> Imported:
    """Store the lines whose ledger number is not stored yet; returns what was made.

    Deadlines are reckoned as for any other case, from the day the need was told. Lines already closed are closed
    `by_import`. One journal entry for all, with their number and digest.
    """
    require(actor, "sheets.import", Whole(jurisdiction_id))
    fresh = _fresh(jurisdiction_id, rows)
    if not fresh:
        return Imported({}, [], [])
    categories = _categories(actor, jurisdiction_id, {line.category for line in fresh})
    asks = [_ask(line) for line in fresh]
    evaluations = evaluate_deadlines(actor=actor, asks=asks, now=now, jurisdiction_id=jurisdiction_id)
    numbers = _numbers(jurisdiction_id, fresh)
    cases = [
        _case(actor, jurisdiction_id, line, number, categories[line.category], evaluation, now)
        for line, number, evaluation in zip(fresh, numbers, evaluations, strict=True)
    ]
    insert_rows(Case, cases, now)
    events = (e for case, line in zip(cases, fresh, strict=True) for e in _story(actor, case, line, now))
    insert_rows(CaseEvent, list(events), now)
    duties = _open_duties(actor, cases, now)
    record_bulk(
        actor=actor,
        verb="cases.import_needs",
        subject=None,
        rows={"cases.case": [case.pk for case in cases]},
        now=now,
        note=batch_key,
        jurisdiction_id=jurisdiction_id,
    )
    made = {line.number: case for line, case in zip(fresh, cases, strict=True)}
    return Imported(made, [evaluation.pk for evaluation in evaluations], duties)


def insert_rows(model: type[models.Model], rows: Sequence[Any], now: datetime) -> None:
    """Write objects in one statement; each gets its id. Only plain columns, and a ready text for `search`."""
    for row, pk in zip(rows, allocate(model, len(rows)), strict=True):
        row.pk = pk
    names = [field.attname for field in model._meta.concrete_fields]
    insert(model, {name: [getattr(row, name) for row in rows] for name in names}, {})


def _open_duties(actor: Actor, cases: Sequence[Case], now: datetime) -> list[int]:
    """Whoever must act on an open case is told so as on any other."""
    wanted = []
    for case in cases:
        task = task_of(case)
        if task is not None:
            wanted.append(
                Wanted(
                    record=case,
                    kind=task.kind,
                    title=f"{case.number} {case.title}",
                    url=case_url(case.key),
                    due_at=task.due_at,
                    organization=task.organization,
                    evaluation=case.evaluation if task.kind == "cases.answer" else None,
                    note=case.whose,
                )
            )
    return open_duties(actor=actor, wanted=wanted, now=now)


def _fresh(jurisdiction_id: int, rows: Sequence[NeedLine]) -> list[NeedLine]:
    """Lines that are not stored: by the ledger's number, without one by day, text and firm."""
    numbers = [line.external_number for line in rows if line.external_number]
    known = set(
        Case.objects.filter(Among("external_number", numbers), jurisdiction_id=jurisdiction_id).values_list(
            "external_number", flat=True
        )
    )
    plain = [line for line in rows if not line.external_number]
    same: dict[tuple[object, ...], int] = {}
    if plain:
        days = [line.told_on for line in plain]
        stored = Case.objects.filter(
            jurisdiction_id=jurisdiction_id, external_number="", registered_on__range=(min(days), max(days))
        ).values_list("registered_on", "original_text", "organization_id", "organization_text")
        for found in stored:
            same[found] = same.get(found, 0) + 1
    fresh = []
    for line in rows:
        if line.external_number:
            if line.external_number not in known:
                known.add(line.external_number)
                fresh.append(line)
            continue
        firm = line.organization.pk if line.organization else None
        key: tuple[object, ...] = (line.told_on, line.text, firm, "" if firm else line.organization_text)
        if same.get(key, 0) > 0:
            same[key] -= 1
        else:
            fresh.append(line)
    return fresh


def _ask(line: NeedLine) -> Ask:
    if line.due_on is not None and line.due_on >= line.told_on:
        return Ask("case.need", line.told_on, (line.due_on - line.told_on).days, "d", rules.LEDGER)
    if line.unit:
        return Ask("case.need", line.told_on, line.amount, line.unit, rules.LEDGER)
    return Ask("case.need", line.told_on)


def _numbers(jurisdiction_id: int, lines: Sequence[NeedLine]) -> list[str]:
    """A number for each line, in the year it was told; one step of the counter for each year."""
    prefix = Jurisdiction.objects.values_list("prefix", flat=True).get(pk=jurisdiction_id)
    wanted: dict[int, int] = {}
    for line in lines:
        wanted[line.told_on.year] = wanted.get(line.told_on.year, 0) + 1
    following = {
        year: next_number(jurisdiction_id=jurisdiction_id, kind="case", year=year, count=count)
        for year, count in sorted(wanted.items())
    }
    numbers = []
    for line in lines:
        year = line.told_on.year
        numbers.append(f"{prefix}-{year}-{following[year]:04d}")
        following[year] += 1
    return numbers


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA) + NOON


def _case(
    actor: Actor,
    jurisdiction_id: int,
    line: NeedLine,
    number: str,
    category: Category,
    evaluation: Evaluation,
    now: datetime,
) -> Case:
    closed = line.state == "closed"
    told_at = _moment(line.told_on)
    closed_on = line.closed_on or line.told_on
    case = Case(
        jurisdiction_id=jurisdiction_id,
        number=number,
        external_number=line.external_number[:40],
        title=short_title(line.text)[:120],
        text=line.text,
        original_text=line.text,
        category=category,
        organization=line.organization,
        organization_text="" if line.organization else line.organization_text[:120] or rules.UNNAMED,
        source=line.source,
        registered_at=told_at,
        registered_on=line.told_on,
        registered_by=actor.user_id,
        registered_by_name=actor.name,
        state=line.state,
        hand=rules.HAND_OF[line.state],
        story_at=_moment(closed_on) if closed else told_at,
        handler=line.handler,
        handler_text="" if line.handler else line.handler_text[:120],
        handler_person=line.handler_person[:40],
        dispatched_at=told_at if line.state != "registered" else None,
        closed_at=_ended(line, closed_on, told_at, now) if closed else None,
        closed_on=closed_on if closed else None,
        ended_at=_ended(line, closed_on, told_at, now),
        answer=line.progress,
        outcome="solved" if closed else "",
        closing="by_import" if closed else "",
        rating=line.rating if closed else "",
        evaluation=evaluation,
        due_at=evaluation.due_at,
    )
    case.search = vector_text(search_words(case, case.whose))
    return case


def _ended(line: NeedLine, closed_on: date, told_at: datetime, now: datetime) -> datetime | None:
    """When a line of a ledger ended: at the end of the day it names, and not later than now."""
    return min(day_end(closed_on), max(now, told_at)) if line.state in rules.ENDED else None


def _story(actor: Actor, case: Case, line: NeedLine, now: datetime) -> list[CaseEvent]:
    """What the ledger tells: registered, and how it stands. Working time is not known and stays 0."""

    def event(move: str, at: datetime, state: str, text: str) -> CaseEvent:
        return CaseEvent(
            jurisdiction_id=case.jurisdiction_id,
            case=case,
            at=at,
            move=move,
            to_state=state,
            actor_id=actor.user_id,
            actor_name=actor.name,
            unit=line.handler.name if line.handler else line.handler_text[:120],
            text=text,
        )

    told = event(
        "import",
        case.registered_at,
        "registered" if line.state != "withdrawn" else "withdrawn",
        line.evidence,
    )
    if line.progress or line.state not in ("registered", "withdrawn"):
        return [told, event("import_state", case.story_at, line.state, line.progress)]
    return [told]


@verb
def adopt_needs(
    *, actor: Actor, jurisdiction_id: int, name: str, organization: Organization, now: datetime
) -> int:
    """Link cases that were kept under a name as text, once a clerk has decided whom the name means."""
    require(actor, "sheets.import", Whole(jurisdiction_id))
    rows = Case.objects.filter(
        jurisdiction_id=jurisdiction_id, organization__isnull=True, organization_text=name
    )
    ids = list(rows.values_list("pk", flat=True))
    if ids:
        Case.objects.filter(Among("pk", ids)).update(
            organization=organization, organization_text="", version=F("version") + 1
        )
        record_bulk(
            actor=actor,
            verb="cases.adopt_needs",
            subject=organization,
            rows={"cases.case": ids},
            now=now,
            jurisdiction_id=jurisdiction_id,
        )
    return len(ids)
