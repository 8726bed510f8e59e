"""Found members and members in development from spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.batch import Batch, SheetRow
from lianjian.foundation.declare import Field, SheetKind, SheetPart
from lianjian.foundation.errors import _, translate

from ..actions import DevelopmentLine, FoundLine, adopt_firm, import_applicants, import_found_members
from .shared import SEX, report, text_of

KINDS = [
    SheetKind(
        "found_member",
        _("双找党员"),
        "sheets.import",
        words=("双找党员", "双找", "找党员", "流动党员", "双联共管", "找出企业党员", "隐形党员", "口袋党员"),
        order=40,
        listing="partylife:found",
    ),
    SheetKind(
        "development",
        _("发展党员"),
        "sheets.import",
        words=("发展党员", "入党积极分子", "党员发展", "入党申请人"),
        order=50,
        listing="partylife:applicants",
    ),
]

FIRMS = ("enterprise", "social", "cooperative")
FOUND = (
    Field("name", _("姓名"), "name", ("党员姓名", "名字", "name"), required=True),
    Field("sex", _("性别"), "choice", ("sex", "gender"), choices=SEX),
    Field(
        "enterprise",
        _("所在企业"),
        "org_name",
        ("企业", "工作单位", "就业企业", "企业名称", "所在单位"),
        required=True,
    ),
    Field(
        "home_branch",
        _("组织关系所在党支部"),
        "org_name",
        ("组织关系所在支部", "组织关系所在党组织", "组织关系", "原党支部", "原支部", "组织关系所在单位"),
    ),
    Field(
        "joint_branch",
        _("联系共管党支部"),
        "org_name",
        ("共管党支部", "联系党支部", "纳管党支部", "共管支部", "联系共管支部", "双联共管党支部"),
    ),
    Field(
        "found_on",
        _("找出日期"),
        "date",
        ("找到日期", "排查日期", "登记日期", "摸排时间", "找出时间"),
        required=True,
    ),
    Field("managed_on", _("纳管日期"), "date", ("纳管时间", "共管日期", "共管时间")),
)
DEVELOPMENT = (
    Field("name", _("姓名"), "name", ("发展对象姓名", "申请人姓名", "名字", "name"), required=True),
    Field("sex", _("性别"), "choice", ("sex", "gender"), choices=SEX),
    Field(
        "enterprise", _("所在企业"), "org_name", ("企业", "工作单位", "企业名称", "所在单位"), required=True
    ),
    Field("kind", _("身份"), "text", ("岗位", "职务", "人员类别", "类别")),
    Field(
        "applied_on",
        _("递交申请书日期"),
        "date",
        ("申请入党时间", "递交入党申请书时间", "申请日期", "入党申请时间", "递交申请书时间"),
        required=True,
    ),
    Field(
        "activist_on",
        _("确定积极分子日期"),
        "date",
        ("列为积极分子时间", "积极分子日期", "确定为入党积极分子时间", "确定积极分子时间"),
    ),
    Field(
        "target_on",
        _("确定发展对象日期"),
        "date",
        ("列为发展对象时间", "发展对象日期", "确定为发展对象时间", "确定发展对象时间"),
    ),
    Field(
        "probationary_on",
        _("接收预备党员日期"),
        "date",
        ("预备党员日期", "接收为预备党员时间", "接收预备党员时间", "入党时间"),
    ),
    Field("full_on", _("转正日期"), "date", ("转正时间", "转为正式党员时间", "转为正式党员日期")),
    Field("contacts", _("培养联系人"), "people", ("联系人", "入党介绍人", "培养人")),
)


def _enterprise(batch: Batch, row: SheetRow) -> tuple[Organization | None, str]:
    """The firm of a row; one that nobody recognises stays as text and is put before a person."""
    name = text_of(row.values.get("enterprise"))
    found = batch.resolve_org(name, "", FIRMS, row=row, field="enterprise")
    if found is None:
        sentence = translate(_("“%(name)s”不在名册里或有重名,先按原文保存,请核对。")) % {"name": name}
        batch.problem(row, "enterprise", "warning", sentence)
    return found, name


def _branch(batch: Batch, row: SheetRow, field: str, name: str) -> Organization | None:
    """A registered branch; a branch outside the county stays as text, which is nothing to worry about."""
    return batch.resolve_org(name, "", "party", row=row, field=field) if name else None


def store_found(*, actor: Actor, batch: Batch, rows: Sequence[SheetRow], now: datetime) -> None:
    """Store found members. One whose joint branch is named was taken up the day he was found, if no other is given."""
    lines = []
    for row in rows:
        values = row.values
        enterprise, text = _enterprise(batch, row)
        home, joint = text_of(values.get("home_branch")), text_of(values.get("joint_branch"))
        lines.append(
            FoundLine(
                number=row.number,
                name=text_of(values["name"]),
                sex=values.get("sex") if values.get("sex") in SEX else "",
                enterprise=enterprise,
                enterprise_text=text,
                home_branch=_branch(batch, row, "home_branch", home),
                home_branch_text=home,
                joint_branch=_branch(batch, row, "joint_branch", joint),
                joint_branch_text=joint,
                found_on=values["found_on"],
                managed_on=values.get("managed_on") or (values["found_on"] if joint else None),
            )
        )
    result = import_found_members(
        actor=actor, jurisdiction_id=batch.jurisdiction_id, rows=lines, batch_key=str(batch.label), now=now
    )
    report(batch, rows, result, "found_member")


def store_development(*, actor: Actor, batch: Batch, rows: Sequence[SheetRow], now: datetime) -> None:
    """Store people on their way into the party; each step counts in the year of its own day."""
    lines = []
    for row in rows:
        values = row.values
        enterprise, text = _enterprise(batch, row)
        lines.append(
            DevelopmentLine(
                number=row.number,
                name=text_of(values["name"]),
                sex=values.get("sex") if values.get("sex") in SEX else "",
                enterprise=enterprise,
                enterprise_text=text,
                kind=text_of(values.get("kind")),
                applied_on=values["applied_on"],
                activist_on=values.get("activist_on"),
                target_on=values.get("target_on"),
                probationary_on=values.get("probationary_on"),
                full_on=values.get("full_on"),
                contacts=text_of(values.get("contacts")),
            )
        )
    result = import_applicants(
        actor=actor, jurisdiction_id=batch.jurisdiction_id, rows=lines, batch_key=str(batch.label), now=now
    )
    report(batch, rows, result, "applicant")


PARTS = [
    SheetPart("found_member", FOUND, store_found, adopt=adopt_firm),
    SheetPart("development", DEVELOPMENT, store_development),
]
