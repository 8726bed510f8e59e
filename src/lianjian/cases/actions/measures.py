"""A case is answered by measures, each with quantity and unit; jobs and money that came of it are kept beside them."""

from __future__ import annotations

from datetime import date, datetime

from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import local_day
from lianjian.foundation.quantities import parse_quantity
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .. import rules
from ..models import Case, Measure
from .core import require_office_or_unit


@verb
def add_measure(
    *,
    actor: Actor,
    case: Case,
    kind: str,
    what: str,
    quantity: str,
    now: datetime,
    done_on: date | None = None,
    channel: str = "",
) -> Measure:
    """Write down what was done (`kind` work) or what came of it (jobs in 人, money in 元), as written: 1600平方米.

    Raises `NotMeasured` for a kind of case without measures or one in nobody's hands, `MeasureUnit`, `WhatNeeded`, and
    what `parse_quantity` raises for words that are no quantity.
    """
    require_office_or_unit(actor, case)
    if not case.sort.has("measures") or case.handler is None or case.state in rules.UNCOUNTED:
        raise rules.NotMeasured
    if kind not in rules.MEASURE_KINDS:
        raise rules.ReasonUnknown(field="kind")
    if not what.strip():
        raise rules.WhatNeeded
    found = parse_quantity(quantity)
    wanted = rules.MEASURE_UNITS.get(kind)
    base = found.to_base()
    if wanted and base.unit.code != wanted[0]:
        raise rules.MeasureUnit(unit=wanted[1])
    if base.nominal <= 0:
        raise rules.MeasureUnit(unit=found.unit.zh)
    made = Measure.objects.create(
        jurisdiction_id=case.jurisdiction_id,
        case=case,
        kind=kind,
        what=what.strip()[:120],
        amount=base.nominal,
        unit=base.unit.code,
        quantity_text=quantity.strip()[:40],
        channel=channel.strip()[:40],
        done_on=min(done_on or local_day(now), local_day(now)),
        by_unit=case.handler.name,
        by_name=actor.name[:80],
        at=now,
    )
    record(
        actor=actor,
        verb="cases.add_measure",
        subject=case,
        now=now,
        changes={"measure": ("", f"{made.what} {made.quantity_text}")},
    )
    return made


@verb
def withdraw_measure(*, actor: Actor, case: Case, measure: Measure, now: datetime) -> Measure:
    """Take back what was written down wrongly; it is counted nowhere from now on, and again when called again."""
    require_office_or_unit(actor, case)
    before = measure.withdrawn_at
    measure.withdrawn_at = None if before else now
    measure.save(update_fields=["withdrawn_at"])
    record(
        actor=actor,
        verb="cases.withdraw_measure",
        subject=case,
        now=now,
        changes={"withdrawn_at": (before, measure.withdrawn_at), "measure": ("", measure.what)},
    )
    return measure
