"""Write documents: start, change, hide numbers, files, subjects; drop what will not come out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from lianjian.directory.models import Organization
from lianjian.files.actions import attach, copy_files, remove_file
from lianjian.files.models import File
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from .. import rules, subjects
from ..models import Document, Opinion, Publication, Review
from ..queries.checks import CREDITS, WORDS, pictures_of
from ..rules import bylines as names
from ..rules import personal
from .telling import tell

WRITE = "documents.write"
_NUMBERS = {"one_document_per_number": rules.NumberTaken, "document_ends_later": rules.EndsTooEarly}


def locked(document: Document) -> Document:
    """The document as it stands now, held until this is done: of two who act at once the second sees the first."""
    rows = Document.objects.select_related("issuer").select_for_update(of=("self",))
    return rows.get(pk=document.pk)


def clean(values: dict[str, Any]) -> dict[str, Any]:
    """Words as they are kept."""
    cut = {"title": 120, "number": 60}
    found = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    if "number" in found:
        found["number"] = rules.tidy_number(found["number"])
    return {name: value[: cut[name]] if name in cut else value for name, value in found.items()}


@verb(constraints=_NUMBERS)
def start_document(
    *,
    actor: Actor,
    issuer: Organization,
    kind: str,
    title: str,
    made_on: date,
    now: datetime,
    text: str = "",
    number: str = "",
    audience: str = "place",
    since: date | None = None,
    until: date | None = None,
    publish_on: date | None = None,
    about: Sequence[str] = (),
    bylines: Sequence[str] = (),
    agreed: bool = False,
) -> Document:
    """A new draft of a body, about the records named by `about` (`models.reference`); `bylines` only where those named
    `agreed` to it.

    Raises `NumberTaken`, `EndsTooEarly`, `NoSuchSubject`, `Denied`, and what `rules.bylines.settled` raises.
    """
    require(actor, WRITE, issuer)
    words = {"number": number, "kind": kind, "title": title, "text": text, "made_on": made_on, "since": since}
    words |= {"until": until, "audience": audience, "publish_on": publish_on}
    document = Document.objects.create(
        jurisdiction_id=issuer.jurisdiction_id,
        issuer=issuer,
        subjects=_known(actor, about),
        bylines=names.settled(bylines, (), agreed),
        author_id=actor.user_id,
        author_name=actor.name[:80],
        writers=[actor.user_id] if actor.user_id else [],
        changed_at=now,
        **clean(words),
    )
    changes = {name: ("", getattr(document, name)) for name in (*WORDS, "bylines") if getattr(document, name)}
    changes |= {"issuer": ("", issuer.name), "subjects": ("", document.subjects)}
    record(actor=actor, verb="documents.start", subject=document, now=now, changes=changes)
    return document


def _known(actor: Actor, about: Sequence[str]) -> list[str]:
    """Raises `NoSuchSubject` for what the actor cannot see."""
    wanted = list(dict.fromkeys(about))
    if len(subjects.named(actor, wanted)) != len(wanted):
        raise rules.NoSuchSubject
    return wanted


@verb(constraints=_NUMBERS)
def change_document(
    *, actor: Actor, document: Document, now: datetime, agreed: bool = False, **words: Any
) -> Document:
    """Other words (`WORDS`) or `bylines`. Reviews that were made are void; a document that is out gets a new version.

    Raises `NotOpen`, `NumberTaken`, `EndsTooEarly`, `Denied`, and what `rules.bylines.settled` raises.
    """
    require(actor, WRITE, document.issuer)
    document = locked(document)
    if "bylines" in words:
        words["bylines"] = names.settled(words["bylines"], document.bylines, agreed)
    if not words.keys() <= {*WORDS, "bylines"}:
        raise TypeError(f"{sorted(words)} are not all words of a document")
    return _rewritten(actor, document, words, now)


def _rewritten(actor: Actor, document: Document, words: dict[str, Any], now: datetime) -> Document:
    """The document, which is held, with other words. Raises `NotOpen`."""
    before = {name: getattr(document, name) for name in words}
    for name, value in clean(words).items():
        setattr(document, name, value)
    changes = diff(before, document)
    if "pictures" in changes:
        changes["pictures"] = (names.line(names.pictures_in(before["pictures"])), names.line(pictures_of(document)))
    if changes:
        changes |= _reopened(actor, document, now)
        document.save(update_fields=[*words, *REOPENED])
        record(actor=actor, verb="documents.change", subject=document, now=now, changes=changes)
    return document


REOPENED = ("state", "version", "round", "digest", "writers", "changed_at")


def _reopened(actor: Actor, document: Document, now: datetime) -> dict[str, tuple[Any, Any]]:
    """It is being written again: who changes it becomes a writer, and what was reviewed before no longer is.

    Fields only; the caller saves `REOPENED`. Raises `NotOpen`.
    """
    before, version = document.state, document.version
    if before == rules.DROPPED:
        raise rules.NotOpen(state=_state(before))
    if before in (rules.PUBLISHED, rules.DOWN):
        document.version, document.round, document.writers = _next_version(document), 0, []
    if before not in rules.OPEN:
        document.state, document.digest = rules.DRAFT, ""
    if actor.user_id and actor.user_id not in document.writers:
        document.writers = [*document.writers, actor.user_id]
    document.changed_at = now
    if before in (*rules.STAGES, rules.READY):
        rows = Review.objects.filter(document=document, version=version, round=document.round)
        tell(actor, document, [*rows.values_list("reviewer_id", flat=True)], "documents.changed", now)
    found: dict[str, tuple[Any, Any]] = {}
    if document.state != before:
        found["state"] = (before, document.state)
    if document.version != version:
        found["version"] = (version, document.version)
    return found


def _state(state: str) -> str:
    return translate(rules.STATES[state])


@verb(constraints=_NUMBERS)
def hide_numbers(*, actor: Actor, document: Document, now: datetime) -> Document:
    """Hide the middle of every number of a person in title, number, text and what is said of pictures.

    Raises `NotOpen`, `Denied`.
    """
    require(actor, WRITE, document.issuer)
    document = locked(document)
    words: dict[str, Any] = {name: personal.mask(getattr(document, name)) for name in ("title", "number", "text")}
    words["pictures"] = names.kept(names.masked(pictures_of(document)))
    return _rewritten(actor, document, words, now)


@verb
def attach_to_document(*, actor: Actor, document: Document, upload: UploadedFile[Any], now: datetime) -> File:
    """Hang a file on it, which changes it. Raises `NotOpen`, `Denied`, and what attaching raises."""
    require(actor, WRITE, document.issuer)
    document = touched(actor, document, now)
    return attach(actor=actor, record=document, upload=upload, now=now)


@verb
def remove_from_document(*, actor: Actor, document: Document, file: File, now: datetime) -> None:
    """Take a file off it, which changes it. Raises `NotOpen`, `AlreadyRemoved`, `Denied`."""
    require(actor, WRITE, document.issuer)
    document = touched(actor, document, now)
    document.pictures = [one for one in document.pictures if (one["name"], one["sha256"]) != (file.name, file.sha256)]
    document.save(update_fields=["pictures"])
    remove_file(actor=actor, file=file, now=now)


def touched(actor: Actor, document: Document, now: datetime) -> Document:
    """The document, held and open for another file or other words about one. Raises `NotOpen`."""
    document = locked(document)
    if changes := _reopened(actor, document, now):
        record(actor=actor, verb="documents.reopen", subject=document, now=now, changes=changes)
    document.save(update_fields=REOPENED)
    return document


@verb
def link_document(*, actor: Actor, document: Document, subject: str, now: datetime) -> Document:
    """It is about one record more; what is out says so at once, because no word changes.

    Raises `NoSuchSubject`, `NotOpen`, `Denied`.
    """
    require(actor, WRITE, document.issuer)
    _known(actor, [subject])
    return _linked(actor, document, lambda held: [*dict.fromkeys([*held, subject])], now)


@verb
def unlink_document(*, actor: Actor, document: Document, subject: str, now: datetime) -> Document:
    """It is not about that record. Raises `NotOpen`, `Denied`."""
    require(actor, WRITE, document.issuer)
    return _linked(actor, document, lambda held: [one for one in held if one != subject], now)


def _linked(actor: Actor, document: Document, changed: Any, now: datetime) -> Document:
    document = locked(document)
    if document.state == rules.DROPPED:
        raise rules.NotOpen(state=_state(document.state))
    before, document.subjects = document.subjects, changed(document.subjects)
    if before != document.subjects:
        document.save(update_fields=["subjects"])
        Publication.objects.filter(document=document, replaced_at__isnull=True).update(
            subjects=document.subjects
        )
        changes = {"subjects": (before, document.subjects)}
        record(actor=actor, verb="documents.link", subject=document, now=now, changes=changes)
    return document


@verb(constraints=_NUMBERS)
def drop_document(*, actor: Actor, document: Document, now: datetime) -> Document:
    """Give a version up that is not out. The first: the document is void, its number free. A later one: what is out
    stands, and the desk has its words again.

    Raises `NotOpen`, `Denied`.
    """
    require(actor, WRITE, document.issuer)
    document = locked(document)
    if document.state not in rules.UNDER_WAY:
        raise rules.NotOpen(state=_state(document.state))
    before = {"state": document.state, "version": document.version}
    if document.version == 1:
        document.state = rules.DROPPED
    else:
        _back_to_published(document, now)
    document.digest, document.changed_at = "", now
    document.save(
        update_fields=["state", "version", "round", "digest", "writers", "changed_at", "bundle", *WORDS, *CREDITS]
    )
    record(
        actor=actor, verb="documents.drop", subject=document, now=now, changes=diff(before, document)
    )
    return document


def _next_version(document: Document) -> int:
    """A number that nothing has had: not of a version that was dropped, whose reviews and opinions stay."""
    used = [document.version]
    for model in (Review, Opinion, Publication):
        used += model.objects.filter(document=document).order_by("-version").values_list("version", flat=True)[:1]
    return max(used) + 1


def _back_to_published(document: Document, now: datetime) -> None:
    out = Publication.objects.get(document=document, replaced_at__isnull=True)
    for name in (*WORDS, *CREDITS):
        if name != "publish_on":
            setattr(document, name, getattr(out, name))
    for name, words in document.withheld.get(str(out.version), {}).items():
        setattr(document, name, words)
    document.publish_on = None
    document.state = rules.DOWN if out.down_at else rules.PUBLISHED
    document.version, document.round, document.writers = out.version, 0, []
    document.bundle_id = copy_files(
        jurisdiction_id=document.jurisdiction_id, bundle_id=out.bundle_id, now=now
    )
