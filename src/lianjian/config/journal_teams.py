"""What the verbs of teams are called in the journal."""

from __future__ import annotations

from lianjian.foundation.errors import _

TEAMS: dict[str, str] = {
    "directory.found_team": _("成立团队"),
    "directory.change_team": _("修改团队"),
    "directory.add_to_team": _("加入团队"),
    "directory.add_unit_to_team": _("添加成员单位"),
    "directory.correct_seat": _("更正团队成员"),
    "directory.leave_team": _("退出团队"),
    "directory.dissolve_team": _("解散团队"),
    "directory.import_team_members": _("导入团队成员"),
    "directory.note_progress": _("登记项目进度"),
    "directory.change_note": _("更正项目进度"),
    "directory.withdraw_note": _("作废项目进度"),
}
