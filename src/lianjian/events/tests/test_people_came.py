"""How many came to meetings: the convener's people too, a list before a headcount, nobody twice."""

from __future__ import annotations

from typing import Any

from lianjian.events import actions, figures
from lianjian.events.models import Meeting
from lianjian.events.rules.attendance import Said
from lianjian.events.tests.meetingwork import AFTER
from lianjian.events.tests.test_attendance import held, people, scope
from tests.cast import Cast


def came(cast: Cast) -> dict[str, int]:
    """What the figure's rows say, by title; their sum is the figure."""
    [item] = [one for one in figures.INDICATORS if one.code == "events.meeting_people"]
    rows: Any = item.rows(cast.actor("clerk"), scope(cast))
    return {row.title: getattr(row, str(item.measure)) for row in rows}


def write(cast: Cast, meeting: Meeting, body: Any, present: list[Any], absent: list[Any], **more: Any) -> None:
    said = {**{one.pk: Said("present") for one in present}, **{one.pk: Said("absent") for one in absent}}
    actions.record_attendance(
        actor=cast.actor("clerk"), meeting=meeting, organization=body, said=said, now=AFTER, **more
    )


def test_the_convener_s_people_count_and_a_list_takes_the_place_of_a_headcount(cast: Cast) -> None:
    own = people(cast, cast.town_root, "甲党员", "乙党员", "丙党员")
    workers = people(cast, cast.firm, "子工人", "丑工人", "寅工人")
    alone = held(cast)
    assert came(cast) == {}  # held, and nobody said how many came
    write(cast, alone, cast.town_root, own[:2], own[2:])
    assert came(cast) == {"主题党日活动": 2}
    both = held(cast, "座谈会", bodies=[(cast.firm, "member")])
    assert came(cast)["座谈会活动"] == 2  # the headcount of the invited firm
    write(cast, both, cast.firm, workers, [])
    assert came(cast)["座谈会活动"] == 3
    # A worker of the firm on the convener's list counts for the firm or as a guest, and once.
    write(cast, both, cast.town_root, own, [])
    assert came(cast) == {"主题党日活动": 2, "座谈会活动": 6}
