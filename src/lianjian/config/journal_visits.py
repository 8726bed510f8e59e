"""What the verbs of visits are called in the journal."""

from __future__ import annotations

from lianjian.foundation.errors import _

VISITS: dict[str, str] = {
    "events.record_visit": _("记一次走访"),
    "events.change_visit": _("修改走访"),
    "events.withdraw_visit": _("作废走访"),
    "events.import_visits": _("导入走访"),
    "events.adopt_visits": _("认领导入的走访"),
    "events.add_purpose": _("增加走访内容"),
    "events.rename_purpose": _("走访内容改名"),
    "events.retire_purpose": _("停用或恢复走访内容"),
    "events.set_item": _("交办一项督办"),
    "events.change_item": _("修改督办事项"),
    "events.settle_item": _("督办事项办结"),
    "events.drop_item": _("督办事项不再办理"),
    "events.reopen_item": _("重新督办"),
}
