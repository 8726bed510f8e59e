"""What members, secretaries and committees learn in a year (R2.30 to R2.32). Numbers stand in the rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lianjian.foundation.errors import _

HOURS, OFFICER_HOURS = "education.hours", "education.secretary_hours"
OFFICER_COURSE, ROTATION = "education.secretary_course", "education.rotation"
NEW_SECRETARY, NEW_MEMBER = "education.new_secretary", "education.new_member"

# Kinds of meetings that are collective courses.
COURSES: Final = ("培训班", "培训")
# A course at county level is one that a place of these levels called, unless the convener is a branch or a group there.
COUNTY_AND_ABOVE: Final = ("county", "city", "province")
BELOW_COMMITTEES: Final = ("general_branch", "branch", "chain_branch", "joint", "group", "home")

MET, SHORT, EXEMPT = "met", "short", "exempt"
STATES: Final[Mapping[str, str]] = {
    SHORT: _("学时未达到"),
    MET: _("学时已达到"),
    EXEMPT: _("免予参加"),
}
WHO: Final[Mapping[str, str]] = {
    "secretary": _("书记"),
    "officer": _("班子委员"),
    "member": _("党员"),
}
COURSE_LACKS, ROTATION_LACKS, NEW_LACKS = "course", "rotation", "new"
LACKS: Final[Mapping[str, str]] = {
    COURSE_LACKS: _("书记、班子成员未参加集中培训"),
    ROTATION_LACKS: _("书记未参加县级以上轮训"),
    NEW_LACKS: _("新任书记还没有培训"),
}
NEW_DUTY: Final = "partylife.new_secretary"
DUTIES: Final[Mapping[str, tuple[str, str]]] = {
    NEW_DUTY: (_("新任党组织书记培训"), "partylife.write"),
}
