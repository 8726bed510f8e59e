"""Lists of resources, projects and activities from spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from lianjian.foundation.actor import Actor
from lianjian.foundation.batch import Batch, SheetRow
from lianjian.foundation.declare import Field, SheetKind, SheetPart
from lianjian.foundation.errors import _

from . import rules
from .actions.importing import ItemLine, import_items

KIND = SheetKind(
    "item",
    _("资源、项目、活动清单"),
    "sheets.import",
    words=("资源清单", "项目清单", "活动清单", "四张清单", "四项清单", "共享资源"),
    order=55,
    listing="lists:list",
)
FIELDS = (
    Field(
        "list",
        _("清单"),
        "choice",
        ("清单类型", "清单种类", "所属清单"),
        choices={
            "resource": ("资源", "资源清单"),
            "project": ("项目", "项目清单"),
            "activity": ("活动", "活动清单"),
            "need": ("需求", "需求清单"),
        },
    ),
    Field(
        "organization", _("发布单位"), "org_name", ("单位", "提供单位", "单位名称", "党组织"), required=True
    ),
    Field("title", _("名称"), "text", ("资源名称", "项目名称", "活动名称", "内容", "事项"), required=True),
    Field("category", _("类别"), "text", ("资源类别", "类型", "分类")),
    Field("text", _("说明"), "text", ("简介", "情况说明", "备注", "具体内容")),
    Field("capacity", _("数量"), "count", ("可用数量", "规模", "名额")),
    Field("unit", _("计量单位"), "text", ("数量单位", "计量")),
    Field("place", _("地点"), "text", ("地址", "位置")),
    Field("expires_on", _("截止日期"), "date", ("截止", "有效期至", "有效期")),
)


def _amount(value: Any) -> Decimal | None:
    """A number, also an approximate one ("10余"): its lower bound."""
    if value is None:
        return None
    number = value if isinstance(value, int | float | Decimal) else getattr(value, "nominal", None)
    if number is None:
        return None
    found = Decimal(str(number))
    # What is no quantity of anything is left out, not stored wrongly.
    return found.quantize(Decimal("0.01")) if rules.SMALLEST <= found <= rules.LARGEST else None


def _text(row: SheetRow, field: str) -> str:
    return str(row.values.get(field) or "").strip()


def _line(batch: Batch, row: SheetRow) -> ItemLine | None:
    kind = _text(row, "list") or "resource"
    if kind not in ("resource", "project", "activity"):
        sentence = gettext("需求请用诉求表导入,再从诉求页面发布;这一行没有保存。")
        batch.problem(row, "list", "error", sentence)
        return None
    name = _text(row, "organization")
    body = batch.resolve_org(name, row=row, field="organization")
    if body is None or body.jurisdiction_id != batch.jurisdiction_id:
        sentence = gettext("“%(name)s”不在本地区名册里或有重名,这一行没有保存;请先登记单位再导入。") % {
            "name": name
        }
        batch.problem(row, "organization", "error", sentence)
        return None
    return ItemLine(
        number=row.number,
        organization=body,
        kind=kind,
        title=_text(row, "title"),
        category=_text(row, "category"),
        text=_text(row, "text"),
        place=_text(row, "place"),
        capacity=_amount(row.values.get("capacity")),
        unit=_text(row, "unit"),
        expires_on=row.values.get("expires_on"),
    )


def store(*, actor: Actor, batch: Batch, rows: Sequence[SheetRow], now: datetime) -> None:
    """Store the good rows; what is on the list already says nothing new."""
    lines = [line for line in (_line(batch, row) for row in rows) if line is not None]
    result = import_items(
        actor=actor, jurisdiction_id=batch.jurisdiction_id, rows=lines, batch_key=str(batch.label), now=now
    )
    for row in rows:
        if row.number in result.made:
            row.made["item"] = result.made[row.number]
            batch.make(result.made[row.number], row)
        if row.number in result.unknown:
            sentence = gettext("类别“%(word)s”不在选项里,先归入“其他”;可在联建选项里增加。")
            batch.problem(row, "category", "warning", sentence % {"word": _text(row, "category")})
        if row.number in result.over:
            batch.problem(row, "expires_on", "error", gettext("截止日期已经过去,这一行没有保存。"))


KINDS = [KIND]
PARTS = [SheetPart("item", FIELDS, store)]
