"""A two-way search counts the members found at its bodies in its days; the number opens onto its rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from lianjian.alliances import actions as alliances
from lianjian.alliances.models import Campaign
from lianjian.alliances.queries import campaign_page
from lianjian.alliances.rules import campaigns as rules
from lianjian.directory.models import Organization
from lianjian.partylife import actions
from lianjian.partylife.models import FoundMember
from tests.cast import NOW, TODAY, Cast

DAY = timedelta(days=1)
BEGAN = TODAY - 60 * DAY


def search(cast: Cast, *bodies: Organization, found: int = 25) -> Campaign:
    clerk = cast.actor("clerk")
    held = alliances.open_campaign(
        actor=clerk, organization=cast.town_root, name="“双找”活动", kind="摸排", since=BEGAN, now=NOW
    )
    for name, counts in (("找出党员", "found"), ("纳入管理", "managed")):
        alliances.add_campaign_action(actor=clerk, campaign=held, name=name, counts=counts, target=found, now=NOW)
    alliances.invite_to_campaign(
        actor=clerk, campaign=held, organizations=bodies, status="joined", on=BEGAN, now=NOW
    )
    return held


def find(cast: Cast, name: str, on: date, firm: Organization | None, **more: Any) -> FoundMember:
    return actions.record_found_member(
        actor=cast.actor("clerk"), person=name, enterprise=firm, found_on=on, now=NOW, **more
    )


def reached(cast: Cast, held: Campaign, who: str = "clerk") -> list[int | None]:
    return [one.reached for one in campaign_page(cast.actor(who), held).goals]


def test_25_found_and_25_looked_after(cast: Cast) -> None:
    """Checklist 000-15 to 000-18."""
    held = search(cast, cast.firm, cast.branch)
    for number in range(25):
        firm = cast.firm if number % 2 else cast.second_firm  # the branch takes part, so who it looks after counts
        care = {"joint_branch": cast.branch, "managed_on": TODAY} if number < 20 or firm is not cast.firm else {}
        find(cast, f"党员{number}", BEGAN + number * DAY, firm, **care)
    assert reached(cast, held) == [25, 23]
    waiting = FoundMember.objects.filter(managed_on__isnull=True)
    for row in waiting:
        actions.take_into_care(
            actor=cast.actor("clerk"), found=row, managed_on=TODAY, joint_branch=cast.branch, now=NOW
        )
    assert reached(cast, held) == [25, 25]
    clerk = cast.client("clerk")
    page = clerk.get(held.get_absolute_url()).content.decode()
    assert page.count("已达成") == 2
    for address in (f"?campaign={held.key}", f"?campaign={held.key}&state=managed"):
        assert reverse("partylife:found") + address.replace("&", "&amp;") in page or address in page
        assert ">25<" in clerk.get(reverse("partylife:found") + address).content.decode().replace(" ", "")
    one = FoundMember.objects.filter(enterprise=cast.firm).first()
    assert one is not None and "“双找”活动" in clerk.get(one.get_absolute_url()).content.decode()


def test_only_of_its_bodies_and_days(cast: Cast) -> None:
    held = search(cast, cast.firm)
    inside = find(cast, "甲", BEGAN, cast.firm)
    find(cast, "乙", BEGAN - DAY, cast.firm)  # before
    find(cast, "丙", BEGAN, cast.second_firm)  # takes no part
    find(cast, "丁", BEGAN, None, enterprise_text="没有登记的作坊")
    assert reached(cast, held) == [1, 0]
    late = find(cast, "戊", TODAY - DAY, cast.firm)
    assert reached(cast, held) == [2, 0]
    alliances.change_campaign(actor=cast.actor("clerk"), campaign=held, until=TODAY - 2 * DAY, now=NOW)
    assert reached(cast, held) == [1, 0]  # after its last day
    alliances.change_campaign(actor=cast.actor("clerk"), campaign=held, until=None, now=NOW)
    actions.withdraw_found_member(actor=cast.actor("clerk"), found=late, reason="认错人", now=NOW)
    assert reached(cast, held) == [1, 0]
    part = held.participants.get(organization=cast.firm)
    alliances.move_participant(
        actor=cast.actor("clerk"), participant=part, status="left", on=TODAY, reason="停产", now=NOW
    )
    assert reached(cast, held) == [0, 0]
    assert inside.pk not in set(_listed(cast, held))


def _listed(cast: Cast, held: Campaign) -> list[int]:
    from lianjian.partylife.queries.campaigns import in_campaign

    actor = cast.actor("clerk")
    return [row.pk for row in in_campaign(FoundMember.objects.all(), str(held.key), actor)]


def test_who_sees_a_part_is_not_told_a_number(cast: Cast) -> None:
    held = search(cast, cast.firm)
    find(cast, "甲", BEGAN, cast.firm)
    assert reached(cast, held, "other_clerk") == [None, None]
    page = cast.client("other_clerk").get(held.get_absolute_url()).content.decode()
    assert page.count("完成数只有主办地区看得到") == 2
    # Nor where a body of another place takes part, whose findings are not read.
    alliances.invite_to_campaign(
        actor=cast.actor("clerk"), campaign=held, organizations=[cast.other_firm], status="joined", on=TODAY, now=NOW
    )
    assert reached(cast, held) == [None, None]
    assert cast.client("clerk").get(reverse("partylife:found") + "?campaign=x").status_code == 200


def test_what_nobody_counts_is_refused(cast: Cast) -> None:
    held = search(cast, cast.firm)
    with pytest.raises(rules.UnknownCount):
        alliances.add_campaign_action(
            actor=cast.actor("clerk"), campaign=held, name="别的", counts="nothing", target=1, now=NOW
        )
    client, address = cast.client("clerk"), reverse("alliances:add_campaign_action", kwargs={"key": held.key})
    assert "找出并纳管的党员" in client.get(address).content.decode()
    assert client.post(address, {"name": "别的", "counts": "nothing", "target": 1}).status_code == 422
    assert client.post(address, {"name": "再找", "counts": "found", "target": 5}).status_code == 303
