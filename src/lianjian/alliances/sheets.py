"""Who takes part in campaigns, from spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lianjian.foundation.actor import Actor
from lianjian.foundation.batch import Batch, SheetRow
from lianjian.foundation.declare import Field, SheetKind, SheetPart
from lianjian.foundation.errors import _, translate

from .actions.importing import PartLine, import_participants
from .rules import campaigns as rules

KIND = SheetKind(
    "campaign_part",
    _("活动参加名单"),
    "sheets.import",
    words=("活动参加名单", "参加活动单位", "专项行动名单", "整治整改名单", "参与活动企业"),
    order=58,
    listing="alliances:participants",
)
FIELDS = (
    Field("campaign", _("所属活动"), "text", ("活动", "活动名称", "专项行动", "行动名称"), required=True),
    Field("organization", _("单位"), "org_name", ("参加单位", "企业", "企业名称", "单位名称"), required=True),
    Field(
        "status",
        _("参加状态"),
        "choice",
        ("状态", "参加情况"),
        choices={
            rules.INVITED: ("已邀请", "邀请"),
            rules.PILOT: ("先行试点", "试点"),
            rules.JOINED: ("已参加", "参加"),
        },
        closed=True,
    ),
    Field("on", _("参加日期"), "date", ("加入日期", "参加时间", "邀请日期")),
)


def _line(batch: Batch, row: SheetRow) -> PartLine | None:
    name = str(row.values.get("organization") or "").strip()
    body = batch.resolve_org(name, row=row, field="organization")
    if body is None:
        sentence = _("“%(name)s”不在名册里或有重名,这一行没有保存;请先登记单位或核对名称。")
        batch.problem(row, "organization", "error", translate(sentence) % {"name": name})
        return None
    return PartLine(
        number=row.number,
        campaign=str(row.values.get("campaign") or "").strip(),
        organization=body,
        status=str(row.values.get("status") or rules.JOINED),
        on=row.values.get("on"),
    )


def store(*, actor: Actor, batch: Batch, rows: Sequence[SheetRow], now: datetime) -> None:
    """Store the good rows; who is in the campaign already says nothing new."""
    lines = [line for line in (_line(batch, row) for row in rows) if line is not None]
    result = import_participants(
        actor=actor, jurisdiction_id=batch.jurisdiction_id, rows=lines, batch_key=str(batch.label), now=now
    )
    for row in rows:
        if row.number in result.made:
            batch.make(result.made[row.number], row)
        if row.number in result.refused:
            refusal = result.refused[row.number]
            batch.problem(row, refusal.field or "campaign", "error", str(refusal))


KINDS = [KIND]
PARTS = [SheetPart("campaign_part", FIELDS, store)]
