"""Who is put forward in a round: named, looked at on the spot, taken off the list; forgotten when it is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Max

from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.looks import show_date
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record, record_bulk

from .. import rules
from ..models import WRITE, Nominee, Round
from .rounds import held_round


@verb(constraints={"one_nominee_of_a_name": rules.NomineeStands})
def nominate(
    *,
    actor: Actor,
    round: Round,
    name: str,
    way: str,
    now: datetime,
    on: date | None = None,
    group: str = "",
    deeds: str = "",
    agreed: bool = False,
) -> Nominee:
    """One more stands, put forward on a day (today). `agreed`: the person said that the name may be shown.

    Raises `NameMissing`, `WayUnknown`, `NomineeStands`, `NomineesTooMany`, `FutureDay`, `BeforeOpening`, `WrongState`,
    `Denied`.
    """
    require(actor, WRITE, round.scheme.organization)
    held = held_round(round, rules.OPEN)
    if not name.strip():
        raise rules.NameMissing
    if way not in rules.WAYS:
        raise rules.WayUnknown
    day = _within(on or local_day(now), held.opened_on, now)
    number = (held.nominees.aggregate(last=Max("number"))["last"] or 0) + 1
    if number > rules.MOST_NOMINEES:
        raise rules.NomineesTooMany
    made = Nominee.objects.create(
        jurisdiction_id=held.jurisdiction_id,
        round=held,
        number=number,
        name=" ".join(name.split())[:40],
        group=" ".join(group.split())[:40],
        way=way,
        named_on=day,
        deeds=deeds.strip()[:300],
        agreed=agreed,
    )
    # Names leave with the round: the journal says which number it was.
    record(actor=actor, verb="awards.nominate", subject=made, now=now, changes={"number": (None, number)})
    return made


def _within(on: date, first: date, now: datetime) -> date:
    """The day, from the first that can be to today."""
    if on > local_day(now):
        raise rules.FutureDay(field="on")
    if on < first:
        raise rules.BeforeOpening(field="on", day=show_date(first))
    return on


def _held(nominee: Nominee, *states: str) -> Nominee:
    """The row as it stands, after its round was locked. Raises `WrongState`, `NomineeStruck`."""
    held_round(nominee.round, *states)
    found = Nominee.objects.select_for_update(of=("self",)).select_related("round__scheme").get(pk=nominee.pk)
    if found.struck_on is not None:
        raise rules.NomineeStruck(name=found.name)
    return found


@verb
def check_nominee(
    *,
    actor: Actor,
    nominee: Nominee,
    met: Sequence[int],
    on: date,
    by: str,
    agreed: bool,
    now: datetime,
) -> Nominee:
    """Somebody looked on the spot: the numbers of the criteria met. The last look counts.

    Raises `NoSuchCriterion`, `FutureDay`, `BeforeOpening`, `NomineeStruck`, `WrongState`, `Denied`.
    """
    require(actor, WRITE, nominee.round.scheme.organization)
    held = _held(nominee, rules.OPEN)
    numbers = sorted(set(met))
    wrong = next((one for one in numbers if not 1 <= one <= len(held.round.criteria)), None)
    if wrong is not None:
        raise rules.NoSuchCriterion(number=wrong)
    _within(on, held.named_on, now)
    before = (held.met, held.checked_on, held.agreed)
    held.met, held.checked_on, held.checked_by, held.agreed = numbers, on, by.strip()[:80], agreed
    held.save(update_fields=["met", "checked_on", "checked_by", "agreed"])
    changes = {"met": (before[0], numbers), "checked_on": (before[1], on), "agreed": (before[2], agreed)}
    record(actor=actor, verb="awards.check_nominee", subject=held, now=now, changes=changes)
    return held


@verb
def strike_nominee(*, actor: Actor, nominee: Nominee, reason: str, now: datetime) -> Nominee:
    """Withdrawn, objected to with reason, or an award taken back: the row stays and does not count.

    Raises `ReasonMissing`, `NomineeStruck`, `NotAwarded`, `WrongState`, `Denied`.
    """
    require(actor, WRITE, nominee.round.scheme.organization)
    held = _held(nominee, rules.OPEN, rules.SHOWN, rules.DECIDED)
    if not reason.strip():
        raise rules.ReasonMissing
    if held.round.state == rules.DECIDED and not held.chosen:
        raise rules.NotAwarded(name=held.name)
    held.struck_on, held.struck_reason = local_day(now), reason.strip()[:200]
    held.chosen = held.round.state == rules.DECIDED  # who leaves a list before the result never had the award
    held.save(update_fields=["struck_on", "struck_reason", "chosen"])
    changes = {"struck_on": (None, held.struck_on)}
    record(actor=actor, verb="awards.strike_nominee", subject=held, now=now, changes=changes)
    return held


@verb
def forget_nominees(*, actor: Actor, jurisdiction_id: int, now: datetime) -> int:
    """Take name and words from those who were not chosen, some time after their round; returns how many.

    The least personal data that does the work (个人信息保护法 art. 19, 47): the rows stay and count. Safe to run twice.
    """
    ended = local_day(now) - rules.KEPT
    rows = Nominee.objects.filter(jurisdiction_id=jurisdiction_id, forgotten_on__isnull=True)
    rows = rows.filter(round__closed_on__lt=ended).exclude(pk__in=Nominee.objects.awarded().values("pk"))
    rows = rows.exclude(struck_on__gte=ended)
    found = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    if not found:
        return 0
    gone = {"name": "", "group": "", "deeds": "", "checked_by": "", "struck_reason": "", "forgotten_on": local_day(now)}
    Nominee.objects.filter(pk__in=found).update(**gone)
    record_bulk(
        actor=actor, verb="awards.forget_nominees", subject=None, rows={"awards.nominee": found}, now=now,
        jurisdiction_id=jurisdiction_id,
    )  # fmt: skip
    return len(found)
