"""Each finding has its follow-up until the member is taken into care: by hand, from a list, put right, undone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lianjian.duties.models import Duty
from lianjian.partylife import actions
from lianjian.partylife.models import FoundMember
from tests.cast import NOW, Cast

DAY = date(2024, 5, 6)


def _found(cast: Cast, name: str = "秦川", **more: Any) -> FoundMember:
    values: dict[str, Any] = {"enterprise": cast.firm, "found_on": DAY, **more}
    return actions.record_found_member(actor=cast.actor("clerk"), person=name, now=NOW, **values)


def _asked() -> list[tuple[str, str]]:
    rows = Duty.objects.filter(kind="partylife.found", state="open").order_by("title")
    return [(duty.title.split(":")[0], str(duty.organization or "")) for duty in rows]


def test_a_finding_is_followed_up_until_he_is_taken_into_care(cast: Cast) -> None:
    row = _found(cast)
    assert _asked() == [("秦川", cast.firm.name)]
    page = cast.client("clerk").get("/duties/all/").content.decode()
    assert "秦川:联系本人,纳入双联共管" in page
    actions.change_found_member(actor=cast.actor("clerk"), found=row, joint_branch=cast.branch, now=NOW)
    assert _asked() == [("秦川", cast.branch.name)], "the branch where he works has it now"
    actions.change_found_member(actor=cast.actor("clerk"), found=row, note="夜班", now=NOW)
    assert _asked() == [("秦川", cast.branch.name)]
    actions.take_into_care(actor=cast.actor("clerk"), found=row, managed_on=date(2024, 5, 20), now=NOW)
    assert _asked() == []
    actions.change_found_member(actor=cast.actor("clerk"), found=row, managed_on=None, now=NOW)
    assert _asked() == [("秦川", cast.branch.name)], "a day entered by mistake opens it again"


def test_no_follow_up_of_who_is_in_care_or_of_a_mistake(cast: Cast) -> None:
    _found(cast, joint_branch=cast.branch, managed_on=DAY)
    assert _asked() == []
    wrong = _found(cast, "梁田")
    assert len(_asked()) == 1
    actions.withdraw_found_member(actor=cast.actor("clerk"), found=wrong, reason="不是党员", now=NOW)
    assert _asked() == []


def _line(number: int, name: str, **more: Any) -> actions.FoundLine:
    return actions.FoundLine(number=number, name=name, found_on=DAY, **more)


def test_a_list_opens_moves_and_closes_them_with_its_rows(cast: Cast) -> None:
    def read(*lines: actions.FoundLine) -> Any:
        return actions.import_found_members(
            actor=cast.actor("clerk"), jurisdiction_id=cast.town.pk, rows=lines, batch_key="b", now=NOW
        )

    first = read(
        _line(2, "秦川", enterprise=cast.firm),
        _line(3, "梁田", enterprise_text="没有登记的厂"),
        _line(4, "谷雨", enterprise=cast.firm, joint_branch=cast.branch, managed_on=DAY),
    )
    assert _asked() == [("梁田", ""), ("秦川", cast.firm.name)]
    assert {number: len(made) for number, made in first.beside.items()} == {2: 1, 3: 1}, "undone with the import"
    again = read(
        _line(2, "秦川", enterprise=cast.firm, joint_branch=cast.branch),
        _line(3, "梁田", enterprise_text="没有登记的厂", joint_branch_text="镇街党支部", managed_on=date(2024, 6, 1)),
    )
    assert _asked() == [("秦川", cast.branch.name)]
    assert {number: sorted(pairs[0][1]) for number, pairs in again.beside_changed.items()} == {
        2: ["organization"], 3: ["closed_at", "closed_by", "state"],
    }  # fmt: skip
    assert read(_line(2, "秦川", enterprise=cast.firm, joint_branch=cast.branch)).beside_changed == {}


def test_a_firm_recognised_later_has_the_follow_up(cast: Cast) -> None:
    _found(cast, "梁田", enterprise=None, enterprise_text="远山家具厂")
    assert _asked() == [("梁田", "")]
    actions.adopt_firm(
        actor=cast.actor("clerk"), jurisdiction_id=cast.town.pk, name="远山家具厂", organization=cast.second_firm, now=NOW
    )
    assert _asked() == [("梁田", cast.second_firm.name)]


@pytest.mark.parametrize("name", ["contact", "instructor"])
def test_it_is_on_the_desk_of_who_may_write(cast: Cast, name: str) -> None:
    row = _found(cast)
    told = f"/members/found/{row.key}" in cast.client(name).get("/").content.decode()
    assert told == cast.actor(name).may("partylife.write", cast.firm)
