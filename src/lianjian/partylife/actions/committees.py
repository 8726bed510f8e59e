"""Terms of office: begun, moved with approval, brought to mind before they end. Offices are given by the directory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse

from lianjian.directory import actions as directory
from lianjian.directory.models import Membership, Organization, Post
from lianjian.duties.actions import Wanted, close_duties, open_duties
from lianjian.duties.models import Duty
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end, plus_months
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record, record_bulk
from lianjian.rulebook.actions import check, evaluate_deadline
from lianjian.rulebook.models import Evaluation
from lianjian.rulebook.rules import Choice, Done

from .. import rules as party
from ..models import Approval, PartyMember, Term
from ..queries.bodies import Form, form_on, is_township, is_village, known_full
from ..queries.committees import first_day, open_term, reminder_months, superior_of, superiors, years_of
from ..rules import bodies, elections
from .bodies import standing

DUTY = "partylife.term"
CONSTRAINTS = {"one_term_at_a_time": elections.TermStands}


class Officer(NamedTuple):
    """A member and the offices that he holds (codes of `rules.elections.OFFICES`)."""

    member: PartyMember
    offices: Sequence[str]


@dataclass
class Told:
    """What one night changed, by ids of terms."""

    reminded: list[int] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)


def require_superior(actor: Actor, branch: Organization) -> None:
    """Who decides for the body above; where that is another place, who records its paper here."""
    require(actor, "partylife.write", superior_of(branch))


def begin_term(
    actor: Actor, branch: Organization, form: Form, *, leadership: str, way: str, seats: int, since: date, paper: str,
    due_on: date | None, now: datetime,
) -> Term:  # fmt: skip
    """End the term before and begin the next. Part of the caller's verb, which journals. Raises `TermLengthMissing`."""
    code = elections.term_rule(form.level, village=is_village(branch, form), township=is_township(branch, form))
    kept: Evaluation | None = None
    if form.formation == bodies.TEMPORARY:
        due_on = None  # it ends with its task (R2.07)
    elif code:
        first = first_day(code)
        if since < first:  # begun before the rule was in force: by its first version, unless the paper says
            due_on = due_on or plus_months(since, years_of(code, first) * 12)
        else:
            kept = evaluate_deadline(
                actor=actor, code=code, start=since, now=now, jurisdiction_id=branch.jurisdiction_id
            )
            due_on = local_day(kept.due_at) if kept.due_at is not None else None
    elif due_on is None:
        raise elections.TermLengthMissing
    last = Term.objects.select_for_update(of=("self",)).filter(branch=branch, ended_on__isnull=True).first()
    if last is not None:
        if last.since >= since:
            raise elections.TermStands
        last.ended_on = since
        last.save(update_fields=["ended_on"])
        close_duties(actor=actor, record=last, kind=DUTY, now=now)
    months = reminder_months(local_day(now), branch.jurisdiction_id)
    return Term.objects.create(
        jurisdiction_id=branch.jurisdiction_id, branch=branch, leadership=leadership, way=way, seats=seats, since=since,
        due_on=due_on, remind_on=elections.remind_from(due_on, months) if due_on else None, paper=paper.strip()[:60],
        evaluation=kept, recorded_by_name=actor.name[:80], recorded_at=now,
    )  # fmt: skip


def take_office(
    actor: Actor, branch: Organization, officers: Iterable[Officer], *, since: date, heads_since: date, now: datetime
) -> None:
    """The offices of a body pass on: the directory ends those of before and begins the new ones. Journalled there.

    Secretary and deputy from `heads_since` (R3.12: on approval), everybody else from `since`. Raises what the directory
    refuses, and `HeadUntilApproval`.
    """
    heads = {elections.ROLES[code] for code in elections.BY_APPROVAL}
    titles = {title: elections.ROLES[code] for code, title in elections.OFFICES.items()}
    held = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=since), organization=branch).filter(
        Q(role__in=list(elections.ROLES.values())) | Q(post__title__in=list(titles))
    )
    for one in held.select_related("person", "post").order_by("pk"):
        role = titles.get(one.post.title, one.role) if one.post is not None else one.role
        until = heads_since if role in heads else since
        if one.since >= until:
            raise elections.HeadUntilApproval(day=one.since)
        if one.until is None or one.until > until:
            directory.end_membership(actor=actor, membership=one, until=until, now=now)
    head = ""
    for member, offices in officers:
        for office in offices:
            post = _post(actor, branch, office, now)
            day = heads_since if office in elections.BY_APPROVAL else since
            directory.appoint(actor=actor, post=post, person=member.person, since=day, now=now)
            head = member.person.name if office == elections.HEAD else head
    if head:
        directory.set_profile(actor=actor, organization=branch, secretary_name=head, now=now)


def _post(actor: Actor, branch: Organization, office: str, now: datetime) -> Post:
    """The post of an office: made where it is missing, and put right where somebody made it by hand or ended it."""
    title, role = elections.OFFICES[office], elections.ROLES[office]
    held = Post.objects.filter(organization=branch, title=title).first()
    if held is None:
        return directory.add_post(actor=actor, organization=branch, title=title, role=role, now=now)
    if held.until is not None:
        held = directory.reopen_post(actor=actor, post=held, now=now)
    if held.role != role:
        held = directory.change_post(actor=actor, post=held, title=title, role=role, now=now)
    return held


@verb(constraints=CONSTRAINTS)
def record_term(
    *,
    actor: Actor,
    branch: Organization,
    leadership: str,
    way: str,
    since: date,
    officers: Sequence[Officer],
    now: datetime,
    seats: int | None = None,
    paper: str = "",
    due_on: date | None = None,
) -> Term:
    """A leadership that sits already, or one that the superior appointed (temporary branches, R2.07).

    Raises `PaperMissing`, `BreaksRule` (size, appointment), `TermLengthMissing`, `TermStands`, `OneSecretary`,
    `NoCommittee`, `BeforeFounding`, `InTheFuture`, `Denied`.
    """
    require(actor, "partylife.write", branch)
    if open_term(branch) is not None:
        require_superior(actor, branch)  # a leadership that sits is not ended by its own body (R3.01)
    standing(branch, since, local_day(now))
    form = form_on(branch, since)
    place = branch.jurisdiction_id
    if not paper.strip():
        raise bodies.PaperMissing
    if way == elections.APPOINTED or form.formation == bodies.TEMPORARY:
        chosen = Choice.of("appointed") if way == elections.APPOINTED else Choice.of()
        check(actor=actor, code="branch.temporary", act=chosen, day=since, now=now, jurisdiction_id=place, stored=False)
    count = known_full(branch, since)
    if form.level in bodies.BRANCHES and form.formation != bodies.TEMPORARY and count is not None:
        check(
            actor=actor, code="branch.leadership", act=Choice.of(leadership, n=count), day=since, now=now,
            jurisdiction_id=place, stored=False,
        )  # fmt: skip
    if officers:
        elections.check_officers([(str(one.member.pk), one.offices) for one in officers])
        offices = {office for one in officers for office in one.offices}
        if leadership == elections.SECRETARY and offices - set(elections.BY_APPROVAL):
            raise elections.NoCommittee
    term = begin_term(
        actor, branch, form, leadership=leadership, way=way, seats=seats or max(1, len(officers)), since=since,
        paper=paper, due_on=due_on, now=now,
    )  # fmt: skip
    if officers:
        take_office(actor, branch, officers, since=since, heads_since=since, now=now)
    changes = {"since": ("", since), "due_on": ("", term.due_on or "")}
    record(actor=actor, verb="partylife.record_term", subject=term, now=now, changes=changes)
    return term


def _running(branch: Organization) -> Term:
    term = open_term(branch)
    if term is None or term.due_on is None:
        raise elections.NoTerm
    held: Term = Term.objects.select_for_update(of=("self",)).get(pk=term.pk)
    return held


@verb
def move_election(
    *,
    actor: Actor,
    branch: Organization,
    matter: str,
    paper: str,
    approved_on: date,
    now: datetime,
    until: date | None = None,
    reason: str = "",
) -> Approval:
    """The superior approved a postponed election (`until`: the new last day) or an early one (选举条例 art. 3; R3.01).

    Postponed beyond the norm needs a reason. Raises `BreaksRule` without a paper, `NoTerm`, `ExtendsBackwards`,
    `ReasonNeeded`, `InTheFuture`, `Denied`.
    """
    require_superior(actor, branch)
    term, today = _running(branch), local_day(now)
    if approved_on > today:
        raise party.InTheFuture
    named = {"approval"} if paper.strip() else set()
    kept = check(
        actor=actor, code="election.moved", act=Choice(frozenset(named)), day=approved_on, now=now,
        jurisdiction_id=branch.jurisdiction_id, stored=matter == bodies.EARLY,
    )  # fmt: skip
    if matter == bodies.POSTPONE:
        due = term.due_on
        if until is None or due is None or until <= (term.extended_to or due):
            raise elections.ExtendsBackwards(day=term.extended_to or due)
        kept = check(
            actor=actor, code="election.postponed", act=Done(due, until), day=due, now=now,
            jurisdiction_id=branch.jurisdiction_id, reason=reason,
        )  # fmt: skip
        months = reminder_months(today, branch.jurisdiction_id)
        term.extended_to, term.remind_on = until, elections.remind_from(until, months)
        term.save(update_fields=["extended_to", "remind_on"])
        close_duties(actor=actor, record=term, kind=DUTY, now=now)
    made = Approval.objects.create(
        jurisdiction_id=branch.jurisdiction_id, branch=branch, matter=matter, paper=paper.strip()[:60],
        approved_on=approved_on, until=until if matter == bodies.POSTPONE else None, reason=reason.strip()[:200],
        term=term, evaluation=kept, recorded_by_name=actor.name[:80], recorded_at=now,
    )  # fmt: skip
    changes = {"matter": ("", matter), "paper": ("", made.paper), "until": ("", until or "")}
    record(actor=actor, verb="partylife.move_election", subject=term, now=now, changes=changes)
    return made


@verb
def derive_terms(*, actor: Actor, jurisdiction_id: int, now: datetime) -> Told:
    """Bring terms near their end to the mind of the branch and of its superior. Safe to run twice.

    The duty closes by the election that follows, by an approved postponement, or where the body is no more.
    """
    told, today = Told(), local_day(now)
    rows = Term.objects.filter(jurisdiction_id=jurisdiction_id, ended_on__isnull=True, remind_on__lte=today)
    found = list(rows.select_related("branch", "evaluation").order_by("pk"))
    keys = {row.key: row for row in found}
    standing_ = Duty.objects.filter(
        jurisdiction_id=jurisdiction_id, kind=DUTY, state=Duty.State.OPEN, subject_kind="partylife.term"
    )
    had = set(standing_.values_list("subject_key", flat=True))
    gone = [row for row in found if row.branch.dissolved_on is not None or row.branch.merged_into_id is not None]
    for row in gone:
        if row.key in had:
            close_duties(actor=actor, record=row, kind=DUTY, now=now)
            told.closed.append(row.pk)
    fresh = [row for key, row in keys.items() if key not in had and row not in gone]
    above = superiors([row.branch for row in fresh])
    wanted = [one for row in fresh for one in _wanted(row, above.get(row.branch_id))]
    open_duties(actor=actor, wanted=wanted, now=now)
    told.reminded = [row.pk for row in fresh]
    if told.reminded or told.closed:
        ids = {f"partylife.term:{name}": numbers for name, numbers in vars(told).items() if numbers}
        record_bulk(
            actor=actor, verb="partylife.derive_terms", subject=None, rows=ids, now=now, jurisdiction_id=jurisdiction_id
        )
    return told


def _wanted(term: Term, upper: Organization | None) -> list[Wanted]:
    """One for the body, one for its superior."""
    end = term.extended_to or term.due_on
    return [
        Wanted(
            record=term,
            kind=DUTY,
            title=f"{term.branch.name} {end}",
            url=reverse("partylife:body", kwargs={"key": term.branch.key}),
            due_at=day_end(end) if end is not None else None,
            organization=body,
            evaluation=term.evaluation,
        )
        for body in (term.branch, upper)
        if body is not None
    ]
