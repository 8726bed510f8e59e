"""Covering, assigning and dispatching, through the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lianjian.coverage import actions, rules
from lianjian.coverage.queries import gap_counts
from lianjian.directory import actions as directory
from lianjian.directory.models import Link, Membership, Organization, Person
from lianjian.events.actions import record_visit
from tests.cast import NOW, SINCE, Cast, acting

MOVED = date(2025, 7, 1)


def _station_on(cast: Cast, day: date) -> str:
    links = Link.objects.filter(kind="coverage", target=cast.firm).on(day)  # type: ignore[attr-defined]
    return str(links.get().source.name)


def _size(cast: Cast, firm: Organization, *, staff: int, above: bool, members: int, year: int = 2024) -> None:
    clerk = cast.actor("clerk")
    directory.set_enterprise_year(
        actor=clerk,
        organization=firm,
        year=year,
        staff=staff,
        above_scale=above,
        party_members=members,
        now=NOW,
    )


def test_an_enterprise_moves_and_past_days_stay(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    actions.cover_enterprise(
        actor=clerk, enterprise=cast.firm, station=cast.second_station, since=MOVED, now=NOW
    )
    assert _station_on(cast, date(2025, 6, 30)) == "柳溪第一党建指导站"
    assert _station_on(cast, MOVED) == "柳溪第二党建指导站"
    with pytest.raises(rules.AlreadyCovered):
        actions.cover_enterprise(
            actor=clerk, enterprise=cast.firm, station=cast.second_station, since=MOVED, now=NOW
        )
    with pytest.raises(rules.NotAStation):
        actions.cover_enterprise(actor=clerk, enterprise=cast.firm, station=cast.office, since=MOVED, now=NOW)
    with pytest.raises(rules.NotAnEnterprise):
        actions.cover_enterprise(
            actor=clerk, enterprise=cast.village, station=cast.station, since=MOVED, now=NOW
        )


def test_bulk_assignment_through_the_page(cast: Cast, as_clerk: Any, as_instructor: Any) -> None:
    form = as_clerk.get("/coverage/assign")
    assert form.status_code == 200 and "晨光木业" in form.content.decode()
    keys = [str(cast.firm.key), str(cast.second_firm.key)]
    nothing = as_clerk.post("/coverage/assign", {"enterprises": keys, "since": "2025-07-01"})
    assert nothing.status_code == 422
    answer = as_clerk.post(
        "/coverage/assign",
        {"enterprises": keys, "station": str(cast.station.key), "person": "新来的", "since": "2025-07-01"},
    )
    assert answer.status_code == 303, answer.content.decode()
    with acting(cast.actor("clerk")):
        assert Person.objects.filter(name="新来的").count() == 1
        held = Membership.objects.filter(role="instructor", person__name="新来的")
        assert {row.organization_id for row in held} == {cast.firm.pk, cast.second_firm.pk}
        assert Link.objects.filter(kind="coverage", source=cast.station, until__isnull=True).count() == 2
    assert as_instructor.post("/coverage/assign", {}).status_code == 403


def test_namesakes_are_for_a_person_to_choose(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    for _number in range(2):
        directory.register_person(actor=clerk, name="同名", now=NOW)
    with pytest.raises(rules.SeveralPeople):
        actions.assign_instructor(actor=clerk, enterprise=cast.firm, person="同名", since=MOVED, now=NOW)


def test_cadres_are_sent_and_called_back(cast: Cast, as_clerk: Any) -> None:
    address = f"/coverage/stations/{cast.station.key}"
    data = {
        "person": "武斌",
        "origin": "镇党建办干事",
        "resident": "on",
        "phone": "13900000001",
        "since": "2025-01-16",
    }
    assert as_clerk.post(f"{address}/dispatch", data).status_code == 303
    page = as_clerk.get(address).content.decode()
    assert "武斌" in page and "常驻" in page and "镇党建办干事" in page
    with acting(cast.actor("clerk")):
        held = Membership.objects.get(role="dispatched")
        assert held.details == {"resident": True, "origin": "镇党建办干事"}
    end = f"/coverage/memberships/{held.key}/end"
    assert as_clerk.post(end, {"until": "2025-01-01"}).status_code == 422
    assert as_clerk.post(end, {"until": "2025-09-01"}).status_code == 303
    assert "武斌" not in as_clerk.get(address).content.decode()


def test_each_gap_counts_the_list_it_opens(cast: Cast, as_clerk: Any) -> None:
    _size(cast, cast.firm, staff=120, above=True, members=0)
    _size(cast, cast.second_firm, staff=99, above=True, members=3)
    clerk = cast.actor("clerk")
    third = directory.register_organization(
        actor=clerk,
        name="柳溪无人厂",
        classification="enterprise",
        parent=cast.town_root,
        since=SINCE,
        now=NOW,
    )
    with acting(clerk):
        found = {gap.code: gap for gap in gap_counts(clerk)}
    assert {code: gap.count for code, gap in found.items()} == {
        "no_station": 1,
        "no_instructor": 1,
        "target": 1,
        "unformed": 1,
        "unvisited": 3,
    }
    names = {"no_station": third.name, "target": cast.firm.name, "unformed": cast.second_firm.name}
    for code, name in names.items():
        page = as_clerk.get(found[code].url).content.decode()
        assert name in page and page.count("<tr") == 2, code
    directory.link_organizations(
        actor=clerk, kind="party", source=cast.branch, target=cast.second_firm, since=SINCE, now=NOW
    )
    with acting(clerk):
        assert {gap.code: gap.count for gap in gap_counts(clerk)}["unformed"] == 0


def test_a_visit_of_this_quarter_closes_the_gap(cast: Cast, as_clerk: Any) -> None:
    from lianjian.foundation import clock

    clerk, today = cast.actor("clerk", clock.today()), clock.today()
    record_visit(actor=clerk, organization=cast.firm, visited_on=today, people=["何静"], now=clock.now())
    page = as_clerk.get("/coverage/enterprises?gap=unvisited").content.decode()
    assert cast.firm.name not in page and cast.second_firm.name in page
    assert as_clerk.get("/coverage/enterprises?sort=-last_visit").status_code == 200


def test_pages_show_what_one_covers(
    cast: Cast, as_clerk: Any, as_instructor: Any, as_handler: Any, as_leader: Any
) -> None:
    home = as_clerk.get("/coverage/").content.decode()
    assert "柳溪第一党建指导站" in home and "柳溪第二党建指导站" in home
    mine = as_instructor.get("/coverage/").content.decode()
    assert "我联系的企业" in mine and "柳溪第二党建指导站" not in mine
    own = f"/coverage/instructors/{cast.people['instructor'].key}"
    assert cast.firm.name in as_instructor.get(own).content.decode()
    assert (
        as_instructor.get(f"/coverage/instructors/{cast.people['other_instructor'].key}").status_code == 404
    )
    assert as_instructor.get(f"/coverage/stations/{cast.second_station.key}").status_code == 404
    listed = as_instructor.get("/coverage/enterprises").content.decode()
    assert cast.firm.name in listed and cast.second_firm.name not in listed
    assert as_leader.get(own).status_code == 200
    assert as_handler.get("/coverage/").status_code == 403
    assert (
        as_clerk.get(f"/coverage/enterprises?station={cast.station.key}&needs=no&scale=unknown").status_code
        == 200
    )
    assert as_clerk.post("/export", {"page": "coverage.enterprises"}).status_code == 200


def test_the_list_costs_the_same_for_ten_and_for_thirty(cast: Cast, as_clerk: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        """The smaller of two: what a process keeps for some minutes may run out in one of them."""
        asked = []
        for _time in range(2):
            with CaptureQueriesContext(connection) as caught:
                assert as_clerk.get("/coverage/enterprises").status_code == 200
                assert as_clerk.get("/coverage/").status_code == 200
            asked.append(len(caught))
        return min(asked)

    clerk = cast.actor("clerk")
    counts = []
    for start in (0, 10, 30):
        for number in range(start, start + 10):
            directory.register_organization(
                actor=clerk,
                name=f"柳溪{number}号厂",
                classification="enterprise",
                parent=cast.town_root,
                now=NOW,
            )
        counts.append(cost())
    assert counts[1] == counts[2]


def test_the_interface_answers_for_its_scope(
    cast: Cast, as_clerk: Any, as_instructor: Any, as_handler: Any
) -> None:
    rows = as_clerk.get("/api/v1/coverage").json()["enterprises"]
    assert [row["name"] for row in rows] == [cast.firm.name, cast.second_firm.name]
    assert rows[0]["station"] == "柳溪第一党建指导站" and rows[0]["instructors"] == "苏禾"
    assert len(as_instructor.get("/api/v1/coverage").json()["enterprises"]) == 1
    gaps = {gap["code"]: gap["count"] for gap in as_clerk.get("/api/v1/coverage/gaps").json()}
    assert gaps["unvisited"] == 2
    assert len(as_clerk.get("/api/v1/coverage/stations").json()) == 2
    assert as_handler.get("/api/v1/coverage").status_code == 403
