"""Who hears of a document."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate
from lianjian.foundation.text import labelled

from .. import rules
from ..models import Document
from ..queries.people import document_url, reviewers_of
from .messages import notify


def tell(
    actor: Actor, document: Document, users: Iterable[int | None], kind: str, now: datetime, text: str = ""
) -> None:
    """A message to those concerned, not to who acted."""
    ids = {user for user in users if user is not None and user != actor.user_id}
    notify(
        actor=actor,
        user_ids=sorted(ids),
        kind=kind,
        title=labelled(translate(rules.MESSAGES[kind]), document.title),
        url=document_url(document.key),
        now=now,
        text=text,
    )


def tell_reviewers(actor: Actor, document: Document, now: datetime) -> None:
    """A message to all who may make the review that is due: whoever comes first makes it."""
    tell(actor, document, reviewers_of(document), "documents.review", now)


def tell_writers(actor: Actor, document: Document, kind: str, now: datetime, text: str = "") -> None:
    """A message to all who wrote this version."""
    tell(actor, document, [document.author_id, *document.writers], kind, now, text)
