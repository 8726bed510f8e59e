"""Members of branches from spreadsheets (党员花名册).

Numbers of persons, telephones, dues and health are no columns of this kind: they are neither read nor kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lianjian.foundation.actor import Actor
from lianjian.foundation.batch import Batch, SheetRow
from lianjian.foundation.declare import Field, SheetKind, SheetPart
from lianjian.foundation.errors import _, translate

from ..actions.import_members import FULL, PROBATION, MemberLine, import_members
from .shared import SEX, report, text_of

KINDS = [
    SheetKind(
        "branch_member",
        _("党员花名册"),
        "sheets.import",
        words=("党员花名册", "党员名册", "党员名单", "党员信息", "党员基本情况", "党员情况", "在册党员"),
        order=30,
        listing="partylife:roster",
        unkept=(
            "身份证", "身份号", "证件号", "手机", "电话", "联系方式", "党费", "银行", "住址", "家庭地址", "户籍",
            "健康", "疾病",
        ),
    ),
]  # fmt: skip
MEMBERS = (
    Field("name", _("姓名"), "name", ("党员姓名", "名字", "name"), required=True),
    Field(
        "branch",
        _("党支部"),
        "org_name",
        (
            "所在党支部", "所属党支部", "所在支部", "所属支部", "支部", "党支部名称", "支部名称", "所在党组织",
            "所属党组织", "组织关系所在党支部", "branch",
        ),
        required=True,
    ),
    Field(
        "joined_on",
        _("入党日期"),
        "date",
        ("入党时间", "加入党组织日期", "加入党组织时间", "加入中共组织日期", "joined on"),
        required=True,
    ),
    Field("full_on", _("转正日期"), "date", ("转正时间", "转为正式党员日期", "转为正式党员时间", "成为正式党员日期")),
    Field(
        "since",
        _("转入本支部日期"),
        "date",
        ("编入本支部日期", "编入日期", "转入日期", "转入时间", "进入支部日期", "进入当前支部日期", "进入本支部时间"),
    ),
    Field(
        "standing", _("党员类别"), "choice", ("党员身份", "人员类别", "类别"),
        choices={FULL: ("正式党员", "正式"), PROBATION: ("预备党员", "预备")},
    ),
    Field("sex", _("性别"), "choice", ("sex", "gender"), choices=SEX),
    Field("occupation", _("职业(岗位)"), "text", ("职业", "岗位", "工作岗位", "职务", "工作单位及职务")),
    Field("group", _("党小组"), "text", ("所在党小组", "所属党小组", "党小组名称", "党员中心户")),
)  # fmt: skip


def _line(batch: Batch, row: SheetRow) -> MemberLine | None:
    values = row.values
    name = text_of(values.get("branch"))
    branch = batch.resolve_org(name, "", "party", row=row, field="branch")
    if branch is None:
        sentence = _("“%(name)s”不是名册里的党组织或有重名,这一行没有保存;请先登记党支部或核对名称。")
        batch.problem(row, "branch", "error", translate(sentence) % {"name": name})
        return None
    return MemberLine(
        number=row.number,
        name=text_of(values["name"]),
        branch=branch,
        joined_on=values["joined_on"],
        sex=str(values.get("sex") or "") if values.get("sex") in SEX else "",
        full_on=values.get("full_on"),
        since=values.get("since"),
        occupation=text_of(values.get("occupation")),
        group=text_of(values.get("group")),
        standing=str(values.get("standing") or ""),
    )


def store_members(*, actor: Actor, batch: Batch, rows: Sequence[SheetRow], now: datetime) -> None:
    """Store members with the branch each belongs to; nobody is moved, and no day is invented."""
    lines = [line for line in (_line(batch, row) for row in rows) if line is not None]
    result = import_members(
        actor=actor, jurisdiction_id=batch.jurisdiction_id, rows=lines, batch_key=str(batch.label), now=now
    )
    report(batch, rows, result, "member")


PARTS = [SheetPart("branch_member", MEMBERS, store_members)]
