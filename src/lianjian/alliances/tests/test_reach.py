"""Figures of chains and of villages in joint bodies: each firm and village once, each number onto its rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from lianjian.alliances import actions, figures
from lianjian.directory import actions as directory
from lianjian.directory.models import Organization
from lianjian.foundation.declare import Scoped
from lianjian.partylife.figures import INDICATORS as PARTY
from tests.cast import NOW, SINCE, TODAY, Cast

from .test_alliances import DAY, admit, found
from .test_chains import furnished

BY_CODE = {item.code: item for item in (*figures.INDICATORS, *PARTY)}


def rows(cast: Cast, code: str, day: date = TODAY) -> list[Any]:
    return list(BY_CODE[code].rows(cast.actor("clerk"), Scoped((cast.town.pk,), day, day)))


def total(cast: Cast, code: str, day: date = TODAY) -> int:
    field = str(BY_CODE[code].measure)
    return sum(getattr(row, field) for row in rows(cast, code, day))


def test_firms_of_chains_count_once_with_the_sizes_of_the_day(cast: Cast) -> None:
    furnished(cast)
    outside = found(cast, "银企联盟")
    admit(cast, outside, cast.other_firm)
    assert [row.chain for row in rows(cast, "alliances.chain_committees")] == ["家具"]
    assert {row.name for row in rows(cast, "alliances.chain_firms")} == {cast.firm.name, cast.second_firm.name}
    assert len(rows(cast, "alliances.chain_partners")) == 2
    assert (total(cast, "alliances.chain_staff"), total(cast, "alliances.chain_members")) == (120, 9)
    directory.set_enterprise_year(actor=cast.system(), organization=cast.firm, year=2026, staff=150, now=NOW)
    assert total(cast, "alliances.chain_staff") == 150
    assert total(cast, "alliances.chain_staff", date(2025, 12, 31)) == 120
    assert total(cast, "alliances.chain_staff", date(2024, 12, 31)) == 0  # nobody said for that year
    assert rows(cast, "alliances.chain_firms", SINCE - DAY) == []


def _village(cast: Cast, name: str, households: int | None, residents: int | None, members: int) -> tuple[Organization, Organization]:
    clerk = cast.actor("clerk")
    village = directory.register_organization(
        actor=clerk, name=name, classification="village", parent=cast.town_root, since=SINCE, now=NOW,
        profile={"households": households, "residents": residents},
    )  # fmt: skip
    branch = directory.register_organization(
        actor=clerk, name=f"{name}党总支", classification="party", parent=village, since=SINCE, now=NOW,
        profile={"level": "general_branch", "members": members},
    )  # fmt: skip
    directory.register_organization(  # part of the general branch: its members are counted there
        actor=clerk, name=f"{name}一组党小组", classification="party", parent=branch, since=SINCE, now=NOW,
        profile={"level": "group", "members": members // 2},
    )  # fmt: skip
    return village, branch


def test_villages_of_joint_bodies_count_once(cast: Cast) -> None:
    one, one_branch = _village(cast, "太明沟村", 120, 410, 31)
    two, two_branch = _village(cast, "稔沟村", 85, 260, 22)
    three, _branch = _village(cast, "上李村", None, None, 9)
    joint = found(cast, "联建村党总支", form="formal", mode="毗邻协作型")
    again = found(cast, "毗邻党委", form="formal", mode="毗邻协作型")
    loose = found(cast, "功能型", mode="毗邻协作型")
    admit(cast, joint, one)
    admit(cast, joint, one_branch)  # by itself and by its party organization: one village
    admit(cast, joint, two_branch)
    admit(cast, again, one)
    admit(cast, loose, three)
    assert [row.name for row in rows(cast, "alliances.joint_households")] == ["太明沟村", "稔沟村"]
    wanted = {"households": 205, "residents": 670, "party_members": 53}
    assert {name: total(cast, f"alliances.joint_{name}") for name in wanted} == wanted
    seat = admit(cast, again, three)
    assert total(cast, "alliances.joint_party_members") == 62 and total(cast, "alliances.joint_households") == 205
    actions.leave(actor=cast.actor("clerk"), seat=seat, until=TODAY, now=NOW)
    assert total(cast, "alliances.joint_party_members", TODAY - DAY) == 62
    assert total(cast, "alliances.joint_party_members") == 53
    url = reverse("alliances:alliance", kwargs={"key": joint.key})
    shown = cast.client("leader").get(url).content.decode().split("联建村的户数、人口和党员", 1)[1].split("</table>", 1)[0]
    for number in (205, 670, 53):
        assert f'<td class="is-number">{number}</td>' in shown
    admit(cast, joint, three)
    shown = cast.client("leader").get(url).content.decode()
    assert shown.count("1 个没有登记") == 2  # of households and residents; its members are known
    directory.move_organization(actor=cast.actor("clerk"), organization=one_branch, parent=two, since=TODAY, now=NOW)
    held = rows(cast, "alliances.joint_party_members", TODAY - DAY)
    assert {row.name: row.village_members for row in held} == {"太明沟村": 31, "稔沟村": 22, "上李村": 9}
    page = cast.client("leader").get("/figures/alliances.joint_households/").content.decode()
    assert "太明沟村" in page and "稔沟村" in page and "205" in page


def test_party_bodies_of_chains_by_form_and_level(cast: Cast) -> None:
    furnished(cast)
    clerk = cast.actor("clerk")
    committee = Organization.objects.get(name="家具产业链党委")
    for name, parent, level, formation in (
        ("链上一支部", committee, "branch", "joint"),
        ("链上二支部", committee, "branch", "joint"),
        ("链上三支部", committee, "branch", "attached"),
    ):
        made = directory.register_organization(
            actor=clerk, name=name, classification="party", parent=parent, since=SINCE + DAY, now=NOW,
            profile={"level": level, "formation": formation},
        )  # fmt: skip
    directory.register_organization(
        actor=clerk, name="链上三支部一组", classification="party", parent=made, since=SINCE + DAY, now=NOW,
        profile={"level": "group", "formation": "attached"},
    )  # fmt: skip
    listed = rows(cast, "partylife.chain_bodies")
    assert sorted(row.name for row in listed) == ["家具产业链党委", "链上一支部", "链上三支部", "链上三支部一组", "链上二支部"]
    assert cast.branch.name not in {row.name for row in listed}
    assert [row.name for row in rows(cast, "partylife.chain_bodies", SINCE)] == ["家具产业链党委"]
    leader = cast.client("leader")
    page = leader.get("/figures/partylife.chain_bodies/").content.decode()
    assert "联合建 · 党支部" in page and "挂靠建 · 党小组" in page and "没有登记组建方式" in page
    part = leader.get("/figures/partylife.chain_bodies/?part=attached/group").content.decode().split('id="rows"', 1)[1]
    assert "链上三支部一组" in part and "链上一支部" not in part
    assert "只列出“挂靠建 · 党小组”" in part
    leader.cookies["language"] = "en"
    assert "joint" in leader.get("/figures/partylife.formed/").content.decode().lower()
