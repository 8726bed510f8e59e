"""Tiers, effective coverage, leaders, the way to an own branch, surveys: by verbs and by the pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from lianjian.cases.actions import register_case
from lianjian.cases.models import Case
from lianjian.coverage import actions, rules
from lianjian.coverage.figures import INDICATORS
from lianjian.coverage.models import FirmTier, Goal, SurveyFirm
from lianjian.coverage.queries import gap_counts
from lianjian.coverage.queries.effective import by_effect, due_visits, with_stage, with_visits
from lianjian.coverage.queries.enterprises import enterprises
from lianjian.directory import actions as directory
from lianjian.directory.actions.merging import merge_organizations
from lianjian.directory.actions.unmerging import unmerge
from lianjian.directory.models import EnterpriseYear, Membership, Organization
from lianjian.events.actions import record_visit
from lianjian.foundation import clock
from lianjian.foundation.declare import Scoped
from lianjian.partylife.actions import derive_cadences, explain
from lianjian.partylife.models import Shortfall
from tests.cast import NOW, SINCE, TODAY, Cast, acting

DAY = timedelta(days=1)


def _firm(cast: Cast, name: str) -> Organization:
    return directory.register_organization(
        actor=cast.actor("clerk"), name=name, classification="enterprise", parent=cast.town_root, since=SINCE, now=NOW
    )


def _size(cast: Cast, firm: Organization, *, staff: int = 20, above: bool = False, members: int = 0) -> None:
    directory.set_enterprise_year(
        actor=cast.actor("clerk"), organization=firm, year=2026, staff=staff, above_scale=above,
        party_members=members, now=NOW,
    )  # fmt: skip


def _visit(cast: Cast, firm: Organization, day: date) -> None:
    record_visit(actor=cast.actor("clerk"), organization=firm, visited_on=day, people=["何静"], now=clock.now())


def _branch(cast: Cast, firm: Organization, formation: str, secretary: str = "石岩") -> Organization:
    made = directory.register_organization(
        actor=cast.actor("clerk"), name=f"{firm.name}党支部", classification="party", parent=cast.town_root,
        since=SINCE, now=NOW, profile={"level": "branch", "formation": formation, "secretary_name": secretary},
    )  # fmt: skip
    directory.link_organizations(
        actor=cast.actor("clerk"), kind="party", source=made, target=firm, since=SINCE, now=NOW
    )
    return made


def _figure(cast: Cast, code: str, day: date) -> tuple[int, int | None]:
    """Numerator and denominator of a figure on a day, as the clerk sees them."""
    found = next(one for one in INDICATORS if one.code == f"coverage.{code}")
    clerk = cast.actor("clerk")
    scoped = Scoped((cast.town.pk,), day, day)
    return found.rows(clerk, scoped).count(), found.base(clerk, scoped).count() if found.base else None


def test_assigned_and_effective_are_told_apart_with_each_reason(cast: Cast, as_clerk: Any) -> None:
    """Both firms have station and instructor. One is visited, led, and owes nothing; then one thing after another fails."""
    today = clock.today()
    _branch(cast, cast.firm, "own")
    _visit(cast, cast.firm, today)
    assert _figure(cast, "assigned", today) == (2, 2)
    assert _figure(cast, "effective", today) == (1, 2)

    def why(firm: Organization, day: date | None = None) -> set[str]:
        clerk = cast.actor("clerk")
        rows = enterprises(clerk, day)
        return {code for code in rules.REASONS if by_effect(rows, clerk, code, day).filter(pk=firm.pk).exists()}

    assert why(cast.firm) == set() == why(cast.firm, today)
    assert why(cast.second_firm) == {"unvisited", "unformed"} == why(cast.second_firm, today)
    page = as_clerk.get("/coverage/").content.decode()
    assert "已安排但未有效的1家" in page and "没有党组织" in page
    assert cast.firm.name in as_clerk.get("/coverage/enterprises?effect=effective").content.decode()
    lacking = as_clerk.get("/coverage/enterprises?effect=lacking").content.decode()
    assert cast.second_firm.name in lacking and lacking.count("<tr") == 2
    # A branch of its own, of which nothing is owed yet (a secretary is no matter of this).
    _branch(cast, cast.second_firm, "own", secretary="")
    _visit(cast, cast.second_firm, today)
    assert why(cast.second_firm) == set() and _figure(cast, "effective", today) == (2, 2)
    # A need past its deadline.
    case = register_case(
        actor=cast.actor("clerk"), text="门前道路积水", category="utilities", source="desk",
        organization=cast.firm, now=NOW,
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(due_at=NOW + DAY)
    assert why(cast.firm) == {"unanswered"} == why(cast.firm, today)
    assert _figure(cast, "effective", today) == (1, 2) and _figure(cast, "assigned", today) == (2, 2)
    assert as_clerk.get("/api/v1/coverage/standing").json() | {"reasons": []} == {
        "enterprises": 2, "assigned": 2, "effective": 1, "due": 0, "reasons": [],
    }  # fmt: skip


def test_a_firm_is_effectively_covered_while_its_party_life_is_not_late(cast: Cast, as_clerk: Any) -> None:
    """The record is party life's own: a period that is over without its meeting, until it is explained or made good."""
    today = clock.today()
    body, other = _branch(cast, cast.firm, "own"), _branch(cast, cast.second_firm, "joint")
    for firm in (cast.firm, cast.second_firm):
        _visit(cast, firm, today - 2 * DAY)
    assert _figure(cast, "effective", today) == (2, 2)
    for days in (today.day, 0):  # the last night of the month before, and tonight
        now = clock.now() - days * DAY
        derive_cadences(actor=cast.system(), jurisdiction_id=cast.town.pk, now=now)
    late = Shortfall.objects.filter(branch=body, period_to__lt=today, settled_at__isnull=True)
    owed = late.count()
    assert owed >= 1 and _figure(cast, "effective", today) == (0, 2) == _figure(cast, "effective", today - DAY)
    clerk = cast.actor("clerk")
    names = {row.name for row in by_effect(enterprises(clerk), clerk, "idle")}
    assert names == {cast.firm.name, cast.second_firm.name}
    figure = next(one for one in INDICATORS if one.code == "coverage.lacking_idle")
    row = figure.rows(clerk, Scoped((cast.town.pk,), today, today)).get(pk=cast.firm.pk)
    assert (row.owing, row.owed_periods) == (body.name, owed)
    assert row.owed_since == late.order_by("period_to").values_list("period_to", flat=True)[0]
    page = as_clerk.get("/coverage/").content.decode()
    assert "组织生活超期未开展</a> 2家" in page
    listed = as_clerk.get("/coverage/enterprises?effect=idle").content.decode()
    assert cast.firm.name in listed and listed.count("<tr") == 3
    shown = as_clerk.get(reverse("insight:figure", kwargs={"code": "coverage.lacking_idle"})).content.decode()
    assert body.name in shown and other.name in shown
    for shortfall in late:
        explain(actor=cast.actor("clerk"), shortfall=shortfall, reason="停产,已补课", now=clock.now())
    assert {row.name for row in by_effect(enterprises(clerk), clerk, "idle")} == {cast.second_firm.name}
    assert _figure(cast, "effective", today) == (1, 2) and _figure(cast, "effective", today - DAY) == (0, 2)
    assert _figure(cast, "lacking_idle", today) == (1, None) and _figure(cast, "lacking_unformed", today) == (0, None)


def test_the_interval_of_the_tier_decides_what_is_due(cast: Cast, as_clerk: Any) -> None:
    clerk = cast.actor("clerk")
    _size(cast, cast.firm, staff=150, above=True)
    _visit(cast, cast.firm, date(2026, 1, 1))

    def late(day: date) -> dict[int, tuple[str, int]]:
        rows = due_visits(enterprises(clerk, day), day)
        return {pk: (tier, days) for pk, tier, days in rows.values_list("pk", "firm_tier", "late")}

    assert cast.firm.pk not in late(date(2026, 1, 31))
    assert late(date(2026, 2, 1))[cast.firm.pk] == ("A", 1)
    # Never visited: one interval after it was first covered.
    assert with_visits(enterprises(clerk, TODAY), TODAY).get(pk=cast.second_firm.pk).due_on == SINCE + 180 * DAY
    actions.set_interval(actor=clerk, tier="A", days=60, since=date(2026, 2, 1), now=NOW)
    assert cast.firm.pk not in late(date(2026, 3, 1)) and late(date(2026, 3, 3))[cast.firm.pk] == ("A", 1)
    actions.set_tier(actor=clerk, enterprise=cast.firm, tier="C", reason="停产检修", since=TODAY, now=NOW)
    assert cast.firm.pk not in late(TODAY)
    with pytest.raises(rules.ReasonMissing):
        actions.set_tier(actor=clerk, enterprise=cast.firm, tier="A", reason=" ", since=TODAY, now=NOW)
    with pytest.raises(rules.BeginsTooEarly):
        actions.set_tier(actor=clerk, enterprise=cast.firm, tier="A", reason="复产", since=SINCE, now=NOW)
    with pytest.raises(rules.BadInterval):
        actions.set_interval(actor=clerk, tier="A", days=0, since=TODAY, now=NOW)
    address = f"/coverage/enterprises/{cast.firm.key}/tier"
    assert as_clerk.post(address, {"tier": "A", "reason": "复产", "since": "2026-04-01"}).status_code == 303
    page = as_clerk.get("/coverage/due").content.decode()
    assert cast.firm.name in page and "A 类(重点) 每60天" in page and "没有走访过" in page
    assert as_clerk.post("/export", {"page": "coverage.due"}).status_code == 200
    rows = as_clerk.get("/api/v1/coverage/due?tier=A").json()["enterprises"]
    assert [(row["name"], row["interval"]) for row in rows] == [(cast.firm.name, 60)]
    assert as_clerk.post("/coverage/intervals", {"tier": "B", "days": "45", "since": "2026-04-01"}).status_code == 303


def test_leaders_are_responsible_for_firms(cast: Cast, as_clerk: Any, as_instructor: Any) -> None:
    form = {"enterprise": cast.firm.name, "person": "高原", "role": "guarantee", "since": "2026-01-05"}
    assert as_clerk.post("/coverage/leaders/new", form).status_code == 303
    again = as_clerk.post("/coverage/leaders/new", form)
    assert again.status_code == 422 and "已经联系这家企业" in again.content.decode()
    page = as_clerk.get("/coverage/leaders").content.decode()
    assert "高原" in page and "领导包保" in page
    firm = as_clerk.get(f"/directory/organizations/{cast.firm.key}").content.decode()
    assert "领导包保" in firm and "guarantee" not in firm.split("变更记录")[0]
    assert _figure(cast, "led", TODAY)[0] == 1
    clerk = cast.actor("clerk")
    actions.assign_leader(
        actor=clerk, enterprise=cast.firm, person=cast.people["clerk"], role="leader", since=SINCE, now=NOW
    )
    # One answers for a firm: the new one takes over, the days before stay.
    actions.assign_leader(
        actor=clerk, enterprise=cast.firm, person="新镇长", role="guarantee", since=TODAY, now=NOW
    )
    held = Membership.objects.filter(role="guarantee").order_by("since")
    assert [(row.person.name, row.until) for row in held] == [("高原", TODAY), ("新镇长", None)]
    bare = as_clerk.get("/coverage/enterprises?leader=no").content.decode()
    assert cast.second_firm.name in bare and cast.firm.name not in bare
    end = f"/coverage/memberships/{held[1].key}/end"
    assert as_clerk.post(end, {"until": "2026-03-01"}).status_code == 422
    assert as_clerk.post(end, {"until": "2026-06-01"}).status_code == 303
    assert "新镇长" not in as_clerk.get("/coverage/leaders").content.decode()
    assert as_instructor.post("/coverage/leaders/new", form).status_code == 403
    with acting(cast.actor("clerk")), pytest.raises(rules.NotAnEnterprise):
        actions.assign_leader(
            actor=cast.actor("clerk"), enterprise=cast.village, person="高原", role="leader", since=TODAY, now=NOW
        )


def test_stages_follow_from_the_records_on_each_day(cast: Cast, as_clerk: Any) -> None:
    member, joint = _firm(cast, "有党员厂"), _firm(cast, "联合厂")
    _size(cast, member, members=2)
    _branch(cast, joint, "joint")
    _branch(cast, cast.firm, "own")
    bare = _firm(cast, "没有党员的厂")
    _size(cast, bare, members=0)
    clerk = cast.actor("clerk")
    stages = {row.name: row.stage for row in with_stage(enterprises(clerk))}
    # What nobody ever reported is not "none".
    wanted = {"有党员厂": "member", "联合厂": "joint", cast.firm.name: "own", cast.second_firm.name: "unknown"}
    wanted["没有党员的厂"] = "none"
    assert stages == wanted == {row.name: row.stage for row in with_stage(enterprises(clerk, TODAY), TODAY)}
    assert [_figure(cast, f"incubation_{code}", TODAY)[0] for code in rules.STAGE_WORDS] == [1, 1, 1, 1, 1]
    assert _figure(cast, "incubation_own", SINCE - DAY)[0] == 0
    assert _figure(cast, "organization_coverage", TODAY) == (2, 5)
    # The other three: one has an instructor, two have nobody.
    assert _figure(cast, "work_coverage", TODAY) == (3, 5)
    assert _figure(cast, "own_rate", TODAY) == (1, 5)  # firms of firms, not bodies of bodies
    page = as_clerk.get("/coverage/incubation?state=member").content.decode()
    assert "有党员厂" in page and "联合厂" not in page
    address = f"/coverage/enterprises/{member.key}/goal"
    data = {"target": "joint", "due_on": "2026-12-31", "step": "与邻近两家联合", "since": "2026-03-09"}
    assert as_clerk.post(address, data).status_code == 303
    page = as_clerk.get("/coverage/incubation?goal=yes").content.decode()
    assert "与邻近两家联合" in page and page.count("<tr") == 2
    behind = as_clerk.post(address, {**data, "target": "member"})
    assert behind.status_code == 422 and "请选择后面的阶段" in behind.content.decode()
    assert as_clerk.post(address, {**data, "due_on": "2026-01-01"}).status_code == 422
    rows = as_clerk.get("/api/v1/coverage/incubation?state=member").json()["enterprises"]
    assert [(row["name"], row["stage"], row["goal"]) for row in rows] == [("有党员厂", "member", "joint")]


def test_a_survey_counts_who_answered_all_that_was_asked(
    cast: Cast, as_clerk: Any, as_instructor: Any, as_other_clerk: Any
) -> None:
    form = {
        "name": "全覆盖摸排", "firms": "all", "facts": ["staff", "willing"],
        "opens_on": "2026-03-09", "closes_on": "2026-04-30",
    }  # fmt: skip
    assert as_clerk.post("/coverage/surveys/new", {**form, "facts": []}).status_code == 422
    assert as_clerk.post("/coverage/surveys/new", {**form, "closes_on": "2026-03-01"}).status_code == 422
    answer = as_clerk.post("/coverage/surveys/new", form)
    assert answer.status_code == 303
    again = as_clerk.post("/coverage/surveys/new", form)
    assert again.status_code == 422 and "同名的摸排" in again.content.decode()
    with acting(cast.actor("clerk")):
        rows = {row.organization_id: row for row in SurveyFirm.objects.all()}
    assert set(rows) == {cast.firm.pk, cast.second_firm.pk}
    first, second = (f"/coverage/answers/{rows[firm.pk].key}" for firm in (cast.firm, cast.second_firm))
    # The instructor answers for the own firm only; what he was told waits for the office.
    assert as_instructor.get(second).status_code == 404 == as_other_clerk.get(first).status_code
    assert as_instructor.post(first, {}).status_code == 422
    assert as_instructor.post(first, {"staff": "66"}).status_code == 303
    listed = as_instructor.get("/coverage/answers").content.decode()
    assert "填了一部分" in listed and "是否愿意建立党组织" in listed
    assert as_instructor.post(first, {"staff": "66", "willing": "no"}).status_code == 303
    today = clock.today()
    assert _figure(cast, "survey_completion", today) == (1, 2)
    assert not EnterpriseYear.objects.filter(organization=cast.firm, staff=66).exists()
    page = as_clerk.get(answer.url).content.decode()
    assert "完成率 50.0%" in page and "有1家还没有写入企业档案" in page
    assert as_clerk.post(f"{answer.url}/take").status_code == 303
    with acting(cast.actor("clerk")):
        assert EnterpriseYear.objects.get(organization=cast.firm, staff=66).year == today.year
    # The office writes into the register at once.
    assert as_clerk.post(second, {"staff": "7", "willing": "yes", "party_members": "0"}).status_code == 303
    with acting(cast.actor("clerk")):
        assert EnterpriseYear.objects.get(organization=cast.second_firm).party_members == 0
    assert "完成率 100.0%" in as_clerk.get(answer.url).content.decode()
    _firm(cast, "新来的厂")
    assert as_clerk.post(f"{answer.url}/newcomers").status_code == 303
    assert "完成率 66.7%" in as_clerk.get(answer.url).content.decode()
    surveys = as_clerk.get("/api/v1/coverage/surveys").json()
    assert [(one["asked"], one["done"]) for one in surveys] == [(3, 2)]
    assert as_clerk.post(f"{answer.url}/close").status_code == 303
    closed = as_clerk.post(first, {"staff": "70"})
    assert closed.status_code == 422 and "已经结束" in closed.content.decode()
    assert as_clerk.post(f"{answer.url}/newcomers").status_code == 409
    assert _figure(cast, "survey_completion", today) == (0, 0)
    assert as_other_clerk.get(answer.url).status_code == 404


def test_a_survey_asks_somebody(cast: Cast) -> None:
    with pytest.raises(rules.NoFirms):
        actions.open_survey(
            actor=cast.actor("clerk"), name="规上摸排", firms="above", facts=["staff"], opens_on=TODAY,
            closes_on=TODAY, now=NOW,
        )  # fmt: skip


def test_thirty_six_large_firms_without_a_member(cast: Cast, as_clerk: Any) -> None:
    """Checklist 000-19: the list holds exactly these; one staff fewer, one member, or below scale is not on it."""
    for number in range(36):
        _size(cast, _firm(cast, f"重点{number}号厂"), staff=100 + number, above=True)
    for name, size in {
        "少一人厂": {"staff": 99, "above": True},
        "有党员厂": {"staff": 200, "above": True, "members": 1},
        "规下厂": {"staff": 200, "above": False},
    }.items():
        _size(cast, _firm(cast, name), **size)  # type: ignore[arg-type]
    clerk = cast.actor("clerk")
    assert {gap.code: gap.count for gap in gap_counts(clerk)}["target"] == 36
    page = as_clerk.get("/coverage/enterprises?gap=target").content.decode()
    assert page.count("重点") >= 36 and page.count("<tr") == 37
    assert not any(name in page for name in ("少一人厂", "有党员厂", "规下厂"))
    assert _figure(cast, "target", TODAY)[0] == 36


def test_two_records_of_one_firm_merge_with_what_is_kept_about_both(cast: Cast) -> None:
    """Both are in the survey, have a tier, a goal and a line of a proposal; the winner has one of each, undone or not."""
    clerk = cast.actor("clerk")
    actions.open_survey(
        actor=clerk, name="摸排", firms="all", facts=["staff"], opens_on=TODAY, closes_on=TODAY, now=NOW
    )
    for firm in (cast.firm, cast.second_firm):
        actions.set_tier(actor=clerk, enterprise=firm, tier="A", reason="重点", since=TODAY, now=NOW)
        actions.set_goal(
            actor=clerk, enterprise=firm, target="own", due_on=TODAY + DAY, step="筹建", since=TODAY, now=NOW
        )
    actions.propose_cover(actor=clerk, kind="station", scope="all", since=TODAY, now=NOW)
    merge = merge_organizations(actor=clerk, winner=cast.firm, loser=cast.second_firm, now=NOW)
    for model in (SurveyFirm, FirmTier, Goal):
        assert model.objects.filter(organization=cast.firm).count() == 1, model
    unmerge(actor=clerk, merge=merge, now=NOW)
    for model in (SurveyFirm, FirmTier, Goal):
        assert model.objects.filter(organization=cast.second_firm).count() == 1, model
