"""Stations and instructors in the ledger of enterprises, and the list of dispatched cadres."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from lianjian.foundation.actor import Actor
from lianjian.foundation.batch import Batch, SheetRow
from lianjian.foundation.clock import local_day
from lianjian.foundation.declare import Field, SheetKind, SheetPart
from lianjian.foundation.errors import _, translate

from .actions import CadreLine, CoverageLine, import_cadres, import_coverage

KINDS = [
    SheetKind(
        "dispatched_cadre",
        _("派驻干部"),
        "sheets.import",
        words=("派驻干部", "下派干部", "派驻名单", "选派干部", "下派党建指导站干部", "干部名单"),
        order=30,
        listing="coverage:people",
    )
]

COVERAGE = (
    Field(
        "station",
        _("指导站"),
        "org_name",
        ("党建指导站", "所属指导站", "联系指导站", "覆盖指导站", "station"),
    ),
    Field(
        "instructor",
        _("红管家"),
        "people",
        ("党建指导员", "指导员", "联系人员", "鲁班红管家", "企业管家", "包联干部", "instructor"),
    ),
)
CADRE = (
    Field("name", _("姓名"), "name", ("干部姓名", "名字", "name"), required=True),
    Field(
        "origin",
        _("原单位及职务"),
        "text",
        ("原单位", "工作单位及职务", "单位职务", "原工作单位", "单位及职务"),
    ),
    Field(
        "station",
        _("派驻指导站"),
        "org_name",
        ("派驻单位", "派驻地点", "下派单位", "指导站", "派驻站点"),
        required=True,
    ),
    Field("resident", _("是否常驻党群服务中心"), "yes_no", ("是否常驻", "常驻", "是否驻点")),
    Field("phone", _("联系电话"), "phone", ("电话", "手机", "手机号", "联系方式")),
    Field("since", _("派驻起始"), "date", ("派驻时间", "派驻日期", "开始日期", "起始日期", "到岗时间")),
)


def first_day(batch: Batch, now: datetime) -> date:
    """The first day of the sheet's year, today at the latest: a ledger of a year speaks for that year."""
    today = local_day(now)
    return min(date(batch.year, 1, 1), today) if batch.year else date(today.year, 1, 1)


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.replace(",", "、").replace(",", "、").split("、")
    return tuple(dict.fromkeys(name.strip() for name in value or () if name.strip()))


def _station(batch: Batch, row: SheetRow, severity: Any) -> Any | None:
    """The station a row names, by exact name, alias or code; anything else is for a person."""
    name = str(row.values.get("station") or "").strip()
    if not name:
        return None
    found = batch.resolve_org(name, "", "station", row=row, field="station")
    if found is None:
        sentence = translate(_("名册里没有叫“%(name)s”的指导站,请先登记或核对名称。")) % {"name": name}
        batch.problem(row, "station", severity, sentence)
    return found


def store_coverage(*, actor: Actor, batch: Batch, rows: Sequence[SheetRow], now: datetime) -> None:
    """Store who covers the enterprises of a ledger. Runs after the directory's part, which made or knew each firm."""
    lines = [
        CoverageLine(
            number=row.number,
            enterprise=row.made["organization"],
            station=_station(batch, row, "warning"),
            instructors=_names(row.values.get("instructor")),
        )
        for row in rows
        if "organization" in row.made
    ]
    result = import_coverage(
        actor=actor,
        jurisdiction_id=batch.jurisdiction_id,
        rows=lines,
        since=first_day(batch, now),
        batch_key=batch.label,
        now=now,
    )
    for made in (*result.people, *result.made):
        batch.make(made)
    for instance, before in result.changed:
        batch.change(instance, before)
    for row in rows:
        for field, refusal in result.refused.get(row.number, ()):
            batch.problem(row, field, "warning", str(refusal))


def store_cadres(*, actor: Actor, batch: Batch, rows: Sequence[SheetRow], now: datetime) -> None:
    """Store dispatched cadres."""
    lines = []
    for row in rows:
        station = _station(batch, row, "error")
        if station is None:
            continue
        lines.append(
            CadreLine(
                number=row.number,
                name=str(row.values["name"]),
                station=station,
                since=row.values.get("since") or first_day(batch, now),
                origin=str(row.values.get("origin") or ""),
                resident=row.values.get("resident") is True,
                phone=str(row.values.get("phone") or ""),
            )
        )
    result = import_cadres(
        actor=actor, jurisdiction_id=batch.jurisdiction_id, rows=lines, batch_key=batch.label, now=now
    )
    for person in result.people:
        batch.make(person)
    for row in rows:
        if row.number in result.made:
            row.made["membership"] = result.made[row.number]
            batch.make(result.made[row.number], row)
        if row.number in result.refused:
            refusal = result.refused[row.number]
            batch.problem(row, refusal.field or "name", "error", str(refusal))
    for instance, before in result.changed:
        batch.change(instance, before)


PARTS = [
    SheetPart("enterprise", COVERAGE, store_coverage),
    SheetPart("dispatched_cadre", CADRE, store_cadres),
]
