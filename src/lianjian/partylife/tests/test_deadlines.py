"""Graduates kept at school, correction periods, new secretaries: their days are shown and put on the desk at night."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianjian.directory import actions as directory
from lianjian.directory.models import Organization
from lianjian.duties.models import Duty
from lianjian.events import actions as events
from lianjian.events.rules.attendance import Said
from lianjian.foundation.calendar import day_end, plus_months
from lianjian.journal.models import Entry
from lianjian.partylife import actions
from lianjian.partylife.models import Absence, BranchMembership, PartyMember, StandingDecision
from lianjian.partylife.queries import MOBILE, branch_notes, proposals
from lianjian.partylife.rules import bodies, education, moves
from lianjian.rulebook.queries import finding
from tests.cast import NOW, TODAY, Cast, acting

from .test_absences import away, decide
from .test_life import at, hold
from .test_members import another_branch, member

TWO_YEARS = 24


def derive(cast: Cast, day: date) -> Any:
    return actions.derive_deadlines(actor=cast.system(cast.town), jurisdiction_id=cast.town.pk, now=noon(day))


def noon(day: date) -> datetime:
    return at(day, 12)


def open_duties(kind: str) -> list[Duty]:
    return list(Duty.objects.filter(kind=kind, state="open"))


def graduated(cast: Cast, since: date, name: str = "秦川") -> tuple[PartyMember, Absence]:
    one = member(cast, name)
    return one, away(cast, one, moves.GRADUATE, since=since)


def correct(cast: Cast, one: PartyMember, since: date, until: date | None, **more: Any) -> StandingDecision:
    return decide(cast, one, moves.CORRECT, since, until=until, reason="经常不参加组织生活", **more)


def test_a_graduate_is_kept_for_two_years_and_the_branch_is_told_in_time(cast: Cast) -> None:
    since = date(2024, 6, 30)
    one, spell = graduated(cast, since)
    end = plus_months(since, TWO_YEARS)
    derive(cast, end - timedelta(days=moves.REMIND_DAYS[moves.KEPT_DUTY] + 1))
    assert open_duties(moves.KEPT_DUTY) == []
    derive(cast, end - timedelta(days=moves.REMIND_DAYS[moves.KEPT_DUTY]))
    derive(cast, end - timedelta(days=3))
    (duty,) = open_duties(moves.KEPT_DUTY)  # twice is once
    assert duty.organization_id == cast.branch.pk and duty.due_at is not None and duty.url == one.get_absolute_url()
    assert duty.due_at == day_end(end)
    assert Entry.objects.filter(verb="partylife.derive_deadlines").count() == 1
    said = " ".join(words for words, _n, _u in branch_notes(cast.actor("clerk"), cast.branch, end))
    assert "期满前应当转出" in said and "第34条" in said and "2026年6月30日" in said
    late = " ".join(words for words, _n, _u in branch_notes(cast.actor("clerk"), cast.branch, end + timedelta(days=1)))
    assert "期满,应当转出" in late
    actions.end_absence(actor=cast.actor("clerk"), absence=spell, until=TODAY, now=NOW)
    assert open_duties(moves.KEPT_DUTY) == []


def test_a_place_may_keep_graduates_for_a_shorter_time_only(cast: Cast) -> None:
    from lianjian.rulebook.models import LocalRule

    graduated(cast, date(2025, 6, 30))
    with acting(cast.actor("clerk")):
        LocalRule.objects.create(
            jurisdiction=cast.town, code="mobile.graduate", amount=1, unit="y", source="柳党发〔2025〕1号",
            valid_from=date(2025, 1, 1), set_by="何静", set_at=NOW,
        )  # fmt: skip
    derive(cast, date(2026, 6, 1))
    (duty,) = open_duties(moves.KEPT_DUTY)
    assert duty.due_at == day_end(date(2026, 6, 30))


def test_a_graduate_who_is_accepted_elsewhere_is_kept_no_longer(cast: Cast) -> None:
    one, spell = graduated(cast, date(2024, 5, 1))
    derive(cast, TODAY)
    assert len(open_duties(moves.KEPT_DUTY)) == 1
    target = another_branch(cast)
    sent = actions.open_transfer(
        actor=cast.actor("clerk"), member=one, to_branch=target, reason="study", opened_on=TODAY - timedelta(days=3), now=NOW
    )
    said = " ".join(words for words, _n, _u in branch_notes(cast.actor("clerk"), cast.branch, TODAY))
    assert "保留" not in said  # the letter is on its way
    actions.accept_transfer(actor=cast.actor("clerk"), transfer=sent, day=TODAY, now=NOW)
    spell.refresh_from_db()
    assert spell.until == TODAY
    done = derive(cast, TODAY)
    assert done.closed == [spell.key] and open_duties(moves.KEPT_DUTY) == []


def test_a_graduate_by_the_front_door(cast: Cast, as_clerk: Any) -> None:
    one = member(cast)
    address = f"/members/roll/{one.key}"
    sent = {"kind": "graduate", "since": "2024-06-30", "place": "", "contact_name": "", "words": "尚未就业"}
    assert as_clerk.post(f"{address}/absence", sent).status_code == 303
    again = as_clerk.post(f"{address}/absence", sent)
    assert again.status_code == 409 or "已有同类登记" in again.content.decode()
    # Away or out of reach he may be besides.
    assert as_clerk.post(f"{address}/absence", {**sent, "kind": "lost", "since": "2026-01-05"}).status_code == 303
    page = as_clerk.get(address).content.decode()
    assert "毕业生组织关系保留在学校" in page and "最迟2026年6月30日前转出" in page
    listed = as_clerk.get(reverse("partylife:mobile") + "?kind=graduate").content.decode()
    assert "秦川" in listed and MOBILE.title
    assert "秦川" not in as_clerk.get(reverse("partylife:mobile") + "?kind=mobile").content.decode().split("<tbody")[-1]


def test_a_correction_period_ends_on_a_day_and_the_body_looks_again(cast: Cast) -> None:
    one = member(cast)
    began = TODAY - timedelta(days=100)
    with pytest.raises(moves.CorrectionEndMissing):
        correct(cast, one, began, None)
    with pytest.raises(moves.CorrectionEndMissing):
        correct(cast, one, began, began)
    with pytest.raises(moves.PaperMissing):
        correct(cast, one, began, TODAY, paper="")
    row = correct(cast, one, began, TODAY + timedelta(days=31))
    assert row.evaluation is not None and row.evaluation.rule_code == "mobile.correction"
    kept = finding(row.evaluation)
    assert kept is not None and kept.passed
    with pytest.raises(moves.AlreadyCorrecting):
        correct(cast, one, began, row.until)  # word for word the same
    with pytest.raises(moves.NothingToDecide):
        decide(cast, one, moves.REMOVE)  # not before the period is over
    derive(cast, TODAY)
    assert open_duties(moves.CORRECTION_DUTY) == []
    derive(cast, TODAY + timedelta(days=1))
    (duty,) = open_duties(moves.CORRECTION_DUTY)
    assert duty.url.endswith(f"/members/roll/{one.key}/decide")
    with acting(cast.actor("clerk")):
        assert proposals(cast.actor("clerk"), row.until - timedelta(days=1)) == []
        (asked,) = proposals(cast.actor("clerk"), row.until)
    assert "限期改正" in asked.words and "第30条" in asked.words and str(row.until) in asked.words
    mended = decide(cast, one, moves.MENDED, reason="已按时参加组织生活")
    assert mended.ground == moves.CORRECT and open_duties(moves.CORRECTION_DUTY) == []
    assert derive(cast, row.until).opened == []
    with acting(cast.actor("clerk")):
        assert proposals(cast.actor("clerk"), row.until) == []
    with pytest.raises(moves.NothingToDecide):
        decide(cast, one, moves.MENDED)


def test_a_period_over_a_year_is_kept_with_the_reminder(cast: Cast, as_clerk: Any) -> None:
    """The rule is a timer (ALERT): nobody is refused, everybody sees it."""
    one = member(cast)
    row = correct(cast, one, TODAY - timedelta(days=1), plus_months(TODAY, 13))
    kept = finding(row.evaluation) if row.evaluation is not None else None
    assert kept is not None and not kept.passed
    page = as_clerk.get(one.get_absolute_url()).content.decode()
    assert "超过规定的最长期限" in page and "第30条" in page
    other = member(cast, "何平")
    correct(cast, other, TODAY - timedelta(days=1), plus_months(TODAY, 11))
    assert "超过规定的最长期限" not in as_clerk.get(other.get_absolute_url()).content.decode()


def test_after_the_period_a_body_may_remove_and_nothing_does_it_by_itself(cast: Cast, as_clerk: Any) -> None:
    one = member(cast)
    correct(cast, one, TODAY - timedelta(days=60), TODAY - timedelta(days=1))
    derive(cast, TODAY)
    (duty,) = open_duties(moves.CORRECTION_DUTY)
    form = as_clerk.get(duty.url + "?kind=correct").content.decode()
    assert 'value="correct" selected' in form
    one.refresh_from_db()
    assert one.branches.filter(until__isnull=True).exists()  # still a member
    sent = {"kind": "remove", "day": TODAY.isoformat(), "body": "柳溪镇党委", "paper": "柳委〔2026〕9号", "reason": "劝而不退"}
    assert as_clerk.post(duty.url, sent).status_code == 303
    with acting(cast.system()):
        assert StandingDecision.objects.get(kind="remove").ground == moves.CORRECT
        assert open_duties(moves.CORRECTION_DUTY) == []
        assert not one.branches.filter(until__isnull=True).exists()


def test_keeping_him_on_after_the_period_settles_it(cast: Cast) -> None:
    one = member(cast)
    correct(cast, one, TODAY - timedelta(days=60), TODAY - timedelta(days=1))
    derive(cast, TODAY)
    assert len(open_duties(moves.CORRECTION_DUTY)) == 1
    decide(cast, one, moves.KEEP, reason="继续教育", body="", paper="")
    assert open_duties(moves.CORRECTION_DUTY) == []
    assert derive(cast, TODAY).opened == []
    correct(cast, one, TODAY, TODAY + timedelta(days=40))  # a second period may follow


def test_a_correction_is_corrected_and_the_newest_governs_each_day(cast: Cast, as_clerk: Any) -> None:
    one = member(cast)
    first = correct(cast, one, TODAY - timedelta(days=100), TODAY + timedelta(days=5))
    derive(cast, TODAY)
    (duty,) = open_duties(moves.CORRECTION_DUTY)
    changed, until = TODAY - timedelta(days=10), TODAY + timedelta(days=90)
    sent = {
        "kind": "correct", "day": changed.isoformat(), "until": until.isoformat(), "body": "柳溪镇党委",
        "paper": "柳委〔2026〕10号", "reason": "期限写错",
    }  # fmt: skip
    assert as_clerk.post(duty.url, sent).status_code == 303
    assert as_clerk.post(duty.url, sent).status_code == 422
    assert open_duties(moves.CORRECTION_DUTY) == [] and derive(cast, TODAY).opened == []
    rows = list(StandingDecision.objects.filter(member=one))
    assert len(rows) == 2
    assert moves.correcting(rows, changed - timedelta(days=1)) == first
    now = moves.correcting(rows, TODAY)
    assert now is not None and now.until == until
    early = correct(cast, one, TODAY - timedelta(days=20), TODAY + timedelta(days=80))  # the day was wrong as well
    rows.append(early)
    assert moves.correcting(rows, TODAY - timedelta(days=21)) == first and moves.correcting(rows, TODAY) == early
    decide(cast, one, moves.MENDED, reason="已按时参加组织生活")
    again = correct(cast, one, TODAY, TODAY + timedelta(days=20))  # before the day on which the first would have ended
    derive(cast, TODAY)
    assert [one.subject_key for one in open_duties(moves.CORRECTION_DUTY)] == [again.key]


def test_a_body_answers_the_question_that_is_put_to_it(cast: Cast) -> None:
    """Not the oldest fact on record: one that is not yet due asks for nothing."""
    one, two = member(cast), member(cast, "何平")
    for each in (one, two):
        away(cast, each, moves.LIFE, since=TODAY - timedelta(days=100))
        correct(cast, each, TODAY - timedelta(days=60), TODAY - timedelta(days=1))
    derive(cast, TODAY)
    kept = decide(cast, one, moves.KEEP, reason="继续教育", body="", paper="")
    assert kept.ground == moves.CORRECT and len(open_duties(moves.CORRECTION_DUTY)) == 1
    assert decide(cast, two, moves.REMOVE).ground == moves.CORRECT and open_duties(moves.CORRECTION_DUTY) == []


def test_a_new_secretary_is_on_the_desk_until_taught(cast: Cast) -> None:
    one = member(cast)
    directory.add_membership(
        actor=cast.actor("clerk"), person=one.person, organization=cast.branch, role="secretary", since=date(2026, 1, 5), now=NOW
    )
    derive(cast, TODAY)
    (duty,) = open_duties(education.NEW_DUTY)
    assert duty.due_at == day_end(date(2026, 7, 6))  # 5 July is a Sunday
    meeting = hold(cast, cast.branch, "培训班", TODAY)
    events.record_attendance(
        actor=cast.actor("clerk"), meeting=meeting, organization=cast.branch, said={one.person_id: Said("present")},
        now=at(TODAY, 20),
    )  # fmt: skip
    derive(cast, TODAY + timedelta(days=1))
    assert open_duties(education.NEW_DUTY) == []


# Forty working days: to 13 February 29, the 14th and the 28th worked, the 15th to the 23rd off.
@pytest.mark.parametrize(("amount", "unit", "due"), [(40, "wd", date(2026, 3, 6)), (60, "d", date(2026, 3, 6))])
def test_a_place_may_ask_for_the_first_course_sooner(cast: Cast, amount: int, unit: str, due: date) -> None:
    from lianjian.rulebook.models import LocalRule

    one = member(cast)
    head(cast, one, cast.branch, date(2026, 1, 5))
    with acting(cast.actor("clerk")):
        LocalRule.objects.create(
            jurisdiction=cast.town, code=education.NEW_SECRETARY, amount=amount, unit=unit, source="柳党发〔2025〕1号",
            valid_from=date(2025, 1, 1), set_by="何静", set_at=NOW,
        )  # fmt: skip
    derive(cast, TODAY)
    (duty,) = open_duties(education.NEW_DUTY)
    assert duty.due_at == day_end(due)


def head(cast: Cast, one: PartyMember, body: Organization, since: date, until: date | None = None) -> None:
    seat = directory.add_membership(
        actor=cast.actor("clerk"), person=one.person, organization=body, role="secretary", since=since, now=NOW
    )
    if until is not None:
        directory.end_membership(actor=cast.actor("clerk"), membership=seat, until=until, now=NOW)


def test_the_duty_and_the_list_name_the_same_new_secretaries(cast: Cast, as_clerk: Any) -> None:
    """Where he is at home, not where the office is; nobody who need not come or is no secretary any more."""
    office, began = another_branch(cast), TODAY - timedelta(days=20)
    hold(cast, cast.branch, "党课", TODAY - timedelta(days=100))  # from then on the place records
    at_home, moved, free, gone = (member(cast, name) for name in ("新任甲", "转任乙", "免予丙", "离任丁"))
    head(cast, at_home, office, began)
    head(cast, moved, office, TODAY - timedelta(days=90), until=TODAY - timedelta(days=30))
    head(cast, moved, cast.branch, TODAY - timedelta(days=30))
    head(cast, free, office, began)
    actions.exempt(actor=cast.actor("clerk"), member=free, kind="unbound", since=date(2025, 1, 1), now=NOW)
    head(cast, gone, office, TODAY - timedelta(days=60), until=TODAY - timedelta(days=1))
    derive(cast, TODAY)
    duties = {one.subject_key: one for one in open_duties(education.NEW_DUTY)}
    assert set(duties) == {at_home.key, moved.key}
    assert {one.organization_id for one in duties.values()} == {cast.branch.pk}
    for one in (at_home, moved):
        rows = as_clerk.get(duties[one.key].url).content.decode().split("<tbody", 1)[1]
        assert one.person.name in rows and rows.count("<tr") == 1
    listed = as_clerk.get(reverse("partylife:education") + "?lacks=new").content.decode().split("<tbody", 1)[1]
    assert "新任甲" in listed and "转任乙" in listed and "免予丙" not in listed and "离任丁" not in listed
    # A year that begins takes nobody off.
    derive(cast, date(TODAY.year + 2, 1, 2))
    assert {one.subject_key for one in open_duties(education.NEW_DUTY)} == set(duties)


def test_a_duty_follows_who_moves_and_a_day_that_changes(cast: Cast) -> None:
    one, spell = graduated(cast, date(2024, 5, 1))
    derive(cast, TODAY)
    (duty,) = open_duties(moves.KEPT_DUTY)
    other = another_branch(cast)
    BranchMembership.objects.filter(member=one).update(branch=other)
    Absence.objects.filter(pk=spell.pk).update(since=date(2024, 4, 20))
    done = derive(cast, TODAY)
    assert (done.opened, done.moved, done.closed) == ([], [duty.pk], [])
    (now,) = open_duties(moves.KEPT_DUTY)
    assert (now.pk, now.organization_id, now.due_at) == (duty.pk, other.pk, day_end(date(2026, 4, 20)))
    assert other.name in now.title
    assert derive(cast, TODAY).moved == []


def test_a_project_of_six_months_with_enough_members_gets_a_branch(cast: Cast, as_clerk: Any) -> None:
    began = date(2025, 9, 1)
    people = [member(cast, name) for name in ("甲某", "乙某")]
    team = directory.found_team(
        actor=cast.actor("clerk"), name="高铁专班", organization=cast.town_root, leader=people[0].person, kind="task",
        project="高铁站前片区", founded_on=began, now=NOW,
    )  # fmt: skip
    directory.add_to_team(actor=cast.actor("clerk"), team=team, person=people[1].person, now=at(began))
    address = reverse("directory:team", kwargs={"key": team.key})
    derive(cast, TODAY)
    assert open_duties(bodies.PROJECT_DUTY) == []  # both of one branch, but a branch needs three
    assert "正式党员不足" in as_clerk.get(address).content.decode()
    elsewhere = another_branch(cast)
    third = member(cast, "丙某", branch=elsewhere)
    directory.add_to_team(actor=cast.actor("clerk"), team=team, person=third.person, now=at(began))
    derive(cast, date(2026, 2, 28))
    assert open_duties(bodies.PROJECT_DUTY) == []  # six months are full on 1 March
    derive(cast, date(2026, 3, 1))
    (duty,) = open_duties(bodies.PROJECT_DUTY)
    assert duty.organization_id == cast.town_root.pk and duty.url == address
    page = as_clerk.get(address).content.decode()
    assert "应成立党支部" in page and "第5条" in page
    own = another_branch(cast, "高铁专班临时党支部")
    for one in (*people, third):
        actions.add_host(actor=cast.actor("clerk"), member=one, branch=own, since=date(2026, 3, 2), now=NOW)
    derive(cast, TODAY)
    assert open_duties(bodies.PROJECT_DUTY) == []
    page = as_clerk.get(address).content.decode()
    assert "已有党支部" in page and "高铁专班临时党支部" in page
    help_team = directory.found_team(
        actor=cast.actor("clerk"), name="帮办一团", organization=cast.town_root, leader=third.person, now=NOW
    )
    assert "项目党支部" not in as_clerk.get(reverse("directory:team", kwargs={"key": help_team.key})).content.decode()


def test_a_night_asks_as_often_for_many_as_for_few(cast: Cast) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            derive(cast, TODAY)
        return len([one for one in found if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    for n in range(3):
        graduated(cast, date(2024, 5, 1), f"毕业{n}")
    derive(cast, TODAY)
    few = cost()
    for n in range(3, 9):
        graduated(cast, date(2024, 5, 1), f"毕业{n}")
        correct(cast, member(cast, f"改正{n}"), TODAY - timedelta(days=60), TODAY)
    assert derive(cast, TODAY).opened
    assert cost() <= few + 2  # the seats of those in correction, and their duties' kind
