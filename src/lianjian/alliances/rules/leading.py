"""Who of a body went ahead in a campaign: asked to go first, or leads the others (checklist 000-40)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from lianjian.foundation.errors import Refused, _

ASKED, LEADS = "asked", "leads"
LEADING: Final[Mapping[str, str]] = {ASKED: _("主动要求先行试点"), LEADS: _("领头雁(带头人)")}


class LeadNamed(Refused):
    """One person is named once in one way."""

    sentence = _("这个人在这个单位的参加记录里已经这样写过。")
    field = "person"
    status = 409


class LeadTooEarly(Refused):
    """Nobody leads in a campaign before it begins."""

    sentence = _("日期不能早于活动开始那天(%(day)s),也不能晚于今天。")
    field = "since"


class LeadUnknown(Refused):
    """Only the known ways."""

    sentence = _("请从列出的项目中选择。")
    field = "way"


def check_lead(*, way: str, since: date, began: date, today: date) -> None:
    """Raises `LeadUnknown`, `LeadTooEarly`."""
    if way not in LEADING:
        raise LeadUnknown
    if not began <= since <= today:
        raise LeadTooEarly(day=began)
