"""Instructors with their firms, posted cadres by the band of their rank, task forces of projects: counted once each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from lianjian.coverage import actions, rules
from lianjian.coverage.figures import INDICATORS
from lianjian.directory import actions as directory
from lianjian.directory.models import Membership
from lianjian.foundation.declare import Scoped
from tests.cast import NOW, SINCE, TODAY, Cast, acting

from .test_caring import _firm

PERIOD = {"period": "2026-03-01..2026-03-09"}


def _rows(cast: Cast, code: str, day: date = TODAY, side: str = "rows") -> list[Any]:
    found = next(one for one in INDICATORS if one.code == f"coverage.{code}")
    return list(getattr(found, side)(cast.actor("clerk"), Scoped((cast.town.pk,), day, day)))


def _page(client: Any, code: str, **more: str) -> str:
    return str(client.get(reverse("insight:figure", kwargs={"code": code}), {**PERIOD, **more}).content.decode())


def test_seven_instructors_of_forty_two_firms(cast: Cast, as_clerk: Any) -> None:
    """Checklist 001-15 and 003-47: number, firms (each once), average, each opening onto its rows."""
    clerk = cast.actor("clerk")
    for role in Membership.objects.filter(role="instructor"):
        actions.end_instructor(actor=clerk, membership=role, until=date(2024, 6, 1), now=NOW)
    firms = [_firm(cast, f"企业{number}号") for number in range(42)]
    people = [directory.register_person(actor=clerk, name=f"指导员{number}", now=NOW) for number in range(7)]
    for number, firm in enumerate(firms):
        actions.assign_instructor(actor=clerk, enterprise=firm, person=people[number % 7], since=SINCE, now=NOW)
    # A second one beside the first adds nobody and no firm.
    actions.assign_instructor(actor=clerk, enterprise=firms[0], person=people[1], since=TODAY, now=NOW, beside=True)
    assert len(_rows(cast, "instructors")) == 7 and len(_rows(cast, "guided")) == 42
    assert {row.person.name: row.firms for row in _rows(cast, "instructors")}["指导员1"] == 7
    assert len(_rows(cast, "guided_each")) == 42 and len(_rows(cast, "guided_each", side="base")) == 7
    page = _page(as_clerk, "coverage.guided_each")
    assert "<strong>6.0</strong> 家" in page and "600.0%" not in page and "企业41号" in page
    assert "指导员6" in _page(as_clerk, "coverage.guided_each", side="base")
    assert "指导员6" in _page(as_clerk, "coverage.instructors")
    day = SINCE - timedelta(days=1)
    assert _rows(cast, "instructors", day) == [] and _rows(cast, "guided_each", day, "base") == []
    listed = as_clerk.get(reverse("insight:figures"), PERIOD).content.decode()
    assert "平均每名指导员联系企业" in listed and "42/7 家" in listed


def test_posted_cadres_are_counted_once_by_the_band_of_their_posting(cast: Cast, as_clerk: Any) -> None:
    """Checklist 001-25: three of deputy-section rank or above; a code on the posting, distinct people."""
    clerk = cast.actor("clerk")
    for number, band in enumerate(("deputy_section", "deputy_section", "deputy_section", "below", "")):
        actions.assign_leader(
            actor=clerk, enterprise=cast.firm, person=f"干部{number}", role="firm_cadre", since=SINCE, band=band, now=NOW
        )
    # The first is at a second firm too; a sixth lives at the service centre, a seventh does not.
    first = Membership.objects.get(role="firm_cadre", person__name="干部0").person
    actions.assign_leader(
        actor=clerk, enterprise=cast.second_firm, person=first, role="firm_cadre", since=SINCE, now=NOW
    )
    for name, resident in (("常驻", True), ("不常驻", False)):
        actions.dispatch_cadre(
            actor=clerk, person=name, station=cast.station, since=SINCE, resident=resident, band="deputy_section", now=NOW
        )
    names = {row.person.name for row in _rows(cast, "posted_section")}
    assert names == {"干部0", "干部1", "干部2", "常驻"}
    assert len(_rows(cast, "posted_cadres")) == 6
    assert {row.person.name for row in _rows(cast, "posted_unbanded")} == {"干部4"}
    page = _page(as_clerk, "coverage.posted_section")
    assert "副科级及以上" in page and "干部2" in page and "干部3" not in page and "deputy_section" not in page
    held = Membership.objects.get(role="firm_cadre", person__name="干部4")
    address = f"/coverage/memberships/{held.key}/band"
    assert as_clerk.get(address).status_code == 200
    assert as_clerk.post(address, {"band": "mayor"}).status_code == 422
    assert as_clerk.post(address, {"band": "deputy_section"}).status_code == 303
    assert len(_rows(cast, "posted_section")) == 5 and _rows(cast, "posted_unbanded") == []
    assert "副科级及以上" in as_clerk.get("/coverage/leaders").content.decode()
    assert "副科级及以上" in as_clerk.get(f"/coverage/stations/{cast.station.key}").content.decode()


def test_a_band_is_kept_of_posted_cadres_only(cast: Cast, as_clerk: Any, as_instructor: Any) -> None:
    form = {"enterprise": cast.firm.name, "person": "高原", "role": "leader", "since": "2026-01-05", "band": "below"}
    refused = as_clerk.post("/coverage/leaders/new", form)
    assert refused.status_code == 422 and "只给驻企(助企)干部填写" in refused.content.decode()
    assert as_clerk.post("/coverage/leaders/new", {**form, "role": "firm_cadre"}).status_code == 303
    with acting(cast.actor("clerk")):
        held = Membership.objects.get(role="firm_cadre")
        guide = Membership.objects.filter(role="instructor").first()
        assert held.details == {"band": "below"} and guide is not None
        with pytest.raises(rules.BandOfCadres):
            actions.set_band(actor=cast.actor("clerk"), membership=guide, band="below", now=NOW)
    assert as_clerk.get(f"/coverage/memberships/{guide.key}/band").status_code == 404
    assert as_instructor.post(f"/coverage/memberships/{held.key}/band", {"band": ""}).status_code == 403


def test_one_project_one_leader_one_team(cast: Cast, as_clerk: Any) -> None:
    """Checklist 003-49: thirteen projects with a leader and a team; one whose leader is alone does not count."""
    clerk = cast.actor("clerk")
    leader, other = cast.people["clerk"], directory.register_person(actor=clerk, name="队员", now=NOW)
    made = [
        directory.found_team(
            actor=clerk, kind="task", name=f"专班{number}", project=f"项目{number}", organization=cast.office,
            leader=leader, founded_on=SINCE, now=NOW,
        )
        for number in range(14)
    ]  # fmt: skip
    for team in made[:13]:
        directory.add_to_team(actor=clerk, team=team, person=other, now=NOW - timedelta(days=400))
    found = _rows(cast, "project_teams")
    assert len(found) == 13 and {row.people for row in found} == {2}
    page = _page(as_clerk, "coverage.project_teams")
    assert "项目12" in page and "项目13" not in page and leader.name in page
    directory.dissolve_team(actor=clerk, team=made[0], now=NOW)
    assert len(_rows(cast, "project_teams")) == 12
    assert len(_rows(cast, "project_teams", TODAY - timedelta(days=1))) == 13
