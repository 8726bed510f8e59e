"""Volunteer teams: who and which bodies were in them on a day, nobody twice, and members from a spreadsheet."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from lianjian.directory import actions, figures
from lianjian.directory.actions import seats, teams
from lianjian.directory.models import Person, Team, TeamMember, TeamUnit
from lianjian.directory.queries import teams as team_queries
from lianjian.directory.queries.teams import TEAM_MEMBERS, TEAMS
from lianjian.events.tests.meetingwork import together
from lianjian.foundation import clock
from lianjian.foundation.declare import Scoped
from lianjian.foundation.export import rows_of
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from lianjian.sheets import actions as importing
from lianjian.sheets.queries.receipts import receipt
from lianjian.sheets.tests.helpers import store, workbook
from tests.cast import NOW, TODAY, Cast, build_cast

FOUNDED = date(2025, 3, 5)


def volunteers(cast: Cast, name: str = "木香志愿服务队", **more: Any) -> Team:
    given = {"organization": cast.village, "leader": cast.people["village"], "founded_on": FOUNDED, **more}
    return actions.found_team(
        actor=cast.actor("clerk"), kind="volunteer", name=name, purpose="逢九送汤", now=NOW, **given
    )


def join(cast: Cast, team: Team, who: str = "instructor", **more: Any) -> TeamMember:
    return actions.add_to_team(actor=cast.actor("clerk"), team=team, person=cast.people[who], now=NOW, **more)


def names_on(team: Team, day: date) -> set[str]:
    return set(team.members.all().on(day).values_list("person__name", flat=True))  # type: ignore[attr-defined]


def test_members_are_dated_and_put_right(cast: Cast) -> None:
    team = volunteers(cast)
    with pytest.raises(seats.SeatOutsideTeam):
        join(cast, team, since=FOUNDED - timedelta(days=1))
    with pytest.raises(seats.SeatOutsideTeam):
        join(cast, team, since=TODAY + timedelta(days=1))
    seat = join(cast, team, since=date(2025, 6, 1), unit=cast.station, task="送汤")
    with pytest.raises(seats.LeavesTooEarly):
        actions.leave_team(actor=cast.actor("clerk"), member=seat, until=date(2025, 5, 1), now=NOW)
    actions.leave_team(actor=cast.actor("clerk"), member=seat, until=date(2025, 9, 1), now=NOW)
    assert names_on(team, date(2025, 8, 31)) == {"石岩", "苏禾"} and names_on(team, date(2025, 9, 1)) == {"石岩"}
    with pytest.raises(seats.AlreadyInTeam):
        join(cast, team, since=date(2025, 8, 1))
    again = join(cast, team, since=date(2025, 10, 1))
    with pytest.raises(seats.AlreadyInTeam):  # the earlier seat would reach into the later one
        actions.correct_seat(actor=cast.actor("clerk"), member=seat, since=seat.since, until=None, now=NOW)
    actions.correct_seat(
        actor=cast.actor("clerk"), member=seat, since=date(2025, 7, 1), until=date(2025, 8, 1), task="做饭", now=NOW
    )
    seat.refresh_from_db()
    assert (seat.since, seat.until, seat.task, seat.unit) == (date(2025, 7, 1), date(2025, 8, 1), "做饭", None)
    assert again.until is None
    leader = TeamMember.objects.get(person=cast.people["village"])
    for verb in (
        lambda: actions.leave_team(actor=cast.actor("clerk"), member=leader, now=NOW),
        lambda: actions.correct_seat(
            actor=cast.actor("clerk"), member=leader, since=FOUNDED, until=TODAY, now=NOW
        ),
    ):
        with pytest.raises(seats.LeaderStays):
            verb()
    with pytest.raises(Denied):
        actions.leave_team(actor=cast.actor("village"), member=again, now=NOW)
    with pytest.raises(teams.FoundedLater):
        volunteers(cast, "明天的队", founded_on=TODAY + timedelta(days=1))


def test_bodies_take_part_from_day_to_day(cast: Cast) -> None:
    team = volunteers(cast)
    clerk = cast.actor("clerk")
    unit = actions.add_unit_to_team(actor=clerk, team=team, organization=cast.firm, since=date(2025, 6, 1), now=NOW)
    with pytest.raises(seats.UnitInTeam):
        actions.add_unit_to_team(actor=clerk, team=team, organization=cast.firm, now=NOW)
    actions.leave_team(actor=clerk, member=unit, until=date(2026, 1, 1), now=NOW)
    actions.add_unit_to_team(actor=clerk, team=team, organization=cast.firm, since=date(2026, 2, 1), now=NOW)
    assert TeamUnit.objects.on(date(2025, 12, 31)).count() == 1 and TeamUnit.objects.on(date(2026, 1, 15)).count() == 0
    actions.dissolve_team(actor=clerk, team=team, now=NOW)
    assert not TeamUnit.objects.filter(until__isnull=True).exists()
    with pytest.raises(teams.TeamDissolved):
        actions.add_unit_to_team(actor=clerk, team=team, organization=cast.second_firm, now=NOW)


def test_the_database_has_the_last_word(cast: Cast) -> None:
    team = volunteers(cast)
    row = {"jurisdiction": cast.town, "team": team, "person": cast.people["village"]}
    wrong = {
        "one_seat_in_a_team": {"since": TODAY},
        "team_seat_ends_later": {"since": TODAY, "until": TODAY - timedelta(days=1)},
    }
    for name, values in wrong.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            TeamMember.objects.create(**row, **values)


def test_who_joins_while_the_team_is_dissolved_is_in_no_team(committed_db: None) -> None:
    with transaction.atomic():
        cast = build_cast()
        team = volunteers(cast)
    said: list[str] = []

    def joins() -> None:
        try:
            join(cast, team)
            said.append("joined")
        except teams.TeamDissolved:
            said.append("over")

    def ends() -> None:
        actions.dissolve_team(actor=cast.actor("clerk"), team=team, now=NOW)

    together(joins, ends)
    assert len(said) == 1
    with transaction.atomic():
        cast.system()
        assert not TeamMember.objects.filter(until__isnull=True).exists()


def test_one_person_joins_once_of_two_at_once(committed_db: None) -> None:
    with transaction.atomic():
        cast = build_cast()
        team = volunteers(cast)
    said: list[str] = []

    def joins() -> None:
        try:
            join(cast, team)
            said.append("joined")
        except seats.AlreadyInTeam:
            said.append("already")

    together(joins, joins)
    assert sorted(said) == ["already", "joined"]


def test_a_village_sees_its_own_team_and_another_body_does_not(cast: Cast) -> None:
    """By the body that answers for it, or as one who is in it today; the leader here is neither of these."""
    lead = cast.people["handler"]
    team, other = volunteers(cast, leader=lead), volunteers(cast, "机关志愿服务队", organization=cast.office, leader=lead)
    village, instructor = cast.client("village"), cast.client("instructor")
    page, another = (reverse("directory:team", kwargs={"key": one.key}) for one in (team, other))
    assert "逢九送汤" in village.get(page).content.decode()
    assert village.get(another).status_code == 404
    assert instructor.get(page).status_code == 404
    seat = join(cast, team, since=FOUNDED)
    shown = instructor.get(page)
    assert shown.status_code == 200 and "添加成员" not in shown.content.decode()
    assert "木香志愿服务队" in instructor.get(reverse("directory:team_members")).content.decode()
    assert cast.client("other_clerk").get(page).status_code == 404
    actions.leave_team(actor=cast.actor("clerk"), member=seat, until=TODAY, now=NOW)
    assert instructor.get(page).status_code == 404
    assert "木香志愿服务队" not in instructor.get(reverse("directory:team_members")).content.decode()


def test_the_leader_stands_first_however_many_are_in_a_team(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team_queries, "SHOWN", 1)
    team = volunteers(cast, leader=cast.people["instructor"])
    for who in ("handler", "village"):  # both names come before the leader's
        join(cast, team, who)
    [shown] = team_queries.team_page(cast.actor("clerk"), team, TODAY).members
    assert shown.name == "苏禾" and shown.words.startswith("负责人") and not shown.leave_url


def test_the_pages_of_a_team(cast: Cast) -> None:
    team = volunteers(cast)
    clerk = cast.client("clerk")
    page = reverse("directory:team", kwargs={"key": team.key})
    add = reverse("directory:add_to_team", kwargs={"key": team.key})
    sent = {"person": str(cast.people["instructor"].key), "unit": cast.station.name, "since": "2025-01-01"}
    refused = clerk.post(add, sent)
    assert refused.status_code == 422 and "2025-03-05" in refused.content.decode()
    assert clerk.post(add, {**sent, "since": "2025-06-01"}).status_code == 303
    unit = reverse("directory:add_unit_to_team", kwargs={"key": team.key})
    assert clerk.post(unit, {"organization": cast.firm.name, "since": "2025-06-01"}).status_code == 303
    shown = clerk.get(page).content.decode()
    assert "成员 2 人" in shown and "成员单位 1 个" in shown and cast.firm.name in shown and "志愿服务队" in shown
    before = clerk.get(page, {"day": "2025-04-01"}).content.decode()
    assert "成员 1 人" in before and "苏禾" not in before and cast.firm.name not in before
    assert clerk.get(page, {"day": "昨天"}).status_code == 200
    cast.actor("clerk")
    seat, body = TeamMember.objects.get(person=cast.people["instructor"]), TeamUnit.objects.get()
    correct = reverse("directory:correct_seat", kwargs={"key": seat.key})
    assert cast.station.name in clerk.get(correct).content.decode()
    assert clerk.post(correct, {"since": "2025-07-01", "until": "", "unit": "", "task": "开车"}).status_code == 303
    assert "开车" in clerk.get(page).content.decode()
    leave = reverse("directory:leave_team", kwargs={"key": seat.key})
    assert clerk.post(leave, {"until": "2024-01-01"}).status_code == 422
    assert clerk.post(leave, {"until": str(clock.today())}).status_code == 303
    correct_unit = reverse("directory:correct_unit", kwargs={"key": body.key})
    assert clerk.post(correct_unit, {"since": "2025-08-01", "until": ""}).status_code == 303
    gone = reverse("directory:leave_unit", kwargs={"key": body.key})
    assert clerk.post(gone, {"until": "2025-09-01"}).status_code == 303
    shown = clerk.get(page).content.decode()
    assert "成员 1 人" in shown and "成员单位" not in shown.split("<main")[1].replace("添加成员单位", "")


def test_the_register_is_searched_sorted_filtered_and_exported(cast: Cast) -> None:
    team = volunteers(cast)
    join(cast, team)
    actions.found_team(
        actor=cast.actor("clerk"), name="红色领航帮办团", organization=cast.office, leader=cast.people["handler"], now=NOW
    )
    clerk = cast.client("clerk")
    address = reverse("directory:teams")
    only = clerk.get(address, {"kind": "volunteer"}).content.decode()
    assert "木香志愿服务队" in only and "红色领航帮办团" not in only
    by_number = clerk.get(address, {"sort": "-number"}).content.decode()
    assert by_number.index("木香志愿服务队") < by_number.index("红色领航帮办团")
    assert "红色领航帮办团" not in clerk.get(address, {"q": "木香"}).content.decode()
    cast.actor("clerk")
    over = reverse("directory:dissolve_team", kwargs={"key": team.key})
    assert clerk.post(over).status_code == 303
    assert "木香志愿服务队" not in clerk.get(address, {"standing": "now"}).content.decode()
    assert "木香志愿服务队" in clerk.get(address, {"standing": "over"}).content.decode()
    actor = cast.actor("clerk")
    assert [row.cells[0] for row in rows_of(TEAMS, actor, {"kind": "help"})] == ["红色领航帮办团"]
    on = {"team": str(team.key), "day": "2026-03-08"}
    assert [row.cells[0] for row in rows_of(TEAM_MEMBERS, actor, on)] == ["石岩"]
    listed = clerk.get(reverse("directory:team_members"), {"kind": "volunteer"}).content.decode()
    assert "石岩" in listed and "严明" not in listed
    for wrong in ({"day": "x"}, {"team": "x"}):
        assert clerk.get(reverse("directory:team_members"), wrong).status_code == 200


HEAD = ["志愿服务队", "姓名", "派出单位", "分工", "加入日期"]


def sheet(folder: Path, *rows: list[str]) -> Path:
    return workbook(folder / "志愿者.xlsx", ("志愿者名单", [["木香志愿服务队志愿者名单"], HEAD, *rows]))


def test_members_come_from_a_sheet_once_and_go_with_it(cast: Cast, tmp_path: Path) -> None:
    team = volunteers(cast)
    path = sheet(
        tmp_path,
        ["木香志愿服务队", "苏禾", cast.station.name, "送汤", "2025-06-01"],
        ["木香志愿服务队", "李新", "", "做饭", "2025-06-01"],
        ["木香志愿服务队", "李新", "", "做饭", "2025-07-01"],
        ["没有这个队", "严明", "", "", "2025-06-01"],
        ["木香志愿服务队", "严明", "", "", "2024-06-01"],
    )
    actor = cast.actor("clerk")
    imported = store(actor, cast.town, path)
    assert names_on(team, TODAY) == {"石岩", "苏禾", "李新"}
    assert Person.objects.filter(name="李新").count() == 1
    seat = TeamMember.objects.get(person=cast.people["instructor"])
    assert (seat.unit, seat.task, seat.since) == (cast.station, "送汤", date(2025, 6, 1))
    entries = Entry.objects.filter(verb="directory.import_team_members")
    assert entries.count() == 1
    store(actor, cast.town, sheet(tmp_path, ["木香志愿服务队", "苏禾", "", "别的", "2025-06-01"]))
    seat.refresh_from_db()
    assert seat.task == "送汤" and entries.count() == 1
    importing.undo(actor=actor, imported=imported, now=NOW)
    assert names_on(team, TODAY) == {"石岩"} and not Person.objects.filter(name="李新").exists()


def test_namesakes_are_told_apart_by_their_unit_or_refused(cast: Cast) -> None:
    volunteers(cast)
    cast.system()
    twins = [Person.objects.create(jurisdiction=cast.town, name="王伟", changed_at=NOW) for _ in range(2)]
    actions.add_membership(
        actor=cast.actor("clerk"), person=twins[1], organization=cast.firm, role="staff", since=FOUNDED, now=NOW
    )
    from lianjian.directory.actions.team_import import SameName, SeatLine

    rows = [
        SeatLine(3, "木香志愿服务队", "王伟"),
        SeatLine(4, "木香志愿服务队", "王伟", cast.second_firm),
        SeatLine(5, "木香志愿服务队", "王伟", cast.firm),
    ]
    done = actions.import_team_members(
        actor=cast.actor("clerk"), jurisdiction_id=cast.town.pk, rows=rows, batch_key="x", now=NOW
    )
    assert {number: type(one) for number, one in done.refused.items()} == {3: SameName, 4: SameName}
    assert done.made[5].person == twins[1]
    with pytest.raises(Denied):
        actions.import_team_members(
            actor=cast.actor("village"), jurisdiction_id=cast.town.pk, rows=rows, batch_key="x", now=NOW
        )


def test_two_people_of_one_new_name_are_two_or_asked_about(cast: Cast, tmp_path: Path) -> None:
    team, other = volunteers(cast), volunteers(cast, "红马甲服务队", organization=cast.office)
    day = "2025-06-01"
    path = sheet(
        tmp_path,
        [team.name, "李新", cast.firm.name, "做饭", day],
        [team.name, "李新", cast.second_firm.name, "送汤", day],
        [other.name, "李新", cast.firm.name, "", day],
        [other.name, "李新", "", "", day],
        [team.name, "方田", "", "做饭", day],
        [team.name, "方田", "", "送汤", day],
        [team.name, "苏禾", "", "做饭", day],
        [team.name, "苏禾", "", "送汤", day],
    )
    actor = cast.actor("clerk")
    imported = store(actor, cast.town, path)
    told = {one["row"]: one["sentence"] for one in receipt(imported)["problems"] if one["severity"] == "error"}
    assert set(told) == {6, 8, 10} and all("不能确定是不是同一个人" in sentence for sentence in told.values())
    one, two, again = TeamMember.objects.filter(person__name="李新").order_by("pk")
    assert one.person != two.person and again.person == one.person
    assert [seat.unit for seat in (one, two)] == [cast.firm, cast.second_firm]
    assert Person.objects.filter(name="方田").count() == 1
    # A second time everybody is known by the unit, and nobody is made anew.
    people, places = Person.objects.count(), TeamMember.objects.count()
    store(actor, cast.town, path)
    assert (Person.objects.count(), TeamMember.objects.count()) == (people, places)


def asked(code: str, actor: Any, day: date = TODAY, path: str = "") -> int:
    (indicator,) = (one for one in figures.INDICATORS if one.code == code)
    places = (actor.jurisdiction_id,)
    return int(indicator.rows(actor, Scoped(places, day, day, path)).count())


def test_teams_and_distinct_people_on_a_day(cast: Cast) -> None:
    one, two = volunteers(cast), volunteers(cast, "红马甲服务队", organization=cast.office)
    join(cast, one, since=date(2025, 6, 1))
    join(cast, two, since=date(2025, 6, 1))
    actions.found_team(
        actor=cast.actor("clerk"), name="帮办团", organization=cast.office, leader=cast.people["handler"], now=NOW
    )
    actor = cast.actor("clerk")
    assert asked("directory.volunteer_teams", actor) == 2
    assert asked("directory.volunteers", actor) == 2  # each in both teams, and no one of the help team
    assert asked("directory.volunteers", actor, date(2025, 5, 31)) == 1
    assert asked("directory.volunteer_teams", actor, FOUNDED - timedelta(days=1)) == 0
    assert asked("directory.volunteer_teams", actor, path=cast.village.path) == 1
    actions.dissolve_team(actor=actor, team=two, now=NOW)
    assert asked("directory.volunteer_teams", actor) == 1
    assert asked("directory.volunteer_teams", actor, TODAY - timedelta(days=1)) == 2
    assert asked("directory.volunteers", cast.actor("other_clerk")) == 0
    page = cast.client("leader").get("/figures/directory.volunteers/?period=2026-03").content.decode()
    assert "苏禾" in page and "木香志愿服务队" in page
    page = cast.client("leader").get("/figures/directory.volunteer_teams/?period=2025-12").content.decode()
    assert "红马甲服务队" in page


def test_programs_read_teams_on_a_day(cast: Cast) -> None:
    team = volunteers(cast)
    join(cast, team, since=date(2025, 6, 1), unit=cast.station, task="送汤")
    actions.add_unit_to_team(
        actor=cast.actor("clerk"), team=team, organization=cast.firm, since=date(2025, 6, 1), now=NOW
    )
    base, clerk = "/api/v1/directory/teams", cast.client("clerk")
    (found,) = clerk.get(base, {"kind": "volunteer"}).json()["teams"]
    assert (found["name"], found["members"], found["organization_name"]) == (team.name, 2, cast.village.name)
    assert clerk.get(base, {"kind": "task"}).json() == {"teams": [], "next": None}
    assert clerk.get(base, {"day": "2025-03-04"}).json()["teams"] == []
    assert clerk.get(base, {"kind": "x"}).status_code == 422
    one = clerk.get(f"{base}/{team.key}").json()
    assert [(row["name"], row["unit_name"], row["task"]) for row in one["people"]] == [
        ("石岩", "", ""), ("苏禾", cast.station.name, "送汤"),
    ]  # fmt: skip
    assert [row["name"] for row in one["units"]] == [cast.firm.name]
    early = clerk.get(f"{base}/{team.key}", {"day": "2025-04-01"}).json()
    assert early["team"]["members"] == 1 and early["units"] == []
    assert cast.client("other_clerk").get(f"{base}/{team.key}").status_code == 404
    assert cast.client("other_clerk").get(base).json()["teams"] == []


def test_two_records_of_one_body_are_one_unit_after_they_merge(cast: Cast) -> None:
    team, clerk = volunteers(cast), cast.actor("clerk")
    for firm, since in ((cast.firm, date(2025, 6, 1)), (cast.second_firm, date(2025, 4, 1))):
        actions.add_unit_to_team(actor=clerk, team=team, organization=firm, since=since, now=NOW)
    actions.merge_organizations(actor=clerk, winner=cast.firm, loser=cast.second_firm, now=NOW)
    spans = TeamUnit.objects.filter(team=team).order_by("since").values_list("organization_id", "since", "until")
    assert list(spans) == [(cast.firm.pk, date(2025, 4, 1), date(2025, 6, 1)), (cast.firm.pk, date(2025, 6, 1), None)]


def test_a_body_of_two_teams_keeps_its_days_in_each_after_a_merge(cast: Cast) -> None:
    """What it did in one team says nothing of its days in another."""
    one, two = volunteers(cast), volunteers(cast, "红马甲服务队", organization=cast.office)
    clerk = cast.actor("clerk")
    for team, firm, since in (
        (one, cast.firm, date(2025, 6, 1)),
        (one, cast.second_firm, date(2025, 4, 1)),
        (two, cast.firm, date(2025, 3, 10)),
    ):
        actions.add_unit_to_team(actor=clerk, team=team, organization=firm, since=since, now=NOW)
    actions.merge_organizations(actor=clerk, winner=cast.firm, loser=cast.second_firm, now=NOW)
    spans = TeamUnit.objects.filter(organization=cast.firm).order_by("since").values_list("team_id", "since", "until")
    assert list(spans) == [
        (two.pk, date(2025, 3, 10), None), (one.pk, date(2025, 4, 1), date(2025, 6, 1)), (one.pk, date(2025, 6, 1), None),
    ]  # fmt: skip
