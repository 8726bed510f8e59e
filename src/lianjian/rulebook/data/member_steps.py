"""Developing members: what must be on paper, and who acts, at each of the 25 steps (rules.md 1.2)."""

from __future__ import annotations

from typing import Any

from lianjian.foundation.errors import _

from .members import RULES
from .rows import RuleRow


def _papers(
    code: str, title: str, article: str, ref: str, papers: dict[str, str], mode: str = "BLOCK"
) -> RuleRow:
    return RULES.row(f"member.{code}", title, "enum", mode, article, ref, {"all_of": papers})


def _one(
    code: str, title: str, article: str, ref: str, options: dict[str, Any], mode: str = "BLOCK"
) -> RuleRow:
    return RULES.row(f"member.{code}", title, "enum", mode, article, ref, {"one_of": options})


ROWS: tuple[RuleRow, ...] = (
    _papers("written", _("入党申请书"), "6", "S1", {"written": _("书面申请"), "own_hand": _("本人书写")}),
    _one(
        "addressed",
        _("入党申请交给哪个组织"),
        "6",
        "S1",
        {
            "work": _("工作、学习所在单位党组织"),
            "residence": _("居住地党组织"),
            "place": _("流动人员现居住地党组织"),
            "mobile_branch": _("流动党员党组织"),
        },
    ),
    _one(
        "talker",
        _("谈话人"),
        "7",
        "S2",
        {
            "secretary": _("书记"),
            "deputy": _("副书记"),
            "organisation": _("组织委员"),
        },
    ),
    _papers(
        "recommendation",
        _("确定积极分子的依据"),
        "8",
        "S3",
        {
            "talk": _("已派人谈话"),
            "recommended": _("党员推荐或群团组织推优记录"),
            "committee": _("支委会(不设支委会的为支部大会)研究决定"),
        },
    ),
    _papers(
        "filed",
        _("积极分子报上级党委备案"),
        "8",
        "S4",
        {"data": _("基本情况"), "recommended": _("推荐情况"), "opinion": _("支委会意见")},
    ),
    RULES.row(
        "member.contact_status",
        _("不能担任培养联系人的人"),
        "exclusion",
        "BLOCK",
        "9",
        "S5",
        {"none_of": {"probationary": _("预备党员"), "no_member": _("非党员")}},
    ),
    _papers(
        "target_opinions",
        _("确定发展对象听取的意见"),
        "13",
        "S7",
        {
            "group": _("党小组意见"),
            "contacts": _("培养联系人意见"),
            "members": _("党员意见"),
            "masses": _("群众意见"),
        },
    ),
    _papers(
        "target_consent", _("发展对象报上级党委备案同意"), "13", "S8", {"consent": _("上级党委同意的日期")}
    ),
    RULES.row(
        "member.sponsor_status",
        _("不能担任入党介绍人的人"),
        "exclusion",
        "BLOCK",
        "14",
        "S9",
        {
            "none_of": {
                "probationary": _("预备党员"),
                "no_member": _("非党员"),
                "on_probation": _("受留党察看处分、尚未恢复党员权利的党员"),
            }
        },
    ),
    _papers(
        "review", _("政治审查结论"), "16", "S10", {"conclusion": _("结论性材料"), "passed": _("审查合格")}
    ),
    _papers(
        "review_mobile",
        _("流动人员政治审查的意见"),
        "16",
        "S10",
        {"register": _("户籍所在地党组织意见"), "residence": _("居住地党组织意见")},
    ),
    _papers(
        "committee_review",
        _("支委会审查"),
        "19",
        "S12",
        {"collective": _("集体讨论"), "members": _("党员意见"), "masses": _("群众意见")},
    ),
    _papers(
        "prereview", _("基层党委预审"), "19", "S13", {"written": _("书面审查结果"), "passed": _("审查合格")}
    ),
    _papers(
        "form",
        _("填写入党志愿书"),
        "",
        "S14",
        {"prereview": _("预审已合格"), "number": _("志愿书编号")},
    ),
    _papers(
        "meeting",
        _("接收预备党员的支部大会程序"),
        "20",
        "S15",
        {
            "target": _("发展对象汇报"),
            "sponsors": _("入党介绍人介绍"),
            "committee": _("支委会报告"),
            "discussion": _("与会党员讨论"),
            "ballot": _("无记名投票表决"),
        },
    ),
    _papers(
        "upper_talk",
        _("上级党组织派人谈话"),
        "24",
        "S16",
        {"talked": _("审批前谈话"), "opinion": _("意见写入入党志愿书")},
    ),
    _papers(
        "approval_way",
        _("审批方式"),
        "26",
        "S17",
        {"collective": _("党委集体讨论表决"), "singly": _("逐个审议表决")},
    ),
    _papers("filed_up", _("报上一级党委组织部门备案"), "26", "S18", {"day": _("备案日期")}, "ALERT"),
    _papers(
        "assigned",
        _("编入党支部和党小组"),
        "29",
        "S19",
        {"branch": _("所在支部"), "group": _("所在党小组")},
        "ALERT",
    ),
    _papers(
        "oath",
        _("入党宣誓"),
        "30",
        "S20",
        {"day": _("日期"), "place": _("地点"), "people": _("参加人员")},
        "ALERT",
    ),
    _papers(
        "training_goes_on", _("预备期的教育和考察"), "31", "S21", {"assessed": _("党支部考察记录")}, "ALERT"
    ),
    _papers("full_application", _("转正申请"), "33", "S22", {"written": _("本人书面申请")}),
    _one(
        "full_outcome",
        _("转正的决定"),
        "32、33",
        "S23",
        {"on_time": _("按期转正"), "extend": _("延长预备期"), "cancel": _("取消预备党员资格")},
    ),
    _papers(
        "full_told",
        _("转正审批后的谈话和宣布"),
        "34",
        "S24",
        {"talked": _("书记同本人谈话"), "announced": _("支部大会宣布")},
        "WARN",
    ),
    _papers(
        "archive",
        _("发展党员材料归档"),
        "37",
        "S25",
        {
            "form": _("入党志愿书"),
            "application": _("入党申请书"),
            "review": _("政治审查材料"),
            "full": _("转正申请书"),
            "training": _("培养教育考察材料"),
        },
        "ALERT",
    ),
)
