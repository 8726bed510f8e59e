"""The figures that party life can answer for. Each counts people, by the day of the step itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F, Q, QuerySet

from lianjian.directory.models import Organization, PartyProfile
from lianjian.foundation.actor import Actor, path_range, subtree_q
from lianjian.foundation.calendar import day_end
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _, translate

from .models import Applicant, BranchMembership, FoundMember, Pledge, Shortfall, TalentLead
from .models.doors import of_branches
from .models.moves import stopped
from .queries.body_rows import branches_at, founded, lacks, overdue_terms
from .queries.moves import away_members
from .rules import bodies


def _within(rows: QuerySet[Any], scoped: Scoped) -> QuerySet[Any]:
    rows = rows.filter(jurisdiction_id__in=scoped.jurisdiction_ids)
    if scoped.path:
        low, high = path_range(scoped.path)
        rows = rows.filter(enterprise__path__gte=low, enterprise__path__lt=high)
    return rows.select_related("person", "enterprise")


def found_members(actor: Actor, scoped: Scoped) -> QuerySet[FoundMember]:
    """Members found in the period; counted where they work, so each once."""
    rows = FoundMember.objects.visible_to(actor).standing()  # type: ignore[attr-defined]
    return _within(rows.filter(found_on__range=(scoped.start, scoped.end)), scoped)


def talent_leads(actor: Actor, scoped: Scoped) -> QuerySet[TalentLead]:
    """People of firms noticed in the period, whatever came of it."""
    rows = TalentLead.objects.visible_to(actor)  # type: ignore[attr-defined]
    return _within(rows.filter(noticed_on__range=(scoped.start, scoped.end)), scoped)


def leaders(actor: Actor, scoped: Scoped) -> QuerySet[Pledge]:
    """Members who led a project of prosperity on the last day, each project once."""
    rows = Pledge.objects.visible_to(actor).filter(
        Q(until__isnull=True) | Q(until__gt=scoped.end),
        kind="leader",
        since__lte=scoped.end,
        jurisdiction_id__in=scoped.jurisdiction_ids,
    )
    if scoped.path:
        rows = rows.filter(subtree_q("branch__path", [scoped.path]))
    return rows.select_related("person", "branch").order_by("branch__name", "pk")


def managed_members(actor: Actor, scoped: Scoped) -> QuerySet[FoundMember]:
    """Of those found in the period, the ones a joint branch had taken up by its last day."""
    return found_members(actor, scoped).filter(managed_on__lte=scoped.end)


def _steps(field: str) -> Callable[[Actor, Scoped], QuerySet[Applicant]]:
    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Applicant]:
        standing = Applicant.objects.visible_to(actor).standing()  # type: ignore[attr-defined]
        # Who was transferred is counted where the step was taken.
        standing = standing.filter(Q(continues__isnull=True) | ~Q(**{field: F(f"continues__{field}")}))
        return _within(standing.filter(**{f"{field}__range": (scoped.start, scoped.end)}), scoped)

    return rows


def shortfalls(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """What branches owed on the last day of the period: opened by then, and not made good or explained yet."""
    rows = Shortfall.objects.visible_to(actor).filter(
        Q(settled_at__isnull=True) | Q(settled_at__gte=day_end(scoped.end)),
        jurisdiction_id__in=scoped.jurisdiction_ids,
        opened_at__lt=day_end(scoped.end),
    )
    if scoped.path:
        rows = rows.filter(subtree_q("branch__path", [scoped.path]))
    return rows.select_related("branch").order_by("period_to", "branch__name", "pk")


def late_branches(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
    """Branches that owed something on the last day, each once."""
    owed = shortfalls(actor, scoped).order_by().values("branch_id")
    return Organization.objects.filter(pk__in=owed).order_by("name", "pk")


def members(actor: Actor, scoped: Scoped) -> QuerySet[BranchMembership]:
    """Who belongs to a branch of the place at the end of the period: each at home, so each once.

    Whose membership is stopped on that day (停止党籍) is not counted; he stays on the roll.
    """
    seats: Any = BranchMembership.objects.on(scoped.end).filter(role=BranchMembership.HOME)  # type: ignore[attr-defined]
    rows = seats.filter(of_branches(actor), jurisdiction_id__in=scoped.jurisdiction_ids)
    rows = rows.exclude(member__in=stopped(scoped.end).values("member_id"))
    if scoped.path:
        low, high = path_range(scoped.path)
        rows = rows.filter(branch__path__gte=low, branch__path__lt=high)
    return rows.select_related("member__person", "branch")  # type: ignore[no-any-return]


def full_members(actor: Actor, scoped: Scoped) -> QuerySet[BranchMembership]:
    """Of them, those who had turned full by that day."""
    return members(actor, scoped).filter(member__full_on__lte=scoped.end)


def mobile_members(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """Members away at the end of the period, each where he is at home."""
    path = path_range(scoped.path) if scoped.path else ()
    return away_members(actor, scoped.end, scoped.jurisdiction_ids, path)


def branches_formed(formation: str) -> Callable[[Actor, Scoped], QuerySet[Organization]]:
    """Party organizations that stood at the end of the period, of one way of forming or of any that is recorded."""

    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
        day = scoped.end
        found: Any = Organization.objects.filter(
            Q(founded_on__isnull=True) | Q(founded_on__lte=day),
            Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day),
            of_branches(actor, ""),
            classification=Organization.Classification.PARTY,
            merged_into__isnull=True,
            jurisdiction_id__in=scoped.jurisdiction_ids,
        )
        found = found.filter(party__formation=formation) if formation else found.exclude(party__formation="")
        if scoped.path:
            low, high = path_range(scoped.path)
            found = found.filter(path__gte=low, path__lt=high)
        return found.select_related("party")  # type: ignore[no-any-return]

    return rows


def _address(row: Any) -> str:
    return str(row.get_absolute_url())


def _formation(row: Any) -> str:
    return str(bodies_forms().get(row.form_formation, ""))


def _seat(row: Any) -> str:
    return translate(bodies.SEATS[row.form_seat])


def bodies_forms() -> dict[str, Any]:
    """Ways of forming in words."""
    return dict(PartyProfile.Formation.choices)


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


def _step(code: str, name: str, field: str, definition: str) -> Indicator:
    return Indicator(
        code=f"partylife.{code}", name=name, unit="人", period="during", definition=definition, rows=_steps(field),
        columns=_STEP_COLUMNS, address=_address, subject=_SUBJECT,
    )  # fmt: skip


_MEMBER_COLUMNS = (
    (_("姓名"), "member.person.name"),
    (_("党支部"), "branch.name"),
    (_("入党日期"), "member.joined_on"),
    (_("转正日期"), "member.full_on"),
)
_BRANCH_COLUMNS = (
    (_("名称"), "name"),
    (_("类型"), "party.get_level_display"),
    (_("组建方式"), "party.get_formation_display"),
)


_BODY_COLUMNS = (
    (_("名称"), "name"),
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


def _formed(code: str, name: str, formation: str, definition: str) -> Indicator:
    return Indicator(
        code=f"partylife.{code}", name=name, unit="个", period="as_of", definition=definition,
        rows=branches_formed(formation), columns=_BRANCH_COLUMNS, address=_address, subject=_SUBJECT,
    )  # fmt: skip


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
        definition=_("时点上登记为流动在外或出国(境)的党员,一人只在组织关系所在支部计一次;双联共管的党支部不另计。"),
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
