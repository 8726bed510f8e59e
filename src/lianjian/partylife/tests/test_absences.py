"""Members away, contacts, and what a body decides: proposed from recorded facts, never done by the system."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianjian.foundation.calendar import plus_months
from lianjian.partylife import actions, figures, queries
from lianjian.partylife.models import Absence, BranchMembership, MemberContact, PartyMember, StandingDecision
from lianjian.partylife.rules import moves
from lianjian.rulebook.rules import BreaksRule
from tests.cast import NOW, TODAY, Cast, _account, acting

from .test_members import another_branch, member, scope

LONG_AGO = plus_months(TODAY, -7)


def away(cast: Cast, one: PartyMember, kind: str = "mobile", since: date = LONG_AGO, **more: Any) -> Absence:
    values = {"place": "广东省东莞市" if kind in moves.AWAY else "", **more}
    return actions.record_absence(actor=cast.actor("clerk"), member=one, kind=kind, since=since, now=NOW, **values)


def tried(cast: Cast, one: PartyMember, day: date = TODAY, reached: bool = False) -> MemberContact:
    return actions.record_contact(
        actor=cast.actor("clerk"), member=one, day=day, way="kin", reached=reached, words="已问家属", now=NOW
    )


def decide(cast: Cast, one: PartyMember, kind: str, day: date = TODAY, **more: Any) -> StandingDecision:
    values = {"reason": "多方查找未果", "body": "柳河镇党委", "paper": "柳委〔2026〕9号", **more}
    return actions.decide_standing(actor=cast.actor("clerk"), member=one, kind=kind, day=day, now=NOW, **values)


def branch_clerk(cast: Cast, branch: Any) -> Any:
    """An account with rights over one branch alone."""
    with acting(cast.system()):
        cast.users["branch_clerk"] = _account(cast, "branch_clerk", "支部委员", "clerk", branch, cast.system)
    return cast.actor("branch_clerk")


def notes(cast: Cast) -> str:
    return " ".join(words for words, _n, _u in queries.branch_notes(cast.actor("clerk"), cast.branch, TODAY))


def test_a_mobile_member_by_the_front_door(cast: Cast, as_clerk: Any) -> None:
    one = member(cast)
    sent = {"kind": "mobile", "since": str(LONG_AGO), "place": ""}
    bare = as_clerk.post(f"/members/roll/{one.key}/absence", sent)
    assert bare.status_code == 422 and "流动去向" in bare.content.decode()
    sent["place"] = "广东省东莞市"
    assert as_clerk.post(f"/members/roll/{one.key}/absence", sent).status_code == 303
    assert as_clerk.post(f"/members/roll/{one.key}/absence", sent).status_code in (409, 422)
    page = as_clerk.get(f"/members/branches/{cast.branch.key}").content.decode()
    assert "还没有确定联系人" in page and "应当转移组织关系" in page
    contact = {"day": str(TODAY), "way": "phone", "reached": "on", "words": "平安"}
    assert as_clerk.post(f"/members/roll/{one.key}/contact", contact).status_code == 303
    own = as_clerk.get(f"/members/roll/{one.key}").content.decode()
    assert "广东省东莞市" in own and "联系上了" in own and "登记党籍决定" not in own
    listed = as_clerk.get("/members/mobile").content.decode()
    assert "秦川" in listed and "广东省东莞市" in listed
    assert "秦川" not in as_clerk.get("/members/mobile?silent=1").content.decode()
    assert "秦川" in as_clerk.get("/members/mobile?bare=1").content.decode()
    with acting(cast.actor("clerk")):
        spell = Absence.objects.get()
    assert as_clerk.post(f"/members/absences/{spell.key}/end", {"until": str(TODAY)}).status_code == 303
    assert "秦川" not in as_clerk.get("/members/mobile").content.decode()


def test_mobile_members_are_counted_once_where_they_are_at_home(cast: Cast) -> None:
    one, host = member(cast), another_branch(cast)
    away(cast, one, contact_name="王五")
    actions.add_host(actor=cast.actor("clerk"), member=one, branch=host, since=LONG_AGO, now=NOW)
    clerk = cast.actor("clerk")
    assert [row.member_id for row in figures.mobile_members(clerk, scope(cast))] == [one.pk]
    assert figures.mobile_members(clerk, scope(cast, day=LONG_AGO - timedelta(days=1))).count() == 0
    assert "还没有确定联系人" not in notes(cast)
    actions.end_membership(actor=clerk, member=one, until=TODAY, kind="died", reason="去世", now=NOW)
    assert figures.mobile_members(clerk, scope(cast)).count() == 0


@pytest.mark.parametrize(
    ("spoken", "day", "asked"),
    [
        ((), date(2026, 3, 9), ["2025-07-01"]),  # the half before went by without a word; this one is not due yet
        ((date(2025, 9, 1),), date(2026, 3, 9), []),
        ((date(2025, 9, 1),), date(2026, 6, 15), ["2026-01-01"]),
        ((date(2025, 9, 1), date(2026, 2, 1)), date(2026, 6, 15), []),
        ((), date(2026, 6, 15), ["2025-07-01", "2026-01-01"]),
    ],
)
def test_abroad_for_study_is_asked_each_half_year(
    cast: Cast, spoken: tuple[date, ...], day: date, asked: list[str]
) -> None:
    one = member(cast)
    away(cast, one, "study", date(2024, 9, 1), contact_name="王五")
    for on in spoken:
        MemberContact.objects.create(
            jurisdiction_id=one.jurisdiction_id, member=one, day=on, way="phone", recorded_by_name="x", recorded_at=NOW
        )
    told = [words for words, _n, _u in queries.branch_notes(cast.actor("clerk"), cast.branch, day)]
    assert [words.split(",")[1][:10] for words in told] == asked
    assert all("34" in words for words in told)


def test_who_went_last_week_is_no_mobile_member_yet(cast: Cast) -> None:
    one, two = member(cast), member(cast, "秦岭")
    away(cast, one, since=TODAY - timedelta(days=7))
    away(cast, two, "abroad")
    assert figures.mobile_members(cast.actor("clerk"), scope(cast)).count() == 0
    Absence.objects.filter(member=one).update(since=plus_months(TODAY, -6))
    assert [row.member_id for row in figures.mobile_members(cast.actor("clerk"), scope(cast))] == [one.pk]


def test_an_old_day_does_not_close_the_pages(cast: Cast, as_clerk: Any) -> None:
    one = member(cast, since=date(2016, 1, 1))
    away(cast, one, "abroad", date(2018, 1, 1))
    other = member(cast, "秦岭", since=date(2016, 1, 1))
    away(cast, other, "mobile", date(2018, 1, 1))
    assert "秦川" in as_clerk.get("/members/standing").content.decode()
    assert as_clerk.get(f"/members/roll/{one.key}").status_code == 200
    assert "应当转移组织关系" in as_clerk.get(f"/members/branches/{cast.branch.key}").content.decode()
    came = {
        "person": "远来", "joined_on": "1990-07-01", "full_on": "", "since": "2026-01-05", "origin": "外省某街道党工委",
    }  # fmt: skip
    made = as_clerk.post(f"/members/branches/{cast.branch.key}/add", came)
    assert made.status_code == 303 and as_clerk.get(made["Location"]).status_code == 200


def test_a_mobile_member_who_is_lost_can_be_decided_about(cast: Cast) -> None:
    one = member(cast)
    away(cast, one)
    away(cast, one, "lost", LONG_AGO)
    tried(cast, one)
    decide(cast, one, "keep", body="", paper="")
    StandingDecision.objects.all().delete()
    assert decide(cast, one, "suspend").ground == "lost"


def test_who_was_reached_is_not_lost_since_then(cast: Cast) -> None:
    one = member(cast)
    away(cast, one, "lost", plus_months(TODAY, -8))
    tried(cast, one, TODAY - timedelta(days=2), reached=True)
    assert queries.proposals(cast.actor("clerk"), TODAY) == []
    with pytest.raises(moves.SearchMissing):  # to have spoken with him is no search
        decide(cast, one, "suspend")
    tried(cast, one)
    with pytest.raises(BreaksRule):
        decide(cast, one, "suspend")


def test_a_period_begins_anew_for_page_and_verb_alike(cast: Cast) -> None:
    one = member(cast)
    away(cast, one, "lost", plus_months(TODAY, -12))
    tried(cast, one, plus_months(TODAY, -11))
    tried(cast, one)
    decide(cast, one, "keep", plus_months(TODAY, -1), body="", paper="")
    assert queries.proposals(cast.actor("clerk"), TODAY) == []
    with pytest.raises(BreaksRule):
        decide(cast, one, "suspend")
    StandingDecision.objects.all().delete()
    decide(cast, one, "suspend", TODAY - timedelta(days=3))
    decide(cast, one, "restore", reason="本人已找到")
    assert queries.proposals(cast.actor("clerk"), TODAY) == []


def test_only_who_is_still_lost_may_be_removed(cast: Cast) -> None:
    abroad, found = member(cast, "远行", since=date(2016, 1, 1)), member(cast, "归来", since=date(2016, 1, 1))
    away(cast, abroad, "abroad", plus_months(TODAY, -100))
    decide(cast, abroad, "suspend")
    StandingDecision.objects.update(since=plus_months(TODAY, -30))
    spell = away(cast, found, "lost", plus_months(TODAY, -40))
    tried(cast, found, plus_months(TODAY, -38))
    decide(cast, found, "suspend", plus_months(TODAY, -30))
    actions.end_absence(actor=cast.actor("clerk"), absence=spell, until=plus_months(TODAY, -20), now=NOW)
    assert queries.proposals(cast.actor("clerk"), TODAY) == []
    for one in (abroad, found):
        with pytest.raises(moves.NothingToDecide):
            decide(cast, one, "remove")


def test_who_leaves_begins_anew_when_he_comes_back(cast: Cast) -> None:
    one = member(cast)
    away(cast, one, "lost", plus_months(TODAY, -12))
    tried(cast, one, TODAY - timedelta(days=10))
    decide(cast, one, "suspend", TODAY - timedelta(days=9))
    actions.end_membership(
        actor=cast.actor("clerk"), member=one, until=TODAY - timedelta(days=1), kind="moved", reason="转出", now=NOW
    )
    actions.enter_branch(actor=cast.actor("clerk"), member=one, branch=cast.branch, since=TODAY, now=NOW)
    assert queries.voters(cast.branch, TODAY).count() == 1
    assert queries.proposals(cast.actor("clerk"), TODAY) == []


def test_the_branch_he_left_reads_nothing_of_what_came_later(cast: Cast) -> None:
    one, other = member(cast), another_branch(cast)
    sent = actions.open_transfer(
        actor=cast.actor("clerk"), member=one, to_branch=other, reason="work", opened_on=LONG_AGO, now=NOW
    )
    actions.accept_transfer(actor=cast.actor("clerk"), transfer=sent, day=LONG_AGO, reason="迟", now=NOW)
    away(cast, one, "lost", plus_months(TODAY, -6))
    tried(cast, one)
    left = branch_clerk(cast, cast.branch)
    assert queries.proposals(left, TODAY) == []
    shown = queries.member_moves(left, one, TODAY)
    assert (shown.absences, shown.contacts, shown.proposal) == ([], [], "")
    assert len(queries.proposals(cast.actor("clerk"), TODAY)) == 1


def test_lost_contact_proposes_and_a_body_decides(cast: Cast, as_clerk: Any) -> None:
    one = member(cast)
    away(cast, one, "lost", plus_months(TODAY, -6) + timedelta(days=1))
    assert queries.proposals(cast.actor("clerk"), TODAY) == []
    with pytest.raises(moves.SearchMissing) as bare:
        decide(cast, one, "suspend")
    assert "第24条" in str(bare.value)
    tried(cast, one)
    with pytest.raises(BreaksRule) as early:
        decide(cast, one, "suspend")
    assert "24" in str(early.value)
    Absence.objects.update(since=plus_months(TODAY, -6))
    (row,) = queries.proposals(cast.actor("clerk"), TODAY)
    assert row.name == "秦川" and "停止党籍" in row.words and len(row.contacts) == 1
    page = as_clerk.get("/members/standing").content.decode()
    assert "秦川" in page and "已问家属" in page and "系统只提醒" in page
    sent = {"kind": "suspend", "day": str(TODAY), "reason": "多方查找未果", "body": "柳河镇党委", "paper": ""}
    assert as_clerk.post(f"/members/roll/{one.key}/decide", sent).status_code == 422
    sent["paper"] = "柳委〔2026〕9号"
    assert as_clerk.post(f"/members/roll/{one.key}/decide", sent).status_code == 303
    clerk = cast.actor("clerk")
    assert StandingDecision.objects.get().evaluation_id
    assert queries.voters(cast.branch, TODAY).count() == 0
    assert queries.branch_roll(cast.branch, TODAY).people == []  # type: ignore[union-attr]
    assert queries.voters(cast.branch, TODAY - timedelta(days=1)).count() == 1
    assert figures.members(clerk, scope(cast)).count() == 0 and figures.full_members(clerk, scope(cast)).count() == 0
    assert "停止党籍" in as_clerk.get("/members/roll?state=stopped").content.decode()
    assert "停止党籍" in as_clerk.get(f"/members/branches/{cast.branch.key}").content.decode()
    assert BranchMembership.objects.filter(until__isnull=True).count() == 1  # still on the roll


def test_keeping_him_on_asks_again_only_after_another_period(cast: Cast) -> None:
    one = member(cast)
    away(cast, one, "lost", plus_months(TODAY, -8))
    tried(cast, one)
    assert len(queries.proposals(cast.actor("clerk"), TODAY)) == 1
    decide(cast, one, "keep", plus_months(TODAY, -1), body="", paper="")
    assert queries.proposals(cast.actor("clerk"), TODAY) == []
    assert len(queries.proposals(cast.actor("clerk"), plus_months(TODAY, 5))) == 1


def test_two_years_after_he_may_be_removed_and_not_before(cast: Cast) -> None:
    one = member(cast)
    away(cast, one, "lost", plus_months(TODAY, -40))
    tried(cast, one, plus_months(TODAY, -38))
    decide(cast, one, "suspend", plus_months(TODAY, -24) + timedelta(days=1))
    with pytest.raises(BreaksRule):
        decide(cast, one, "remove")
    with pytest.raises(moves.AlreadySuspended):
        decide(cast, one, "suspend")
    assert queries.proposals(cast.actor("clerk"), TODAY) == []
    StandingDecision.objects.update(since=plus_months(TODAY, -24))
    (row,) = queries.proposals(cast.actor("clerk"), TODAY)
    assert "除名" in row.words
    assert queries.home_branch(one.person_id, TODAY) == cast.branch  # nothing happens by itself
    decide(cast, one, "remove")
    assert queries.home_branch(one.person_id, TODAY) is None
    seat = BranchMembership.objects.get(member=one)
    assert (seat.ended_kind, seat.ended_reason) == ("removed", "柳委〔2026〕9号")


def test_who_is_found_again_is_restored(cast: Cast) -> None:
    one = member(cast)
    away(cast, one, "lost", plus_months(TODAY, -12))
    tried(cast, one, plus_months(TODAY, -11))
    decide(cast, one, "suspend", plus_months(TODAY, -2))
    decide(cast, one, "restore", reason="本人已找到")
    assert queries.voters(cast.branch, TODAY).count() == 1
    assert queries.voters(cast.branch, TODAY - timedelta(days=1)).count() == 0
    with pytest.raises(moves.NothingToDecide):
        decide(cast, one, "restore")


@pytest.mark.parametrize(("kind", "months"), [("life", 6), ("work", 6)])
def test_keeping_away_six_months_is_put_before_the_branch(cast: Cast, kind: str, months: int) -> None:
    one = member(cast)
    away(cast, one, kind, plus_months(TODAY, -months) + timedelta(days=1))
    with pytest.raises(BreaksRule) as early:
        decide(cast, one, "remove")
    assert "31" in str(early.value)
    with pytest.raises(moves.NothingToDecide):
        decide(cast, one, "suspend")
    Absence.objects.update(since=plus_months(TODAY, -months))
    (row,) = queries.proposals(cast.actor("clerk"), TODAY)
    assert "除名" in row.words
    decide(cast, one, "remove")
    assert queries.home_branch(one.person_id, TODAY) is None


def test_another_town_sees_nothing_of_it(cast: Cast, as_other_clerk: Any) -> None:
    one = member(cast)
    spell = away(cast, one, "lost", LONG_AGO)
    tried(cast, one)
    assert "秦川" not in as_other_clerk.get("/members/standing").content.decode()
    assert "秦川" not in as_other_clerk.get("/members/mobile").content.decode()
    for page in (f"roll/{one.key}/decide", f"roll/{one.key}/contact", f"absences/{spell.key}/end"):
        assert as_other_clerk.get(f"/members/{page}").status_code == 404


def test_abroad_is_put_before_the_branch_after_more_than_five_years(cast: Cast) -> None:
    one = member(cast, since=date(2016, 1, 1))
    away(cast, one, "abroad", plus_months(TODAY, -60))
    assert queries.proposals(cast.actor("clerk"), TODAY) == []
    with pytest.raises(BreaksRule):
        decide(cast, one, "suspend")
    assert len(queries.proposals(cast.actor("clerk"), TODAY + timedelta(days=1))) == 1
    Absence.objects.update(since=plus_months(TODAY, -60) - timedelta(days=1))
    decide(cast, one, "suspend")


def test_a_branch_with_many_away_asks_as_often_as_with_two(cast: Cast) -> None:
    asked = []
    for number in range(12):
        one = member(cast, f"流动{number:02}")
        away(cast, one, "study" if number % 2 else "mobile", LONG_AGO)
        away(cast, one, "lost", LONG_AGO)
        if number in (1, 11):
            clerk = cast.actor("clerk")
            with CaptureQueriesContext(connection) as seen:
                assert len(queries.branch_notes(clerk, cast.branch, TODAY)) > number
                assert len(queries.proposals(clerk, TODAY)) == number + 1
            asked.append(len(seen))
    assert asked[1] <= asked[0]
