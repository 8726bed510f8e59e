"""The log of a task force's project: who notes how far it is, what is put right or taken back, who reads it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from lianjian.directory import actions, figures
from lianjian.directory.models import Team, TeamNote
from lianjian.directory.queries.team_notes import TEAM_NOTES
from lianjian.directory.rules import team_notes as rules
from lianjian.directory.rules.tags import ReasonNeeded
from lianjian.foundation import clock
from lianjian.foundation.declare import Scoped
from lianjian.foundation.export import rows_of
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Change, Entry
from tests.cast import NOW, TODAY, Cast

FOUNDED = date(2026, 1, 5)
LATER = NOW + timedelta(days=2)


def force(cast: Cast, name: str = "供气专班", **more: Any) -> Team:
    given = {
        "organization": cast.office, "leader": cast.people["handler"], "kind": "task", "project": f"{name}的项目",
        "founded_on": FOUNDED, **more,
    }  # fmt: skip
    return actions.found_team(actor=cast.actor("clerk"), name=name, now=NOW, **given)


def noted(cast: Cast, team: Team, who: str = "clerk", now: datetime = NOW, **more: Any) -> TeamNote:
    given = {"day": TODAY, "contact": "owner", "stage": "building", "percent": 40, "words": "管网铺到园区门口", **more}
    return actions.note_progress(actor=cast.actor(who), team=team, now=now, **given)


def sent(**more: Any) -> dict[str, Any]:
    return {
        "day": str(TODAY), "contact": "both", "stage": "building", "percent": "40", "words": "调压站基础完成,卡在供电", **more,
    }  # fmt: skip


def page(cast: Cast, team: Team, who: str = "clerk") -> str:
    shown = cast.client(who).get(reverse("directory:team", kwargs={"key": team.key})).content.decode()
    return shown.split("<main")[1]


def test_it_is_noted_by_form_and_shown_newest_first(cast: Cast) -> None:
    team, clerk = force(cast), cast.client("clerk")
    address = reverse("directory:note_progress", kwargs={"key": team.key})
    assert "还没有登记进度" in page(cast, team) and address in page(cast, team)
    # written down out of order: the day decides
    for day, stage, percent, words in (
        ("2026-03-08", "finished", "100", "验收完成"), ("2026-01-20", "unstarted", "", "等许可"), ("2026-02-10", "building", "30", "开挖"),
    ):  # fmt: skip
        assert clerk.post(address, sent(day=day, stage=stage, percent=percent, words=words)).status_code == 303
    shown = page(cast, team)
    assert shown.index("验收完成") < shown.index("开挖") < shown.index("等许可")
    assert "<b>完工 · 100%</b>" in shown and "双方" in shown and "在建 · 30%" in shown
    assert "登记堵点" in shown and "kind=obstacle" in shown
    first = TeamNote.objects.visible_to(cast.actor("clerk")).order_by("pk")[0]
    assert (first.recorded_by_name, first.percent, first.contact) == ("何静", 100, "both")
    entry = Entry.objects.get(verb="directory.note_progress", subject_key=first.key)
    told = dict(Change.objects.filter(entry=entry).values_list("field", "after"))
    assert told["stage"] == "完工" and told["contact"] == "双方" and told["percent"] == "100"


def test_the_page_has_five_and_the_list_all(cast: Cast) -> None:
    team = force(cast)
    for number in range(7):
        noted(cast, team, day=TODAY - timedelta(days=number), words=f"第{number}条进展")
    shown = page(cast, team)
    assert [f"第{number}条进展" in shown for number in range(7)] == [True] * 5 + [False] * 2
    listed = cast.client("clerk").get(reverse("directory:team_notes"), {"team": str(team.key)}).content.decode()
    assert all(f"第{number}条进展" in listed for number in range(7))


def test_days_that_cannot_be_are_refused(cast: Cast) -> None:
    team = force(cast)
    with pytest.raises(rules.NoteInTheFuture):
        noted(cast, team, day=TODAY + timedelta(days=1))
    with pytest.raises(rules.NoteBeforeFounded):
        noted(cast, team, day=FOUNDED - timedelta(days=1))
    assert noted(cast, team, day=FOUNDED).day == FOUNDED
    actions.dissolve_team(actor=cast.actor("clerk"), team=team, now=NOW)
    team.refresh_from_db()
    with pytest.raises(rules.NoteAfterDissolved):
        noted(cast, team, now=LATER, day=TODAY + timedelta(days=1))
    assert noted(cast, team, now=LATER).day == TODAY, "what was found until its last day may still be written down"
    assert "登记堵点" not in page(cast, team)


def test_content_that_says_nothing_is_refused(cast: Cast) -> None:
    team = force(cast)
    for wrong, refusal in (
        ({"percent": 101}, rules.PercentWrong), ({"percent": -1}, rules.PercentWrong), ({"stage": "soon"}, rules.StageUnknown),
        ({"contact": "mayor"}, rules.ContactUnknown), ({"words": "  "}, rules.NoteWordsWrong),
        ({"words": "长" * 501}, rules.NoteWordsWrong),
    ):  # fmt: skip
        with pytest.raises(refusal):
            noted(cast, team, **wrong)
    assert noted(cast, team, percent=None, words="长" * 500).percent is None
    note = TeamNote.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamNote.objects.filter(pk=note.pk).update(percent=101)
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamNote.objects.filter(pk=note.pk).update(withdrawn_at=NOW)


def test_what_was_typed_comes_back(cast: Cast) -> None:
    team, clerk = force(cast), cast.client("clerk")
    address = reverse("directory:note_progress", kwargs={"key": team.key})
    for wrong in ({"day": "2025-12-31"}, {"day": "2099-01-01"}, {"percent": "101"}, {"percent": "四成"}, {"stage": ""}):
        answer = clerk.post(address, sent(**wrong))
        assert answer.status_code == 422, wrong
        shown = answer.content.decode()
        assert "调压站基础完成,卡在供电" in shown and next(iter(wrong.values())) in shown
    assert "专班2026-01-05成立" in clerk.post(address, sent(day="2025-12-31")).content.decode()
    cast.actor("clerk")
    assert not TeamNote.objects.exists()


def test_other_teams_have_no_log(cast: Cast) -> None:
    others = [force(cast, "志愿队", kind="volunteer", project=""), force(cast, "帮办团", kind="help", project="")]
    for team in others:
        with pytest.raises(rules.NotATaskForce):
            noted(cast, team)
        assert "建设进度" not in page(cast, team)
        address = reverse("directory:note_progress", kwargs={"key": team.key})
        assert cast.client("clerk").get(address).status_code == 404
        assert cast.client("clerk").post(address, sent()).status_code == 404


@pytest.mark.parametrize("who", ["instructor", "other_handler", "contact", "village", "leader"])
def test_a_member_notes_and_who_has_left_does_not(cast: Cast, who: str) -> None:
    team = force(cast)
    address = reverse("directory:note_progress", kwargs={"key": team.key})
    seat = actions.add_to_team(
        actor=cast.actor("clerk"), team=team, person=cast.people[who], since=date(2026, 2, 2), now=NOW
    )
    assert address in page(cast, team, who)
    assert cast.client(who).get(address).status_code == 200
    assert cast.client(who).post(address, sent()).status_code == 303
    cast.actor(who)
    note = TeamNote.objects.get()
    assert note.recorded_by == cast.users[who].pk
    actions.leave_team(actor=cast.actor("clerk"), member=seat, until=TODAY, now=NOW)
    with pytest.raises(Denied):
        noted(cast, team, who)
    assert cast.client(who).post(address, sent()).status_code in (403, 404)
    # what they wrote is still theirs to put right
    values = {"day": TODAY, "contact": "owner", "stage": "building", "words": "改", "reason": "写错", "now": NOW}
    assert actions.change_note(actor=cast.actor(who), note=note, **values).words == "改"


def test_who_is_not_in_it_does_not_note(cast: Cast) -> None:
    team = force(cast)
    address = reverse("directory:note_progress", kwargs={"key": team.key})
    # these see the team and write no teams
    for who in ("leader", "county_clerk", "county_leader"):
        assert cast.client(who).get(reverse("directory:team", kwargs={"key": team.key})).status_code == 200, who
        assert address not in page(cast, team, who), who
        assert cast.client(who).get(address).status_code == 403, who
        assert cast.client(who).post(address, sent()).status_code == 403, who
        with pytest.raises(Denied):
            noted(cast, team, who)
    for who in ("other_handler", "contact", "security_admin"):
        assert cast.client(who).post(address, sent()).status_code == 404, who
        with pytest.raises(Denied):
            noted(cast, team, who)
    cast.actor("clerk")
    assert not TeamNote.objects.exists()


def test_another_town_sees_nothing(cast: Cast) -> None:
    team = force(cast)
    note, stranger = noted(cast, team), cast.client("other_clerk")
    for name in ("team_note", "change_note", "withdraw_note"):
        assert stranger.get(reverse(f"directory:{name}", kwargs={"key": note.key})).status_code == 404
    assert "管网铺到园区门口" not in stranger.get(reverse("directory:team_notes")).content.decode()
    assert stranger.get("/api/v1/directory/teams/notes").json() == {"notes": [], "next": None}
    assert not TeamNote.objects.visible_to(cast.actor("other_clerk")).exists()
    # of the own town who neither sees teams nor is in one sees no notes of them
    assert cast.client("contact").get(reverse("directory:team_note", kwargs={"key": note.key})).status_code == 404


def test_it_is_put_right_with_a_reason_and_the_journal_keeps_it(cast: Cast) -> None:
    team = force(cast)
    actions.add_to_team(actor=cast.actor("clerk"), team=team, person=cast.people["instructor"], now=NOW)
    note = noted(cast, team, "instructor")
    address, own = reverse("directory:change_note", kwargs={"key": note.key}), cast.client("instructor")
    bare = own.post(address, sent(percent="50"))
    assert bare.status_code == 422 and "调压站基础完成,卡在供电" in bare.content.decode()
    assert own.post(address, sent(percent="50", day="2025-12-31", reason="看错")).status_code == 422
    assert own.post(address, sent(percent="50", reason="施工方更正了数字")).status_code == 303
    cast.actor("clerk")
    note.refresh_from_db()
    assert (note.percent, note.contact, note.recorded_by_name) == (50, "both", "苏禾")
    entry = Entry.objects.get(verb="directory.change_note", subject_key=note.key)
    told = {field: (before, after) for field, before, after in Change.objects.filter(entry=entry).values_list("field", "before", "after")}
    assert told["percent"] == ("40", "50") and told["contact"] == ("项目业主", "双方")
    assert told["reason"] == ("", "施工方更正了数字")
    shown = cast.client("clerk").get(reverse("directory:team_note", kwargs={"key": note.key})).content.decode()
    assert "施工方更正了数字" in shown and "40 → 50" in shown and "变更记录" in shown
    # the office may, a colleague in the team may not
    same = {"day": TODAY, "contact": "both", "stage": "building", "percent": 50, "words": note.words, "now": NOW}
    with pytest.raises(Denied):
        actions.change_note(actor=cast.actor("handler"), note=note, reason="我来改", **same)
    with pytest.raises(ReasonNeeded):
        actions.change_note(actor=cast.actor("clerk"), note=note, reason=" ", **same)
    assert cast.client("handler").get(address).status_code == 403
    actions.change_note(actor=cast.actor("clerk"), note=note, reason="没有改动", **same)
    assert Entry.objects.filter(verb="directory.change_note").count() == 1
    assert cast.client("clerk").post(address, sent(percent="55", reason="复核")).status_code == 303


def test_who_changes_what_somebody_changed_meanwhile_is_told(cast: Cast) -> None:
    note, clerk = noted(cast, force(cast)), cast.client("clerk")
    address = reverse("directory:change_note", kwargs={"key": note.key})
    opened = clerk.get(address).content.decode()
    mark = opened.split('name="shown" value="')[1].split('"')[0]
    assert clerk.post(address, sent(percent="60", reason="先改")).status_code == 303
    late = clerk.post(address, sent(percent="70", reason="后改", shown=mark))
    assert late.status_code == 422 and "别人改了" in late.content.decode() and "后改" in late.content.decode()


def test_what_is_taken_back_stays_readable_and_counts_nowhere(cast: Cast) -> None:
    team, clerk = force(cast), cast.client("clerk")
    noted(cast, team, day=date(2026, 2, 1), percent=20, words="打桩")
    note = noted(cast, team, percent=90, words="记到别的项目上了")
    address = reverse("directory:withdraw_note", kwargs={"key": note.key})
    assert clerk.post(address, {"reason": ""}).status_code == 422
    with pytest.raises(Denied):
        actions.withdraw_note(actor=cast.actor("handler"), note=note, reason="不对", now=NOW)
    assert clerk.post(address, {"reason": "记错项目"}).status_code == 303
    shown = page(cast, team)
    assert "记到别的项目上了" not in shown and "<b>在建 · 20%</b>" in shown
    one = clerk.get(reverse("directory:team_note", kwargs={"key": note.key})).content.decode()
    assert "记到别的项目上了" in one and "已作废" in one and "记错项目" in one
    assert "记到别的项目上了" in clerk.get(reverse("directory:team_notes")).content.decode()
    for again in (clerk.post(address, {"reason": "再来"}), clerk.post(address.replace("withdraw", "change"), sent(reason="改"))):
        assert again.status_code == 422 and "已经作废" in again.content.decode()
    cast.actor("clerk")
    assert Entry.objects.filter(verb="directory.withdraw_note").count() == 1
    assert asked(cast, date(2026, 3, 3)) == (1, 1) and asked(cast) == (0, 1), "only what was noted before counts"


def test_the_list_is_filtered_searched_sorted_and_exported(cast: Cast) -> None:
    gas, cold = force(cast), force(cast, "冷链专班", leader=cast.people["village"])
    noted(cast, gas, day=date(2026, 2, 1), percent=40, words="开挖")
    noted(cast, gas, day=date(2026, 3, 1), percent=60, words="卡在供电")
    noted(cast, cold, day=date(2026, 2, 20), stage="finished", percent=None, words="等验收")
    gone = noted(cast, cold, stage="building", words="记错了")
    actions.withdraw_note(actor=cast.actor("clerk"), note=gone, reason="记错", now=NOW)
    clerk = cast.actor("clerk")

    def words(**query: str) -> list[str]:
        return [row.cells[6] for row in rows_of(TEAM_NOTES, clerk, query)]

    assert words() == ["记错了", "卡在供电", "等验收", "开挖"]
    assert words(stage="building") == ["卡在供电", "开挖"] and words(stage="withdrawn") == ["记错了"]
    assert words(team=str(cold.key)) == ["记错了", "等验收"] and words(team="x") == []
    assert words(q="供电") == ["卡在供电"] and words(q="冷链专班的项目") == ["记错了", "等验收"]
    client, address = cast.client("clerk"), reverse("directory:team_notes")
    shown = client.get(address, {"sort": "day"}).content.decode().split("<main")[1]
    assert shown.index("开挖") < shown.index("等验收") < shown.index("卡在供电")
    for query in ({"team": "x"}, {"stage": "x"}, {"sort": "percent"}, {"sort": "-team__name"}, {"q": "供电"}):
        assert client.get(address, query).status_code == 200
    exported = client.post("/export", {"page": "directory.team_notes", "query": "stage=building"})
    assert exported.status_code == 200 and "spreadsheet" in exported.headers["Content-Type"]
    client.cookies["language"] = "en"
    assert client.get(address).status_code == 200


def test_programs_read_and_write_notes(cast: Cast) -> None:
    team, base = force(cast), "/api/v1/directory/teams/notes"
    clerk = cast.client("clerk")
    body = {"team": str(team.key), "day": str(TODAY), "contact": "site", "stage": "building", "percent": 40, "words": "看了现场"}

    def post(who: str = "clerk", **more: Any) -> Any:
        return cast.client(who).post(base, {**body, **more}, content_type="application/json")

    made = post()
    assert made.status_code == 201, made.content
    assert made.json()["team_name"] == "供气专班" and made.json()["withdrawn"] is False
    assert post("handler", words="组长也记", day="2026-02-01", stage="unstarted", percent=None).status_code == 201
    for wrong in ({"percent": 101}, {"stage": "x"}, {"words": ""}, {"day": "2025-12-31"}, {"day": "2099-12-31"}):
        assert post(**wrong).status_code == 422, wrong
    helps = force(cast, "帮办团", kind="help", project="")
    refused = post(team=str(helps.key))
    assert refused.status_code == 422 and refused.json()["title"] == "not_a_task_force"
    assert post("leader").status_code == 403 and post("other_clerk").status_code == 404
    listed = clerk.get(base).json()["notes"]
    assert [one["words"] for one in listed] == ["组长也记", "看了现场"]
    assert [one["words"] for one in clerk.get(base, {"stage": "building"}).json()["notes"]] == ["看了现场"]
    assert [one["words"] for one in clerk.get(base, {"until": "2026-02-28"}).json()["notes"]] == ["组长也记"]
    assert [one["words"] for one in clerk.get(base, {"since": "2026-03-01", "team": str(team.key)}).json()["notes"]] == ["看了现场"]
    assert clerk.get(base, {"team": str(helps.key)}).json()["notes"] == []
    assert [one["words"] for one in cast.client("handler").get(base).json()["notes"]] == ["组长也记", "看了现场"]


def asked(cast: Cast, end: date = TODAY, who: str = "clerk", **more: Any) -> tuple[int, int]:
    (found,) = [one for one in figures.INDICATORS if one.code == "directory.projects_followed"]
    assert found.base is not None
    scoped = Scoped((cast.county.pk, cast.town.pk, cast.other_town.pk), end.replace(day=1), end, **more)
    actor = cast.actor(who)
    return found.rows(actor, scoped).count(), found.base(actor, scoped).count()


def test_the_figure_counts_task_forces_with_a_fresh_note(cast: Cast) -> None:
    gas, cold = force(cast), force(cast, "冷链专班", organization=cast.village, leader=cast.people["village"])
    force(cast, "志愿队", kind="volunteer", project="")
    assert asked(cast) == (0, 2)
    noted(cast, gas, day=TODAY - timedelta(days=31))
    assert asked(cast) == (0, 2), "a note of 31 days before is none of the last 31 days"
    noted(cast, gas, day=TODAY - timedelta(days=30))
    noted(cast, gas)
    assert asked(cast) == (1, 2), "two notes of one project are one"
    assert asked(cast, TODAY - timedelta(days=1)) == (1, 2) and asked(cast, FOUNDED - timedelta(days=1)) == (0, 0)
    assert asked(cast, FOUNDED) == (0, 2), "a later note says nothing of an earlier day"
    assert asked(cast, path=cast.village.path) == (0, 1)
    assert asked(cast, who="other_clerk") == (0, 0)
    actions.dissolve_team(actor=cast.actor("clerk"), team=cold, now=NOW)
    assert asked(cast) == (1, 1) and asked(cast, TODAY - timedelta(days=1)) == (1, 2)
    shown = cast.client("leader").get("/figures/directory.projects_followed/?period=2026-03").content.decode()
    assert "供气专班的项目" in shown and f"/directory/teams/{gas.key}" in shown


def test_notes_go_with_nothing_else(cast: Cast) -> None:
    """A team that is changed or dissolved keeps its log."""
    team = force(cast)
    noted(cast, team)
    changed = {"name": "新名字", "organization": cast.office, "leader": cast.people["handler"], "project": "新项目"}
    actions.change_team(actor=cast.actor("clerk"), team=team, now=NOW, **changed)
    actions.dissolve_team(actor=cast.actor("clerk"), team=team, now=clock.now())
    assert "管网铺到园区门口" in page(cast, team) and TeamNote.objects.count() == 1
