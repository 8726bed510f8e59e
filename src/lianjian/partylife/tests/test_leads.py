"""People noticed in firms: kept in touch with, ended by an application or by words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from lianjian.directory.models import Person
from lianjian.duties.models import Duty
from lianjian.foundation.declare import Scoped
from lianjian.foundation.rights import Denied
from lianjian.partylife import actions, figures
from lianjian.partylife.models import TalentLead
from lianjian.partylife.rules import leads as rules
from lianjian.partylife.tests.test_life import at, branch
from tests.cast import Cast

DAY = date(2026, 3, 10)
NOW = at(DAY)


def noticed(cast: Cast, person: Any = "乔木", **more: Any) -> TalentLead:
    values: dict[str, Any] = {
        "enterprise": cast.firm, "kind": "backbone", "noticed_on": DAY, "source": "visit", "next_step": "走访谈心",
        "next_by": DAY + timedelta(days=10), **more,
    }  # fmt: skip
    return actions.notice_talent(actor=cast.actor("clerk"), person=person, now=NOW, **values)


def open_steps() -> int:
    return Duty.objects.filter(kind="partylife.lead", state="open").count()


def test_a_lead_is_noticed_followed_and_ended_on_the_page(cast: Cast, as_clerk: Any) -> None:
    facts = {
        "person": "乔木", "enterprise": cast.firm.name, "kind": "owner", "noticed_on": "2026-03-10", "source": "firm",
        "next_step": "邀请听党课",
    }  # fmt: skip
    refused = as_clerk.post("/members/talent/new", facts)
    assert refused.status_code == 422 and "邀请听党课" in refused.content.decode()  # a step without a day: nothing is lost
    made = as_clerk.post("/members/talent/new", {**facts, "next_by": "2026-04-01"})
    assert made.status_code == 303
    page = as_clerk.get(made["Location"]).content.decode()
    assert "邀请听党课" in page and "入党自愿" in page and "企业负责人" in page
    cast.actor("clerk")
    assert open_steps() == 1
    again = as_clerk.post("/members/talent/new", {**facts, "next_by": "2026-04-01"})
    assert "不重复登记" in again.content.decode()
    done = as_clerk.post(f"{made['Location']}/follow", {"kind": "owner", "words": "愿意参加学习"})
    assert done.status_code == 303
    cast.actor("clerk")
    assert open_steps() == 0
    ended = {"ended_on": "2026-03-09", "reason": "已离职"}
    assert "发现日期" in as_clerk.post(f"{made['Location']}/end", ended).content.decode()
    assert as_clerk.post(f"{made['Location']}/end", {**ended, "ended_on": "2026-03-12"}).status_code == 303
    assert as_clerk.get(made["Location"]).content.decode().count("/end") == 0
    listed = as_clerk.get("/members/talent?state=ended").content.decode()
    assert "乔木" in listed and "不再联系" in listed
    assert as_clerk.post("/export", {"page": "partylife.leads"}).status_code == 200


def test_an_application_ends_the_lead_and_the_person_is_one(cast: Cast) -> None:
    lead = noticed(cast)
    assert open_steps() == 1
    applicant = actions.record_application(
        actor=cast.actor("clerk"), person="乔木", enterprise=cast.firm, applied_on=DAY + timedelta(days=5),
        now=at(DAY + timedelta(days=5)),
    )  # fmt: skip
    lead.refresh_from_db()
    assert (lead.state, lead.applicant, lead.ended_on) == (rules.APPLIED, applicant, DAY + timedelta(days=5))
    assert applicant.person_id == lead.person_id and Person.objects.filter(name="乔木").count() == 1
    assert open_steps() == 0
    with pytest.raises(rules.AlreadyOnTheWay):
        noticed(cast)
    with pytest.raises(rules.LeadEnded):
        actions.follow_talent(actor=cast.actor("clerk"), lead=lead, kind="owner", now=NOW)


def test_leads_of_another_town_are_neither_seen_nor_written(cast: Cast, as_other_clerk: Any) -> None:
    lead = noticed(cast)
    assert as_other_clerk.get(f"/members/talent/{lead.key}").status_code == 404
    with pytest.raises(Denied):
        actions.end_talent(actor=cast.actor("other_clerk"), lead=lead, ended_on=DAY, reason="错", now=NOW)


def test_figures_count_leads_of_the_period_and_projects_that_are_led(cast: Cast) -> None:
    noticed(cast)
    noticed(cast, "乔松", noticed_on=date(2025, 12, 31), next_by=date(2026, 1, 5))
    clerk = cast.actor("clerk")
    year = Scoped(start=date(2026, 1, 1), end=date(2026, 12, 31), jurisdiction_ids=(cast.town.pk,), path="")
    assert [row.person.name for row in figures.talent_leads(clerk, year)] == ["乔木"]
    led = actions.pledge(
        actor=clerk, branch=branch(cast), person="乔松", kind="leader", post="林下养鸡带动12户", promise="统一销售",
        since=date(2026, 2, 1), now=NOW,
    )  # fmt: skip
    assert list(figures.leaders(clerk, year)) == [led]
    actions.end_pledge(actor=clerk, pledge=led, until=date(2026, 3, 1), reason="项目结束", now=NOW)
    clerk = cast.actor("clerk")
    assert list(figures.leaders(clerk, year)) == []
