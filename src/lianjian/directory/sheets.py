"""Enterprises and party organizations from spreadsheets: the columns they have, in the words offices use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lianjian.foundation.actor import Actor
from lianjian.foundation.batch import Batch, SheetRow
from lianjian.foundation.declare import Field, SheetKind, SheetPart
from lianjian.foundation.errors import _, translate

from .actions.bulk import store_enterprises, store_ledger_tags, store_party_organizations, store_tags
from .actions.team_import import SeatLine, import_team_members

FORMATIONS = {
    "own": ("单独", "单独建", "单独组建", "独立组建", "独立"),
    "joint": ("联合", "联合建", "联合组建"),
    "attached": ("挂靠", "挂靠建", "挂靠组建"),
    "none": ("无", "未组建", "未建", "没有", "未建立"),
}
OWNERSHIPS = {
    "state": ("国有", "国有企业", "国企", "国有控股", "国有独资", "央企", "全民所有制", "国有及国有控股"),
    "collective": ("集体", "集体企业", "集体控股", "集体所有制", "村集体企业", "乡镇集体企业"),
    "private": (
        "民营", "民营企业", "民企", "私营", "私营企业", "私企", "私人控股", "非公", "非公企业", "非公有制",
        "非公有制企业", "个体", "个体工商户",
    ),
    "hmt": ("港澳台", "港澳台资", "港澳台商投资", "港澳台商控股", "港资", "台资", "台商投资"),
    "foreign": ("外资", "外资企业", "外商投资", "外商独资", "外商控股", "外企"),
}  # fmt: skip
PARTY_FORMATIONS = {**FORMATIONS, "temporary": ("临时", "临时设立", "临时组建", "临时党支部")}

KINDS = [
    SheetKind(
        "party_organization",
        _("党组织"),
        "sheets.import",
        words=(
            "党组织一览表",
            "党组织名册",
            "党组织",
            "党支部",
            "支部名册",
            "基层党组织",
            "party organizations",
        ),
        order=10,
        listing="directory:organizations?state=party",
    ),
    SheetKind(
        "enterprise",
        _("企业台账"),
        "sheets.import",
        words=(
            "企业台账",
            "企业名册",
            "企业一览表",
            "企业基本情况",
            "企业信息",
            "企业名单",
            "非公企业",
            "enterprises",
        ),
        order=20,
        listing="directory:organizations?state=enterprise",
    ),
    SheetKind(
        "tagging",
        _("标签名单"),
        "sheets.import",
        words=("标签名单", "重点村名单", "重点企业名单", "村分类", "分类名单", "认定名单", "四类村", "tags"),
        order=25,
        listing="directory:taggings",
    ),
    SheetKind(
        "team_member",
        _("团队成员"),
        "sheets.import",
        words=(
            "志愿服务队成员", "志愿者名单", "志愿者名册", "志愿者花名册", "志愿服务队名单", "志愿服务队", "帮办团成员",
            "团队成员", "team members", "volunteers",
        ),
        order=45,
        listing="directory:team_members",
        unkept=("身份证", "身份号", "证件号", "手机", "电话", "联系方式", "住址", "健康", "疾病"),
    ),
]

ENTERPRISE = (
    Field(
        "name",
        _("企业名称"),
        "org_name",
        ("公司名称", "单位名称", "企业全称", "企业", "名称", "enterprise name", "company"),
        required=True,
    ),
    Field(
        "code",
        _("统一社会信用代码"),
        "code_uscc",
        ("信用代码", "社会信用代码", "统一信用代码", "组织机构代码", "税号", "credit code", "uscc"),
        expected=True,
    ),
    Field("industry", _("所属行业"), "industry", ("行业", "行业类别", "行业代码", "行业分类", "industry")),
    Field(
        "ownership",
        _("所有制"),
        "choice",
        ("企业性质", "所有制性质", "经济性质", "经济类型", "企业经济类型", "控股情况", "所有制形式", "ownership"),
        choices=OWNERSHIPS,
    ),
    Field(
        "legal_representative",
        _("法定代表人"),
        "name",
        ("法人", "法人代表", "企业法人", "企业负责人", "负责人", "legal representative"),
    ),
    Field(
        "phone", _("联系电话"), "phone", ("电话", "手机", "手机号", "手机号码", "联系方式", "phone", "mobile")
    ),
    Field(
        "staff",
        _("职工数"),
        "count",
        ("职工人数", "员工数", "员工人数", "从业人数", "从业人员", "用工人数", "人数", "employees", "staff"),
        unit="人",
    ),
    Field(
        "above_scale",
        _("是否规上"),
        "yes_no",
        ("规上", "规上企业", "是否规模以上", "规模以上", "规模以上企业", "above scale"),
    ),
    Field(
        "members",
        _("党员数"),
        "count",
        ("党员人数", "党员总数", "党员", "正式党员数", "party members"),
        unit="人",
    ),
    Field(
        "formation", _("组织形式"), "choice", ("组建形式", "组建方式", "党组织组建形式"), choices=FORMATIONS
    ),
    Field(
        "branch",
        _("所属党组织"),
        "org_name",
        ("党组织", "党组织名称", "所在党组织", "隶属党组织", "所属党支部"),
    ),
    Field("secretary", _("书记"), "name", ("党组织书记", "支部书记", "书记姓名", "secretary")),
    Field("tags", _("标签"), "text", ("企业标签", "重点企业类别", "企业类型标签", "tags")),
)

PARTY_ORGANIZATION = (
    Field("name", _("党组织名称"), "org_name", ("支部名称", "党支部名称", "组织名称", "名称"), required=True),
    Field("category", _("类别"), "text", ("党组织类别", "组织类别", "类型", "级别")),
    Field("formation", _("组建形式"), "choice", ("组建方式", "组织形式"), choices=PARTY_FORMATIONS),
    Field("parent", _("上级党组织"), "org_name", ("上级组织", "隶属党组织", "隶属关系", "所属党委", "上级")),
    Field("secretary", _("书记"), "name", ("党组织书记", "支部书记", "书记姓名", "负责人")),
    Field("members", _("党员数"), "count", ("党员人数", "党员总数", "正式党员数", "党员"), unit="人"),
)

TAGGING = (
    Field(
        "name",
        _("组织名称"),
        "org_name",
        ("单位名称", "村名", "村名称", "村(社区)", "企业名称", "单位", "名称", "organization"),
        required=True,
    ),
    Field("code", _("统一社会信用代码"), "code_uscc", ("信用代码", "社会信用代码", "credit code")),
    Field("tags", _("标签"), "text", ("分类", "类别", "村类别", "认定为", "名单类别", "tag"), required=True),
    Field("since", _("起始日期"), "date", ("认定日期", "认定时间", "开始日期", "起始", "自", "from")),
    Field("until", _("结束日期"), "date", ("截止日期", "到期日期", "有效期至", "至", "until")),
    Field(
        "document",
        _("依据文件"),
        "text",
        ("文号", "认定文件", "文件", "依据", "来源文件", "document"),
        required=True,
    ),
)

TEAM_MEMBER = (
    Field("team", _("团队"), "text", ("志愿服务队", "服务队", "队伍名称", "团队名称", "帮办团", "team"), required=True),
    Field("name", _("姓名"), "name", ("成员姓名", "志愿者姓名", "队员姓名", "名字", "name"), required=True),
    Field("unit", _("派出单位"), "org_name", ("所在单位", "工作单位", "所在党支部", "所属党支部", "单位")),
    Field("task", _("分工"), "text", ("职责", "队内职务", "岗位", "职务")),
    Field("since", _("加入日期"), "date", ("加入时间", "入队日期", "入队时间", "加入服务队时间")),
)


def _seat(batch: Batch, row: SheetRow) -> SeatLine:
    """A row of the sheet; a unit that nobody recognises is left out with a word to look at."""
    values = row.values
    name = str(values.get("unit") or "").strip()
    unit = batch.resolve_org(name, row=row, field="unit") if name else None
    if name and unit is None:
        sentence = _("“%(name)s”不在名册里或有重名,成员先保存,派出单位请在团队里补上。")
        batch.problem(row, "unit", "warning", translate(sentence) % {"name": name})
    text = {field: str(values.get(field) or "").strip() for field in ("team", "name", "task")}
    return SeatLine(row.number, text["team"], text["name"], unit, text["task"], values.get("since"))


def store_team_members(*, actor: Actor, batch: Batch, rows: Sequence[SheetRow], now: datetime) -> None:
    """Seat the people in their teams."""
    lines = [_seat(batch, row) for row in rows]
    result = import_team_members(
        actor=actor, jurisdiction_id=batch.jurisdiction_id, rows=lines, batch_key=str(batch.label), now=now
    )
    for person in result.people:
        batch.make(person)
    for row in rows:
        if row.number in result.made:
            batch.make(result.made[row.number], row)
        if row.number in result.refused:
            refusal = result.refused[row.number]
            batch.problem(row, refusal.field or "name", "error", str(refusal))


PARTS = [
    SheetPart("team_member", TEAM_MEMBER, store_team_members),
    SheetPart("party_organization", PARTY_ORGANIZATION, store_party_organizations),
    SheetPart("enterprise", ENTERPRISE, store_enterprises),
    SheetPart("enterprise", (), store_ledger_tags),
    SheetPart("tagging", TAGGING, store_tags),
]
