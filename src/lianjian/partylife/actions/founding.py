"""The superior's reply to the request to found a body (R2.05)."""

from __future__ import annotations

from datetime import date, datetime

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.rulebook.actions import check
from lianjian.rulebook.rules import Done

from .. import rules as party
from ..models import Approval
from ..queries.bodies import form_on
from ..queries.hosts import binds
from ..rules import bodies as rules
from .bodies import hold_form

CODE = "branch.founding"
CONSTRAINTS = {"founding_approved_once": rules.FoundingRecorded}


@verb(constraints=CONSTRAINTS)
def approve_founding(
    *,
    actor: Actor,
    branch: Organization,
    asked_on: date,
    approved_on: date,
    paper: str,
    now: datetime,
    decided_by: str = "",
    secretary: bool = False,
    reason: str = "",
) -> Approval:
    """A unit asked on a day to found a body, and the superior replied on another.

    Held against the rules of those days: how long the reply took (WARN), and the form in which the body begins, as
    `change_form` does. Raises `FoundingRecorded`, `BeforeRequest`, `PaperMissing`, `BreaksRule`, `ReasonNeeded`,
    `InTheFuture`, `NotABranch`, `BranchClosed`, `Denied`.
    """
    require(actor, "partylife.write", branch)
    if branch.classification != Organization.Classification.PARTY:
        raise party.NotABranch(name=branch.name)
    if branch.dissolved_on is not None or branch.merged_into_id is not None:
        raise party.BranchClosed(name=branch.name)
    if approved_on > local_day(now):
        raise party.InTheFuture(field="approved_on")
    if approved_on < asked_on:
        raise rules.BeforeRequest(day=asked_on)
    if not paper.strip():
        raise rules.PaperMissing
    first = max(approved_on, branch.founded_on or approved_on)
    form = form_on(branch, first)._replace(paper=paper.strip()[:60])
    kept = None
    if rules.RANK[form.level] == "branch" and binds(CODE, asked_on):
        kept = check(
            actor=actor, code=CODE, act=Done(asked_on, approved_on), day=asked_on, now=now,
            jurisdiction_id=branch.jurisdiction_id, reason=reason,
        )  # fmt: skip
    hold_form(actor, branch, form, first, now, decided_by=decided_by, secretary=secretary, reason=reason)
    made = Approval.objects.create(
        jurisdiction_id=branch.jurisdiction_id, branch=branch, matter=rules.FOUNDING, paper=form.paper,
        asked_on=asked_on, approved_on=approved_on, reason=reason.strip()[:200], evaluation=kept,
        recorded_by_name=actor.name[:80], recorded_at=now,
    )  # fmt: skip
    changes = {"asked_on": ("", asked_on), "approved_on": ("", approved_on), "paper": ("", made.paper)}
    record(actor=actor, verb="partylife.approve_founding", subject=branch, now=now, changes=changes)
    return made
