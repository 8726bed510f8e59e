"""Recommendations, the way back to training, moves from branch to branch and from place to place."""

from __future__ import annotations

from datetime import date, datetime

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record
from lianjian.jurisdictions.actions import share
from lianjian.jurisdictions.models import Share

from .. import rules
from ..models import Applicant, Recommendation
from ..queries.ladder import Law, history_of, steps_of
from ..rules import development as dev
from .holding import KEPT, settle, undo
from .standing import require_open

LENT_FOR = _("发展党员接续")


class RecommendedTwice(Refused):
    """The same recommendation of the same day."""

    sentence = _("这一天的这份推荐已登记。")
    status = 409


class BeforeApplied(Refused):
    """Who is recommended has applied (细则 art. 8)."""

    sentence = _("推荐日期不能早于递交入党申请书的日期(%(day)s)。依据:发展党员工作细则第8条。")
    field = "recommended_on"


class NotTransferredHere(Refused):
    """Only what was transferred to one's own place is gone on with."""

    sentence = _("这条记录没有转到本地,不能接续。")
    status = 409


@verb(constraints={"recommended_once_a_day": RecommendedTwice})
def recommend(
    *,
    actor: Actor,
    applicant: Applicant,
    kind: str,
    by_text: str,
    recommended_on: date,
    now: datetime,
    opinion: str = "",
) -> Recommendation:
    """Members or a mass organization recommend an applicant (推优入党); step 3 rests on it.

    Raises `BeforeApplied`, `InTheFuture`, `RecommendedTwice`, `Ended`, `Denied`.
    """
    require_open(actor, applicant)
    if recommended_on > local_day(now):
        raise rules.InTheFuture(field="recommended_on")
    if recommended_on < applicant.applied_on:
        raise BeforeApplied(day=applicant.applied_on.isoformat())
    made = Recommendation.objects.create(
        jurisdiction_id=applicant.jurisdiction_id,
        applicant=applicant,
        kind=kind if kind in rules.RECOMMENDERS else "member",
        by_text=by_text.strip()[:120],
        recommended_on=recommended_on,
        opinion=opinion.strip()[:300],
        recorded_by_name=actor.name[:80],
        recorded_at=now,
    )
    changes = {"by_text": ("", made.by_text), "recommended_on": ("", recommended_on)}
    record(actor=actor, verb="partylife.recommend", subject=applicant, now=now, changes=changes)
    return made


@verb
def return_for_training(
    *, actor: Actor, applicant: Applicant, returned_on: date, reason: str, now: datetime
) -> None:
    """A development target goes back to the training of activists; what was done stays as history.

    The year of training is not lost: it runs from the day of becoming an activist. Raises `NotReturnable`.
    """
    require_open(actor, applicant)
    if not reason.strip():
        raise rules.ReasonMissing
    if returned_on > local_day(now):
        raise rules.InTheFuture(field="returned_on")
    rows = steps_of(applicant)
    reached = history_of(applicant, rows).reached
    if not dev.TARGET <= reached < dev.APPROVAL:
        raise dev.NotReturnable
    before = {name: getattr(applicant, name) for name in KEPT}
    undo(rows, why="returned", reason=f"{returned_on.isoformat()} {reason.strip()}", after=dev.OBSERVED)
    if applicant.paper_until > dev.OBSERVED:
        applicant.paper_until, applicant.target_on = dev.OBSERVED, None
        applicant.save(update_fields=["paper_until", "target_on"])
    settle(actor, applicant, rows, Law(applicant.jurisdiction_id), now)
    changes = {"returned_on": ("", returned_on), "reason": ("", reason), **_stage(before, applicant)}
    verb_name = "partylife.return_for_training"
    record(actor=actor, verb=verb_name, subject=applicant, now=now, changes=changes)


def _stage(before: dict[str, object], applicant: Applicant) -> dict[str, tuple[object, object]]:
    return {name: pair for name, pair in diff(before, applicant).items() if name in ("stage", "target_on")}


@verb
def transfer_applicant(
    *,
    actor: Actor,
    applicant: Applicant,
    transferred_on: date,
    branch: Organization | None,
    now: datetime,
    branch_text: str = "",
    enterprise: Organization | None = None,
    enterprise_text: str = "",
    reason: str = "",
) -> None:
    """Another branch goes on; time accumulates and the papers follow (细则 art. 12).

    Within the place the record moves. To another place of the county it is lent, to be read and gone on with there
    (`take_over`), and ends here. Raises `NotTransferable`, `InTheFuture`, `Ended`, `Denied`.
    """
    require_open(actor, applicant)
    if branch is None and not branch_text.strip():
        raise dev.NotTransferable
    if transferred_on > local_day(now):
        raise rules.InTheFuture(field="transferred_on")
    names = ("branch", "branch_text", "enterprise", "enterprise_text", "transferred_to")
    before = {name: getattr(applicant, name) for name in (*names, *KEPT)}
    away = branch is None or branch.jurisdiction_id != applicant.jurisdiction_id
    if away:
        applicant.ended_on, applicant.ended_kind = transferred_on, "transferred"
        applicant.ended_reason = (branch.name if branch is not None else branch_text.strip())[:200]
        applicant.transferred_to = branch
        if branch is not None:
            lend(actor, applicant, branch.jurisdiction_id, now)
    else:
        applicant.branch, applicant.branch_text = branch, ""
        if enterprise is not None or enterprise_text.strip():
            applicant.enterprise = enterprise
            applicant.enterprise_text = "" if enterprise is not None else enterprise_text.strip()[:120]
    applicant.save(update_fields=[*names])
    settle(actor, applicant, steps_of(applicant), Law(applicant.jurisdiction_id), now)
    told = {name: pair for name, pair in diff(before, applicant).items() if name in (*names, "ended_on")}
    changes = {"transferred_on": ("", transferred_on), "reason": ("", reason), **told}
    record(
        actor=actor,
        verb="partylife.transfer_applicant",
        subject=applicant,
        now=now,
        changes=changes
    )


def lend(actor: Actor, applicant: Applicant, grantee_id: int, now: datetime) -> None:
    """Let another place read the record and the person. Part of the caller's verb, which journals it."""
    for row in (applicant, applicant.person):
        held = Share.objects.filter(
            table=row._meta.db_table, row_id=row.pk, grantee_id=grantee_id, until__isnull=True
        )
        if row.jurisdiction_id == applicant.jurisdiction_id and not held.exists():
            share(actor=actor, row=row, grantee_id=grantee_id, reason=LENT_FOR, now=now)


@verb(constraints={"one_open_application_per_person": rules.AlreadyApplied})
def take_over(
    *,
    actor: Actor,
    source: Applicant,
    branch: Organization,
    enterprise: Organization | None,
    now: datetime,
    enterprise_text: str = "",
) -> Applicant:
    """Go on with somebody who was transferred here: his days count on, his steps are read in the record he came with.

    Raises `NotTransferredHere`, `AlreadyApplied`, `EnterpriseMissing`, `Denied`.
    """
    require(actor, "partylife.write", branch)
    if source.ended_kind != "transferred" or source.jurisdiction_id == branch.jurisdiction_id:
        raise NotTransferredHere
    if enterprise is None and not enterprise_text.strip():
        raise rules.EnterpriseMissing
    days = {name: getattr(source, name) for name in dev.LEDGER.values()}
    rows = steps_of(source)
    made = Applicant.objects.create(
        jurisdiction_id=branch.jurisdiction_id,
        person=source.person,
        enterprise=enterprise,
        enterprise_text="" if enterprise is not None else enterprise_text.strip()[:120],
        branch=branch,
        kind=source.kind,
        stage=source.stage,
        paper_until=history_of(source, rows).reached,
        extension_months=source.extension_months,
        continues=source,
        recorded_by_name=actor.name[:80],
        recorded_at=now,
        **days,
    )
    settle(actor, made, [], Law(made.jurisdiction_id), now)
    record(
        actor=actor,
        verb="partylife.take_over",
        subject=made,
        now=now,
        changes={"person": ("", made.person.name), "continues": ("", source.key)},
    )
    return made
