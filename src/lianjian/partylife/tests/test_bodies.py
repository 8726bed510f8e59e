"""Forms from day to day, approvals, the line below a committee, units that lack a branch, and their figures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lianjian.directory import actions as directory
from lianjian.directory.actions.merging import merge_organizations
from lianjian.directory.models import Link, Organization
from lianjian.foundation.declare import Scoped
from lianjian.partylife import actions, figures
from lianjian.partylife.models import Approval, BodyForm, BranchMembership
from lianjian.partylife.queries.bodies import Law, form_on
from lianjian.partylife.queries.line import line_page
from lianjian.partylife.queries.unformed import lacking
from lianjian.partylife.rules import bodies as rules
from lianjian.rulebook.rules import BreaksRule, ReasonNeeded
from tests.cast import NOW, TODAY, Cast, acting

from .bodywork import FOUNDED, branch, members

PAPER = "柳党文〔2026〕8号"
FIGURES = {one.code: one for one in figures.INDICATORS}


def count(cast: Cast, code: str, start: date = date(2020, 1, 1), end: date = TODAY, who: str = "clerk") -> int:
    rows = FIGURES[f"partylife.{code}"].rows(cast.actor(who), Scoped((cast.town.pk, cast.other_town.pk), start, end))
    return int(rows.count())


def change(cast: Cast, body: Organization, **more: Any) -> None:
    values: dict[str, Any] = {
        "level": "branch", "formation": "joint", "seat": "firm", "since": date(2026, 2, 1), "paper": PAPER, **more,
    }  # fmt: skip
    actions.change_form(actor=cast.actor("clerk"), branch=body, now=NOW, **values)


def unit(cast: Cast, name: str, count: int | None, kind: str = "enterprise") -> Organization:
    profile = {"party_members": count} if kind == "enterprise" and count is not None else None
    return directory.register_organization(
        actor=cast.actor("clerk"), name=name, classification=kind, parent=cast.town_root, since=FOUNDED, now=NOW,
        profile=profile,
    )  # fmt: skip


def test_a_form_changes_from_a_day_and_no_past_answer_with_it(cast: Cast) -> None:
    body = branch(cast, "汇东家具党支部")
    directory.link_organizations(
        actor=cast.actor("clerk"), kind="party", source=body, target=cast.firm, since=FOUNDED, now=NOW
    )
    assert form_on(body, TODAY)[:3] == ("branch", "own", "firm")
    client, address = cast.client("clerk"), f"/members/branches/{body.key}/form"
    sent = {"level": "branch", "formation": "joint", "seat": "firm", "since": "2026-02-01", "paper": PAPER}
    same = client.post(address, {**sent, "formation": "own"})
    assert same.status_code == 422 and "与现在的形式相同" in same.content.decode()
    assert client.post(address, {**sent, "since": "2019-12-31"}).status_code == 422  # before its founding
    assert client.post(address, sent).status_code == 303
    with acting(cast.actor("clerk")):
        assert form_on(body, date(2026, 1, 31))[:2] == ("branch", "own")
        assert form_on(body, date(2026, 2, 1))[:2] == ("branch", "joint")
        assert list(BodyForm.objects.order_by("since").values_list("since", "until")) == [
            (FOUNDED, date(2026, 2, 1)), (date(2026, 2, 1), None),
        ]  # fmt: skip
        body.refresh_from_db()
        assert body.party.formation == "joint"  # type: ignore[attr-defined]
    assert count(cast, "branches_firm", end=date(2026, 1, 31)) == count(cast, "branches_firm_joint", end=TODAY) == 1
    assert count(cast, "branches_firm_joint", end=date(2026, 1, 31)) == 0
    # The directory's own page writes the same history.
    directory.set_profile(actor=cast.actor("clerk"), organization=body, formation="attached", now=NOW)
    assert form_on(body, TODAY).formation == "attached" and form_on(body, date(2026, 3, 8)).formation == "joint"
    directory.change_organization(actor=cast.actor("clerk"), organization=body, name="汇东联合党支部", now=NOW)
    Organization.objects.filter(pk=body.pk).update(dissolved_on=TODAY)
    assert count(cast, "founded_own", date(2020, 1, 1), date(2020, 12, 31)) == 1
    assert count(cast, "founded", date(2021, 1, 1), TODAY) == 0
    with pytest.raises(rules.FormRecorded):
        Organization.objects.filter(pk=body.pk).update(dissolved_on=None)
        body.refresh_from_db()
        change(cast, body, formation="attached", since=date(2025, 1, 1))


def test_29_founded_of_which_24_alone_and_six_branches_by_kind(cast: Cast) -> None:
    """Checklist 001-08 and 003-46."""
    for n in range(29):
        form = "own" if n < 24 else "joint" if n < 27 else "attached"
        body = branch(cast, f"企业{n}党支部", formation=form, founded_on=date(2025, 1 + n % 12, 1 + n % 28))
        directory.link_organizations(
            actor=cast.actor("clerk"), kind="party", source=body, target=unit(cast, f"企业{n}", 4),
            since=body.founded_on or FOUNDED, now=NOW,
        )  # fmt: skip
    year = (date(2025, 1, 1), date(2025, 12, 31))
    got = [count(cast, code, *year) for code in ("founded", "founded_own", "founded_joint", "founded_attached")]
    assert got == [29, 24, 3, 2]
    assert count(cast, "founded", *year, who="other_clerk") == 0
    before = count(cast, "branches")
    park, centre = unit(cast, "云溪园区", None, "park"), unit(cast, "园区服务中心", None, "centre")
    for name, seat, form in (
        ("园区服务中心党支部", centre, "own"), ("商会党支部", park, "own"), ("甲厂党支部", cast.firm, "own"),
        ("乙厂党支部", cast.second_firm, "own"), ("丙厂党支部", unit(cast, "丙厂", 5), "own"),
        ("木里透红联合党支部", unit(cast, "丁厂", 1), "joint"),
    ):  # fmt: skip
        body = branch(cast, name, formation=form, founded_on=date(2024, 1, 1), parent=park)
        if seat is not park:
            directory.link_organizations(
                actor=cast.actor("clerk"), kind="party", source=body, target=seat, since=date(2024, 1, 1), now=NOW
            )
        if name == "商会党支部":
            change(cast, body, formation="own", seat="chamber")
    with acting(cast.actor("clerk")):
        park.refresh_from_db()

    def here(code: str) -> int:
        scope = Scoped((cast.town.pk,), TODAY, TODAY, path=park.path)
        return int(FIGURES[f"partylife.{code}"].rows(cast.actor("clerk"), scope).count())

    kinds = ["branches_park", "branches_chamber", "branches_firm", "branches_firm_joint"]
    assert [here(code) for code in kinds] == [1, 1, 3, 1] and here("branches") == 6
    assert count(cast, "branches") == before + 6
    page = cast.client("clerk").get("/figures/partylife.branches/").content.decode()
    assert "木里透红联合党支部" in page


def test_a_warning_needs_a_reason_and_its_paper_and_is_kept_as_an_exception(cast: Cast) -> None:
    body = branch(cast, "远山党支部", formation="attached")
    members(cast, body, 2)
    client, address = cast.client("clerk"), f"/members/branches/{body.key}/form"
    sent = {"level": "general_branch", "formation": "own", "seat": "firm", "since": "2026-02-01"}
    refused = client.post(address, sent)
    assert refused.status_code == 422 and "理由" in refused.content.decode()
    assert client.post(address, {**sent, "reason": "即将接收党员"}).status_code == 422  # no paper
    assert client.post(address, {**sent, "reason": "即将接收党员", "paper": PAPER}).status_code == 303
    with acting(cast.actor("clerk")):
        row = Approval.objects.get()
        assert row.matter == "level" and row.evaluation is not None and row.evaluation.rule_code == "company.level"
    listed = client.get("/members/checked?state=approved").content.decode()
    assert "远山党支部" in listed
    assert "远山党支部" not in client.get("/members/checked?state=level").content.decode()
    assert client.post(f"/members/approvals/{row.key}/end", {"until": "2026-03-01"}).status_code == 303
    assert "远山党支部" in client.get("/members/checked?state=level").content.decode()


def test_a_village_needs_the_township_and_a_committee_the_county(cast: Cast) -> None:
    body = branch(cast, "柳溪村党支部", parent=cast.village, since=date(2024, 6, 1), founded_on=date(2024, 6, 1))
    with pytest.raises(BreaksRule, match="农村基层组织工作条例"):
        change(cast, body, level="general_branch", formation="own", seat="village")
    with pytest.raises(BreaksRule, match="县级"):
        change(cast, body, level="committee", formation="own", seat="village", decided_by="township")
    change(cast, body, level="committee", formation="own", seat="village", decided_by="county")
    assert form_on(body, TODAY).level == "committee"  # the number is unknown and holds nothing up
    other = branch(cast, "柳溪社区党支部", parent=cast.village, since=date(2024, 6, 1), founded_on=date(2024, 6, 1))
    members(cast, other, 30, since=date(2024, 6, 1))
    with pytest.raises(ReasonNeeded):
        change(cast, other, level="general_branch", formation="own", seat="village", decided_by="township")


@pytest.mark.parametrize(
    ("level", "formation", "number", "verdict"),
    [
        ("branch", "own", 2, "few"), ("branch", "own", 3, None), ("branch", "joint", 2, None),
        ("branch", "own", 49, None), ("branch", "own", 50, "many"), ("general_branch", "own", 49, "level"),
        ("general_branch", "own", 50, None), ("general_branch", "own", 99, None),
        ("general_branch", "own", 100, "level"), ("committee", "own", 99, "level"), ("committee", "own", 100, None),
        ("branch", "own", None, "unknown"), ("branch", "temporary", 1, None),
    ],
)  # fmt: skip
def test_form_against_number(cast: Cast, level: str, formation: str, number: int | None, verdict: str | None) -> None:
    """R9.02; an unknown number is unknown, never nought."""
    body = branch(cast, "晴川党组织", level=level, formation=formation, members=number, parent=cast.firm,
                  since=date(2024, 6, 1), founded_on=date(2024, 6, 1))  # fmt: skip
    client = cast.client("clerk")
    for state in ("few", "many", "level", "unknown"):
        shown = "晴川党组织" in client.get(f"/members/checked?state={state}").content.decode()
        assert shown is (state == verdict)
    page = client.get(f"/members/branches/{body.key}/body").content.decode()
    assert ("依据" in page or "意见(试行)" in page) is (verdict in ("few", "many", "level"))


def test_units_join_a_joint_branch_five_as_a_norm(cast: Cast) -> None:
    body = branch(cast, "木里透红联合党支部", formation="joint")
    client, address = cast.client("clerk"), f"/members/branches/{body.key}/units"
    sent = {"since": "2026-02-01", "ground": "near", "paper": PAPER}
    units = [unit(cast, f"小厂{n}", 1) for n in range(6)]
    assert client.post(address, {**sent, "unit": "小厂0", "ground": ""}).status_code == 422  # R9.03: near or of one trade
    for one in units[:5]:
        assert client.post(address, {**sent, "unit": one.name}).status_code == 303
    sixth = client.post(address, {**sent, "unit": "小厂5"})
    assert sixth.status_code == 422 and "理由" in sixth.content.decode()
    assert client.post(address, {**sent, "unit": "小厂5", "reason": "同一条街"}).status_code == 303
    again = client.post(address, {**sent, "unit": "小厂5", "reason": "同一条街"})
    assert again.status_code == 422 and "已有党组织覆盖" in again.content.decode()
    with acting(cast.actor("clerk")):
        assert Link.objects.filter(kind="party", source=body).count() == 6
        assert Approval.objects.get().matter == "joint"
    assert "木里透红" in client.get("/members/checked?state=approved").content.decode()
    own = branch(cast, "单建党支部")
    refused = client.post(f"/members/branches/{own.key}/units", {**sent, "unit": cast.firm.name})
    assert refused.status_code == 422 and "不是联合组建" in refused.content.decode()


def test_units_that_lack_a_branch(cast: Cast) -> None:
    """R2.01 and R9.01 to R9.05: own, joint, none, guided, unknown; who is reached is not listed."""
    for name, number in (("三人厂", 3), ("两人厂", 2), ("无人厂", 0), ("不知厂", None), ("有支部厂", 9)):
        made = unit(cast, name, number)
        if name == "有支部厂":
            body = branch(cast, "有支部厂党支部")
            directory.link_organizations(
                actor=cast.actor("clerk"), kind="party", source=body, target=made, since=FOUNDED, now=NOW
            )
    client = cast.client("clerk")
    expected = {"own": "三人厂", "joint": "两人厂", "none": "无人厂", "unknown": "不知厂"}
    for state, name in expected.items():
        page = client.get(f"/members/lacking?state={state}").content.decode()
        assert [n for n in (*expected.values(), "有支部厂") if n in page] == [name]
    assert cast.village.name in client.get("/members/lacking?kind=village").content.decode()
    assert client.post("/export", {"page": "partylife.lacking"}).status_code == 200
    assert count(cast, "should_have") == 1 and count(cast, "may_join") == 1
    assert count(cast, "should_have", who="other_clerk") == 0
    with acting(cast.actor("clerk")):
        key = Organization.objects.get(name="两人厂").key
        reached = Organization.objects.get(name="有支部厂").key
    joint = branch(cast, "街区联合党支部", formation="joint")
    page = client.get(f"/members/lacking/{key}").content.decode()
    assert "街区联合党支部" in page and f"/members/branches/{joint.key}/units?unit={key}" in page and "由党组织研究" in page
    assert client.get(f"/members/lacking/{reached}").status_code == 404
    assert cast.client("other_clerk").get(f"/members/lacking/{key}").status_code == 404
    # A year ago nobody had told how many there were.
    assert count(cast, "should_have", end=date(2025, 12, 31)) == 0


def test_the_line_down_to_the_household(cast: Cast) -> None:
    general = branch(cast, "柳溪村党总支", level="general_branch", parent=cast.village, since=date(2024, 6, 1),
                     founded_on=date(2024, 6, 1))  # fmt: skip
    own = {"since": date(2024, 6, 1), "founded_on": date(2024, 6, 1)}
    low = branch(cast, "一组党支部", parent=general, **own)
    group = branch(cast, "东头党小组", level="group", parent=low, **own)
    home = branch(cast, "李家中心户", level="home", parent=group, **own)
    people = members(cast, low, 5, since=date(2024, 6, 1))
    client, address = cast.client("clerk"), f"/members/branches/{low.key}/groups"
    with acting(cast.actor("clerk")):
        seats = list(BranchMembership.objects.filter(member__in=people).order_by("pk").values_list("pk", flat=True))
    assert client.post(address, {"group": str(group.key), "members": seats[:3]}).status_code == 303
    assert client.post(address, {"group": str(home.key), "members": seats[3:4]}).status_code == 303
    assert client.post(address, {"group": "", "members": [10**9]}).status_code == 422
    with pytest.raises(rules.NotAGroup):
        actions.seat_in_group(actor=cast.actor("clerk"), branch=low, group=cast.branch, members=seats, now=NOW)
    page = client.get(f"/members/branches/{cast.town_root.key}/line").content.decode()
    for name in ("柳溪村党总支", "一组党支部", "东头党小组", "李家中心户"):
        assert name in page
    assert "编入3人" in page and "5名党员" in page
    bare = client.get(f"/members/branches/{general.key}/line").content.decode()
    assert "未编入" not in bare and "5名党员" in bare
    line = line_page(cast.actor("clerk"), cast.town_root, TODAY)
    for word, number, link in line.ranks:  # each number opens onto as many rows
        listed = client.get(link).content.decode()
        assert (f"共 {number} 条" in listed) is (number > 0), (word, number)
    empty = branch(cast, "还没编入的党总支", level="general_branch")
    assert "未编入" in client.get(f"/members/branches/{empty.key}/line").content.decode()
    rows = client.get(f"/members/branches?below={general.key}&rank=group").content.decode()
    assert "东头党小组" in rows and "一组党支部" not in rows
    assert cast.client("other_clerk").get(f"/members/branches/{general.key}/line").status_code == 404


def test_a_term_that_ran_out_on_a_past_day(cast: Cast) -> None:
    body = branch(cast, "过期党支部")
    actions.record_term(
        actor=cast.actor("clerk"), branch=body, leadership="secretary", way="elected", since=date(2022, 12, 1),
        officers=(), paper=PAPER, now=NOW,
    )  # fmt: skip
    assert count(cast, "terms_overdue", end=date(2025, 12, 1)) == 0
    assert count(cast, "terms_overdue", end=date(2025, 12, 2)) == 1
    actions.move_election(
        actor=cast.actor("clerk"), branch=body, matter="postpone", paper=PAPER, approved_on=date(2026, 2, 1),
        until=date(2026, 6, 1), now=NOW,
    )  # fmt: skip
    # Approved in February, it was still overdue in January.
    days = (date(2026, 1, 31), date(2026, 2, 1), date(2026, 6, 1), date(2026, 6, 2))
    assert [count(cast, "terms_overdue", end=day) for day in days] == [1, 0, 0, 1]


def test_past_days_keep_what_held_on_them(cast: Cast) -> None:
    """A form that changes, a branch that moves, a firm reached later: figures of the days before stay."""
    body = branch(cast, "柳溪村党支部", parent=cast.village, since=date(2024, 1, 1), founded_on=None)
    directory.link_organizations(
        actor=cast.system(), kind="party", source=body, target=cast.firm, since=date(2025, 6, 1), now=NOW
    )
    clerk, early, late = cast.actor("clerk"), date(2024, 6, 1), date(2026, 1, 31)

    def count(rows: Any, day: date) -> int:
        return int(rows(cast.actor("clerk"), Scoped((cast.town.pk,), day, day)).count())

    asked = [
        (figures.branches_at("firm"), early), (figures.branches_at("village"), early),
        (figures.branches_at("firm", joint=False), late), (figures.branches_formed("own"), late),
        (figures.branches_formed("joint"), late), (figures.branches_formed("own"), date(2023, 12, 31)),
    ]  # fmt: skip
    before = [count(rows, day) for rows, day in asked]
    actions.change_form(
        actor=clerk, branch=body, level="branch", formation="joint", seat="firm", since=date(2026, 2, 1), now=NOW,
        paper="镇党委1号", reason="与企业联合",
    )  # fmt: skip
    assert [count(rows, day) for rows, day in asked] == before
    assert count(figures.branches_formed("joint"), date(2026, 2, 1)) == 1


def test_a_unit_lacks_what_it_lacked_on_that_day(cast: Cast) -> None:
    body = branch(cast, "远山家居党支部", parent=cast.second_firm, since=date(2024, 1, 1), founded_on=date(2024, 1, 1))
    rows, day = figures.lacks(rules.OWN), date(2025, 12, 31)
    day_before = lacking(cast.actor("clerk"), day, Law(day)).filter(pk=cast.second_firm.pk).count()
    directory.move_organization(
        actor=cast.actor("clerk"), organization=body, parent=cast.town_root, since=date(2026, 3, 1), now=NOW
    )
    cast.actor("clerk")
    assert lacking(cast.actor("clerk"), day, Law(day)).filter(pk=cast.second_firm.pk).count() == day_before == 0
    assert rows(cast.actor("clerk"), Scoped((cast.town.pk,), date(2017, 1, 1), date(2017, 12, 31))).count() == 0


def test_the_figure_of_a_year_before_the_rules_opens(cast: Cast, as_clerk: Any) -> None:
    for code in ("should_have", "may_join"):
        assert as_clerk.get(f"/figures/partylife.{code}/?period=2017").status_code == 200


def test_a_unit_that_another_branch_reaches_later_is_not_joined_before(cast: Cast) -> None:
    one, two = (branch(cast, name, formation="joint") for name in ("联合一支部", "联合二支部"))
    values = {"ground": "few", "paper": "镇党委2号", "now": NOW}
    directory.link_organizations(
        actor=cast.system(), kind="party", source=one, target=cast.second_firm, since=date(2026, 2, 1), now=NOW
    )
    with pytest.raises(rules.Reached):
        actions.join_unit(
            actor=cast.actor("clerk"), branch=two, unit=cast.second_firm, since=date(2026, 1, 1), **values
        )


def test_of_two_bodies_that_become_one_the_form_is_the_winners(cast: Cast) -> None:
    one, two = branch(cast, "甲支部"), branch(cast, "乙支部")
    actions.change_form(
        actor=cast.actor("clerk"), branch=two, level="branch", formation="joint", seat="other", since=date(2026, 2, 1),
        now=NOW,
    )  # fmt: skip
    merge_organizations(actor=cast.actor("clerk"), winner=one, loser=two, now=NOW)
    one.refresh_from_db()
    assert form_on(one, TODAY).formation == "own" == one.party.formation  # type: ignore[attr-defined]


def test_a_joint_body_is_not_called_small_and_a_full_firm_branch_asks(cast: Cast, as_clerk: Any) -> None:
    branch(cast, "联合党组织", level="joint", formation="", members=2)
    assert "联合党组织" not in as_clerk.get("/members/checked?state=few").content.decode().split("<tbody")[-1]
    big = branch(cast, "大厂党支部", formation="attached", members=50)
    directory.link_organizations(
        actor=cast.system(), kind="party", source=big, target=cast.second_firm, since=date(2024, 2, 1), now=NOW
    )
    with pytest.raises((ReasonNeeded, BreaksRule, rules.PaperMissing)):
        actions.change_form(
            actor=cast.actor("clerk"), branch=big, level="branch", formation="own", seat="firm",
            since=date(2026, 2, 1), now=NOW,
        )  # fmt: skip
