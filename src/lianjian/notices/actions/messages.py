"""Send a message; mark messages read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from lianjian.files.actions import keep_file
from lianjian.files.models import File
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.keys import uuid7
from lianjian.foundation.verbs import verb

from ..models import Message


@dataclass(frozen=True)
class Note:
    """One message to one account. With `key` it arrives once, however often it is sent."""

    user_id: int
    kind: str
    title: str
    url: str = ""
    text: str = ""
    key: str = ""


def notify(
    *,
    actor: Actor,
    user_ids: Iterable[int],
    kind: str,
    title: str,
    url: str,
    now: datetime,
    text: str = "",
    key: str = "",
) -> int:
    """Put one message into the inbox of each account; returns how many were new. Part of the caller's verb.

    `url` is an address inside the house. Who sends is not told about it. An account without any grant has no inbox.
    """
    wanted = dict.fromkeys(user_ids)
    return notify_all(
        actor=actor, notes=[Note(user, kind, title, url, text, key) for user in wanted], now=now
    )


@verb
def notify_all(*, actor: Actor, notes: Sequence[Note], now: datetime) -> int:
    """Many messages in one statement; each goes to the jurisdiction of its recipient's first grant."""
    if not notes:
        return 0
    for note in notes:
        check_url(note.url)
    columns: list[list[object]] = [
        [note.user_id for note in notes],
        [str(uuid7()) for _note in notes],
        [note.kind for note in notes],
        [note.title[:200] for note in notes],
        [note.url for note in notes],
        [note.text[:4000] for note in notes],
        [note.key or None for note in notes],
    ]
    today = local_day(now)
    with connection.cursor() as cursor:
        # Written by hand because RETURNING would need to read the recipient's place.
        cursor.execute(
            "INSERT INTO notices_message (user_id, key, kind, title, url, text, once, jurisdiction_id, sender, at,"
            " state) SELECT n.user_id, n.key, n.kind, n.title, n.url, n.text, n.once, g.jurisdiction_id, %s, %s,"
            " 'unread' FROM unnest(%s::bigint[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[],"
            " %s::text[]) WITH ORDINALITY AS n (user_id, key, kind, title, url, text, once, place)"
            " JOIN LATERAL (SELECT jurisdiction_id FROM directory_grant WHERE user_id = n.user_id"
            " AND since <= %s AND (until IS NULL OR until > %s) ORDER BY since, id LIMIT 1) g ON true"
            " ORDER BY n.place ON CONFLICT DO NOTHING",
            [actor.name[:80], now, *columns, today, today],
        )
        return int(cursor.rowcount)


def check_url(url: str) -> None:
    """Only addresses of this house: a message must not lead anywhere else."""
    if url and (not url.startswith("/") or url.startswith(("//", "/\\")) or len(url) > 300):
        raise ValueError("a message links to an address inside the house")


@verb
def mark_read(*, actor: Actor, message: Message, now: datetime) -> None:
    """The reader has opened it. Reading is nobody else's business: not journalled."""
    Message.objects.visible_to(actor).filter(pk=message.pk, state=Message.State.UNREAD).update(
        state=Message.State.READ, read_at=now
    )


@verb
def mark_all_read(*, actor: Actor, now: datetime) -> int:
    """Empty the badge; returns how many were unread."""
    return (
        Message.objects.visible_to(actor)
        .filter(state=Message.State.UNREAD, at__lte=now)
        .update(state=Message.State.READ, read_at=now)
    )


@verb
def forget_old(*, jurisdiction_id: int, read_before: datetime, before: datetime) -> int:
    """Delete what was read and is older than `read_before`, and everything older than `before`. Not journalled."""
    old = Q(state=Message.State.READ, at__lt=read_before) | Q(at__lt=before)
    return Message.objects.filter(old, jurisdiction_id=jurisdiction_id).delete()[0]


@verb
def deliver_export(*, actor: Actor, name: str, path: str, media_type: str, now: datetime) -> File:
    """Keep a file that a job made for the actor and say in the inbox that it is there."""
    file = keep_file(
        actor=actor,
        jurisdiction_id=actor.jurisdiction_id,
        name=name,
        path_or_bytes=path,
        media_type=media_type,
        now=now,
    )
    notify(
        actor=actor,
        user_ids=[actor.user_id] if actor.user_id else [],
        kind="file.ready",
        title=gettext("文件已生成:%(name)s") % {"name": file.name},
        url=reverse("files:made"),
        now=now,
        key=f"file:{file.key}",
    )
    return file
