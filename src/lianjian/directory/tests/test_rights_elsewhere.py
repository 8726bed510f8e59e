"""A right over one place is no right over another, though one account works in both."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from lianjian.directory import actions
from lianjian.directory.actors import GrantedActor
from lianjian.directory.loaders import AreaRow
from lianjian.directory.models import Grant, Merge, Organization
from lianjian.foundation.rights import Denied
from lianjian.rulebook.actions import set_local_rule
from tests.cast import NOW, SINCE, Cast, code


def also(cast: Cast, who: str, role: str, organization: Organization) -> GrantedActor:
    """The account with a second, younger role elsewhere."""
    with_context = cast.system(cast.other_town if organization == cast.other_root else cast.town)
    assert with_context.jurisdiction_id == organization.jurisdiction_id
    Grant.objects.create(
        jurisdiction_id=organization.jurisdiction_id, user=cast.users[who], role=role, organization=organization,
        since=date(2025, 1, 1),
    )  # fmt: skip
    return cast.actor(who)


@pytest.fixture
def leader(cast: Cast) -> GrantedActor:
    """Leads 柳溪镇, where she reads people; keeps the records of 石桥镇."""
    cast.system()
    actions.change_person(actor=cast.system(), person=cast.people["handler"], now=NOW, phone="13900001111")
    return also(cast, "leader", "clerk", cast.other_root)


def test_a_masked_value_is_shown_only_where_the_right_holds(cast: Cast, leader: GrantedActor) -> None:
    person = cast.people["handler"]
    with pytest.raises(Denied):
        actions.unmask(actor=leader, person=person, field="phone", reason="核对", now=NOW)
    client = cast.client("leader")
    answer = client.post(
        f"/directory/people/{person.key}/unmask", {"field": "phone", "reason": "核对"}
    )
    assert answer.status_code == 403 and "13900001111" not in answer.content.decode()
    assert 'name="reason"' not in client.get(f"/directory/people/{person.key}").content.decode()
    own = cast.people["other_clerk"]
    actions.change_person(actor=leader, person=own, now=NOW, phone="13900002222")
    assert actions.unmask(actor=leader, person=own, field="phone", reason="核对", now=NOW) == "13900002222"


def test_a_county_tags_a_town_s_body_only_with_a_role_there(cast: Cast) -> None:
    county = cast.actor("county_clerk")
    group = actions.add_tag_scheme(actor=county, name="县级重点名单", now=NOW)
    key = actions.add_tag(actor=county, scheme=group, name="集体经济重点村", now=NOW)
    url = reverse("directory:set_tag", kwargs={"key": cast.village.key})
    sent = {"tag": str(key.key), "since": "2026-01-01", "document": "云委办〔2026〕9号"}
    refused = cast.client("county_clerk").post(url, sent)
    assert refused.status_code == 403 and "标签要由当地认定" in refused.content.decode()
    lines = [actions.TagLine(cast.village, key, SINCE, "云委办〔2026〕9号")]
    [(_line, why)] = actions.set_tags(actor=cast.actor("county_clerk"), lines=lines, now=NOW).refused
    assert cast.village.name in str(why) and "交给当地导入" in str(why)
    also(cast, "county_clerk", "clerk", cast.town_root)
    assert cast.client("county_clerk").post(url, sent).status_code == 303


def test_people_are_written_only_where_the_right_holds(cast: Cast, leader: GrantedActor) -> None:
    person = cast.people["handler"]
    for act in (
        lambda: actions.change_person(actor=leader, person=person, now=NOW, note="改"),
        lambda: actions.register_person(actor=leader, name="林深", jurisdiction_id=cast.town.pk, now=NOW),
        lambda: actions.add_membership(
            actor=leader, person=person, organization=cast.office, role="staff", since=SINCE, now=NOW
        ),
    ):
        with pytest.raises(Denied):
            act()
    made = actions.register_person(actor=leader, name="林深", jurisdiction_id=cast.other_town.pk, now=NOW)
    assert made.jurisdiction_id == cast.other_town.pk


def test_the_register_is_searched_and_drawn_only_where_the_right_holds(cast: Cast, leader: GrantedActor) -> None:
    assert leader.jurisdiction_id == cast.town.pk
    with pytest.raises(Denied):
        actions.find_likenesses(actor=leader, now=NOW)
    square = {"type": "Polygon", "coordinates": [[[115, 28], [116, 28], [116, 29], [115, 28]]]}
    with pytest.raises(Denied):
        actions.upload_shapes(
            actor=leader, areas=[("", square)], name="柳溪镇", datum="WGS-84", source="", now=NOW
        )


def test_a_local_number_is_set_only_where_the_right_holds(cast: Cast) -> None:
    actor = also(cast, "clerk", "system_admin", cast.other_root)

    def set_in(place: int) -> None:
        set_local_rule(
            actor=actor, jurisdiction_id=place, code="case.need", amount=5, unit="wd", source="石发〔2026〕1号",
            valid_from=date(2026, 1, 1), now=NOW,
        )  # fmt: skip

    with pytest.raises(Denied):
        set_in(cast.town.pk)
    set_in(cast.other_town.pk)


def test_tables_of_the_whole_house_are_loaded_from_its_top(cast: Cast) -> None:
    rows = [AreaRow("360000000000", "江西省", 1, "")]
    actor = also(cast, "clerk", "system_admin", cast.other_root)
    with pytest.raises(Denied):
        actions.load_areas(actor=actor, rows=rows, now=NOW)
    with pytest.raises(Denied):
        actions.load_industries(actor=actor, rows=[], now=NOW)
    assert actions.load_areas(actor=cast.actor("system_admin"), rows=rows, now=NOW)["read"] == 1


def test_a_merge_is_taken_back_by_who_may_write_both(cast: Cast) -> None:
    loser = actions.register_organization(
        actor=cast.system(), name="晨光木业（重复）", classification="enterprise", parent=cast.housing, since=SINCE,
        now=NOW, code=code(9),
    )  # fmt: skip
    clerk = cast.actor("clerk")
    merge = actions.merge_organizations(actor=clerk, winner=cast.firm, loser=loser, now=NOW)
    narrow = also(cast, "contact", "clerk", cast.firm)
    assert narrow.may("directory.merge", cast.firm)
    with pytest.raises(Denied):
        actions.unmerge(actor=narrow, merge=Merge.objects.get(pk=merge.pk), now=NOW)
