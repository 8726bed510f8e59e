"""What is refused about people in alliances."""

from __future__ import annotations

from typing import Final

from lianjian.foundation.errors import Refused, _

# Who answers for an industry chain (checklist 004-35).
HEAD: Final = "链长"
# Roles of bodies that stand before and behind others on a chain (checklist 004-49).
CHAIN_LEADER: Final = "链主企业"
PARTNERS: Final = ("上游企业", "下游企业")


class PersonSeated(Refused):
    """One role of one person once at a time; another role beside it is fine."""

    sentence = _("这个人在这段时间里已经担任这个角色。要改日期的,请用“更正”。")
    field = "since"
    status = 409
