"""What the verbs of a village's awards are called in the journal."""

from __future__ import annotations

from lianjian.foundation.errors import _

AWARDS: dict[str, str] = {
    "awards.found_scheme": _("设立评选"),
    "awards.change_scheme": _("修改评选"),
    "awards.end_scheme": _("停止评选"),
    "awards.remind_rounds": _("核对按期评选"),
    "awards.open_round": _("开展一期评选"),
    "awards.show_round": _("公示拟表扬名单"),
    "awards.reopen_round": _("撤回公示"),
    "awards.decide_round": _("公布评选结果"),
    "awards.leave_vacant": _("登记本期空缺"),
    "awards.call_off_round": _("取消评选"),
    "awards.nominate": _("登记候选"),
    "awards.check_nominee": _("登记候选核查"),
    "awards.strike_nominee": _("移出候选或撤销获评"),
    "awards.forget_nominees": _("清除落选候选姓名"),
}
