"""Education of the year over all branches one answers for: hours, courses, rotation, new secretaries, and the rates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianjian.directory import actions as directory
from lianjian.directory.models import Organization, Person
from lianjian.events import actions as events
from lianjian.events.models import Meeting
from lianjian.events.rules.attendance import Said
from lianjian.foundation.declare import Scoped
from lianjian.foundation.looks import show_date
from lianjian.partylife import actions, figures
from lianjian.partylife.models import PartyMember
from lianjian.partylife.queries.newcomers import deadline_of
from lianjian.rulebook.models import LocalRule
from tests.cast import PASSWORD, Cast, acting

from .test_life import at
from .test_life import branch as founded

YEAR = date.today().year
ADDRESS = "/members/education"


def branch(cast: Cast, name: str = "柳溪家具第一党支部") -> Organization:
    return founded(cast, name, since=date(2018, 1, 1))


def entered(cast: Cast, body: Organization, *names: str) -> dict[str, PartyMember]:
    now = at(date(YEAR, 1, 2))
    return {
        name: actions.add_member(
            actor=cast.actor("clerk"), person=name, branch=body, since=date(2021, 1, 1), joined_on=date(2015, 7, 1),
            full_on=date(2016, 7, 1), now=now,
        )
        for name in names
    }  # fmt: skip


def seat(cast: Cast, body: Organization, person: Person, role: str, since: date) -> None:
    directory.add_membership(
        actor=cast.actor("clerk"), person=person, organization=body, role=role, since=since, now=at(date(YEAR, 1, 2))
    )


def taught(
    cast: Cast, body: Organization, who: list[Person], day: date, hours: str, *, convener: Organization | None = None,
    kind: str = "培训班", account: str = "clerk",
) -> Meeting:  # fmt: skip
    """A meeting that brought hours to some of a body's people."""
    caller = convener or body
    invited = [(body, "host")] if caller.pk != body.pk else []
    meeting = events.plan_meeting(
        actor=cast.actor(account), convener=caller, kind=kind, title=f"{kind} {day} {caller.name}", starts_at=at(day),
        ends_at=at(day, 10), place="党校", bodies=invited, now=at(day, 8),
    )  # fmt: skip
    came = {pk: events.Came("attended", 1) for pk in meeting.invitations.values_list("pk", flat=True)}
    events.hold_meeting(actor=cast.actor(account), meeting=meeting, came=came, text="", now=at(day, 20))
    events.set_results(
        actor=cast.actor(account), meeting=meeting, audiences=["全体党员"], hours=hours, now=at(day, 20)  # type: ignore[arg-type]
    )
    said = {one.pk: Said("present") for one in who}
    events.record_attendance(
        actor=cast.actor("clerk"), meeting=meeting, organization=body, said=said, now=at(day, 20)
    )
    return meeting


def text(cast: Cast, who: str = "clerk", query: str = "") -> str:
    return cast.client(who).get(ADDRESS + query).content.decode()


def cells(page: str, name: str) -> str:
    """The words of the row of somebody."""
    body = page.split("<tbody", 1)[1]
    return next(row for row in body.split("<tr") if f">{name}<" in row)


def of_year(month: int, day: int) -> date:
    """That day of this year, or of January where it has not come."""
    return min(date(YEAR, month, day), date.today() - timedelta(days=1))


def test_members_are_held_against_their_own_number(cast: Cast) -> None:
    body = branch(cast)
    people = entered(cast, body, "甲某", "乙某", "丙某", "丁某")
    seat(cast, body, people["乙某"].person, "secretary", date(2022, 3, 1))
    seat(cast, body, people["丁某"].person, "committee_youth", date(2022, 3, 1))
    actions.exempt(
        actor=cast.actor("clerk"), member=people["丙某"], kind="unbound", since=date(2022, 1, 1),
        now=at(date(YEAR, 1, 2)),
    )  # fmt: skip
    taught(cast, body, [people["甲某"].person, people["乙某"].person], of_year(1, 10), "32.0", kind="党课")
    taught(cast, body, [people["丁某"].person], of_year(1, 11), "56.0")
    page = text(cast)
    assert "32/32" in cells(page, "甲某") and "学时已达到" in cells(page, "甲某")
    assert "32/56" in cells(page, "乙某") and "还差24学时" in cells(page, "乙某") and "<td" in cells(page, "乙某") and ">书记<" in cells(page, "乙某").replace(" ", "")
    assert "免予参加" in cells(page, "丙某")
    assert "56/56" in cells(page, "丁某") and "班子委员" in cells(page, "丁某")
    # Read by the law: 32 by the regulation, 56 by the plan, and no order of merit.
    assert "第20条" in page and "全国党员教育培训工作规划" in page and "不作排名" in page
    assert "sort=hours" not in page and "sort=-hours" not in page
    short = text(cast, query="?state=short")
    assert "乙某" in short and "甲某" not in short and "丙某" not in short
    assert "乙某" in text(cast, query="?lacks=course") and "丁某" not in text(cast, query="?lacks=course")
    assert "丁某" in text(cast, query="?who=officer") and "乙某" not in text(cast, query="?who=officer")
    assert "乙某" in text(cast, query="?who=secretary&q=乙") and "甲某" not in text(cast, query="?q=乙")
    hours = cast.client("clerk").get(reverse("partylife:hours", kwargs={"key": body.key})).content.decode()
    assert "还差24" in hours and "32/56" in hours and "书记和班子成员每年不少于56学时" in hours


def test_a_course_at_county_level_is_one_that_its_committee_called(cast: Cast) -> None:
    body = branch(cast)
    head = entered(cast, body, "甲某")["甲某"].person
    seat(cast, body, head, "secretary", date(2020, 3, 1))
    taught(cast, body, [head], of_year(1, 10), "8.0")
    assert "还没有" in cells(text(cast), "甲某") and "甲某" in text(cast, query="?lacks=rotation")
    own = directory.register_organization(
        actor=cast.actor("county_clerk"), name="县直机关第一党支部", classification="party", parent=cast.county_root,
        now=at(date(YEAR, 1, 2)), profile={"level": "branch"}, since=date(2020, 1, 1),
    )  # fmt: skip
    taught(cast, body, [head], of_year(1, 11), "8.0", convener=own, account="county_clerk")
    assert "还没有" in cells(text(cast), "甲某")  # a branch at the county is not the county's course
    taught(cast, body, [head], of_year(1, 12), "8.0", convener=cast.county_root, account="county_clerk")
    assert "已轮训" in cells(text(cast), "甲某") and "24/56" in cells(text(cast), "甲某")
    assert "甲某" not in text(cast, query="?lacks=rotation")


def test_a_new_secretary_is_taught_within_the_term(cast: Cast) -> None:
    body = branch(cast)
    people = entered(cast, body, "新任某", "老任某")
    since = date(YEAR - 1, 12, 1)
    seat(cast, body, people["新任某"].person, "secretary", since)
    taught(cast, body, [people["老任某"].person], of_year(1, 5), "1.0", kind="党课")  # from then on the place records
    other = branch(cast, "柳溪家具第二党支部")
    seat(cast, other, people["老任某"].person, "secretary", date(2019, 1, 1))
    third = branch(cast, "柳溪家具第三党支部")
    seat(cast, third, people["老任某"].person, "secretary", since)  # no newcomer: a secretary elsewhere before
    until = deadline_of(since, "6m")
    assert until is not None and until >= date(YEAR, 6, 1)
    row = cells(text(cast), "新任某")
    assert (f"已超期({show_date(until)})" if until < date.today() else f"{show_date(until)}前") in row
    assert "新任书记" not in cells(text(cast), "老任某").replace("新任书记\"", "")
    lacking = text(cast, query="?lacks=new")
    assert "新任某" in lacking and "老任某" not in lacking
    taught(cast, body, [people["新任某"].person], of_year(1, 10), "8.0", kind="党课")
    assert "新任某" in text(cast, query="?lacks=new")  # a lesson is no course
    taught(cast, body, [people["新任某"].person], of_year(1, 11), "8.0")
    assert "新任书记已培训" in cells(text(cast), "新任某") and "新任某" not in text(cast, query="?lacks=new")


def test_a_place_may_ask_for_more_and_only_of_its_own(cast: Cast) -> None:
    body = branch(cast)
    one = entered(cast, body, "甲某")["甲某"].person
    taught(cast, body, [one], of_year(1, 10), "32.0")
    assert "32/32" in cells(text(cast), "甲某")
    with acting(cast.actor("clerk")):
        LocalRule.objects.create(
            jurisdiction=cast.town, code="education.hours", params={"times": 40}, source="柳党发〔2026〕1号",
            valid_from=date(YEAR, 1, 1), set_by="何静", set_at=at(date(YEAR, 1, 2)),
        )  # fmt: skip
        LocalRule.objects.create(
            jurisdiction=cast.town, code="education.new_secretary", amount=90, unit="d", source="柳党发〔2026〕1号",
            valid_from=date(YEAR, 1, 1), set_by="何静", set_at=at(date(YEAR, 1, 2)),
        )  # fmt: skip
    page = text(cast)
    assert "32/40" in cells(page, "甲某") and "还差8学时" in cells(page, "甲某") and "柳党发〔2026〕1号" in page
    assert deadline_of(date(2026, 1, 5), "6m|90d") == date(2026, 4, 7)  # 5 April falls on a holiday of three days


def test_the_numbers_of_courses_and_officers_hours_are_those_of_the_rules(cast: Cast) -> None:
    body = branch(cast)
    one = entered(cast, body, "甲某")["甲某"].person
    seat(cast, body, one, "secretary", date(2020, 3, 1))
    taught(cast, body, [one], of_year(1, 12), "8.0", convener=cast.county_root, account="county_clerk")
    assert "甲某" not in text(cast, query="?lacks=rotation") and "甲某" not in text(cast, query="?lacks=course")
    with acting(cast.actor("clerk")):
        for code, times in (("rotation", 2), ("secretary_course", 2), ("hours", 60)):
            LocalRule.objects.create(
                jurisdiction=cast.town, code=f"education.{code}", params={"times": times}, source="柳党发〔2026〕1号",
                valid_from=date(YEAR, 1, 1), set_by="何静", set_at=at(date(YEAR, 1, 2)),
            )  # fmt: skip
    assert "甲某" in text(cast, query="?lacks=rotation") and "甲某" in text(cast, query="?lacks=course")
    assert "已轮训" not in cells(text(cast), "甲某")
    assert rate(cast, "rotation_rate", date.today()) == (0, 1)
    # Who leads owes no fewer hours than everybody, on the list as on the page of the branch.
    assert "8/60" in cells(text(cast), "甲某")
    page = cast.client("clerk").get(reverse("partylife:hours", kwargs={"key": body.key})).content.decode()
    assert "8/60" in page


def test_who_answers_for_a_branch_sees_it_and_nobody_else(cast: Cast) -> None:
    body = branch(cast)
    entered(cast, body, "甲某")
    directory.link_organizations(
        actor=cast.system(), kind="party", source=body, target=cast.firm, since=date(2025, 1, 2), now=at(date(YEAR, 1, 2))
    )
    assert "甲某" in text(cast) and "甲某" in text(cast, "county_clerk") and "甲某" in text(cast, "leader")
    # An instructor reads the life of the branch that reaches his firm, not who has learned how much.
    assert cast.client("instructor").get(reverse("partylife:life", kwargs={"key": body.key})).status_code == 200
    for who in ("instructor", "other_clerk"):
        assert "甲某" not in text(cast, who)
    assert cast.client("contact").get(ADDRESS).status_code in (403, 404)


def scoped(cast: Cast, day: date) -> Scoped:
    return Scoped((cast.town.pk,), day, day)


def rate(cast: Cast, code: str, day: date) -> tuple[int, int]:
    found = next(one for one in figures.INDICATORS if one.code == f"partylife.{code}")
    actor = cast.actor("clerk")
    with acting(actor):
        assert found.base is not None
        return found.rows(actor, scoped(cast, day)).count(), found.base(actor, scoped(cast, day)).count()


def test_the_rates_leave_the_exempt_out_and_count_by_the_day(cast: Cast) -> None:
    body = branch(cast)
    people = entered(cast, body, "甲某", "乙某", "丙某")
    seat(cast, body, people["乙某"].person, "secretary", date(2022, 3, 1))
    actions.exempt(
        actor=cast.actor("clerk"), member=people["丙某"], kind="unbound", since=date(2022, 1, 1),
        now=at(date(YEAR, 1, 2)),
    )  # fmt: skip
    day = of_year(3, 6)
    taught(cast, body, [people["甲某"].person, people["乙某"].person], day, "40.0", convener=cast.county_root,
           account="county_clerk")  # fmt: skip
    assert rate(cast, "hours_rate", day - timedelta(days=1)) == (0, 2)
    assert rate(cast, "hours_rate", day) == (1, 2)  # 40 of 32, 40 of 56, and one who need not come
    assert rate(cast, "officer_hours_rate", day) == (0, 1)
    assert rate(cast, "rotation_rate", day) == (1, 1)
    assert rate(cast, "hours_rate", date(YEAR + 1, 1, 5)) == (0, 2)  # a year begins with nothing


@pytest.mark.parametrize("start", [date(2025, 8, 31)])
def test_the_deadline_moves_past_rest_days(cast: Cast, start: date) -> None:
    cast.system()
    assert deadline_of(start, "6m") == date(2026, 2, 28)  # made up for the Spring Festival: a working Saturday
    assert deadline_of(start, "") is None


def test_ten_and_twenty_cost_the_same(cast: Cast) -> None:
    body = branch(cast)
    some = entered(cast, body, *(f"党员{n:02d}" for n in range(10)))
    seat(cast, body, some["党员01"].person, "secretary", date(YEAR, 1, 3))
    clerk = Client()
    assert clerk.post("/sign-in", {"login": "clerk", "password": PASSWORD}).status_code in (302, 303)
    clerk.get(ADDRESS)
    with CaptureQueriesContext(connection) as few:
        clerk.get(ADDRESS)
    more = entered(cast, body, *(f"党员{n:02d}" for n in range(10, 20)))
    seat(cast, branch(cast, "柳溪家具第二党支部"), more["党员11"].person, "secretary", date(YEAR, 1, 4))
    with CaptureQueriesContext(connection) as many:
        assert "党员19" in clerk.get(ADDRESS).content.decode()
    assert len(many) == len(few) <= 14, "\n".join(one["sql"][:220] for one in many)


