"""Lists of imports, of names to decide and of what was kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor
from lianjian.foundation.listing import Badge, Column, ListSpec, Row, register

from .models import RIGHT, Import, KeptSheet, Memory, ReviewItem
from .queries.addresses import import_url
from .queries.wizard import TONES
from .specs import field_title, kind_title


def _imports(actor: Actor) -> QuerySet[Import]:
    return Import.objects.visible_to(actor)  # type: ignore[attr-defined,no-any-return]


def _import_row(values: Sequence[Any]) -> Row:
    key, name, state, who, at, receipt = values[:6]
    badge = Badge(Import.State(state).label, TONES[Import.State(state)])
    return Row(import_url(key), (name, badge, (receipt or {}).get("rows"), who, at))


def _search(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(name__icontains=text)


IMPORTS = register(
    ListSpec(
        name="sheets.imports",
        title=_("表格导入"),
        base=_imports,
        columns=(
            Column("name", _("文件")),
            Column("state", _("状态"), kind="state"),
            Column("rows", _("存入行数"), kind="number"),
            Column("who", _("上传人"), hide_small=True),
            Column("at", _("上传时间"), kind="date", sort="uploaded_at"),
        ),
        values=("key", "name", "state", "uploaded_by_name", "uploaded_at", "receipt"),
        row=_import_row,
        right=RIGHT,
        default_sort="-uploaded_at",
        state_field="state",
        states=Import.State.choices,
        search=_search,
        empty=(_("还没有导入过表格"), _("把手里的台账传上来：系统猜列、指出每处问题，导入后可以撤销。")),
    )
)


def _reviews(actor: Actor) -> QuerySet[ReviewItem]:
    return ReviewItem.objects.visible_to(actor)  # type: ignore[attr-defined,no-any-return]


def _review_row(values: Sequence[Any]) -> Row:
    key, name, candidates, count, state, at = values[:6]
    tones = {ReviewItem.State.OPEN: "due", ReviewItem.State.SAME: "done", ReviewItem.State.OTHER: "paused"}
    badge = Badge(ReviewItem.State(state).label, tones[ReviewItem.State(state)])
    names = "、".join(candidate["name"] for candidate in candidates)
    return Row(reverse("sheets:review", kwargs={"key": key}), (name, names, count, badge, at))


REVIEWS = register(
    ListSpec(
        name="sheets.reviews",
        title=_("名称核对"),
        base=_reviews,
        columns=(
            Column("name", _("表里的写法")),
            Column("candidates", _("可能是")),
            Column("count", _("出现次数"), kind="number", sort="count", hide_small=True),
            Column("state", _("状态"), kind="state"),
            Column("at", _("发现时间"), kind="date", sort="found_at", hide_small=True),
        ),
        values=("key", "name", "candidates", "count", "state", "found_at"),
        row=_review_row,
        right=RIGHT,
        default_sort="-found_at",
        state_field="state",
        states=ReviewItem.State.choices,
        search=_search,
        empty=(_("没有要核对的名称"), _("表里的名称与名册相近而不相同时，会列在这里，由您决定。")),
    )
)


def _kept(actor: Actor) -> QuerySet[KeptSheet]:
    return KeptSheet.objects.visible_to(actor)  # type: ignore[attr-defined,no-any-return]


def _kept_row(values: Sequence[Any]) -> Row:
    key, name, title, kind, columns, claimed = values[:6]
    state = Badge(_("已取用"), "done") if claimed else Badge(_("原样保存"), "neutral")
    about = kind_title(kind) if kind else _("整张表")
    return Row(
        reverse("sheets:kept_sheet", kwargs={"key": key}), (title or name, about, "、".join(columns), state)
    )


KEPT = register(
    ListSpec(
        name="sheets.kept",
        title=_("原样保存的表和列"),
        base=_kept,
        columns=(
            Column("title", _("表")),
            Column("kind", _("属于")),
            Column("columns", _("列"), hide_small=True),
            Column("state", _("状态"), kind="state"),
        ),
        values=("key", "name", "title", "kind", "columns", "claimed_by"),
        row=_kept_row,
        right=RIGHT,
        search=_search,
        empty=(_("没有原样保存的内容"), _("导入时系统还不会读的表和列会原样存在这里，不会丢。")),
    )
)


def _memories(actor: Actor) -> QuerySet[Memory]:
    return Memory.objects.visible_to(actor)  # type: ignore[attr-defined,no-any-return]


def _memory_row(values: Sequence[Any]) -> Row:
    key, what, kind, field, word, target, who, at = values[:8]
    shown = word.replace("|", "、")[:60]
    if what == Memory.What.SHEET:
        meaning = kind_title(target) if target else _("原样保存")
    elif what == Memory.What.COLUMN:
        meaning = f"{kind_title(kind)}：{field_title(kind, target) if target else _('不读')}"
    else:
        meaning = f"{field_title(kind, field)}：{target}"
    return Row(
        reverse("sheets:forget", kwargs={"key": key}), (shown, Memory.What(what).label, meaning, who, at)
    )


MEMORIES = register(
    ListSpec(
        name="sheets.memories",
        title=_("记住的更正"),
        base=_memories,
        columns=(
            Column("word", _("表里的写法")),
            Column("what", _("种类"), hide_small=True),
            Column("meaning", _("读作")),
            Column("who", _("更正人"), hide_small=True),
            Column("at", _("时间"), kind="date", sort="at", hide_small=True),
        ),
        values=("key", "what", "kind", "field", "word", "target", "by_name", "at"),
        row=_memory_row,
        right=RIGHT,
        default_sort="-at",
        empty=(_("还没有更正"), _("在“核对列”一步改过的对应关系会记在这里，下次自动照办。")),
    )
)
