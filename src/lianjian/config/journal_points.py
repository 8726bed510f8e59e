"""What the verbs of points are called in the journal."""

from __future__ import annotations

from lianjian.foundation.errors import _

POINTS: dict[str, str] = {
    "points.found_scheme": _("设立积分办法"),
    "points.change_scheme": _("修改积分办法"),
    "points.end_scheme": _("停止积分办法"),
    "points.resume_scheme": _("恢复积分办法"),
    "points.adopt_edition": _("登记积分事项和分值"),
    "points.withdraw_edition": _("撤回积分事项和分值"),
    "points.remind_exchanges": _("核对按期兑换"),
    "points.open_accounts": _("积分开户"),
    "points.rename_account": _("修改积分户"),
    "points.close_account": _("注销积分户"),
    "points.restore_account": _("恢复积分户"),
    "points.forget_accounts": _("清除已注销积分户姓名"),
    "points.file_claims": _("登记积分"),
    "points.check_claims": _("初核积分"),
    "points.withdraw_claim": _("撤回积分登记"),
    "points.refuse_claim": _("不予积分"),
    "points.open_review": _("开展积分评议"),
    "points.vote_on_claims": _("登记评议票数"),
    "points.show_review": _("公示积分"),
    "points.reopen_review": _("撤回积分公示"),
    "points.post_review": _("积分入账"),
    "points.call_off_review": _("取消积分评议"),
    "points.bring_balance": _("结转期初积分"),
    "points.reverse_entry": _("冲正积分"),
    "points.clear_year": _("年度积分清零"),
    "points.add_good": _("登记兑换品"),
    "points.change_good": _("修改兑换品"),
    "points.end_good": _("停用兑换品"),
    "points.restore_good": _("恢复兑换品"),
    "points.move_stock": _("登记兑换品出入库"),
    "points.open_day": _("设定兑换日"),
    "points.close_day": _("结束兑换日"),
    "points.reopen_day": _("重开兑换日"),
    "points.call_off_day": _("取消兑换日"),
    "points.exchange": _("积分兑换"),
    "points.give_back": _("兑换退回"),
}
