"""The figures that party life can answer for. Each counts people, by the day of the step itself."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from lianjian.directory.models import PartyProfile
from lianjian.directory.rules import sectors
from lianjian.foundation.declare import Indicator
from lianjian.foundation.errors import _, translate

from .figure_rows import (
    branches_formed,
    found_members,
    full_members,
    late_branches,
    leaders,
    learners,
    managed_members,
    members,
    mobile_members,
    shortfalls,
    standards_looked_at,
    steps_taken,
    talent_leads,
)
from .queries.body_rows import branches_at, chain_bodies, founded, lacks, overdue_terms
from .rules import bodies
from .rules.practice import MET


def _address(row: Any) -> str:
    return str(row.get_absolute_url())


def _formation(row: Any) -> str:
    return str(bodies_forms().get(row.form_formation, ""))


def _formed_as(code: str) -> str:
    """Way of forming and level in words, of `form_and_level`."""
    formation, _slash, level = code.partition("/")
    way = translate(bodies_forms()[formation]) if formation else translate(_("没有登记组建方式"))
    return f"{way} · {translate(dict(PartyProfile.Level.choices)[level])}"


def _level(row: Any) -> str:
    return str(dict(PartyProfile.Level.choices)[row.form_level])


def _seat(row: Any) -> str:
    return translate(bodies.SEATS[row.form_seat])


def bodies_forms() -> dict[str, Any]:
    """Ways of forming in words."""
    return dict(PartyProfile.Formation.choices)


NON_PUBLIC = (sectors.NON_PUBLIC_FIRM, sectors.SOCIAL)
_FOUND_COLUMNS = (
    (_("姓名"), "person.name"),
    (_("所在企业"), "where"),
    (_("组织关系所在党支部"), "home"),
    (_("联系共管党支部"), "joint"),
    (_("找出日期"), "found_on"),
    (_("纳管日期"), "managed_on"),
)
_STEP_COLUMNS = (
    (_("姓名"), "person.name"),
    (_("所在企业"), "where"),
    (_("递交申请书日期"), "applied_on"),
    (_("确定积极分子日期"), "activist_on"),
    (_("确定发展对象日期"), "target_on"),
    (_("接收预备党员日期"), "probationary_on"),
)
_SUBJECT = _("党员发展")


def _found(code: str, name: str, definition: str, **more: Any) -> Indicator:
    values: dict[str, Any] = {"rows": found_members, **more}
    return Indicator(
        code=f"partylife.{code}", name=name, unit="人", period="during", definition=definition,
        columns=_FOUND_COLUMNS, address=_address, subject=_SUBJECT, **values,
    )  # fmt: skip


def _step(code: str, name: str, field: str, definition: str, *only: str) -> Indicator:
    return Indicator(
        code=f"partylife.{code}", name=name, unit="人", period="during", definition=definition,
        rows=steps_taken(field, *only), columns=_STEP_COLUMNS, address=_address, subject=_SUBJECT,
        split=(_("按领域"), "sector"), told=sectors.sector_word,
    )  # fmt: skip


_MEMBER_COLUMNS = (
    (_("姓名"), "member.person.name"),
    (_("党支部"), "branch.name"),
    (_("入党日期"), "member.joined_on"),
    (_("转正日期"), "member.full_on"),
)
_BODY_COLUMNS = (
    (_("名称"), "name"),
    (_("层级"), _level),
    (_("组建方式"), _formation),
    (_("所在单位"), _seat),
    (_("成立日期"), "founded_on"),
)


def _body(code: str, name: str, rows: Any, definition: str, **more: Any) -> Indicator:
    values: dict[str, Any] = {"period": "as_of", "columns": _BODY_COLUMNS, **more}
    return Indicator(
        code=f"partylife.{code}", name=name, unit="个", definition=definition, rows=rows, address=_address,
        subject=_("党组织设置"), **values,
    )  # fmt: skip


_UNIT_COLUMNS = ((_("单位"), "name"), (_("类型"), "get_classification_display"), (_("已知党员"), "known"))


def _member(code: str, name: str, rows: Any, definition: str) -> Indicator:
    return Indicator(
        code=f"partylife.{code}", name=name, unit="人", period="as_of", definition=definition, rows=rows,
        columns=_MEMBER_COLUMNS, address=lambda row: _address(row.member), subject=_SUBJECT,
    )  # fmt: skip


_APART: Any = {"split": (_("按组建方式和层级"), "form_and_level"), "told": _formed_as}


def _formed(code: str, name: str, formation: str, definition: str) -> Indicator:
    return Indicator(
        code=f"partylife.{code}", name=name, unit="个", period="as_of", definition=definition,
        rows=branches_formed(formation), columns=_BODY_COLUMNS, address=_address, subject=_SUBJECT, **_APART,
    )  # fmt: skip


_LEARN_COLUMNS = (
    (_("姓名"), "member.person.name"),
    (_("党支部"), "branch.name"),
    (_("学时"), "hours"),
    (_("应达到学时"), "norm"),
    (_("集中培训期数"), "courses"),
    (_("县级以上轮训期数"), "county"),
)


def _learn(code: str, name: str, definition: str, who: str = "", only: str = "hours") -> Indicator:
    return Indicator(
        code=f"partylife.{code}", name=name, unit="人", period="as_of", definition=definition,
        rows=learners(who, only), base=learners(who), columns=_LEARN_COLUMNS,
        address=lambda row: _address(row.member), subject=_("党员教育"),
    )  # fmt: skip


_EDUCATION = [
    _learn(
        "hours_rate",
        _("党员学时达标率"),
        _("分子为从当年1月1日到截至日学时达到规定的党员,书记和班子成员按各自应达到的学时算;分母为截至日应参加学习的党员,免予参加的和停止党籍的不计。"),
    ),
    _learn(
        "officer_hours_rate",
        _("书记和班子成员学时达标率"),
        _("分子为从当年1月1日到截至日学时达到规定的党组织书记和班子成员,分母为截至日应参加学习的党组织书记和班子成员。"),
        "officer",
    ),
    _learn(
        "rotation_rate",
        _("书记县级以上轮训率"),
        _("分子为从当年1月1日到截至日参加过县级以上培训班的党组织书记,分母为截至日应参加学习的党组织书记;县级以上的党支部自己办的不计。"),
        "secretary",
        "rotation",
    ),
]
_BODIES = [
    _body("branches", _("党支部数"), branches_at(""), _("时点上存续的党支部(含联合党支部),按当天的组织形式计。")),
    _body("branches_park", _("园区服务中心党支部数"), branches_at("park"), _("时点上设在园区、党群服务中心的党支部。")),
    _body("branches_chamber", _("商会党支部数"), branches_at("chamber"), _("时点上设在商会、行业协会的党支部。")),
    _body(
        "branches_firm",
        _("企业党支部数"),
        branches_at("firm", joint=False),
        _("时点上设在企业的党支部,不含企业联合党支部。"),
    ),
    _body(
        "branches_firm_joint",
        _("企业联合党支部数"),
        branches_at("firm", joint=True),
        _("时点上由几家企业联合组建的党支部,一个支部计一次。"),
    ),
    _body(
        "chain_bodies",
        _("产业链上的党组织数"),
        chain_bodies,
        _("时点上产业链上的党组织:加入产业链联盟的、产业链党委本身和当天隶属产业链党委的,每个只算一次,按当天的组织形式计。"),
        **_APART,
    ),
    _body(
        "founded",
        _("成立非公党组织数"),
        founded(),
        _("时段内成立的企业、商会和社会组织的党组织,按成立日期计;以后改名、改变形式或撤销的仍计。"),
        period="during",
    ),
    _body(
        "founded_own",
        _("其中单独组建"),
        founded("own"),
        _("时段内成立的非公党组织中,成立时为单独组建的。"),
        period="during",
    ),
    _body(
        "founded_joint",
        _("其中联合组建"),
        founded("joint"),
        _("时段内成立的非公党组织中,成立时为联合组建的。"),
        period="during",
    ),
    _body(
        "founded_attached",
        _("其中挂靠组建"),
        founded("attached"),
        _("时段内成立的非公党组织中,成立时为挂靠组建的。"),
        period="during",
    ),
    _body(
        "should_have",
        _("应建未建党组织的单位"),
        lacks(bodies.OWN),
        _("时点上已知党员达到单独组建人数、没有任何党组织覆盖的企业、社会组织、合作社和村(社区);党员数未知的不计。"),
        columns=_UNIT_COLUMNS,
    ),
    _body(
        "may_join",
        _("可联合组建的单位"),
        lacks(bodies.TOGETHER),
        _("时点上有党员但不足单独组建人数、没有任何党组织覆盖的单位;党员数未知的不计。"),
        columns=_UNIT_COLUMNS,
    ),
    _body(
        "terms_overdue",
        _("到期未换届的党组织"),
        overdue_terms,
        _("时点上任期已满、没有换届、也没有在当天以前获准延期的党组织。"),
        columns=((_("党组织"), "branch.name"), (_("任期开始"), "since"), (_("任期届满"), "due_on")),
    ),
]
INDICATORS = [
    _member(
        "members",
        _("党员总数"),
        members,
        _("时点上组织关系在本地党支部的党员,一人只在组织关系所在支部计一次;双联共管的不另计,停止党籍的不计。"),
    ),
    Indicator(
        code="partylife.mobile_members",
        name=_("流动党员数"),
        unit="人",
        period="as_of",
        definition=_("时点上登记为流动在外、已满规定时间(六个月)的党员,一人只在组织关系所在支部计一次;出国(境)的和双联共管的党支部不另计。"),
        rows=mobile_members,
        columns=(
            (_("姓名"), "member.person.name"), (_("党支部"), "branch_name"), (_("流动去向"), "place"),
            (_("开始日期"), "since"),
        ),
        address=lambda row: _address(row.member),
        subject=_SUBJECT,
    ),
    _member("full_members", _("正式党员数"), full_members, _("时点上组织关系在本地党支部、已经转正的党员。")),
    _formed(
        "formed",
        _("按方式组建的党组织数"),
        "",
        _("时点上存续、登记了组建方式的党组织,等于单独建、联合建、挂靠建之和。"),
    ),
    _formed("formed_own", _("单独组建的党组织数"), "own", _("时点上存续、单独组建的党组织。")),
    _formed("formed_joint", _("联合组建的党组织数"), "joint", _("时点上存续、联合组建的党组织。")),
    _formed("formed_attached", _("挂靠组建的党组织数"), "attached", _("时点上存续、挂靠组建的党组织。")),
    *_BODIES,
    *_EDUCATION,
    _found(
        "found",
        _("找出党员数"),
        _("时段内“双找”活动找出的企业党员,按找出日期计,一人只计一次,在所在企业的地区计;已作废的不计。"),
    ),
    _found(
        "managed",
        _("纳入共管党员数"),
        _("时段内找出的党员中,到时段末已由企业所在地党支部联系共管的人数。"),
        rows=managed_members,
    ),
    _found(
        "managed_rate",
        _("党员共管率"),
        _("分子为时段内找出并已纳入共管的党员,分母为时段内找出的党员。"),
        rows=managed_members,
        base=found_members,
    ),
    Indicator(
        code="partylife.talent",
        name=_("发现的企业人才"),
        unit="人",
        period="during",
        definition=_("时段内登记的人才线索(企业负责人、高管、业务骨干、产业人才),按发现日期计,一条线索计一人。"),
        rows=talent_leads,
        columns=((_("姓名"), "person.name"), (_("所在企业"), "enterprise.name"), (_("发现日期"), "noticed_on")),
        address=_address,
        subject=_SUBJECT,
    ),
    Indicator(
        code="partylife.leaders",
        name=_("党员带富项目"),
        unit="个",
        period="as_of",
        definition=_("截至日党员致富带头人领办的项目,一个党员领办的一个项目计一个。"),
        rows=leaders,
        columns=((_("姓名"), "person.name"), (_("党组织"), "branch.name"), (_("岗位或项目"), "post")),
        address=_address,
        subject=_("组织生活"),
    ),
    _step(
        "applications",
        _("递交入党申请书人数"),
        "applied_on",
        _("时段内递交入党申请书的人数,按递交日期计;以前年度递交的不计。"),
    ),
    _step(
        "activists",
        _("吸收入党积极分子人数"),
        "activist_on",
        _("时段内确定为入党积极分子的人数,按确定日期计。"),
    ),
    _step(
        "targets",
        _("确定发展对象人数"),
        "target_on",
        _("时段内上级党委备案同意为发展对象的人数,按同意日期计。"),
    ),
    _step(
        "developed",
        _("发展党员人数"),
        "probationary_on",
        _("时段内接收为预备党员的人数,按支部大会接收日期计,上级党委批准后计入,与何时申请无关。"),
    ),
    _step(
        "developed_non_public",
        _("非公领域发展党员人数"),
        "probationary_on",
        _("发展党员人数里在非公有制企业和社会组织工作的;企业的所有制按现在登记的算,没有登记的不计。"),
        *NON_PUBLIC,
    ),
    _step(
        "turned_full",
        _("预备党员转正人数"),
        "full_on",
        _("时段内转为正式党员的人数,上级党委批准后按预备期满之日(党龄起算日)计。"),
    ),
    Indicator(
        code="partylife.owed",
        name=_("组织生活到期未开展"),
        unit="项",
        period="as_of",
        definition=_("截至日已到提醒日、还没有补齐也没有说明的组织生活,一个支部一项规定一期计一项;全国没有统一次数的不计。"),
        rows=shortfalls,
        columns=((_("党组织"), "branch.name"), (_("本期从"), "period_from"), (_("本期到"), "period_to")),
        address=_address,
        subject=_("组织生活"),
    ),
    Indicator(
        code="partylife.standards_met",
        name=_("支部标准达标率"),
        unit="%",
        period="as_of",
        definition=_("截至日所在年度已检查的支部标准条目(不适用的除外)中达标的所占比例。不打分,不排名。"),
        rows=standards_looked_at(MET),
        base=standards_looked_at(),
        columns=(
            (_("党支部"), "branch.name"), (_("标准"), "standard.title"), (_("结论"), "get_verdict_display"),
            (_("检查日期"), "checked_on"),
        ),
        address=lambda row: reverse("partylife:standards_of", kwargs={"key": row.branch.key}),
        subject=_("组织生活"),
    ),
    Indicator(
        code="partylife.late_branches",
        name=_("组织生活到期未开展的党支部"),
        unit="个",
        period="as_of",
        definition=_("截至日至少有一项组织生活到期未开展的党支部,一个支部只计一次。"),
        rows=late_branches,
        columns=((_("党组织"), "name"),),
        address=_address,
        subject=_("组织生活"),
    ),
]
