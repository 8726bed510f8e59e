"""What the demonstration county asks beyond the national rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from lianjian.foundation.actor import Actor
from lianjian.rulebook.actions import set_local_rule

from .frame import Frame

# code, content, the document it rests on
STRICTER: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("branch.joint", {"max": 4}, "示范县委组织部关于规范联合党支部设置的通知(示组发〔2025〕12号)"),
    ("company.instructor_load", {"max": 10}, "示范县党建指导员管理办法(示社工发〔2025〕6号)"),
    ("company.instructor_days", {"times": 4}, "示范县党建指导员管理办法(示社工发〔2025〕6号)"),
    ("company.leader_visit", {"per": "quarter", "times": 1}, "示范县党政领导挂联企业制度(示办发〔2025〕18号)"),
    ("company.scope", {"one_of": ["above"]}, "示范县两新组织党建覆盖质量提升行动方案(示社工发〔2025〕9号)"),
)
# A default that bites once a place has its own document.
TAKEN_UP = ("member.pool", {"times": 1}, "示范县委组织部关于做好发展党员工作的通知(示组发〔2025〕18号)")


def local_rules(frame: Frame, admin: Actor) -> None:
    """A tightened norm, and a number of the county's own where no national one exists."""
    for code, params, source in (*STRICTER, TAKEN_UP):
        set_local_rule(
            actor=admin, jurisdiction_id=frame.county.pk, code=code, params=params, source=source,
            valid_from=date(frame.today.year, 1, 1), now=frame.now,
        )  # fmt: skip
