"""Lessons and channels, as their pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.listing import Badge, Column, ListSpec, Row, register
from lianjian.foundation.looks import show_date
from lianjian.foundation.search import query_terms
from lianjian.foundation.searchdb import AnyToken, search
from lianjian.rulebook.queries import line_of

from .. import rules
from ..models import Case, Channel, Lesson
from .listing import case_url, state_word, visible
from .tree import tree_of


def lesson_url(key: object) -> str:
    """The address of a lesson."""
    return reverse("cases:lesson", kwargs={"key": key})


def channel_url(key: object) -> str:
    """The address of a channel."""
    return reverse("cases:channel", kwargs={"key": key})


def _lesson(values: Sequence[Any]) -> Row:
    key, question, number, day, retired = values[:5]
    mark: Any = Badge(_("已停用"), "paused") if retired else number
    return Row(lesson_url(key), (question, mark, day))


LESSONS = register(
    ListSpec(
        name="cases.lessons",
        title=_lazy("知识库"),
        base=lambda actor: Lesson.objects.filter(jurisdiction_id__in=line_of(actor.jurisdiction_id)),
        columns=(
            Column("question", _lazy("问题"), "first"),
            Column("number", _lazy("来自"), "text"),
            Column("kept_on", _lazy("收入日期"), "date", "kept_on"),
        ),
        values=("key", "question", "number", "kept_on", "retired_on"),
        row=_lesson,
        right="cases.see",
        default_sort="-kept_on",
        search=search,
        empty=(_lazy("知识库还是空的"), _lazy("答复过的法律咨询可以隐去姓名后收进来,以后遇到同样的问题直接用。")),
    )
)


def lessons_like(case: Case) -> list[Lesson]:
    """Lessons with words in common, those of the same category first; one query."""
    terms = [term for term in query_terms(case.title) if len(term.token) > 1][:12]
    if not terms:
        return []
    rows = Lesson.objects.filter(
        AnyToken("search", terms), jurisdiction_id__in=line_of(case.jurisdiction_id), retired_on__isnull=True
    )
    return sorted(rows[:30], key=lambda row: (row.category_code != case.category.code, -row.pk))[:5]


def lesson_panel(*, actor: Actor, record: Case, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """What was answered before, and the way into the list; one query, for kinds that make lessons."""
    if not record.sort.has("knowledge"):
        return None
    found = [(one.question, lesson_url(one.key)) for one in lessons_like(record)]
    may = bool(record.answer) and actor.may("cases.dispatch", Whole(record.jurisdiction_id))
    new = f"{reverse('cases:keep_lesson')}?case={record.key}" if may else ""
    return ("cases/_lessons.html", {"lessons": found, "new_url": new}) if found or new else None


def lesson_path(lesson: Lesson) -> str:
    """The category in words."""
    return tree_of(lesson.jurisdiction_id).path(lesson.category_code)


def _channel(values: Sequence[Any]) -> Row:
    key, name, body, purpose, members, closed = values[:6]
    mark: Any = Badge(_("已停用"), "paused") if closed else Badge(_("在用"), "done")
    return Row(channel_url(key), (name, body, purpose, members, mark))


CHANNELS = register(
    ListSpec(
        name="cases.channels",
        title=_lazy("服务渠道"),
        base=lambda actor: Channel.objects.visible_to(actor).annotate(number=Count("members")),  # type: ignore[attr-defined]
        columns=(
            Column("name", _lazy("名称"), "first", "name"),
            Column("organization", _lazy("单位或村(社区)"), "text"),
            Column("purpose", _lazy("用途"), "text", None, True),
            Column("number", _lazy("解答人员(人)"), "number"),
            Column("state", _lazy("状态"), "state"),
        ),
        values=("key", "name", "organization__name", "purpose", "number", "closed_on"),
        row=_channel,
        right="cases.see",
        default_sort="name",
        empty=(_lazy("还没有服务渠道"), _lazy("如村法治服务互助微信群:谁在里面解答,推送了什么,回应了哪些问题。")),
    )
)


@dataclass(frozen=True)
class ChannelPage:
    """One channel with what is on record."""

    channel: Channel
    members: list[tuple[str, str]]
    posts: list[tuple[str, str, str, str, str]]
    pushes: int
    questions: int
    may_write: bool
    may_keep: bool


def channel_page(actor: Actor, channel: Channel) -> ChannelPage:
    """Members, posts with the state of what was asked; three queries."""
    rows = list(channel.posts.select_related("case").order_by("-id")[:100])
    seen = {row.pk for row in visible(actor).filter(pk__in=[one.case_id for one in rows if one.case_id])}
    posts = [
        (
            _(rules.POST_KINDS[one.kind]),
            one.title,
            one.text,
            f"{show_date(one.posted_on)} · {one.by_name}"
            + (f" · {state_word(one.case.state, one.case.kind)}" if one.case else ""),
            case_url(one.case.key) if one.case and one.case_id in seen else "",
        )
        for one in rows
    ]
    is_open = channel.closed_on is None
    return ChannelPage(
        channel=channel,
        members=[(one.name, one.role) for one in channel.members.order_by("id")],
        posts=posts,
        pushes=sum(one.kind == "push" for one in rows),
        questions=sum(one.kind == "question" for one in rows),
        may_write=is_open and actor.may("cases.register", channel.organization),
        may_keep=is_open and actor.may("cases.dispatch", Whole(channel.jurisdiction_id)),
    )
