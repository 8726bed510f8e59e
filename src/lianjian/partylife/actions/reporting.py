"""What follows when a branch is adjusted or dissolved: it is reported to the superior (R2.06)."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse

from lianjian.directory.models import Organization
from lianjian.duties.actions import close_duties, open_duty
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.rulebook.actions import check
from lianjian.rulebook.models import Evaluation
from lianjian.rulebook.queries import finding
from lianjian.rulebook.rules import Choice

from .. import rules as party
from ..models import Approval
from ..queries.bodies import form_on
from ..queries.committees import superior_of
from ..queries.hosts import binds, unreported
from ..rules import bodies as rules

CODE = "branch.dissolved"


def _held(
    actor: Actor, branch: Organization, day: date, now: datetime, *, reported: bool, stored: bool
) -> Evaluation | None:
    """Whether what happened to the branch was reported, by the rule of that day; None before there was one."""
    if not binds(CODE, day):
        return None
    return check(
        actor=actor, code=CODE, act=Choice.of(*(("reported",) if reported else ())), day=day, now=now,
        jurisdiction_id=branch.jurisdiction_id, stored=stored,
    )  # fmt: skip


def to_report(actor: Actor, branch: Organization, day: date, now: datetime, *, reported: bool) -> None:
    """A branch was adjusted or dissolved on a day: a reminder until it is reported. Part of a verb, which journals.

    Of a branch that is no more the body above is reminded.
    """
    kept = _held(actor, branch, day, now, reported=reported, stored=not reported)
    found = finding(kept) if kept is not None else None
    if kept is None or found is None or found.passed:
        close_duties(actor=actor, record=branch, kind=rules.REPORT_DUTY, now=now)
        return
    open_duty(
        actor=actor, record=branch, kind=rules.REPORT_DUTY, title=branch.name,
        url=reverse("partylife:body", kwargs={"key": branch.key}), evaluation=kept, now=now,
        organization=superior_of(branch) if branch.dissolved_on is not None else branch,
    )  # fmt: skip


def body_ended(actor: Actor, organization: Organization, now: datetime) -> None:
    """A body was dissolved in the register: of a branch this is reported. Part of that verb."""
    day = organization.dissolved_on
    if organization.classification != Organization.Classification.PARTY or day is None:
        return
    if rules.RANK[form_on(organization, day).level] == "branch":
        close_duties(actor=actor, record=organization, kind=rules.REPORT_DUTY, now=now)  # what the branch itself owed
        to_report(actor, organization, day, now, reported=unreported(organization) is None)


@verb
def report_change(*, actor: Actor, branch: Organization, paper: str, reported_on: date, now: datetime) -> Approval:
    """A branch that was adjusted or dissolved was reported to the superior, by a paper.

    Raises `NothingToReport`, `BeforeChange`, `InTheFuture`, `PaperMissing`, `NotABranch`, `Denied`.
    """
    require(actor, "partylife.write", branch)
    if branch.classification != Organization.Classification.PARTY:
        raise party.NotABranch(name=branch.name)
    day = unreported(branch)
    if day is None:
        raise rules.NothingToReport(name=branch.name)
    if reported_on < day:
        raise rules.BeforeChange(day=day)
    if reported_on > local_day(now):
        raise party.InTheFuture(field="reported_on")
    if not paper.strip():
        raise rules.PaperMissing
    made = Approval.objects.create(
        jurisdiction_id=branch.jurisdiction_id, branch=branch, matter=rules.REPORTED, paper=paper.strip()[:60],
        approved_on=reported_on, evaluation=_held(actor, branch, day, now, reported=True, stored=True),
        recorded_by_name=actor.name[:80], recorded_at=now,
    )  # fmt: skip
    close_duties(actor=actor, record=branch, kind=rules.REPORT_DUTY, now=now)
    changes = {"paper": ("", made.paper), "reported_on": ("", reported_on)}
    record(actor=actor, verb="partylife.report_change", subject=branch, now=now, changes=changes)
    return made
