"""Verbs of proposals: propose, decide a pair, withdraw, confirm."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from lianjian.directory.models import Organization
from lianjian.duties import actions as duties
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import translate
from lianjian.foundation.solver import Contradiction, TooLarge
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import PairAction, Pairing, Programme, Proposal, ProposalPair
from ..planning import Plan, plan
from ..queries.proposing import Inputs, inputs
from ..rules import pairing as rules
from ..scoring import CRITERIA
from .following import lend_actions, spread, wanted_duties
from .programmes import enrolled, held_open
from .reaching import within_reach

KEPT = ("accepted", "changed")
NOBODY_SHOWN = "-"
LAST_YEAR = 2100  # dates beyond are typing errors, and days are counted from them


@verb
def propose(*, actor: Actor, programme: Programme, now: datetime) -> Proposal:
    """The best pairs by the facts of now. A draft that is open is taken over: what was decided stays, and of equally
    good pairs those that were proposed before.

    Raises `NobodyToPair`, `Contradictory`, `TooManyToPair`, `Closed`, `Denied`.
    """
    programme = held_open(actor, programme)
    last = Proposal.objects.filter(programme=programme).order_by("-number").first()
    draft = last if last is not None and last.state == "draft" else None
    held = list(draft.pairs.select_related("giver", "receiver").order_by("pk")) if draft else []
    found = inputs(actor, programme, local_day(now))
    present = {*found.givers, *found.receivers}
    decided = [
        one
        for one in held
        if one.decision != "open" and one.giver and str(one.giver.key) in present and str(one.receiver.key) in present
    ]
    before = _before(held)
    free = _planned(found, [], before)
    best = free if not decided else _planned(found, decided, before)
    if draft is not None:
        draft.state, draft.closed_at, draft.closed_by = "withdrawn", now, actor.name[:80]
        draft.save(update_fields=["state", "closed_at", "closed_by"])
    made = Proposal.objects.create(
        jurisdiction_id=programme.jurisdiction_id,
        programme=programme,
        number=last.number + 1 if last else 1,
        made_at=now,
        made_by=actor.name[:80],
        digest=found.digest,
        total=best.total,
        best=free.total,
        bound=best.total + best.gap,
        greedy=best.greedy,
        greedy_pairs=best.greedy_pairs,
        gaps=found.gaps,
    )
    for one in decided:
        one.pk, one.proposal, one._state.adding = None, made, True
        one.key = ProposalPair._meta.get_field("key").get_default()
        one.save(force_insert=True)
    _write(made, found, best, decided, before)
    changes = {"pairs": ("", len(best.pairs)), "total": ("", best.total), "digest": ("", found.digest[:12])}
    record(actor=actor, verb="alliances.propose", subject=made, now=now, changes=changes)
    return made


def _planned(found: Inputs, decided: Iterable[ProposalPair], before: dict[str, str]) -> Plan:
    """Solve with what people decided. Raises `Contradictory`, `TooManyToPair`."""
    pairs = [(str(one.giver.key), str(one.receiver.key), one.decision) for one in decided if one.giver]
    must = {receiver: giver for giver, receiver, decision in pairs if decision in KEPT}
    barred = [(giver, receiver) for giver, receiver, decision in pairs if decision == "refused"]
    try:
        return plan(found.wish(must, barred, before))
    except Contradiction as wrong:
        names = [f"{_name(found, giver)} – {_name(found, receiver)}" for giver, receiver in wrong.pairs[:6]]
        raise rules.Contradictory(pairs="、".join(names)) from wrong
    except TooLarge as wrong:
        raise rules.TooManyToPair from wrong


def _name(found: Inputs, key: str) -> str:
    """The name of a body; one that a rule names and that does not take part now is asked for."""
    if key in found.bodies:
        return found.bodies[key].name
    return Organization.objects.filter(key=key).values_list("name", flat=True).first() or key


def _write(
    proposal: Proposal, found: Inputs, best: Plan, decided: Collection[ProposalPair], before: dict[str, str]
) -> None:
    """The rows of the open pairs; those that people decided keep their pair, with the points of now."""
    settled = {str(one.receiver.key) for one in decided if one.decision in KEPT}
    there = {str(one.receiver.key): one for one in proposal.pairs.filter(decision="open").select_related("receiver")}
    rows = {key: place for place, key in enumerate(found.givers)}
    made: list[ProposalPair] = []
    kept: list[ProposalPair] = []
    for column, receiver in enumerate(found.receivers):
        if receiver in settled:
            continue
        giver = best.pairs.get(receiver)
        one = there.get(receiver) or ProposalPair(
            jurisdiction_id=proposal.jurisdiction_id, proposal=proposal, receiver=found.bodies[receiver]
        )
        (kept if receiver in there else made).append(one)
        one.giver = found.bodies[giver] if giver else None
        one.moved = bool(before) and before.get(receiver) != giver
        one.others = [
            [other.giver, found.bodies[other.giver].name, other.loss, other.fewer, other.moved]
            for other in best.others(receiver)
        ]
        _points(one, found, rows[giver] if giver else None, column)
    columns = {key: place for place, key in enumerate(found.receivers)}
    for one in decided:
        key = str(one.giver.key) if one.giver else ""
        if key in rows and str(one.receiver.key) in columns:
            _points(one, found, rows[key], columns[str(one.receiver.key)])
    ProposalPair.objects.bulk_update([one for one in decided if one.giver], ["gain", *CRITERIA], batch_size=500)
    ProposalPair.objects.bulk_create(made)
    ProposalPair.objects.bulk_update(kept, ["giver", "moved", "others", "gain", *CRITERIA], batch_size=500)


def _points(one: ProposalPair, found: Inputs, row: int | None, column: int) -> None:
    """The gain and its parts; none without a giver."""
    one.gain = 0 if row is None else int(found.scores.gains[row, column])
    for place, name in enumerate(CRITERIA):
        value = -1 if row is None else int(found.scores.parts[place, row, column])
        setattr(one, name, value if value >= 0 else None)


def _open(actor: Actor, proposal: Proposal) -> Proposal:
    """The draft as it is now. Raises `NotDraft`, `Closed`, `Denied`."""
    programme = held_open(actor, proposal.programme)
    held = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    held.programme = programme
    if held.state != "draft":
        raise rules.NotDraft(state=translate(rules.STATES[held.state]))
    return held


def _again(proposal: Proposal, found: Inputs, before: dict[str, str]) -> None:
    """The open pairs anew after a decision; as few as possible change. Raises `Contradictory`."""
    held = list(proposal.pairs.select_related("giver", "receiver").order_by("pk"))
    decided = [one for one in held if one.decision != "open"]
    best = _planned(found, decided, before)
    _write(proposal, found, best, decided, before)
    proposal.total, proposal.bound = best.total, best.total + best.gap
    proposal.greedy, proposal.greedy_pairs = best.greedy, best.greedy_pairs
    proposal.save(update_fields=["total", "bound", "greedy", "greedy_pairs"])


@verb
def decide_pair(
    *,
    actor: Actor,
    pair: ProposalPair,
    decision: str,
    now: datetime,
    reason: str = "",
    giver: Organization | None = None,
    shown: str | None = None,
) -> Proposal:
    """Accept a pair, give the receiver another giver (`changed`), refuse it, or leave it `open` again.

    `shown`: the key of the giver that the page showed, `NOBODY_SHOWN` for none. The rest is solved anew around what
    was decided, with as few changes as the optimum allows; a decision taken back after the facts changed only leaves
    the pair to the next proposal. Raises `NoReason`, `SamePartner`, `NotEnrolled`, `NobodyProposed`, `PairMoved`,
    `Contradictory`, `Stale`, `NotDraft`, `Closed`, `Denied`.
    """
    proposal = _open(actor, pair.proposal)
    pair = _as_shown(pair, proposal, shown)
    if decision in ("changed", "refused") and not reason.strip():
        raise rules.NoReason
    if decision in ("accepted", "refused") and pair.giver is None:
        raise rules.NobodyProposed
    found = _unchanged(actor, proposal, now)
    if found is None and decision != "open":
        raise rules.Stale
    old, total = pair.giver, proposal.total
    if decision == "changed" and found is not None:
        if giver is None or giver == pair.giver:
            raise rules.SamePartner(name=giver.name if giver else "")
        enrolled(proposal.programme, giver, rules.GIVER)
        _take(pair, giver, found)
    before = _before(proposal.pairs.select_related("giver", "receiver"))
    _keep(pair, decision, reason, actor, now)
    if found is not None:
        _again(proposal, found, before)
    changes = {
        "giver": (old.name if old else "", pair.giver.name if pair.giver and decision != "refused" else ""),
        "receiver": (pair.receiver.name, pair.receiver.name),
        "decision": ("", decision),
        "reason": ("", pair.reason),
        "total": (total, proposal.total),
    }
    record(actor=actor, verb="alliances.decide_pair", subject=proposal, now=now, changes=changes)
    return proposal


def _as_shown(pair: ProposalPair, proposal: Proposal, shown: str | None) -> ProposalPair:
    """The pair as it is now that the programme is held. Raises `PairMoved` where it is not the one that was shown."""
    rows = proposal.pairs.select_related("giver", "receiver")
    held = rows.filter(pk=pair.pk).first()
    if held is None:
        now = rows.filter(receiver=pair.receiver).exclude(decision="refused").first()
        raise rules.PairMoved(receiver=pair.receiver.name, giver=_giver_name(now))
    held.proposal = proposal
    if shown is not None and shown != shown_giver(held):
        raise rules.PairMoved(receiver=held.receiver.name, giver=_giver_name(held))
    return held


def shown_giver(pair: ProposalPair) -> str:
    """How a page tells which giver it showed."""
    return str(pair.giver.key) if pair.giver else NOBODY_SHOWN


def _giver_name(pair: ProposalPair | None) -> str:
    return pair.giver.name if pair is not None and pair.giver else translate(rules.NOBODY)


def _unchanged(actor: Actor, proposal: Proposal, now: datetime) -> Inputs | None:
    """What the proposal was made of; None where it is not so any more, or nothing can be proposed now."""
    try:
        found = inputs(actor, proposal.programme, local_day(now))
    except (rules.NobodyToPair, rules.Contradictory, rules.TooManyToPair):
        return None
    return found if found.digest == proposal.digest else None


def _before(pairs: Iterable[ProposalPair]) -> dict[str, str]:
    """Receiver to giver, as the proposal has them now."""
    return {str(one.receiver.key): str(one.giver.key) for one in pairs if one.giver and one.decision != "refused"}


def _keep(pair: ProposalPair, decision: str, reason: str, actor: Actor, now: datetime) -> None:
    """Write a decision down; one taken back leaves the pair to the solver."""
    if decision == "open" and pair.decision == "refused":
        pair.delete()
        return
    pair.decision, pair.moved = decision, False
    pair.reason, pair.decided_by, pair.decided_at = reason.strip()[:200], actor.name[:80], now
    pair.save(
        update_fields=["giver", "gain", *CRITERIA, "others", "decision", "moved", "reason", "decided_by", "decided_at"]
    )


def _take(pair: ProposalPair, giver: Organization, found: Inputs) -> None:
    """The pair's points with another giver. Raises `NotEnrolled`."""
    key, receiver = str(giver.key), str(pair.receiver.key)
    if key not in found.givers or receiver not in found.receivers:
        raise rules.NotEnrolled(name=giver.name, side=translate(rules.SIDES[rules.GIVER]))
    pair.giver = giver
    pair.others = []
    _points(pair, found, found.givers.index(key), found.receivers.index(receiver))


@verb
def withdraw_proposal(*, actor: Actor, proposal: Proposal, now: datetime) -> None:
    """Nothing comes of it. Raises `NotDraft`, `Closed`, `Denied`."""
    held = _open(actor, proposal)
    held.state, held.closed_at, held.closed_by = "withdrawn", now, actor.name[:80]
    held.save(update_fields=["state", "closed_at", "closed_by"])
    changes = {"state": ("draft", "withdrawn")}
    record(actor=actor, verb="alliances.withdraw_proposal", subject=held, now=now, changes=changes)


@verb(
    constraints={
        "one_giver_for_a_receiver": rules.AlreadyPaired,
        "one_receiver_for_a_giver": rules.AlreadyPaired,
    }
)
def confirm_proposal(
    *, actor: Actor, proposal: Proposal, since: date, now: datetime, shown: str | None = None
) -> list[Pairing]:
    """The pairs stand from `since`, and each side has its duties.

    `shown`: the mark of the pairs that the page showed (`pairs_mark`). Raises `ProposalMoved`, `NoPairs`,
    `OutOfReach`, `AlreadyPaired`, `Stale`, `NotDraft`, `Closed`, `Denied`.
    """
    held = _open(actor, proposal)
    programme = held.programme
    late = programme.until is not None and since >= programme.until
    if since < programme.since or late or since.year > LAST_YEAR:
        raise rules.OutsideProgramme(since=programme.since, until=programme.until or "—")
    if inputs(actor, programme, local_day(now)).digest != held.digest:
        raise rules.Stale
    chosen = held.pairs.exclude(decision="refused").filter(giver__isnull=False)
    pairs = list(chosen.select_related("giver", "receiver").order_by("pk"))
    if not pairs:
        raise rules.NoPairs
    if shown is not None and shown != pairs_mark(pairs):
        raise rules.ProposalMoved
    bodies = [body for one in pairs for body in (one.giver, one.receiver) if body is not None]
    within_reach(programme, bodies)
    made = Pairing.objects.bulk_create(
        Pairing(
            jurisdiction_id=programme.jurisdiction_id,
            programme=programme,
            giver=one.giver,
            receiver=one.receiver,
            exclusive=programme.shape == rules.ONE_TO_ONE,
            since=since,
            giver_duties=programme.giver_duties,
            receiver_duties=programme.receiver_duties,
        )
        for one in pairs
    )
    _prescribe(actor, programme, made, now)
    spread(pairings=made)
    held.state, held.closed_at, held.closed_by = "confirmed", now, actor.name[:80]
    held.save(update_fields=["state", "closed_at", "closed_by"])
    changes = {"state": ("draft", "confirmed"), "pairs": ("", len(made)), "since": ("", since)}
    record(actor=actor, verb="alliances.confirm_proposal", subject=held, now=now, changes=changes)
    return made


def pairs_mark(pairs: Iterable[ProposalPair]) -> str:
    """Changes when any of the pairs does: what was shown is what is confirmed."""
    held = sorted(f"{one.receiver.key} {one.giver.key}" for one in pairs if one.giver)
    return hashlib.sha256("\n".join(held).encode()).hexdigest()[:16]


def _prescribe(actor: Actor, programme: Programme, made: list[Pairing], now: datetime) -> None:
    """The actions of each pair, and a duty of each side for each."""
    actions = PairAction.objects.bulk_create(
        PairAction(
            jurisdiction_id=programme.jurisdiction_id,
            pairing=pair,
            number=number,
            code=one["code"],
            name=one["name"],
            sides=one["sides"],
            times=one["times"],
            due_on=pair.since + timedelta(days=one["days"]),
        )
        for pair in made
        for number, one in enumerate(programme.actions, start=1)
    )
    duties.open_duties(actor=actor, wanted=[duty for one in actions for duty in wanted_duties(one)], now=now)
    lend_actions(actor=actor, actions=actions, now=now)
