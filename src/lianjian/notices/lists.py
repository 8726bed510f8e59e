"""The inbox as a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register

from . import kinds
from .models import Message

STATES = ((Message.State.UNREAD.value, _("未读")), (Message.State.READ.value, _("已读")))


def _base(actor: Actor) -> QuerySet[Message]:
    return Message.objects.visible_to(actor)  # type: ignore[attr-defined,no-any-return]


def _row(values: Sequence[Any]) -> Row:
    key, title, kind, sender, at, state = values[:6]
    unread = state == Message.State.UNREAD
    badge = Badge(_("未读"), "info") if unread else Badge(_("已读"), "neutral")
    return Row(
        reverse("notices:open", kwargs={"key": key}),
        (kinds.title_for_reader(kind, title), kinds.label(kind), sender, at, badge),
    )


def _search(rows: QuerySet[Message], text: str) -> QuerySet[Message]:
    return rows.filter(Q(title__icontains=text) | Q(text__icontains=text))


def _kind(rows: QuerySet[Message], value: str, actor: Actor) -> QuerySet[Message]:
    return rows.filter(kind=value)


INBOX = register(
    ListSpec(
        name="notices.inbox",
        title=_("消息"),
        base=_base,
        columns=(
            Column("title", _("消息")),
            Column("kind", _("类型"), hide_small=True),
            Column("sender", _("来自"), hide_small=True),
            Column("at", _("时间"), kind="date", sort="at"),
            Column("state", _("状态"), kind="state"),
        ),
        values=("key", "title", "kind", "sender", "at", "state"),
        row=_row,
        right="inbox.read",
        default_sort="-at",
        filters=(Filter("kind", _("类型"), _kind, options=lambda actor: kinds.choices()),),
        state_field="state",
        states=STATES,
        search=_search,
        empty=(_("没有消息"), _("派给您的事、快到期的事和别人的答复会告诉您。")),
    )
)
