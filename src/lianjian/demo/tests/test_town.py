"""The demonstration town: everybody who signs in finds something to do, and its figures stand."""

from __future__ import annotations

from django.db.models import Count
from django.test import Client

from lianjian.accounts.models import User
from lianjian.alliances.models import Alliance
from lianjian.cases.models import Agreement, Case, Hearing
from lianjian.demo import ACCOUNTS, PASSWORD, accounts
from lianjian.demo.build import COUNTY, TOWN, build
from lianjian.directory.actors import actor_of_user
from lianjian.directory.models import Organization
from lianjian.duties.queries import counts
from lianjian.events.models import Display, Meeting, Photo, Question, Visit, Winner
from lianjian.foundation import clock, context
from lianjian.foundation.codes.credit import is_credit_code
from lianjian.insight.queries import compute_all, indicator, place_of
from lianjian.insight.rules import read_period
from lianjian.jurisdictions.models import Jurisdiction
from lianjian.partylife.models.members import BranchMembership


def test_the_town_is_as_promised(db: None) -> None:
    assert build() == {"county": COUNTY, "town": TOWN}
    assert [found["account"] for found in accounts()] == [row[0] for row in ACCOUNTS]
    everywhere = tuple(Jurisdiction.objects.values_list("pk", flat=True))
    context.enter(everywhere, everywhere)
    codes = Organization.objects.exclude(code="").values_list("code", flat=True)
    assert len(codes) >= 55 and all(is_credit_code(code) and code[2:8] == "429900" for code in codes)
    assert Visit.objects.count() >= 150
    assert set(Case.objects.values_list("state", flat=True)) == {
        "registered", "dispatched", "signed", "handling", "answered", "disputed", "returned", "parked", "withdrawn",
        "closed",
    }  # fmt: skip
    assert Case.objects.filter(closing="no_reply").exists()
    # A dispute kept to in the hamlet, one in mediation; two petitions closed by a hearing, one to be heard.
    assert Case.objects.filter(kind="dispute", state="closed", tier="hamlet", outcome="solved").count() == 1
    assert [held.kept for held in Agreement.objects.all()] == [True]
    assert Case.objects.filter(kind="petition", closing="hearing").count() == 2
    assert sorted(Hearing.objects.values_list("state", flat=True)) == ["concluded", "planned"]
    assert Case.objects.filter(accused__isnull=False).count() == 1
    assert sorted(Alliance.objects.values_list("form", flat=True)) == ["formal", "formal", "functional", "functional"]

    # A party day in parts with one put off, soup on lunar days, a contest with winners, an answer still owed.
    assert Meeting.objects.filter(parts__len=5, parts_held__len=4).count() == 1
    assert 4 <= Meeting.objects.filter(series__rhythm="lunar_nines").count() <= 7
    assert Winner.objects.count() == 2 and Question.objects.filter(answer="").count() == 1
    assert Photo.objects.filter(consent=True).count() == 1 and Display.objects.count() == 1

    # The register says of a branch what its roll says, and of its firm the same; the joint lesson has its lists.
    seats = BranchMembership.objects.filter(role="home", until__isnull=True)
    rolls = dict(seats.values_list("branch__name").annotate(n=Count("pk")))
    assert len(rolls) >= 3
    assert rolls == dict(
        Organization.objects.filter(name__in=rolls).values_list("name", "party__members")
    )
    firm = Organization.objects.get(classification="enterprise", links_in__kind="party", links_in__source__name=max(
        rolls, key=lambda name: rolls[name]
    ))  # fmt: skip
    assert firm.enterprise.party_members == max(rolls.values())
    lesson = Meeting.objects.get(title="四支部联合党课")
    assert lesson.attendance.values("organization").distinct().count() == 2

    now = clock.now()
    actors = {user.username: actor_of_user(user.pk, day=clock.today()) for user in User.objects.all()}
    for account in ("clerk", "handler", "contact"):
        actor = actors[account]
        assert actor is not None
        context.enter_for(actor)
        assert counts(actor, now)["all"] > 0, f"{account} has nothing to do"

    clerk = actors["clerk"]
    assert clerk is not None
    context.enter_for(clerk)
    place = place_of(clerk, "")
    assert place is not None
    wanted = ["coverage.stations", "coverage.cadres", "coverage.resident_cadres", "cases.overdue_open"]
    wanted.append("coverage.formed_joint")
    items = [item for code in wanted if (item := indicator(code, clerk)) is not None]
    figures = compute_all(clerk, items, place, read_period("", today=clock.today()))
    values = {figure.indicator.code: figure.value for figure in figures}
    assert values.pop("cases.overdue_open") >= 1
    assert values == {"coverage.stations": 3, "coverage.cadres": 10, "coverage.resident_cadres": 5, "coverage.formed_joint": 5}

    # Ten teams with more than a hundred people, each counted once; what they did and whom it served (002-31, 002-32).
    as_of = ["directory.volunteer_teams", "directory.volunteers"]
    during = ["events.volunteer_activities", "events.volunteer_served", "events.services", "events.served"]
    items = [item for code in (*as_of, *during) if (item := indicator(code, clerk)) is not None]
    now_, last = (
        {
            figure.indicator.code: figure.value
            for figure in compute_all(clerk, items, place, read_period(str(year), today=clock.today()))
        }
        for year in (clock.today().year, clock.today().year - 1)
    )
    assert [now_[code] for code in as_of] == [10, 110]
    sessions, served, all_sessions, all_served = (now_[code] + last[code] for code in during)
    assert sessions >= 12 and all_sessions >= 12 and served > 2000 and all_served > 2000

    client = Client()
    client.post("/sign-in", {"login": "leader", "password": PASSWORD})
    assert client.get("/").status_code == 200
