"""The way of a document to the public: submitted, reviewed three times by three persons, published, taken down."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lianjian.files.actions import copy_files
from lianjian.files.models import File
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import translate
from lianjian.foundation.rights import Denied, require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .. import rules
from ..models import Document, Publication, Review
from ..queries.checks import CREDITS, WORDS, check_due, check_files, check_pictures, check_words, contents
from ..queries.people import accounts_of, holders
from .drafting import WRITE, locked
from .telling import tell, tell_reviewers, tell_writers

TAKE_DOWN = "documents.take_down"


@verb
def submit_document(*, actor: Actor, document: Document, now: datetime) -> Document:
    """Send it to the first review. What is reviewed is what stands there now.

    Raises `NotOpen`, `NothingWritten`, `IdentityInText`, `IdentityInFile`, `PictureNotAgreed`, `OpinionsOpen`,
    `Denied`.
    """
    require(actor, WRITE, document.issuer)
    document = locked(document)
    if document.state not in rules.OPEN:
        raise rules.NotOpen(state=translate(rules.STATES[document.state]))
    files = File.objects.present().filter(bundle_id=document.bundle_id or 0)  # type: ignore[attr-defined]
    if not document.text and not files.exists():
        raise rules.NothingWritten
    check_words(document)
    check_pictures(document)
    check_files(document)
    unsettled = document.opinions.filter(version=document.version, answered_at__isnull=False, outcome="")
    if waiting := unsettled.exclude(stance__in=("agree", "none")).count():
        raise rules.OpinionsOpen(n=waiting)
    _advance(document, rules.FIRST, now, round=document.round + 1, digest=contents(document))
    record(actor=actor, verb="documents.submit", subject=document, now=now, note=document.digest)
    tell_reviewers(actor, document, now)
    return document


def _advance(document: Document, state: str, now: datetime, **values: Any) -> None:
    values |= {"state": state, "changed_at": now}
    for name, value in values.items():
        setattr(document, name, value)
    document.save(update_fields=list(values))


_ONCE = {"one_review_of_a_stage": rules.NotYourTurn, "one_review_per_person": rules.SamePerson}


def _review(
    actor: Actor, document: Document, seen: str, now: datetime, *, passed: bool, reason: str
) -> tuple[Document, str]:
    """Write the review that is due; returns the document and the stage.

    Raises `NotYourTurn`, `OwnWork`, `SamePerson`, `ChangedSinceSeen`, `Denied`.
    """
    # A review is the act of a person of the place.
    if actor.user_id is None or document.jurisdiction_id not in actor.writable:
        raise Denied
    document = locked(document)
    stage = document.state
    if stage not in rules.STAGES:
        raise rules.NotYourTurn(state=translate(rules.STATES[stage]))
    require(actor, rules.RIGHT_OF[stage], document.issuer)
    own = set(accounts_of([actor.user_id]).values_list("pk", flat=True))
    if own & set(document.writers):
        raise rules.OwnWork
    done = Review.objects.filter(document=document, version=document.version, round=document.round)
    if done.filter(reviewer_id__in=own).exists():
        raise rules.SamePerson
    if seen != f"{document.digest}{stage}" or contents(document) != document.digest:
        raise rules.ChangedSinceSeen
    Review.objects.create(
        jurisdiction_id=document.jurisdiction_id,
        document=document,
        version=document.version,
        round=document.round,
        stage=stage,
        reviewer_id=actor.user_id,
        reviewer_name=actor.name[:80],
        passed=passed,
        reason=reason,
        digest=document.digest,
        at=now,
    )
    return document, stage


def seen_mark(document: Document) -> str:
    """What a reviewer's form carries: this text, at this review."""
    return f"{document.digest}{document.state}"


@verb(constraints=_ONCE)
def approve_document(
    *, actor: Actor, document: Document, seen: str, now: datetime, reason: str = ""
) -> Document:
    """Pass the review that is due. After the last the document comes out, at once or on its day.

    `seen` is the `seen_mark` of what the reviewer had before the eyes. Raises `NotYourTurn`, `OwnWork`, `SamePerson`,
    `ChangedSinceSeen`, `IdentityInText`, `IdentityInFile`, `Denied`.
    """
    document, stage = _review(actor, document, seen, now, passed=True, reason=reason.strip()[:300])
    check_words(document)
    _advance(document, rules.next_state(stage), now)
    changes = {"state": (stage, document.state)}
    record(actor=actor, verb="documents.approve", subject=document, now=now, changes=changes, note=document.digest)
    if document.state != rules.READY:
        tell_reviewers(actor, document, now)
    elif document.publish_on is None or document.publish_on <= local_day(now):
        _publish(actor, document, now)
    else:
        tell_writers(actor, document, "documents.approved", now)
    return document


@verb(constraints=_ONCE)
def return_document(*, actor: Actor, document: Document, seen: str, reason: str, now: datetime) -> Document:
    """Send it back to its writers, who are told why. The next submission begins with the first review.

    Raises `ReasonNeeded`, `NotYourTurn`, `OwnWork`, `SamePerson`, `ChangedSinceSeen`, `Denied`.
    """
    words = reason.strip()[:300]
    if not words:
        raise rules.ReasonNeeded
    document, stage = _review(actor, document, seen, now, passed=False, reason=words)
    _advance(document, rules.RETURNED, now, digest="")
    changes = {"state": (stage, rules.RETURNED), "reason": ("", words)}
    record(actor=actor, verb="documents.return", subject=document, now=now, changes=changes)
    tell_writers(actor, document, "documents.returned", now, text=words)
    return document


@verb
def publish_document(*, actor: Actor, document: Document, now: datetime) -> Document:
    """A document that passed all three reviews comes out on its day.

    Raises `NotOpen`, `DayNotReached`, `ChangedSinceSeen`, `IdentityInText`, `IdentityInFile`,
    `Denied`.
    """
    require(actor, rules.RIGHT_OF[rules.FINAL], document.issuer)
    document = locked(document)
    check_due(document, local_day(now))
    _publish(actor, document, now)
    return document


@verb
def report_hindered(*, actor: Actor, document: Document, reason: str, now: datetime) -> None:
    """Tell its writers and who may publish it why a document did not come out on its day."""
    require(actor, rules.RIGHT_OF[rules.FINAL], document.issuer)
    users = [document.author_id, *document.writers, *holders(rules.RIGHT_OF[rules.FINAL], document.issuer)]
    record(
        actor=actor, verb="documents.hindered", subject=document, now=now, changes={"reason": ("", reason[:300])}
    )
    tell(actor, document, users, "documents.hindered", now, text=reason)


@verb
def take_back_document(*, actor: Actor, document: Document, now: datetime) -> Document:
    """Out of the reviews or from waiting for its day, back to its writers; what was reviewed is void.

    By its desk, or by who makes the last review. Raises `NotOpen`, `Denied`.
    """
    if not actor.may(WRITE, document.issuer):
        require(actor, rules.RIGHT_OF[rules.FINAL], document.issuer)
    if document.jurisdiction_id not in actor.writable:
        raise Denied
    document = locked(document)
    before = document.state
    if before not in (*rules.STAGES, rules.READY):
        raise rules.NotOpen(state=translate(rules.STATES[before]))
    rows = Review.objects.filter(document=document, version=document.version, round=document.round)
    users = [document.author_id, *document.writers, *rows.values_list("reviewer_id", flat=True)]
    _advance(document, rules.DRAFT, now, digest="")
    record(
        actor=actor, verb="documents.take_back", subject=document, now=now, changes={"state": (before, rules.DRAFT)}
    )
    tell(actor, document, users, "documents.taken_back", now)
    return document


def _publish(actor: Actor, document: Document, now: datetime) -> None:
    """The version comes out; the one before stays readable as of its days, to nobody more than read it then."""
    older = Publication.objects.filter(document=document)
    for row in older.exclude(audience=document.audience):
        row.audience = rules.narrower(row.audience, document.audience)
        row.save(update_fields=["audience"])
    older.filter(replaced_at__isnull=True).update(replaced_at=now)
    words = {name: getattr(document, name) for name in (*WORDS, *CREDITS) if name != "publish_on"}
    Publication.objects.create(
        jurisdiction_id=document.jurisdiction_id,
        document=document,
        document_key=document.key,
        issuer=document.issuer,
        version=document.version,
        digest=document.digest,
        subjects=document.subjects,
        bundle_id=copy_files(jurisdiction_id=document.jurisdiction_id, bundle_id=document.bundle_id, now=now),
        published_at=now,
        published_on=local_day(now),
        **words,
    )
    _advance(document, rules.PUBLISHED, now)
    changes = {"version": ("", document.version), "audience": ("", document.audience)}
    record(actor=actor, verb="documents.publish", subject=document, now=now, changes=changes)
    tell_writers(actor, document, "documents.published", now)


@verb
def take_down(*, actor: Actor, document: Document, ground: str, reason: str, now: datetime) -> Document:
    """Take all versions off at once. Their words go back to the desk; the register says that they were there.

    `ground` (`rules.GROUNDS`) is told to everybody, `reason` stays at the desk. Raises `NotPublished`, `ReasonNeeded`,
    `Denied`.
    """
    require(actor, TAKE_DOWN, document.issuer)
    words = reason.strip()[:300]
    if not words:
        raise rules.ReasonNeeded
    document = locked(document)
    standing = list(Publication.objects.filter(document=document, down_at__isnull=True))
    if not standing:
        raise rules.NotPublished
    withheld = dict(document.withheld)
    for out in standing:
        withheld[str(out.version)] = {name: getattr(out, name) for name in ("title", "text", *CREDITS)}
        out.text, out.down_at, out.down_ground = "", now, ground
        out.bylines, out.pictures = [], []
        if ground == rules.PRIVACY:
            out.title = ""
        out.save(update_fields=["text", "title", "down_at", "down_ground", *CREDITS])
    state = rules.DOWN if document.state == rules.PUBLISHED else document.state
    more: dict[str, Any] = {}
    if state in (*rules.STAGES, rules.READY):
        # What was reviewed before this became known is looked at again from the start.
        state, more["digest"] = rules.RETURNED, ""
    _advance(document, state, now, withheld=withheld, down_reason=words, **more)
    changes = {"down": ("", ground), "reason": ("", words)}
    record(actor=actor, verb="documents.take_down", subject=document, now=now, changes=changes)
    tell_writers(actor, document, "documents.down", now, text=words)
    return document
