"""Verbs of pledges and posts of honour, and of plans of training."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from lianjian.directory.models import Organization, Person
from lianjian.events.queries.words import check_words
from lianjian.events.rolls import roll_of
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Pledge, TrainingLine
from ..rules import practice as rules
from .people import person_for

PLEDGED = ("post", "promise", "since", "result", "result_on", "consented")
LINE = ("title", "kind", "audiences", "times", "month", "hours", "document")


@verb(constraints={"one_pledge_per_person_and_post": rules.PledgeStands})
def pledge(
    *,
    actor: Actor,
    branch: Organization,
    person: Person | str,
    kind: str,
    post: str,
    promise: str,
    since: date,
    now: datetime,
    enterprise: Organization | None = None,
    consented: bool = False,
) -> Pledge:
    """A member shows who he is and what he promises, at a post (三亮). Raises `PledgeStands`, `InTheFuture`."""
    require(actor, "partylife.write", branch)
    if since > local_day(now):
        raise rules.InTheFuture(field="since")
    who = _member(person, branch, enterprise, since, now)
    made = Pledge.objects.create(
        jurisdiction_id=branch.jurisdiction_id,
        branch=branch,
        enterprise=enterprise,
        person=who,
        kind=kind,
        post=post.strip()[:60],
        promise=promise.strip()[:200],
        since=since,
        consented=consented,
    )
    changes = {name: ("", getattr(made, name)) for name in ("kind", "post", "promise", "since", "consented")}
    record(actor=actor, verb="partylife.pledge", subject=made, now=now, changes=changes)
    return made


def _member(
    person: Person | str, branch: Organization, enterprise: Organization | None, day: date, now: datetime
) -> Person:
    """A person, or whom a name means: the one of that name in the branch, or of an earlier pledge; else a new one."""
    if isinstance(person, Person):
        return person
    name = person.strip()
    known = {one.person_id for one in roll_of(branch, day).people if one.name == name}
    known |= set(Pledge.objects.filter(branch=branch, person__name=name).values_list("person_id", flat=True))
    if len(known) == 1:
        return Person.objects.get(pk=known.pop())
    return person_for(
        person=name,
        enterprise=enterprise,
        enterprise_text="" if enterprise is not None else branch.name,
        jurisdiction_id=branch.jurisdiction_id,
        now=now,
    )


@verb(constraints={"one_pledge_per_person_and_post": rules.PledgeStands})
def change_pledge(
    *,
    actor: Actor,
    pledge: Pledge,
    post: str,
    promise: str,
    since: date,
    consented: bool,
    now: datetime,
    result: str = "",
    result_on: date | None = None,
) -> Pledge:
    """Other words, or the result that is shown. Raises `PledgeEnded`, `EndsTooEarly`, `InTheFuture`, `Denied`."""
    held = _standing(actor, pledge)
    today = local_day(now)
    if since > today or (result_on is not None and result_on > today):
        raise rules.InTheFuture(field="since" if since > today else "result_on")
    if result_on is not None and result_on < since:
        raise rules.EndsTooEarly(day=since, field="result_on")
    before = {name: getattr(held, name) for name in PLEDGED}
    held.post, held.promise, held.since, held.consented = post.strip()[:60], promise.strip()[:200], since, consented
    held.result = result.strip()[:300]
    held.result_on = (result_on or today) if held.result else None
    held.save(update_fields=list(PLEDGED))
    record(actor=actor, verb="partylife.change_pledge", subject=held, now=now, changes=diff(before, held))
    return held


@verb
def end_pledge(*, actor: Actor, pledge: Pledge, until: date, reason: str, now: datetime) -> Pledge:
    """The post is given up or filled otherwise. Raises `PledgeEnded`, `EndsTooEarly`, `ReasonNeeded`, `Denied`."""
    held = _standing(actor, pledge)
    if not reason.strip():
        raise rules.ReasonNeeded
    if until < held.since:
        raise rules.EndsTooEarly(day=held.since)
    if until > local_day(now):
        raise rules.InTheFuture(field="until")
    held.until, held.ended_reason = until, reason.strip()[:200]
    held.save(update_fields=["until", "ended_reason"])
    changes = {"until": (None, until), "ended_reason": ("", held.ended_reason)}
    record(actor=actor, verb="partylife.end_pledge", subject=held, now=now, changes=changes)
    return held


def _standing(actor: Actor, pledge: Pledge) -> Pledge:
    require(actor, "partylife.write", pledge.branch)
    held = Pledge.objects.select_for_update(of=("self",)).get(pk=pledge.pk)
    if held.until is not None:
        raise rules.PledgeEnded
    return held


def _check_plan(body: Organization, audiences: Sequence[str], kind: str, held: str = "") -> None:
    """Raises `UnknownAudience`, `UnknownWord`."""
    if not audiences and not kind:
        raise rules.UnknownAudience
    check_words(body.jurisdiction_id, [held], kind=[kind])


@verb(constraints={"one_training_line_per_title": rules.LineExists})
def plan_training(
    *,
    actor: Actor,
    organization: Organization,
    year: int,
    title: str,
    now: datetime,
    audiences: Sequence[str] = (),
    kind: str = "",
    times: int = 1,
    month: int | None = None,
    hours: Decimal | None = None,
    document: str = "",
) -> TrainingLine:
    """A line of the yearly plan. Raises `UnknownAudience`, `UnknownWord`, `LineExists`, `Denied`."""
    require(actor, "partylife.write", organization)
    _check_plan(organization, audiences, kind)
    made = TrainingLine.objects.create(
        jurisdiction_id=organization.jurisdiction_id,
        organization=organization,
        year=year,
        title=title.strip()[:80],
        kind=kind,
        audiences=list(dict.fromkeys(audiences)),
        times=times,
        month=month,
        hours=hours,
        document=document.strip()[:120],
    )
    changes = {name: ("", getattr(made, name)) for name in ("year", *LINE)}
    record(actor=actor, verb="partylife.plan_training", subject=made, now=now, changes=changes)
    return made


@verb(constraints={"one_training_line_per_title": rules.LineExists})
def change_training(
    *,
    actor: Actor,
    line: TrainingLine,
    title: str,
    now: datetime,
    audiences: Sequence[str] = (),
    kind: str = "",
    times: int = 1,
    month: int | None = None,
    hours: Decimal | None = None,
    document: str = "",
) -> TrainingLine:
    """Another number or month. Raises `UnknownAudience`, `LineExists`, `PledgeEnded`, `Denied`."""
    require(actor, "partylife.write", line.organization)
    held = TrainingLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if held.dropped_reason:
        raise rules.PledgeEnded
    _check_plan(held.organization, audiences, kind, held.kind)
    before = {name: getattr(held, name) for name in LINE}
    held.title, held.audiences, held.times = title.strip()[:80], list(dict.fromkeys(audiences)), times
    held.kind, held.month, held.hours, held.document = kind, month, hours, document.strip()[:120]
    held.save(update_fields=list(LINE))
    record(actor=actor, verb="partylife.change_training", subject=held, now=now, changes=diff(before, held))
    return held


@verb
def drop_training(*, actor: Actor, line: TrainingLine, reason: str, now: datetime) -> TrainingLine:
    """A line is no longer planned; it stays with its reason. Raises `ReasonNeeded`, `PledgeEnded`, `Denied`."""
    require(actor, "partylife.write", line.organization)
    held = TrainingLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if held.dropped_reason:
        raise rules.PledgeEnded
    if not reason.strip():
        raise rules.ReasonNeeded
    held.dropped_reason = reason.strip()[:200]
    held.save(update_fields=["dropped_reason"])
    changes = {"dropped_reason": ("", held.dropped_reason)}
    record(actor=actor, verb="partylife.drop_training", subject=held, now=now, changes=changes)
    return held
