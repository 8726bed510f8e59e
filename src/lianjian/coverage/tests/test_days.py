"""What coverage says of a day is of that day: needs, first coverage, goals, surveys, and the day itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from lianjian.cases.actions import register_case
from lianjian.cases.models import Case
from lianjian.cases.rules import CLOSINGS
from lianjian.coverage import actions, rules
from lianjian.coverage.actions import caring, planning
from lianjian.coverage.models import Goal, SurveyFirm
from lianjian.coverage.queries.effective import with_visits
from lianjian.coverage.queries.enterprises import enterprises
from lianjian.coverage.tests.test_caring import _branch, _figure, _firm, _size
from lianjian.directory import actions as directory
from lianjian.directory.models import EnterpriseYear, Link, Membership
from lianjian.events.models import covered_by
from lianjian.foundation import clock
from lianjian.foundation.calendar import CHINA
from tests.cast import NOW, SINCE, TODAY, Cast, acting

DAY = timedelta(days=1)


def test_open_needs_of_a_past_day_are_those_of_that_day(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    told = register_case(
        actor=clerk, text="门前道路积水", category="utilities", source="desk", organization=cast.firm, now=NOW
    )

    def needs(day: date | None) -> int:
        found: int = enterprises(cast.actor("clerk"), day).get(pk=cast.firm.pk).open_needs
        return found

    assert (needs(TODAY - DAY), needs(TODAY), needs(TODAY + DAY), needs(None)) == (0, 1, 1, 1)
    ended, closing = NOW + 2 * DAY, next(iter(CLOSINGS))
    Case.objects.filter(pk=told.pk).update(
        state="closed", hand="", closed_at=ended, closed_on=TODAY + 2 * DAY, ended_at=ended, closing=closing, outcome="x"
    )
    assert [needs(TODAY + n * DAY) for n in (1, 2, 3)] == [1, 0, 0] and needs(None) == 0


def test_covered_since_is_the_first_day_of_unbroken_cover_up_to_the_day_asked(cast: Cast) -> None:
    """Another station and another instructor go on with what the first began; a break begins it anew."""
    clerk = cast.actor("clerk")

    def since(day: date) -> date | None:
        rows = with_visits(enterprises(cast.actor("clerk"), day), day)
        found: date | None = rows.get(pk=cast.firm.pk).covered_since
        return found

    held = Membership.objects.get(role="instructor", organization=cast.firm)
    actions.end_instructor(actor=clerk, membership=held, until=SINCE + DAY, now=NOW)
    change = date(2025, 6, 1)
    actions.cover_enterprise(
        actor=clerk, enterprise=cast.firm, station=cast.second_station, since=change, now=NOW
    )
    assert since(change - DAY) == since(change) == since(TODAY) == SINCE
    end, again = date(2025, 9, 1), date(2026, 1, 1)
    actions.end_coverage(actor=clerk, enterprise=cast.firm, until=end, now=datetime(2025, 7, 1, tzinfo=CHINA))
    actions.cover_enterprise(actor=clerk, enterprise=cast.firm, station=cast.station, since=again, now=NOW)
    assert (since(end - DAY), since(end), since(again), since(TODAY)) == (SINCE, None, again, again)


def test_a_goal_that_was_reached_is_not_late(cast: Cast, as_clerk: Any) -> None:
    clerk, late = cast.actor("clerk"), _firm(cast, "还没组建的厂")
    for firm in (cast.firm, late):
        actions.set_goal(
            actor=clerk, enterprise=firm, target="joint", due_on=TODAY, step="联合组建", since=SINCE, now=NOW
        )
    _branch(cast, cast.firm, "own")  # farther than the goal
    assert Goal.objects.count() == 2
    page = as_clerk.get("/coverage/incubation?goal=late").content.decode()
    assert "还没组建的厂" in page and cast.firm.name not in page


def test_unknown_members_are_a_stage_of_their_own(cast: Cast, as_clerk: Any) -> None:
    _size(cast, cast.firm, members=0)
    assert [_figure(cast, f"incubation_{code}", TODAY)[0] for code in ("none", "unknown")] == [1, 1]
    page = as_clerk.get("/coverage/incubation?state=unknown").content.decode()
    assert cast.second_firm.name in page and cast.firm.name not in page and "党员数未填" in page


def test_a_dissolved_firm_is_no_longer_owed(cast: Cast, as_clerk: Any) -> None:
    today = clock.today()
    gone, done = _firm(cast, "撤销的厂"), _firm(cast, "填过才撤销的厂")
    survey = actions.open_survey(
        actor=cast.actor("clerk"), name="摸排", firms="all", facts=["staff"], opens_on=TODAY, closes_on=today, now=NOW
    )
    row = SurveyFirm.objects.get(organization=done)
    actions.answer_survey(actor=cast.actor("clerk"), row=row, facts={"staff": 9}, now=NOW)
    asked = SurveyFirm.objects.select_related("survey", "organization").get(organization=gone)
    for firm in (gone, done):
        directory.dissolve_organization(actor=cast.actor("clerk"), organization=firm, on=TODAY + DAY, now=NOW + DAY)
    asked.organization.refresh_from_db()
    with pytest.raises(rules.StandsNoLonger):
        actions.answer_survey(actor=cast.actor("clerk"), row=asked, facts={"staff": 3}, now=NOW + 2 * DAY)
    assert _figure(cast, "survey_completion", TODAY) == (1, 4)
    assert _figure(cast, "survey_completion", TODAY + DAY) == (1, 3)
    page = as_clerk.get(f"/coverage/surveys/{survey.key}").content.decode()
    assert "完成率 33.3%" in page
    listed = as_clerk.get("/coverage/answers").content.decode()
    assert "填过才撤销的厂" in listed and ">撤销的厂<" not in listed
    surveys = as_clerk.get("/api/v1/coverage/surveys").json()
    assert [(one["asked"], one["done"]) for one in surveys] == [(3, 1)]


def test_a_newer_entry_of_the_register_is_not_overwritten(cast: Cast, as_clerk: Any, as_instructor: Any) -> None:
    _size(cast, cast.firm, staff=40, members=2)
    year = clock.today().year
    survey = actions.open_survey(
        actor=cast.actor("clerk"), name="摸排", firms="all", facts=["staff"], opens_on=TODAY, closes_on=TODAY, now=NOW
    )
    row = SurveyFirm.objects.get(organization=cast.firm)
    answered = as_instructor.post(f"/coverage/answers/{row.key}", {"staff": "66", "party_members": "3"})
    assert answered.status_code == 303
    clerk = cast.actor("clerk")
    directory.set_enterprise_year(actor=clerk, organization=cast.firm, year=year, staff=71, now=NOW)
    taken = as_clerk.post(f"/coverage/surveys/{survey.key}/take", follow=True)
    assert f"填报之后档案另有更新的没有覆盖:{cast.firm.name}" in taken.content.decode()
    with acting(cast.actor("clerk")):
        now = EnterpriseYear.objects.get(organization=cast.firm, year=year)
        assert (now.staff, now.party_members) == (71, 3)


def test_the_day_is_that_of_china_whatever_the_database_goes_by(cast: Cast) -> None:
    """Seen by a firm's station and by its instructor: from today on, to the day before tomorrow. The session is a day
    off.
    """
    day = clock.now().astimezone(CHINA)
    actions.open_survey(
        actor=cast.actor("clerk"), name="摸排", firms="all", facts=["staff"], opens_on=TODAY, closes_on=TODAY, now=NOW
    )
    links = Link.objects.filter(kind=Link.COVERAGE, target=cast.firm)
    held = Membership.objects.filter(role="instructor", organization=cast.firm)
    for rows in (links, held):
        rows.update(since=day.date(), until=day.date() + DAY)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL TIME ZONE '{'Pacific/Kiritimati' if day.hour >= 18 else 'Etc/GMT+12'}'")
    actor = cast.actor("instructor", day.date())
    assert [one.organization_id for one in SurveyFirm.objects.visible_to(actor)] == [cast.firm.pk]
    assert [one.organization_id for one in covered_by(actor)] == [cast.firm.pk]
    cast.actor("clerk")
    held.delete()
    actor = cast.actor("instructor", day.date())  # its station covers the firm
    assert [one.organization_id for one in SurveyFirm.objects.visible_to(actor)] == [cast.firm.pk]


def test_two_who_set_the_same_at_once_are_told(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second did not see what the first wrote; the database has the last word, in words."""
    clerk = cast.actor("clerk")
    goal = {"target": "own", "due_on": TODAY + DAY, "step": "筹建", "since": TODAY, "now": NOW}
    acts: list[Callable[[], object]] = [
        lambda: actions.set_interval(actor=clerk, tier="A", days=9, since=TODAY, now=NOW),
        lambda: actions.set_tier(
            actor=clerk, enterprise=cast.firm, tier="A", reason="重点", since=TODAY, now=NOW
        ),
        lambda: actions.set_goal(actor=clerk, enterprise=cast.firm, **goal),
        lambda: actions.set_cap(actor=clerk, holder=cast.station, most=9, since=TODAY, now=NOW),
        lambda: actions.set_cap(actor=clerk, holder=cast.people["instructor"], most=9, since=TODAY, now=NOW),
    ]
    for room in (caring, planning):
        monkeypatch.setattr(room, "replace", lambda rows, since: None)
    for act in acts:
        act()
        with pytest.raises(rules.SetMeanwhile):
            act()
