"""Channels and lessons: their words and refusals. Free of Django."""

from __future__ import annotations

from typing import Final

from lianjian.foundation.errors import Refused, _

POST_KINDS: Final[dict[str, str]] = {"push": _("推送"), "question": _("提问")}


class LessonExists(Refused):
    """The list has this question."""

    sentence = _("知识库里已有这个问题。")
    field = "question"
    status = 409


class NoLesson(Refused):
    """Only answered cases of kinds that make lessons."""

    sentence = _("只有已反馈或办结、可以收入知识库的事项才能收入。")
    status = 409


class ChannelExists(Refused):
    """The body has a channel of this name."""

    sentence = _("已有同名的服务渠道。")
    field = "name"
    status = 409


class ChannelClosed(Refused):
    """Nothing is written down any more."""

    sentence = _("这个渠道已停用。")
    status = 409
