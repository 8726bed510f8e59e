"""Needs from and to spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from lianjian.duties.models import Duty
from lianjian.events.queries import VISITABLE
from lianjian.events.sheets import people_text
from lianjian.foundation.actor import Actor
from lianjian.foundation.dates import Period
from lianjian.foundation.declare import Field, SheetKind, SheetPart
from lianjian.foundation.errors import _
from lianjian.rulebook.models import Evaluation

from . import rules
from .actions.importing import NeedLine, adopt_needs, import_needs
from .models import Case

KIND = SheetKind(
    "need",
    _("涉企需求"),
    "sheets.import",
    words=("涉企需求", "需求办理", "需求台账", "诉求台账", "问题台账", "企业诉求", "诉求办理", "needs"),
    order=70,
    listing="cases:list",
)

FIELDS = (
    Field("number", _("编号"), "text", ("需求编号", "事项编号", "诉求编号", "no.")),
    Field(
        "date",
        _("日期"),
        "date",
        ("收集日期", "提出时间", "登记时间", "受理日期", "提出日期", "时间"),
        required=True,
    ),
    Field(
        "enterprise",
        _("企业名称"),
        "org_name",
        ("企业", "提出企业", "诉求企业", "诉求人", "单位名称"),
        required=True,
    ),
    Field(
        "content",
        _("需求内容"),
        "text",
        ("诉求内容", "问题内容", "具体需求", "需求", "问题", "诉求"),
        required=True,
    ),
    Field("category", _("类别"), "text", ("需求类别", "诉求类别", "问题类型", "类型")),
    Field("source", _("来源"), "text", ("需求来源", "收集渠道", "渠道", "收集方式")),
    Field("office", _("责任单位"), "text", ("承办单位", "办理单位", "牵头单位", "责任部门")),
    Field("officer", _("责任人"), "people", ("承办人", "经办人", "办理人")),
    Field("due", _("办理时限"), "deadline", ("时限", "办结时限", "完成时限", "办理期限")),
    Field("progress", _("办理情况"), "text", ("进展情况", "办理进展", "处理情况", "办理结果")),
    Field("done_on", _("完成日期"), "date", ("办结日期", "完成时间", "办结时间", "解决日期")),
    Field("state", _("状态"), "text", ("办理状态", "是否办结", "是否解决", "办结情况")),
    Field("rating", _("企业评价"), "text", ("满意度", "评价", "企业满意度")),
    Field("evidence", _("佐证"), "text", ("佐证材料", "证明材料")),
)


def _text(row: Any, field: str) -> str:
    value = row.values.get(field)
    return "" if value is None else str(value).strip()


def _due(value: Any) -> tuple[int | None, str, date | None]:
    """(amount, unit, day) of a limit as the ledger gives it; nothing when it could not be read."""
    if isinstance(value, Period):
        return value.n, value.unit, None
    if isinstance(value, date):
        return None, "", value
    return None, "", None


def _state(row: Any, batch: Any, told_on: date) -> tuple[str, date | None]:
    """State and last day of a line; what does not fit together is reported and read the cautious way."""
    done_on = row.values.get("done_on")
    written = _text(row, "state")
    state = rules.state_of(written, has_end=done_on is not None)
    if not state:
        batch.problem(
            row, "state", "warning", gettext("状态“%(state)s”读不懂,先按办理中保存。") % {"state": written}
        )
        return "handling", None
    if state != "closed":
        return state, None
    if done_on is None:
        batch.problem(row, "done_on", "warning", gettext("已办结但没有完成日期,先按登记日期保存。"))
        return state, told_on
    if done_on < told_on:
        batch.problem(row, "done_on", "warning", gettext("完成日期早于登记日期,请核对。"))
    return state, done_on


def _line(row: Any, batch: Any) -> NeedLine:
    told_on: date = row.values["date"]
    name, unit_name = _text(row, "enterprise"), _text(row, "office")
    found = batch.resolve_org(name, "", VISITABLE, row=row, field="enterprise")
    if found is None:
        sentence = gettext("“%(name)s”不在名册里或有重名,诉求先按原文保存,请核对。") % {"name": name}
        batch.problem(row, "enterprise", "warning", sentence)
    unit = batch.resolve_org(unit_name) if unit_name else None
    if unit is not None and unit.jurisdiction_id != batch.jurisdiction_id:
        unit = None
    amount, measure, due_on = _due(row.values.get("due"))
    state, closed_on = _state(row, batch, told_on)
    return NeedLine(
        number=row.number,
        told_on=told_on,
        text=_text(row, "content"),
        organization=found,
        organization_text=name,
        external_number=_text(row, "number"),
        category=_text(row, "category"),
        source=rules.source_of(_text(row, "source")),
        handler=unit,
        handler_text=unit_name,
        handler_person=people_text(row.values.get("officer")),
        amount=amount,
        unit=measure,
        due_on=due_on,
        progress=_text(row, "progress"),
        closed_on=closed_on,
        state=state,
        rating=rules.rating_of(_text(row, "rating")),
        evidence=_text(row, "evidence"),
    )


def store(*, actor: Actor, batch: Any, rows: Sequence[Any], now: datetime) -> None:
    """Store the good rows. A firm or unit that nobody recognises stays as text with a problem to look at."""
    lines = [_line(row, batch) for row in rows]
    made = import_needs(
        actor=actor, jurisdiction_id=batch.jurisdiction_id, rows=lines, batch_key=str(batch.label), now=now
    )
    # In the order in which they hang on one another, so that an undo can take them back from the end.
    batch.make_many(Evaluation, made.evaluations)
    stored = [row for row in rows if row.number in made.cases]
    for row in stored:
        row.made["case"] = made.cases[row.number]
    batch.make_many(Case, [made.cases[row.number].pk for row in stored], stored)
    batch.make_many(Duty, made.duties)


KINDS = [KIND]
PARTS = [SheetPart("need", FIELDS, store, adopt=adopt_needs)]
