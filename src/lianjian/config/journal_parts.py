"""What rows are called that belong to another record: a merge counts them; no journal entry is about one."""

from __future__ import annotations

from lianjian.foundation.errors import _

PARTS: dict[str, str] = {
    "directory.teammember": _("团队成员"),
    "directory.teamunit": _("团队成员单位"),
    "directory.teamarea": _("团队服务的村"),
    "notices.publication": _("已公布的文件"),
    "duties.duty": _("待办"),
    "sheets.reviewitem": _("表格核对事项"),
    "events.venueuser": _("阵地使用单位"),
    "events.invitation": _("会议邀请"),
    "events.charge": _("会议决定的落实单位"),
    "events.templatehost": _("活动模板的主办单位"),
    "events.winner": _("活动获奖"),
    "events.feed": _("日历订阅"),
    "events.attendance": _("出席记录"),
    "events.arrival": _("扫码签到"),
    "events.signup": _("活动报名"),
    "alliances.programmeside": _("结对计划的参加单位"),
    "alliances.benefitparty": _("利益共享协议的一方"),
    "alliances.pairrule": _("结对的限定"),
    "alliances.alliancemember": _("联盟成员"),
    "alliances.brand": _("党建品牌"),
    "alliances.personseat": _("联盟人员代表的单位"),
    "alliances.proposalpair": _("结对方案里的对子"),
    "points.stockmove": _("兑换品捐赠"),
    "cases.handover": _("诉求转交"),
    "partylife.branchmembership": _("党员编入支部"),
    "coverage.firmtier": _("企业分层"),
    "coverage.goal": _("孵化目标"),
    "coverage.cap": _("承担上限"),
    "coverage.capplace": _("承担上限的适用单位"),
    "coverage.proposedcover": _("覆盖方案里的企业"),
    "coverage.surveyfirm": _("摸排的企业"),
}
