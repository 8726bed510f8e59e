"""Words and refusals of members who were found in firms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lianjian.foundation.errors import Refused, _

SOURCES: Mapping[str, str] = {
    "search": _("组织找党员"),
    "self": _("党员找组织"),
    "import": _("表格导入"),
}
FOUND: Final = "partylife.found"
FOUND_DUTIES: Final[Mapping[str, tuple[str, str]]] = {FOUND: (_("纳入双联共管"), "partylife.write")}


class AlreadyFound(Refused):
    """One person is one finding."""

    sentence = _("此人已在找出党员名册里,不重复登记。")
    status = 409


class AlreadyManaged(Refused):
    """Taken up once; another branch is entered by editing."""

    sentence = _("此人已于%(day)s纳入共管。")
    status = 409


class ManagedBeforeFound(Refused):
    """Nobody is taken up before he is found."""

    sentence = _("纳管日期不能早于找出日期(%(day)s)。")
    field = "managed_on"


class JointBranchMissing(Refused):
    """Somebody must look after him."""

    sentence = _("请写明联系共管的党支部。")
    field = "joint_branch"
