"""Elections: what was counted is held against the rules, the superior approves, and the next term follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from lianjian.directory.models import Organization
from lianjian.duties.actions import close_duties, open_duty
from lianjian.events.models import Meeting
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.rulebook.actions import check
from lianjian.rulebook.models import Evaluation
from lianjian.rulebook.queries import finding
from lianjian.rulebook.rules import Act, Choice, Number, Tally, full_years

from .. import rules as party
from ..models import Approval, Elected, Election, ElectionGround, PartyMember, Term
from ..queries.bodies import Form, form_on, known_full
from ..queries.committees import electors, open_term, reminder_months, signed, superior_of, words_of_law
from ..rules import bodies
from ..rules import elections as rules
from .bodies import standing
from .committees import Officer, begin_term, require_superior, take_office

DUTY = "partylife.election"
CONSTRAINTS = {
    "one_election_at_a_meeting": rules.OneAtATime,
    "one_election_waits_for_approval": rules.OneAtATime,
    "elected_once": rules.NamedTwice,
    "one_term_at_a_time": rules.TermStands,
}


class Named(NamedTuple):
    """Who was elected, to which offices, with how many votes."""

    member: PartyMember
    offices: Sequence[str]
    votes: int


class _Bench:
    """Holds the acts of one election against their rules and keeps what comes out."""

    def __init__(self, actor: Actor, place: int, day: date, now: datetime, reason: str) -> None:
        self.asked: dict[str, Any] = {
            "actor": actor, "day": day, "now": now, "jurisdiction_id": place, "reason": reason,
        }  # fmt: skip
        self.day = day
        self.kept: list[Evaluation] = []

    def hold(self, code: str, act: Act) -> Evaluation:
        """Raise `BreaksRule` or `ReasonNeeded`, or keep that it passed."""
        found = check(code=code, act=act, **self.asked)
        self.kept.append(found)
        return found

    def would(self, code: str, act: Act) -> bool:
        """Whether an act would pass; nothing is kept."""
        found = finding(check(code=code, act=act, enforce=False, stored=False, **self.asked))
        return found is not None and found.passed

    def law(self, code: str) -> str:
        """Law and article, for what cannot be whatever is asked."""
        return words_of_law(code, self.day)


def _moved(bench: _Bench, branch: Organization, day: date) -> None:
    """Before the time of reminding, or after the end, an election needs an approval (R3.01)."""
    term = open_term(branch)
    if term is None or term.due_on is None:
        return
    granted = Approval.objects.filter(term=term, approved_on__lte=day)  # what was granted later heals nothing
    postponed = granted.filter(matter=bodies.POSTPONE).order_by("-until").values_list("until", flat=True).first()
    end = postponed or term.due_on
    # A postponed election may be held as soon as the term by rule comes to its end.
    early = day < rules.remind_from(term.due_on, reminder_months(day, branch.jurisdiction_id))
    if not early and day <= end:
        return
    may = early and granted.filter(matter=bodies.EARLY).exists()
    bench.hold("election.moved", Choice.of(*(("approval",) if may else ())))


def _voters(
    bench: _Bench, branch: Organization, form: Form, meeting: Meeting, count: rules.Count, consent: str
) -> tuple[int, Any]:
    """How many should come, and the seats of those who may be elected."""
    who = electors(branch, form, bench.day)
    roll = who.count()
    if roll == 0:
        raise rules.NoRoll(name=branch.name)
    bench.hold("election.delegates", Choice.of(count.way, n=roll))
    if count.way == rules.DELEGATES:
        bench.hold("election.delegates_approved", Choice.of(*(("approval",) if consent else ())))
        return count.eligible or 0, who
    there = signed(meeting, who)
    if there is not None and there != count.present:
        raise rules.MoreThanSigned(signed=there, present=count.present)
    return roll, who


def _seats(bench: _Bench, form: Form, leadership: str, full: int, named: Sequence[Named], count: rules.Count) -> None:
    """Committee or secretary, how many, and what they see to (R2.10, R3.07)."""
    branch = form.level in bodies.BRANCHES
    if branch:
        bench.hold("branch.leadership", Choice.of(leadership, n=full))
    if leadership == rules.SECRETARY:
        beyond = {office for one in named for office in one.offices} - set(rules.BY_APPROVAL)
        if count.seats > len(rules.BY_APPROVAL) or beyond:
            raise rules.NoCommittee
        if count.candidates != count.seats:  # secretary and deputy: as many candidates as seats (R3.07)
            raise rules.CandidatesNotEqual(candidates=count.candidates, seats=count.seats)
        return
    if branch:
        bench.hold("branch.committee", Number(len(named)))
        bench.hold("branch.committee_norm", Number(len(named)))
        offices = {office for one in named for office in one.offices}
        bench.hold("branch.officers", Choice(frozenset(offices)))
    bench.hold("election.candidates", Number(count.candidates, limit=count.seats))


def _counted(bench: _Bench, count: rules.Count, eligible: int, named: Sequence[Named]) -> list[Evaluation]:
    """Quorum, ballots and majority; the evaluation of each who was elected."""
    if count.present > eligible:
        raise rules.MorePresent(present=count.present, eligible=eligible, cite=bench.law("election.quorum"))
    if count.proxy:
        bench.hold("election.proxy", Choice.of("proxy"))
    bench.hold("election.quorum", Tally(eligible=eligible, present=count.present))
    if count.ballots_out > count.present:
        raise rules.MoreBallots(out=count.ballots_out, present=count.present, cite=bench.law("election.proxy"))
    bench.hold("election.ballots", Number(count.ballots_in, limit=count.ballots_out))
    law = bench.law("election.names")
    most = max([count.best_other, *(one.votes for one in named)])
    if most > count.ballots_in:
        raise rules.MoreVotes(votes=most, ballots=count.ballots_in, cite=law)
    total = count.best_other + sum(one.votes for one in named)
    if total > count.ballots_in * count.seats:
        raise rules.MoreMarks(votes=total, ballots=count.ballots_in, seats=count.seats, cite=law)
    observed = frozenset({"secret"}) if count.secret else frozenset()
    passed = [
        bench.hold(
            "election.pass", Tally(eligible=eligible, present=count.present, yes=one.votes, observed=observed)
        )
        for one in named
    ]
    other = Tally(eligible=eligible, present=count.present, yes=count.best_other, observed=observed)
    passes = bench.would("election.pass", other)
    rules.settle({str(one.member.pk): one.votes for one in named}, count, passes, bench.law("election.seats"))
    return passed


def _fit(bench: _Bench, named: Sequence[Named], who: Any) -> None:
    """Only full members of the body stand (R3.03); a secretary has the standing that is usual (R2.12)."""
    entitled = set(who.filter(member__in=[one.member.pk for one in named]).values_list("member_id", flat=True))
    shut_out = {
        "probationary" if one.member.full_on is None or one.member.full_on > bench.day else "suspended"
        for one in named
        if one.member.pk not in entitled
    }
    bench.hold("election.no_vote", Choice(frozenset(shut_out)))
    head = next(one for one in named if rules.HEAD in one.offices)
    if head.member.full_on is not None:
        bench.hold("branch.secretary", Number(full_years(head.member.full_on, bench.day)))


@verb(constraints=CONSTRAINTS)
def record_election(
    *,
    actor: Actor,
    branch: Organization,
    meeting: Meeting,
    leadership: str,
    count: rules.Count,
    named: Sequence[Named],
    request_paper: str,
    now: datetime,
    consent: str = "",
    reason: str = "",
) -> Election:
    """What was counted at a held meeting of the body; every rule is held against it and kept with it.

    `request_paper`: the superior's reply to the request before the election; `consent`: that delegates elect. Raises
    `BreaksRule` with law and article, `ReasonNeeded`, what the counts themselves refuse (`rules/elections.py`),
    `PaperMissing`, `NotHeld`, `OneAtATime`, `Denied`.
    """
    require(actor, "partylife.write", branch)
    day = local_day(meeting.starts_at)
    standing(branch, day, local_day(now))
    hosts = meeting.invitations.filter(part="host", withdrawn_at__isnull=True, organization=branch)
    if meeting.state != "held" or (meeting.convener_id != branch.pk and not hosts.exists()):
        raise rules.NotHeld(name=branch.name)
    if not request_paper.strip():
        raise bodies.PaperMissing(field="request_paper")
    rules.check_officers([(str(one.member.pk), one.offices) for one in named])
    form = form_on(branch, day)
    bench = _Bench(actor, branch.jurisdiction_id, day, now, reason)
    if form.formation == bodies.TEMPORARY:
        bench.hold("branch.temporary", Choice.of())
    _moved(bench, branch, day)
    eligible, who = _voters(bench, branch, form, meeting, count, consent)
    full = known_full(branch, day) or who.count()  # all full members: who is left out of the vote is still one (R2.10)
    _seats(bench, form, leadership, full, named, count)
    bench.hold("election.order", Choice.of(count.order))  # R3.11
    _fit(bench, named, who)
    passed = _counted(bench, count, eligible, named)
    bench.hold("election.seats", Number(len(named), limit=count.seats))
    made = Election.objects.create(
        jurisdiction_id=branch.jurisdiction_id, branch=branch, meeting=meeting, held_on=day, leadership=leadership,
        way=count.way, seats=count.seats, candidates=count.candidates, eligible=eligible, present=count.present,
        ballots_out=count.ballots_out, ballots_in=count.ballots_in, best_other=count.best_other,
        left_open=count.left_open, request_paper=request_paper.strip()[:60], reason=reason.strip()[:200],
        recorded_by_name=actor.name[:80], recorded_at=now,
    )  # fmt: skip
    _keep(made, bench, named, passed)
    _ask_superior(actor, made, now)
    changes = {"held_on": ("", day), "elected": ("", len(named)), "present": ("", f"{count.present}/{eligible}")}
    record(actor=actor, verb="partylife.record_election", subject=made, now=now, changes=changes)
    return made


def _keep(made: Election, bench: _Bench, named: Sequence[Named], passed: Sequence[Evaluation]) -> None:
    place = made.jurisdiction_id
    ElectionGround.objects.bulk_create(
        ElectionGround(jurisdiction_id=place, election=made, evaluation=one) for one in bench.kept
    )
    Elected.objects.bulk_create(
        Elected(
            jurisdiction_id=place, election=made, member=one.member, offices=list(one.offices), votes=one.votes,
            evaluation=ground,
        )
        for one, ground in zip(named, passed, strict=True)
    )  # fmt: skip


def _ask_superior(actor: Actor, made: Election, now: datetime) -> None:
    open_duty(
        actor=actor, record=made, kind=DUTY, title=made.branch.name, url=made.get_absolute_url(),
        organization=superior_of(made.branch), now=now,
    )  # fmt: skip


def _waiting(actor: Actor, election: Election) -> Election:
    require_superior(actor, election.branch)
    held: Election = Election.objects.select_for_update(of=("self",)).select_related("branch").get(pk=election.pk)
    if held.state != rules.RECORDED:
        raise rules.NotWaiting
    return held


@verb(constraints=CONSTRAINTS)
def approve_election(
    *,
    actor: Actor,
    election: Election,
    report_paper: str,
    settled_paper: str,
    settled_on: date,
    now: datetime,
    due_on: date | None = None,
) -> Term:
    """The superior approves what was reported: the term before ends, the new one begins, offices pass on (R3.12).

    Raises `BreaksRule` where request or report is missing, `PaperMissing`, `ApprovedBefore`, `NotWaiting`,
    `TermLengthMissing`, `InTheFuture`, `Denied`, and what the directory refuses.
    """
    held = _waiting(actor, election)
    if settled_on > local_day(now):
        raise party.InTheFuture
    if settled_on < held.held_on:
        raise rules.ApprovedBefore(day=held.held_on)
    if not settled_paper.strip():
        raise bodies.PaperMissing(field="settled_paper")
    papers = {"request": held.request_paper, "report": report_paper.strip()}
    bench = _Bench(actor, held.jurisdiction_id, settled_on, now, "")
    bench.hold("election.reported", Choice.of(*(code for code, paper in papers.items() if paper)))
    form = form_on(held.branch, held.held_on)
    term = begin_term(
        actor, held.branch, form, leadership=held.leadership, way=rules.ELECTED, seats=held.seats, since=held.held_on,
        paper=settled_paper, due_on=due_on, now=now,
    )  # fmt: skip
    officers = [Officer(one.member, one.offices) for one in held.elected.select_related("member__person")]
    take_office(actor, held.branch, officers, since=held.held_on, heads_since=settled_on, now=now)
    ElectionGround.objects.bulk_create(
        ElectionGround(jurisdiction_id=held.jurisdiction_id, election=held, evaluation=one) for one in bench.kept
    )
    held.state, held.settled_on, held.settled_paper = rules.APPROVED, settled_on, settled_paper.strip()[:60]
    held.report_paper, held.term = report_paper.strip()[:60], term
    held.save(update_fields=["state", "settled_on", "settled_paper", "report_paper", "term"])
    close_duties(actor=actor, record=held, kind=DUTY, now=now)
    changes = {"state": (rules.RECORDED, rules.APPROVED), "paper": ("", held.settled_paper)}
    record(actor=actor, verb="partylife.approve_election", subject=held, now=now, changes=changes)
    return term


@verb
def return_election(*, actor: Actor, election: Election, reason: str, now: datetime) -> Election:
    """The superior does not approve, or it was recorded by mistake: it stays readable and nothing follows from it."""
    held = _waiting(actor, election)
    if not reason.strip():
        raise party.ReasonMissing
    held.state, held.settled_on, held.settled_reason = rules.RETURNED, local_day(now), reason.strip()[:200]
    held.save(update_fields=["state", "settled_on", "settled_reason"])
    close_duties(actor=actor, record=held, kind=DUTY, now=now)
    changes = {"state": (rules.RECORDED, rules.RETURNED), "reason": ("", held.settled_reason)}
    record(actor=actor, verb="partylife.return_election", subject=held, now=now, changes=changes)
    return held

