"""Where each rule of the rulebook bites, and why nothing asks some of them. The page of rules shows both.

`tests/test_rules_asked.py` holds this to the code: a rule that is asked has a place, one that is not says why.
"""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

Place = tuple[Any, str, str]  # words, url name, the right that opens the page

APPLICANTS: Final[Place] = (_("入党申请人"), "partylife:applicants", "partylife.see")
BODIES: Final[Place] = (_("支部名册"), "partylife:branches", "partylife.see")
CASES: Final[Place] = (_("诉求办理"), "cases:list", "cases.see")
CHECKED: Final[Place] = (_("组建形式核对"), "partylife:checked", "partylife.see")
COVERAGE: Final[Place] = (_("覆盖与走访"), "coverage:home", "coverage.see")
EDUCATION: Final[Place] = (_("本年学时"), "partylife:education", "partylife.see")
LACKS: Final[Place] = (_("应建未建"), "partylife:lacks", "partylife.see")
LEADERS: Final[Place] = (_("领导联系企业"), "coverage:leaders", "coverage.see")
MEETINGS: Final[Place] = (_("会议与活动"), "events:meetings", "meetings.see")
MOBILE: Final[Place] = (_("流动党员"), "partylife:mobile", "partylife.see")
CAPS: Final[Place] = (_("承担上限与离岗"), "coverage:caps", "coverage.see")
REVIEWS: Final[Place] = (_("队伍分析"), "partylife:reviews", "partylife.see")
ROLL: Final[Place] = (_("党员名册"), "partylife:roster", "partylife.see")
SHORTFALLS: Final[Place] = (_("未开展事项"), "partylife:shortfalls", "partylife.see")
STANDING: Final[Place] = (_("待党组织研究"), "partylife:standing", "partylife.see")
TEAMS: Final[Place] = (_("团队"), "directory:teams", "people.see")
TERMS: Final[Place] = (_("班子任期"), "partylife:terms", "partylife.see")
TRANSFERS: Final[Place] = (_("组织关系转接"), "partylife:transfers", "partylife.see")

# Codes -> their places. A code that ends with a point stands for all that begin with it and are not named themselves.
PLACES: Final[tuple[tuple[str, tuple[Place, ...]], ...]] = (
    ("case. tier. escalate. petition. mediation.", (CASES,)),
    ("time.", ((_("工作日历"), "rulebook:days", "calendar.read"),)),
    ("member. vote.member", (APPLICANTS,)),
    ("member.archive", ((_("发展材料"), "partylife:dossiers", "partylife.see"),)),
    ("member.pool", (REVIEWS,)),
    ("branch.required", (LACKS, CHECKED)),
    ("branch.joint branch.size branch.village_form", (CHECKED,)),
    ("branch.village_approved branch.village_committee_approved branch.founding branch.dissolved", (BODIES,)),
    ("branch.project", (TEAMS,)),
    (
        "branch.leadership branch.committee branch.committee_norm branch.officers branch.secretary branch.temporary "
        "branch.term branch.term_alert branch.township_term branch.village_term",
        (TERMS,),
    ),
    ("vote.branch vote.committee", (MEETINGS, SHORTFALLS)),
    ("life.", (SHORTFALLS,)),
    ("life.appraisal life.appraisal_order", ((_("民主评议党员"), "partylife:appraisals", "partylife.see"),)),
    ("education.", (EDUCATION,)),
    ("mobile.away mobile.definition mobile.contact_person", (MOBILE,)),
    ("mobile.transfer mobile.graduate", (MOBILE, TRANSFERS)),
    ("mobile.accepted mobile.refusal mobile.letter", (TRANSFERS,)),
    (
        "mobile.abroad mobile.abroad_contact mobile.lost mobile.lost_long mobile.exit mobile.exit_reason "
        "mobile.correction",
        (STANDING,),
    ),
    ("election.", (TERMS,)),
    ("election.left_out election.left_out_approved member.no_vote", (ROLL,)),
    ("company.alone", (LACKS, CHECKED)),
    ("company.alone_secretary", (LACKS, BODIES)),
    ("company.level", (CHECKED,)),
    ("company.joint", (LACKS, CHECKED)),
    ("company.joint_ground company.attached company.limits company.not_run", (BODIES,)),
    ("company.instructor", (LACKS,)),
    ("company.instructor_load", (CAPS,)),
    ("company.instructor_days", (COVERAGE,)),
    ("company.leader_visit", (LEADERS,)),
    ("company.scope", (COVERAGE, LACKS)),
    ("mobile.one_branch mobile.both mobile.registered", (ROLL, MOBILE)),
    ("mobile.direct", (TRANSFERS,)),
)

# Why nothing asks a rule: the records themselves hold it, it is shown as information, or it is not asked yet.
HELD, TOLD, UNUSED = "held", "told", "unused"
UNASKED: Final[dict[str, tuple[tuple[str, Any], ...]]] = {
    HELD: (
        ("election.left_out_approved", _("没有上级同意的文号和党员大会通过的日期,就不能登记不计入应到会。")),
        ("member.begins", _("党籍的起点就取接收预备党员的支部大会日期,不另外填写。")),
        ("member.no_vote", _("应到会人数和当选人只从正式党员里计算,预备党员不计入。")),
        ("mobile.one_branch", _("一名党员同一天只能编入一个支部,名册不接受第二个。")),
        ("mobile.both", _("双联共管同时记流出地和流入地两个支部,两边都能看到。")),
        ("mobile.registered", _("外出和双联共管各有登记,流出、流入两边都记。")),
        ("mobile.direct", _("转接的登记不限地区,可以直接转到外地的党组织。")),
    ),
    TOLD: (
        ("company.limits", _("是不是摊派由人判断,记录里没有能核对的事实;在企业党组织的页面上作为提示。")),
        ("company.not_run", _("是不是干预经营由人判断,记录里没有能核对的事实;在企业党组织的页面上作为提示。")),
        ("mobile.dues mobile.dues_rate", _("党费的收缴和计算在全国党员管理信息系统办理,本系统不登记,只供查阅。")),
    ),
    UNUSED: (
        ("branch.village_delegates", _("由党员代表大会选举的人数,登记选举时按选举规则核对,不重复核对。")),
        ("education.conversion", _("学时直接登记,不从天数折算。")),
        ("life.lesson_secretary", _("还没有按党委书记本人统计讲党课的次数,请另行核对。")),
        (
            "life.village_matters village.notice village.posting vote.deliberation vote.village vote.village_election "
            "vote.village_group vote.village_recall vote.village_representatives vote.village_run_off",
            _("村民会议、村民代表会议和“四议两公开”的表决还不在本系统登记,办理时请对照原文。"),
        ),
        ("vote.community vote.community_representatives", _("居民会议的表决还不在本系统登记,办理时请对照原文。")),
        (
            "collective.notice collective.papers vote.collective vote.collective_benefit vote.collective_board "
            "vote.collective_representatives",
            _("农村集体经济组织的会议和表决还不在本系统登记,办理时请对照原文。"),
        ),
        (
            "vote.land_adjust vote.land_outsider vote.land_plan",
            _("土地承包事项的表决还不在本系统登记,办理时请对照原文。"),
        ),
    ),
}
