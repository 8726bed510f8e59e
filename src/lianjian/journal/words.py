"""Words for verbs, kinds of records and fields. Every app's are registered by the wiring; an unknown code is shown."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from lianjian.foundation.errors import _

VERBS: dict[str, str] = {
    "journal.erase_values": _("清除日志中的内容"),
    "journal.export": _("导出日志"),
    "journal.publish": _("公布链头"),
}
KINDS: dict[str, str] = {"journal.entry": _("日志")}
# Rows that belong to another record: no entry is about one, but pages count them.
PARTS: dict[str, str] = {}
FIELDS: dict[str, str] = {
    "name": _("名称"),
    "code": _("统一社会信用代码"),
    "phone": _("电话"),
    "identity_number": _("身份证号"),
    "username": _("用户名"),
    "address": _("地址"),
    "path": _("页面"),
    "reason": _("理由"),
    "parent": _("上级"),
    "state": _("状态"),
    "title": _("标题"),
    "text": _("内容"),
    "due_at": _("期限"),
    "expires_at": _("有效期至"),
    "language": _("语言"),
    "filters": _("筛选条件"),
}


def register(
    *,
    verbs: Mapping[str, str] | None = None,
    kinds: Mapping[str, str] | None = None,
    fields: Mapping[str, str] | None = None,
    parts: Mapping[str, str] | None = None,
) -> None:
    """Add an app's words (Chinese, marked for translation)."""
    VERBS.update(verbs or {})
    KINDS.update(kinds or {})
    FIELDS.update(fields or {})
    PARTS.update(parts or {})


def verb_word(verb: str) -> str:
    """What was done, in the active language."""
    return gettext(VERBS[verb]) if verb in VERBS else verb


def kind_word(kind: str) -> str:
    """What it was done to, or a row that belongs to it."""
    word = KINDS.get(kind) or PARTS.get(kind)
    return gettext(word) if word else kind


def field_word(field: str) -> str:
    """The name of a field."""
    return gettext(FIELDS[field]) if field in FIELDS else field
