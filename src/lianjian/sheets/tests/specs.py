"""Kinds of sheets as tests declare them; the real declarations come from the apps."""

from __future__ import annotations

from lianjian.sheets.reading.spec import FieldSpec as F
from lianjian.sheets.reading.spec import KindSpec

FORMS = {
    "single": ["单独", "单独组建"],
    "joint": ["联合", "联合组建"],
    "attached": ["挂靠"],
    "none": ["无", "未组建"],
}
ENTERPRISE = KindSpec(
    "enterprise",
    "企业台账",
    [
        F(
            "name",
            "企业名称",
            "org_name",
            ["公司名称", "单位名称", "企业全称", "名称", "enterprise name", "company"],
            required=True,
        ),
        F(
            "code",
            "统一社会信用代码",
            "code_uscc",
            ["信用代码", "社会信用代码", "组织机构代码", "税号", "credit code", "uscc"],
            expected=True,
        ),
        F("industry", "所属行业", "industry", ["行业", "行业类别", "行业代码", "industry"]),
        F(
            "legal_person",
            "法定代表人",
            "name",
            ["法人", "法人代表", "企业负责人", "负责人", "legal representative"],
        ),
        F("phone", "联系电话", "phone", ["电话", "手机", "手机号码", "联系方式", "phone", "mobile"]),
        F(
            "staff",
            "职工数",
            "count",
            ["职工人数", "员工数", "员工人数", "从业人数", "用工人数", "employees", "staff"],
            unit="人",
        ),
        F(
            "above_scale",
            "是否规上",
            "yes_no",
            ["规上", "规上企业", "是否规模以上", "规模以上企业", "above scale"],
        ),
        F(
            "progress",
            "两整进度",
            "choice",
            ["两整", "两整情况", "整改进度"],
            choices={
                "pilot": ["试点"],
                "done": ["已完成", "完成"],
                "doing": ["整改中", "进行中"],
                "none": ["未启动"],
            },
        ),
        F("station", "指导站", "org_name", ["党建指导站", "所属指导站", "联系指导站", "station"]),
        F("instructor", "红管家", "name", ["党建指导员", "指导员", "联系人员", "instructor"]),
        F("members", "党员数", "count", ["党员人数", "党员总数", "党员", "party members"], unit="人"),
        F("form", "组织形式", "choice", ["组建形式", "组建方式", "党组织形式"], choices=FORMS),
        F(
            "branch",
            "所属党组织",
            "org_name",
            ["党组织名称", "党组织", "所在党支部", "党支部名称", "party branch"],
        ),
        F("secretary", "书记", "name", ["党组织书记", "支部书记", "书记姓名", "secretary"]),
        F(
            "revenue",
            "年收入",
            "money",
            ["年营业收入", "营业收入", "主营业务收入", "年产值", "revenue"],
            unit="元",
        ),
        F("land", "占地面积", "area", ["用地面积", "占地", "land area"], unit="平方米"),
        F("remark", "备注", "text", ["说明"]),
    ],
    ["企业台账", "企业名册", "企业一览表", "企业基本情况", "企业信息", "非公企业", "enterprises"],
)
PARTY_ORGANIZATION = KindSpec(
    "party_organization",
    "党组织",
    [
        F("name", "党组织名称", "org_name", ["支部名称", "党支部名称", "组织名称", "名称"], required=True),
        F("category", "类别", "text", ["党组织类别", "组织类别", "类型"]),
        F("form", "组建形式", "choice", ["组建方式", "组织形式"], choices=FORMS),
        F("parent", "上级党组织", "org_name", ["上级组织", "隶属党组织", "隶属关系", "所属党委"]),
        F("secretary", "书记", "name", ["党组织书记", "支部书记", "书记姓名"]),
        F("members", "党员数", "count", ["党员人数", "党员总数", "正式党员数"], unit="人"),
        F("founded", "成立日期", "date", ["成立时间", "组建时间"]),
    ],
    ["党组织一览表", "党组织", "党支部", "支部名册", "基层党组织"],
)
DISPATCHED_CADRE = KindSpec(
    "dispatched_cadre",
    "派驻干部",
    [
        F("name", "姓名", "name", ["干部姓名", "name"], required=True),
        F("origin", "原单位及职务", "text", ["原单位", "工作单位及职务", "单位职务", "原工作单位"]),
        F("station", "派驻指导站", "org_name", ["派驻单位", "派驻地点", "下派单位", "指导站"], required=True),
        F("resident", "是否常驻党群服务中心", "yes_no", ["是否常驻", "常驻", "是否驻点"]),
        F("phone", "联系电话", "phone", ["电话", "手机", "手机号", "联系方式"]),
        F("start", "派驻起始", "date", ["派驻时间", "派驻日期", "开始日期", "起始日期", "到岗时间"]),
    ],
    ["派驻干部", "下派干部", "派驻名单", "选派干部", "干部名单"],
)
FOUND_MEMBER = KindSpec(
    "found_member",
    "双找党员",
    [
        F("name", "姓名", "name", ["党员姓名", "name"], required=True),
        F(
            "sex",
            "性别",
            "choice",
            ["sex", "gender"],
            choices={"male": ["男", "m"], "female": ["女", "f"]},
            closed=True,
        ),
        F("enterprise", "所在企业", "org_name", ["企业", "工作单位", "就业企业", "企业名称"], required=True),
        F(
            "home_branch",
            "组织关系所在党支部",
            "org_name",
            ["组织关系所在支部", "组织关系", "原党支部", "组织关系所在单位"],
        ),
        F(
            "host_branch",
            "联系共管党支部",
            "org_name",
            ["共管党支部", "联系党支部", "纳管党支部", "共管支部"],
        ),
        F("found_on", "找出日期", "date", ["找到日期", "排查日期", "登记日期", "摸排时间"]),
    ],
    ["双找", "找党员", "流动党员", "双联共管", "找出企业党员"],
)
DEVELOPMENT = KindSpec(
    "development",
    "发展党员",
    [
        F("name", "姓名", "name", ["发展对象姓名", "name"], required=True),
        F("enterprise", "所在企业", "org_name", ["企业", "工作单位", "企业名称"]),
        F("role", "身份", "text", ["岗位", "职务", "人员类别"]),
        F(
            "applied",
            "递交申请书日期",
            "date",
            ["申请入党时间", "递交入党申请书时间", "申请日期", "入党申请时间"],
            required=True,
        ),
        F(
            "activist",
            "确定积极分子日期",
            "date",
            ["列为积极分子时间", "积极分子日期", "确定为入党积极分子时间"],
        ),
        F("probationary", "接收预备党员日期", "date", ["预备党员日期", "接收为预备党员时间", "入党时间"]),
        F("mentors", "培养联系人", "people", ["联系人", "入党介绍人", "培养人"]),
    ],
    ["发展党员", "入党积极分子", "党员发展"],
)
VISIT = KindSpec(
    "visit",
    "走访记录",
    [
        F("day", "日期", "date", ["走访日期", "走访时间", "时间", "date", "visit date"], required=True),
        F(
            "visitor",
            "红管家",
            "name",
            ["走访人", "走访人员", "指导员", "走访干部", "visitor"],
            required=True,
        ),
        F(
            "enterprise",
            "企业",
            "org_name",
            ["企业名称", "走访企业", "走访对象", "company", "enterprise"],
            required=True,
        ),
        F("host", "接待人", "name", ["企业接待人", "陪同人员", "对接人", "received by"]),
        F("content", "走访内容", "text", ["内容", "走访情况", "走访事项", "content", "topics"]),
        F("needs", "发现需求", "count", ["需求数", "收集需求数", "发现问题数", "needs found"], unit="个"),
        F("remark", "备注", "text", []),
    ],
    ["走访记录", "走访台账", "走访企业", "走访", "visits"],
)
NEED = KindSpec(
    "need",
    "涉企需求",
    [
        F("number", "编号", "text", ["需求编号", "事项编号", "no."]),
        F("day", "日期", "date", ["收集日期", "提出时间", "登记时间", "受理日期", "时间"], required=True),
        F("enterprise", "企业名称", "org_name", ["企业", "提出企业", "诉求企业"], required=True),
        F("content", "需求内容", "text", ["诉求内容", "问题内容", "具体需求", "需求", "问题"], required=True),
        F("category", "类别", "text", ["需求类别", "诉求类别", "问题类型", "类型"]),
        F("source", "来源", "text", ["需求来源", "收集渠道", "渠道"]),
        F("office", "责任单位", "org_name", ["承办单位", "办理单位", "牵头单位"]),
        F("officer", "责任人", "name", ["承办人", "经办人"]),
        F("due", "办理时限", "deadline", ["时限", "办结时限", "完成时限"]),
        F("progress", "办理情况", "text", ["进展情况", "办理进展", "处理情况"]),
        F("done", "完成日期", "date", ["办结日期", "完成时间", "办结时间"]),
        F(
            "state",
            "状态",
            "choice",
            ["办理状态", "是否办结"],
            choices={
                "done": ["已解决", "已办结", "办结"],
                "doing": ["办理中", "推进中"],
                "shelved": ["挂账"],
            },
        ),
        F(
            "rating",
            "企业评价",
            "choice",
            ["满意度", "评价"],
            choices={"good": ["满意", "非常满意"], "fair": ["基本满意"], "bad": ["不满意"]},
        ),
        F("evidence", "佐证", "text", ["佐证材料", "附件"]),
    ],
    ["涉企需求", "需求办理", "需求台账", "诉求台账", "问题台账", "企业诉求"],
)
KINDS = [ENTERPRISE, PARTY_ORGANIZATION, DISPATCHED_CADRE, FOUND_MEMBER, DEVELOPMENT, VISIT, NEED]
