"""A committee reviews those on their way into the party; what the rules ask of it in the period is settled by that."""

from __future__ import annotations

from datetime import date, datetime

from lianjian.directory.models import Organization
from lianjian.events.models import Meeting
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .. import rules
from ..models import Applicant, PoolNote, PoolReview
from ..queries.pool import meetings_for, pool_on
from ..rules import cadence, pool
from .cadence import settle_bodies


@verb(constraints={"one_pool_review_a_day": pool.ReviewExists})
def review_pool(
    *,
    actor: Actor,
    body: Organization,
    reviewed_on: date,
    problems: str,
    measures: str,
    now: datetime,
    meeting: Meeting | None = None,
) -> PoolReview:
    """The committee looked at all who are in training below it. Raises `NotACommittee`, `WordsMissing`, `ReviewExists`,
    `OtherBodysMeeting`, `InTheFuture`, `Denied`.
    """
    require(actor, "partylife.write", body)
    profile = getattr(body, "party", None)
    if profile is None or profile.level not in cadence.COMMITTEES:
        raise pool.NotACommittee
    if reviewed_on > local_day(now):
        raise rules.InTheFuture(field="reviewed_on")
    if not problems.strip() or not measures.strip():
        raise pool.WordsMissing
    if meeting is not None and str(meeting.key) not in dict(meetings_for(body)):
        raise pool.OtherBodysMeeting
    made = PoolReview.objects.create(
        jurisdiction_id=body.jurisdiction_id,
        body=body,
        reviewed_on=reviewed_on,
        meeting=meeting,
        problems=problems.strip()[:500],
        measures=measures.strip()[:500],
        recorded_by_name=actor.name[:80],
        recorded_at=now,
    )
    settle_bodies(actor, [body.pk], body.jurisdiction_id, now)
    changes = {name: ("", getattr(made, name)) for name in ("reviewed_on", "problems", "measures")}
    record(actor=actor, verb="partylife.review_pool", subject=made, now=now, changes=changes)
    return made


def _standing(actor: Actor, review: PoolReview) -> PoolReview:
    require(actor, "partylife.write", review.body)
    held: PoolReview = PoolReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if held.struck_at is not None:
        raise pool.ReviewStruck
    return held


@verb(constraints={"one_pool_note_per_applicant": pool.NoteExists})
def note_in_review(
    *, actor: Actor, review: PoolReview, applicant: Applicant, words: str, now: datetime
) -> PoolNote:
    """Words on somebody for whom something is to be done. Raises `NotInThePool`, `NoteExists`, `ReviewStruck`."""
    held = _standing(actor, review)
    if not pool_on(review.body, held.reviewed_on).filter(pk=applicant.pk).exists():
        raise pool.NotInThePool
    if not words.strip():
        raise rules.ReasonMissing(field="words")
    made = PoolNote.objects.create(
        jurisdiction_id=held.jurisdiction_id, review=held, applicant=applicant, words=words.strip()[:200]
    )
    changes = {"person": ("", applicant.person.name), "words": ("", made.words)}
    record(actor=actor, verb="partylife.note_in_review", subject=held, now=now, changes=changes)
    return made


@verb
def strike_review(*, actor: Actor, review: PoolReview, reason: str, now: datetime) -> PoolReview:
    """It was a mistake; what it settled is asked for again by night. Raises `ReviewStruck`, `ReasonMissing`."""
    held = _standing(actor, review)
    if not reason.strip():
        raise rules.ReasonMissing
    held.struck_at, held.struck_reason = now, reason.strip()[:200]
    held.save(update_fields=["struck_at", "struck_reason"])
    changes = {"struck_reason": ("", held.struck_reason)}
    record(actor=actor, verb="partylife.strike_review", subject=held, now=now, changes=changes)
    return held
