"""Keep an answer as a lesson; keep a channel with its pushes, questions and answers."""

from __future__ import annotations

from datetime import date, datetime

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.searchdb import vector
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from .. import rules
from ..models import Case, Channel, ChannelMember, ChannelPost, Lesson
from .categories import category_for
from .registering import register_case, short_title


def _keep(row: Lesson, question: str, answer: str) -> None:
    if not question.strip():
        raise rules.TextNeeded(field="question")
    if not answer.strip():
        raise rules.TextNeeded(field="answer")
    row.question, row.answer = question.strip()[:200], answer.strip()
    row.search = vector(f"{row.question} {row.answer}")


@verb(constraints={"one_lesson_per_question": rules.LessonExists})
def keep_lesson(
    *, actor: Actor, question: str, answer: str, category: str, now: datetime, case: Case | None = None
) -> Lesson:
    """Put a question and its answer on the list, written anew so that nobody is named.

    Of a case only once it is answered, for kinds that make lessons. Raises `LessonExists`, `NoLesson`, `TextNeeded`.
    """
    owner = case.jurisdiction_id if case is not None else actor.jurisdiction_id
    require(actor, "cases.dispatch", Whole(owner))
    if case is not None and (not case.sort.has("knowledge") or not case.answer or case.accused_id is not None):
        raise rules.NoLesson
    row = Lesson(
        jurisdiction_id=owner,
        category_code=category_for(actor, category, owner).code,
        number=case.number if case is not None else "",
        kept_on=local_day(now),
        kept_by_name=actor.name[:80],
    )
    _keep(row, question, answer)
    row.save(force_insert=True)
    record(actor=actor, verb="cases.keep_lesson", subject=row, now=now, changes={"question": ("", row.question)})
    return row


@verb(constraints={"one_lesson_per_question": rules.LessonExists})
def change_lesson(*, actor: Actor, lesson: Lesson, question: str, answer: str, now: datetime) -> Lesson:
    """Better words, or what the law says now. Raises `LessonExists`, `TextNeeded`, `Denied`."""
    require(actor, "cases.dispatch", Whole(lesson.jurisdiction_id))
    before = {"question": lesson.question, "answer": lesson.answer}
    _keep(lesson, question, answer)
    lesson.save(update_fields=["question", "answer", "search"])
    changes = diff(before, lesson)
    if changes:
        record(actor=actor, verb="cases.change_lesson", subject=lesson, now=now, changes=changes)
    return lesson


@verb(constraints={"one_lesson_per_question": rules.LessonExists})
def retire_lesson(*, actor: Actor, lesson: Lesson, now: datetime, again: bool = False) -> None:
    """It holds no longer, or again."""
    require(actor, "cases.dispatch", Whole(lesson.jurisdiction_id))
    before = lesson.retired_on
    lesson.retired_on = None if again else before or local_day(now)
    if before == lesson.retired_on:
        return
    lesson.save(update_fields=["retired_on"])
    changes = {"retired_on": (before or "", lesson.retired_on or "")}
    record(actor=actor, verb="cases.retire_lesson", subject=lesson, now=now, changes=changes)


@verb(constraints={"one_channel_per_name": rules.ChannelExists})
def open_channel(
    *, actor: Actor, name: str, organization: Organization, now: datetime, purpose: str = "", members: str = ""
) -> Channel:
    """Write down a channel with who answers in it: a line each, name and role. Raises `ChannelExists`, `Denied`."""
    owner = organization.jurisdiction_id
    require(actor, "cases.dispatch", Whole(owner))
    channel = Channel.objects.create(
        jurisdiction_id=owner,
        name=name.strip()[:60],
        organization=organization,
        purpose=purpose.strip()[:200],
        opened_on=local_day(now),
    )
    _seat(channel, members)
    record(actor=actor, verb="cases.open_channel", subject=channel, now=now, changes={"name": ("", channel.name)})
    return channel


def _seat(channel: Channel, members: str) -> None:
    pairs = [line.split(maxsplit=1) for line in members.splitlines() if line.strip()]
    seats = dict.fromkeys((pair[0][:40], (pair[1] if len(pair) > 1 else "")[:40]) for pair in pairs)
    ChannelMember.objects.bulk_create(
        ChannelMember(jurisdiction_id=channel.jurisdiction_id, channel=channel, name=name, role=role)
        for name, role in seats
    )


@verb
def set_members(*, actor: Actor, channel: Channel, members: str, now: datetime) -> None:
    """Who answers there from now on."""
    require(actor, "cases.dispatch", Whole(channel.jurisdiction_id))
    before = channel.members.count()
    channel.members.all().delete()
    _seat(channel, members)
    changes = {"members": (before, channel.members.count())}
    record(actor=actor, verb="cases.set_members", subject=channel, now=now, changes=changes)


@verb(constraints={"one_channel_per_name": rules.ChannelExists})
def close_channel(*, actor: Actor, channel: Channel, now: datetime) -> None:
    """It is used no longer; what is on record stays. Raises `ChannelClosed`."""
    require(actor, "cases.dispatch", Whole(channel.jurisdiction_id))
    if channel.closed_on is not None:
        raise rules.ChannelClosed
    channel.closed_on = local_day(now)
    channel.save(update_fields=["closed_on"])
    changes = {"closed_on": ("", channel.closed_on)}
    record(actor=actor, verb="cases.close_channel", subject=channel, now=now, changes=changes)


@verb
def post_in_channel(
    *,
    actor: Actor,
    channel: Channel,
    kind: str,
    title: str,
    now: datetime,
    text: str = "",
    posted_on: date | None = None,
    category: str = "law",
) -> ChannelPost:
    """Write down what was pushed, or what was asked there; a question becomes a case of the channel's body.

    Raises `ChannelClosed`, `TextNeeded`, `Denied`.
    """
    require(actor, "cases.register", channel.organization)
    if channel.closed_on is not None:
        raise rules.ChannelClosed
    words = title.strip() or short_title(text)
    if not words:
        raise rules.TextNeeded(field="title")
    day = min(posted_on or local_day(now), local_day(now))
    case = None
    if kind == "question":
        village = channel.organization if channel.organization.classification == "village" else None
        case = register_case(
            actor=actor,
            kind="legal",
            text=text.strip() or words,
            title=words,
            category=category,
            source="chat",
            village=village,
            organization_text=channel.name,
            jurisdiction_id=channel.jurisdiction_id,
            registered_on=day,
            now=now,
        )
    post = ChannelPost.objects.create(
        jurisdiction_id=channel.jurisdiction_id,
        channel=channel,
        kind="question" if case is not None else "push",
        posted_on=day,
        title=words[:120],
        text="" if case is not None else text.strip(),
        case=case,
        by_name=actor.name[:80],
    )
    if case is None:
        changes = {"title": ("", post.title)}
        record(actor=actor, verb="cases.post_in_channel", subject=channel, now=now, changes=changes)
    return post
