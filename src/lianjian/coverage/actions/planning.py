"""Caps and proposals: nothing holds before a proposal is confirmed, then by the verbs of covering."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q

from lianjian.directory.models import Organization, Person
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.rulebook.queries import local_rules

from .. import rules
from ..models import Cap, CapPlace, Proposal, ProposedCover
from ..queries.planning import away_on, caps_on, holdings
from .covering import INSTRUCTOR, assign_many, held_instructors, held_links, replace
from .leaving import come_back
from .proposing import draft
from .watching import watch

RIGHT = "coverage.write"
LOAD = "company.instructor_load"


def _within_local(jurisdiction_id: int, most: int, day: date) -> None:
    """Raises `AboveLocal`: the place's own document counts, not the number that many places begin with."""
    for row in local_rules([LOAD], jurisdiction_id, day).get(LOAD, [])[:1]:
        if most > row.params.get("max", most):
            raise rules.AboveLocal(most=row.params["max"], source=row.source)


@verb(constraints=dict.fromkeys(("one_cap_of_a_station", "one_cap_of_a_person"), rules.SetMeanwhile))
def set_cap(
    *,
    actor: Actor,
    holder: Organization | Person,
    most: int,
    since: date,
    now: datetime,
    places: Sequence[Organization] = (),
) -> Cap:
    """Say how many firms a station or an instructor takes at most, and where; the cap before ends that day.

    Raises `BadCap`, `AboveLocal`, `NotAStation`, `StandsNoLonger`, `ForeignPlace`, `BeginsTooEarly`,
    `SetMeanwhile`, `Denied`.
    """
    owner = holder.jurisdiction_id
    require(actor, RIGHT, Whole(owner))
    if isinstance(holder, Organization):
        if holder.classification != "station":
            raise rules.NotAStation(name=holder.name)
        if holder.merged_into_id is not None or holder.dissolved_on is not None:
            raise rules.StandsNoLonger(name=holder.name)
    if not 1 <= most <= 500:
        raise rules.BadCap
    if isinstance(holder, Person):
        _within_local(owner, most, since)
    for place in places:
        if place.jurisdiction_id != owner:
            raise rules.ForeignPlace(name=place.name)
    own = {"station": holder} if isinstance(holder, Organization) else {"person": holder}
    old = replace(Cap.objects.filter(**own), since)
    cap = Cap.objects.create(jurisdiction_id=owner, most=most, since=since, **own)
    CapPlace.objects.bulk_create(
        CapPlace(jurisdiction_id=owner, cap=cap, organization=place) for place in dict.fromkeys(places)
    )
    changes = {"most": (old.most if old else "", most), "since": ("", since)}
    if places:
        changes["places"] = ("", "、".join(place.name for place in places))
    record(actor=actor, verb="coverage.set_cap", subject=holder, now=now, changes=changes)
    return cap


@verb
def end_cap(*, actor: Actor, cap: Cap, until: date, now: datetime) -> None:
    """There is no cap from `until` on. Raises `EndsTooEarly`, `Denied`."""
    require(actor, RIGHT, Whole(cap.jurisdiction_id))
    if until <= cap.since:
        raise rules.EndsTooEarly(since=cap.since)
    cap.until = until
    cap.save(update_fields=["until"])
    changes = {"most": (cap.most, ""), "until": ("", until)}
    record(actor=actor, verb="coverage.end_cap", subject=cap.station or cap.person, now=now, changes=changes)


@verb
def propose_cover(*, actor: Actor, kind: str, scope: str, since: date, now: datetime) -> Proposal:
    """Draft who should cover the firms of the actor's place from `since`. Nothing holds before it is confirmed.

    `scope`: all firms, those above scale, or those without anybody. Raises `UnknownChoice`, `NoHolders`,
    `TooManyFirms`, `Denied`.
    """
    require(actor, RIGHT, Whole(actor.jurisdiction_id))
    if kind not in rules.KINDS or scope not in rules.SCOPES:
        raise rules.UnknownChoice(value=kind if kind not in rules.KINDS else scope)
    proposal = draft(actor, kind, scope, since, now, None)
    record(
        actor=actor,
        verb="coverage.propose",
        subject=proposal,
        now=now,
        changes={"kind": ("", kind), "scope": ("", scope), "since": ("", since)},
    )
    return proposal


def _open(actor: Actor, proposal: Proposal) -> None:
    """Raises `Decided`, `Denied`."""
    require(actor, RIGHT, Whole(proposal.jurisdiction_id))
    # Two people who decide at once wait for each other here.
    state = Proposal.objects.select_for_update().values_list("state", flat=True).get(pk=proposal.pk)
    if state != "open":
        raise rules.Decided


@verb
def decide_line(
    *, actor: Actor, line: ProposedCover, decision: str, now: datetime, reason: str = ""
) -> None:
    """Accept or refuse one line, or open it again; a refusal says why.

    Raises `Decided`, `ReasonMissing`, `NothingProposed`, `UnknownChoice`, `Denied`.
    """
    _open(actor, line.proposal)
    words = reason.strip()[:200]
    if decision not in ("open", "accepted", "refused"):
        raise rules.UnknownChoice(value=decision)
    if decision == "refused" and not words:
        raise rules.ReasonMissing
    if decision == "accepted" and line.holder_id is None:
        raise rules.NothingProposed
    before = line.decision
    line.decision, line.reason = decision, words if decision == "refused" else ""
    line.save(update_fields=["decision", "reason"])
    changes = {line.enterprise.name: (before, f"{decision} {line.reason}".strip())}
    record(actor=actor, verb="coverage.decide_line", subject=line.proposal, now=now, changes=changes)


@verb
def accept_rest(*, actor: Actor, proposal: Proposal, now: datetime) -> int:
    """Accept every line on which nothing was said yet. Returns how many. Raises `Decided`, `Denied`."""
    _open(actor, proposal)
    named = Q(station__isnull=False) | Q(person__isnull=False)
    count = proposal.lines.filter(named, decision="open").exclude(way="kept").update(decision="accepted")
    record(
        actor=actor, verb="coverage.accept_rest", subject=proposal, now=now, changes={"accepted": ("", count)}
    )
    return count


@verb
def confirm_proposal(*, actor: Actor, proposal: Proposal, now: datetime) -> int:
    """Let what was accepted hold from the proposal's day on; what was not lapses. Returns how many firms changed.

    Raises `NothingAccepted`, `Changed`, `CapPassed`, `Decided`, `Denied`, and what assigning raises; then nothing is
    changed.
    """
    _open(actor, proposal)
    rows = proposal.lines.filter(decision="accepted").select_related("enterprise", "station", "person")
    lines = list(rows.order_by("pk"))
    if not lines:
        raise rules.NothingAccepted
    # Proposals of one place are confirmed one after another: each counts what the one before it gave out.
    list(Proposal.objects.filter(jurisdiction_id=proposal.jurisdiction_id).order_by("pk").select_for_update()[:1])
    _check_still(proposal, lines)
    groups: dict[tuple[int | None, int | None], list[ProposedCover]] = {}
    for line in lines:
        groups.setdefault((line.holder_id, line.person_before_id), []).append(line)
    count = 0
    for (_holder, before), group in groups.items():
        count += assign_many(
            actor=actor,
            enterprises=[line.enterprise for line in group],
            station=group[0].station,
            person=group[0].person,
            leaving=before,
            since=proposal.since,
            now=now,
        )
    _check_caps(proposal, lines)
    proposal.lines.filter(decision="open").update(decision="lapsed")
    _decide(actor, proposal, "confirmed", now)
    if proposal.leave is not None:
        if proposal.leave.until is not None:
            come_back(proposal.leave, lines, proposal.leave.until)
        _watch(actor, proposal, now)
    record(
        actor=actor, verb="coverage.confirm_proposal", subject=proposal, now=now, changes={"changed": ("", count)}
    )
    return count


def _watch(actor: Actor, proposal: Proposal, now: datetime) -> None:
    """Firms of who is away to whom the decided proposal gave nobody are duties of the office."""
    if proposal.leave is not None:
        rows = proposal.lines.filter(person_before=proposal.leave.person_id)
        watch(actor, proposal.leave, list(rows.values_list("enterprise_id", flat=True)), now)


def _check_still(proposal: Proposal, lines: Sequence[ProposedCover]) -> None:
    """Raises `Changed` where a firm is covered by somebody else than when the proposal was made."""
    ids = [line.enterprise_id for line in lines]
    held = held_links(ids) if proposal.kind == "station" else held_instructors(ids)
    names = []
    for line in lines:
        now = {row.holder for row in held.get(line.enterprise_id, ()) if row.on(proposal.since)}
        if (line.before_id not in now) if line.before_id else now:
            names.append(line.enterprise.name)
    if names:
        raise rules.Changed(names="、".join(names[:5]))


def _check_caps(proposal: Proposal, lines: Sequence[ProposedCover]) -> None:
    """Of those who were given firms, as it stands now that they have them. Raises `CapPassed`."""
    place, day = proposal.jurisdiction_id, proposal.since
    given = {line.station_id or line.person_id: str(line.station or line.person) for line in lines}
    load = Counter(holder for holders in holdings(proposal.kind, place, day).values() for holder in holders)
    caps = caps_on(proposal.kind, place, day)
    away = away_on(place, day) if proposal.kind == INSTRUCTOR else set()
    names = [
        name
        for holder, name in given.items()
        if holder is not None and (holder in away or (holder in caps and load[holder] > caps[holder].most))
    ]
    if names:
        raise rules.CapPassed(names="、".join(names[:5]))


def _decide(actor: Actor, proposal: Proposal, state: str, now: datetime, reason: str = "") -> None:
    proposal.state, proposal.decided_at, proposal.decided_by = state, now, actor.name[:80]
    proposal.reason = reason
    proposal.save(update_fields=["state", "decided_at", "decided_by", "reason"])


@verb
def withdraw_proposal(*, actor: Actor, proposal: Proposal, reason: str, now: datetime) -> None:
    """Put a proposal away; nothing changes. Raises `ReasonMissing`, `Decided`, `Denied`."""
    _open(actor, proposal)
    words = reason.strip()[:200]
    if not words:
        raise rules.ReasonMissing
    _decide(actor, proposal, "withdrawn", now, words)
    _watch(actor, proposal, now)
    record(
        actor=actor, verb="coverage.withdraw_proposal", subject=proposal, now=now, changes={"reason": ("", words)}
    )
