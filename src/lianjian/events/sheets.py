"""Visits from and to spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Field, SheetKind, SheetPart
from lianjian.foundation.errors import _

from .actions.importing import VisitLine, adopt_visits, import_visits
from .models import Visit
from .queries import VISITABLE

KIND = SheetKind(
    "visit",
    _("走访记录"),
    "sheets.import",
    words=("走访记录", "走访台账", "走访企业", "走访登记", "走访", "visits"),
    order=60,
    listing="events:visits",
)

FIELDS = (
    Field("date", _("日期"), "date", ("走访日期", "走访时间", "时间", "date"), required=True),
    Field(
        "visitors",
        _("红管家"),
        "people",
        ("走访人", "走访人员", "走访干部", "指导员", "党建指导员", "干部", "visitors"),
    ),
    Field(
        "enterprise",
        _("企业"),
        "org_name",
        ("企业名称", "走访企业", "走访对象", "被走访企业", "单位名称"),
        required=True,
    ),
    Field("received_by", _("接待人"), "name", ("接待人员", "企业联系人", "受访人", "联系人")),
    Field("content", _("走访内容"), "text", ("走访情况", "内容", "走访事项", "主要内容", "情况")),
    Field(
        "needs_found",
        _("发现需求"),
        "count",
        ("发现需求数", "发现问题", "收集需求", "需求数", "收集诉求"),
        unit="个",
    ),
    Field("remark", _("备注"), "text", ("说明",)),
)


def people_text(value: Any) -> str:
    """Names of a cell, whether they came as a text or as several names."""
    if isinstance(value, str):
        return value.strip()
    return "、".join(str(name) for name in value or ())


def whole_number(value: Any) -> int:
    """A count, also of an approximate one ("10余"): its lower bound."""
    if value is None:
        return 0
    number = value if isinstance(value, int | float) else getattr(value, "nominal", 0)
    return max(0, min(int(number), 32767))


def store(*, actor: Actor, batch: Any, rows: Sequence[Any], now: datetime) -> None:
    """Store the good rows; an enterprise that nobody recognises stays as text with a problem to look at."""
    lines = []
    known: dict[str, Any] = {}
    for row in rows:
        values = row.values
        name = str(values.get("enterprise") or "").strip()
        found = known.get(name)
        if found is None:
            found = batch.resolve_org(name, "", VISITABLE, row=row, field="enterprise")
            if found is not None:
                known[name] = found
        if found is None:
            sentence = gettext("“%(name)s”不在名册里或有重名,走访记录先按原文保存,请核对。") % {"name": name}
            batch.problem(row, "enterprise", "warning", sentence)
        lines.append(
            VisitLine(
                row.number,
                values["date"],
                people_text(values.get("visitors")),
                found,
                name,
                str(values.get("received_by") or ""),
                str(values.get("content") or ""),
                whole_number(values.get("needs_found")),
                str(values.get("remark") or ""),
            )
        )
    made = import_visits(
        actor=actor, jurisdiction_id=batch.jurisdiction_id, rows=lines, batch_key=str(batch.label), now=now
    )
    for row in rows:
        if row.number in made:
            row.made["visit"] = made[row.number]
    stored = [row for row in rows if row.number in made]
    batch.make_many(Visit, [made[row.number] for row in stored], stored)


KINDS = [KIND]
PARTS = [SheetPart("visit", FIELDS, store, adopt=adopt_visits)]
