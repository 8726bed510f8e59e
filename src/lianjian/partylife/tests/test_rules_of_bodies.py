"""Rules about founding, attaching, adjusting and dissolving bodies, lists of candidates and written opinions, as they bite."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from lianjian.directory import actions as directory
from lianjian.directory.models import Organization
from lianjian.duties.models import Duty
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from lianjian.partylife import actions
from lianjian.partylife.models import Approval, Election, ElectionGround
from lianjian.partylife.queries.bodies import form_on
from lianjian.partylife.rules import bodies as rules
from lianjian.partylife.rules.facts import OPINIONS
from lianjian.rulebook.models import Evaluation, LocalRule
from lianjian.rulebook.queries import finding
from lianjian.rulebook.rules import PASSED, REASON, REMINDER, BreaksRule, ReasonNeeded
from tests.cast import NOW, TODAY, Cast, acting

from .bodywork import FOUNDED, branch, held, members, sent
from .walk import LAWFUL, lawful, take, walk

PAPER = "柳党文〔2026〕8号"
FIRST = date(2020, 1, 1)  # of the rules that are defaults


def at_firm(cast: Cast, name: str, firm: Organization | None = None, **more: Any) -> Organization:
    body = branch(cast, name, **more)
    directory.link_organizations(
        actor=cast.system(), kind="party", source=body, target=firm or cast.second_firm, since=date(2024, 2, 1), now=NOW
    )
    return body


def founded(cast: Cast, body: Organization, asked: date, replied: date, **more: Any) -> Approval:
    values: dict[str, Any] = {"paper": PAPER, "now": NOW, **more}
    return actions.approve_founding(
        actor=cast.actor("clerk"), branch=body, asked_on=asked, approved_on=replied, **values
    )


def verdict(approval: Approval) -> str:
    found = finding(approval.evaluation) if approval.evaluation is not None else None
    return found.verdict if found is not None else ""


def page_of(cast: Cast, body: Organization) -> str:
    return cast.client("clerk").get(f"/members/branches/{body.key}/body").content.decode()


# R2.05: a month, which ends on the last day of a shorter one; what a holiday ends on is moved past it.
def test_the_reply_to_a_request_comes_within_a_month_or_has_a_reason(cast: Cast) -> None:
    body, client = branch(cast, founded_on=date(2026, 3, 2)), cast.client("clerk")
    address = f"/members/branches/{body.key}/founding"
    assert address in page_of(cast, body) and "申请日期" in client.get(address).content.decode()
    late = {"asked_on": "2026-01-31", "approved_on": "2026-03-03", "paper": PAPER}
    refused = client.post(address, late)
    assert refused.status_code == 422 and "批复成立党支部" in refused.content.decode()
    assert client.post(address, {**late, "paper": ""}).status_code == 422
    early = client.post(address, {**late, "asked_on": "2026-03-04"})
    assert early.status_code == 422 and "批复日期不能早于申请日期" in early.content.decode()
    assert client.post(address, {**late, "approved_on": "2026-03-20"}).status_code == 422  # ahead
    assert client.post(address, {**late, "reason": "春节前后集中研究"}).status_code == 303
    with acting(cast.actor("clerk")):
        row = Approval.objects.get()
        assert (row.matter, row.asked_on, verdict(row)) == ("founding", date(2026, 1, 31), REASON)
        assert Entry.objects.filter(verb="partylife.approve_founding").count() == 1
    page = page_of(cast, body)
    assert "批复成立党组织" in page and "春节前后集中研究" in page and f"/evaluations/{row.evaluation.key}" in page  # type: ignore[union-attr]
    assert address not in page
    again = client.post(address, late | {"approved_on": "2026-02-28"})
    assert again.status_code == 422 and "成立批复已经登记" in again.content.decode()


def test_a_reply_in_time_is_kept_and_one_of_before_the_rule_is_not_measured(cast: Cast) -> None:
    one, two = branch(cast, "甲党支部"), branch(cast, "乙党支部", founded_on=None)
    assert verdict(founded(cast, one, date(2026, 1, 31), date(2026, 2, 28))) == PASSED
    assert founded(cast, two, FIRST - timedelta(days=200), FIRST - timedelta(days=1)).evaluation is None
    with pytest.raises(ReasonNeeded, match="批复成立党支部"):
        founded(cast, branch(cast, "丙党支部", founded_on=None), FIRST, date(2020, 3, 1))
    with pytest.raises(Denied):
        actions.approve_founding(
            actor=cast.actor("other_clerk"), branch=one, asked_on=TODAY, approved_on=TODAY, paper=PAPER, now=NOW
        )


def test_a_village_branch_is_founded_by_the_township(cast: Cast) -> None:
    body = branch(cast, "柳溪村党支部", parent=cast.village, since=date(2024, 6, 1), founded_on=date(2024, 6, 1))
    days = (date(2024, 5, 10), date(2024, 5, 31))
    with pytest.raises(BreaksRule, match="农村基层组织工作条例"):
        founded(cast, body, *days)
    assert verdict(founded(cast, body, *days, decided_by="township")) == PASSED


# R9.01: a firm's own branch has a fit secretary.
def test_a_firm_founds_its_own_branch_with_somebody_fit_to_lead_it(cast: Cast) -> None:
    body = at_firm(cast, "远山家居党支部", founded_on=date(2026, 2, 20))
    days = (date(2026, 2, 1), date(2026, 2, 20))
    with pytest.raises(ReasonNeeded, match="企业单独组建须有合适的书记人选"):
        founded(cast, body, *days)
    founded(cast, body, *days, secretary=True)
    assert list(Approval.objects.values_list("matter", flat=True)) == ["founding"]


def test_standing_alone_asks_for_a_secretary_and_an_approved_exception_is_not_asked_again(cast: Cast) -> None:
    body, client = at_firm(cast, "远山家居党支部", formation="attached"), cast.client("clerk")
    address = f"/members/branches/{body.key}/form"
    form = {"level": "branch", "formation": "own", "seat": "firm", "since": "2026-02-01", "paper": PAPER}
    refused = client.post(address, form)
    assert refused.status_code == 422 and "企业单独组建须有合适的书记人选" in refused.content.decode()
    assert client.post(address, {**form, "reason": "镇党委正在选派"}).status_code == 303
    with acting(cast.actor("clerk")):
        row = Approval.objects.get(matter="head")
        assert row.evaluation is not None and row.evaluation.rule_code == "company.alone_secretary"
    page = page_of(cast, body)
    assert "尚无合适的书记人选" in page and f"/members/approvals/{row.key}/end" in page
    clerk = cast.actor("clerk")
    values: dict[str, Any] = {"actor": clerk, "branch": body, "level": "branch", "seat": "firm", "now": NOW}
    actions.change_form(formation="attached", since=date(2026, 2, 10), **values)
    actions.change_form(formation="own", since=date(2026, 2, 20), **values)  # approved, and holding
    actions.end_exception(actor=clerk, approval=row, until=date(2026, 2, 21), now=NOW)
    actions.change_form(formation="attached", since=date(2026, 2, 25), **values)
    with pytest.raises(ReasonNeeded):
        actions.change_form(formation="own", since=date(2026, 3, 1), **values)
    secretary = members(cast, body, 3, since=date(2024, 3, 1))[0].person
    directory.add_membership(
        actor=cast.system(), person=secretary, organization=body, role="secretary", since=date(2026, 2, 26), now=NOW
    )
    values["actor"] = cast.actor("clerk")
    actions.change_form(formation="own", since=date(2026, 3, 1), paper=PAPER, **values)
    assert form_on(body, TODAY).formation == "own"


# R9.04: a village, a park, a chamber or a chain.
def test_what_is_attached_hangs_on_a_village_a_park_a_chamber_or_a_chain(cast: Cast) -> None:
    park = directory.register_organization(
        actor=cast.actor("clerk"), name="云溪园区", classification="park", parent=cast.town_root, since=FOUNDED, now=NOW
    )
    here = branch(cast, "园区党支部", formation="attached", parent=park)
    loose = branch(cast, "镇直党支部", formation="attached")
    for body, firm in ((here, cast.firm), (loose, cast.second_firm)):
        address = f"/members/branches/{body.key}/units"
        answer = cast.client("clerk").post(address, {"unit": str(firm.key), "since": "2026-02-01", "paper": PAPER})
        assert answer.status_code == 303  # a reminder refuses nothing
    with acting(cast.actor("clerk")):
        row = Approval.objects.get()
        assert (row.branch_id, row.matter, verdict(row)) == (loose.pk, "host", REMINDER)
    assert "挂靠在其他党组织,经批准" in page_of(cast, loose) and "挂靠的不是村" not in page_of(cast, here)
    assert "挂靠的不是村" not in page_of(cast, loose)  # approved by the paper
    actions.end_exception(actor=cast.actor("clerk"), approval=row, until=date(2026, 3, 2), now=NOW)
    assert "挂靠的不是村(社区)" in page_of(cast, loose)
    directory.move_organization(
        actor=cast.actor("clerk"), organization=loose, parent=cast.village, since=date(2026, 3, 1), now=NOW
    )
    assert "挂靠的不是村(社区)" not in page_of(cast, loose)
    cast.system()
    LocalRule.objects.create(
        jurisdiction_id=cast.town.pk, code="company.attached", params={"one_of": {"park": "园区党组织"}},
        source="云组发〔2026〕3号", valid_from=date(2026, 1, 1), set_by="组织部", set_at=NOW,
    )  # fmt: skip
    assert "挂靠的不是村(社区)" in page_of(cast, loose)


def test_a_form_that_hangs_on_nothing_named_is_a_reminder_without_a_paper(cast: Cast) -> None:
    body = at_firm(cast, "远山家居党支部", formation="joint")
    values: dict[str, Any] = {"branch": body, "level": "branch", "formation": "attached", "now": NOW}
    actions.change_form(actor=cast.actor("clerk"), seat="firm", since=date(2026, 2, 1), **values)
    assert not Approval.objects.exists() and "请核对" in page_of(cast, body)
    actions.change_form(actor=cast.actor("clerk"), seat="chamber", since=date(2026, 3, 1), **values)
    assert not Approval.objects.exists() and "请核对" not in page_of(cast, body)


# R2.06: adjusted or dissolved, and reported. Nothing is dissolved by itself.
def test_a_dissolved_branch_is_reported_by_a_paper(cast: Cast) -> None:
    body, client = branch(cast), cast.client("clerk")
    assert client.post(f"/directory/organizations/{body.key}/dissolve", {"on": "2026-03-02"}).status_code == 303
    with acting(cast.actor("clerk")):
        duty = Duty.objects.get(kind=rules.REPORT_DUTY, state="open")
        found = finding(duty.evaluation) if duty.evaluation is not None else None
        assert found is not None and found.verdict == REMINDER and duty.organization_id == cast.town_root.pk
    address = f"/members/branches/{body.key}/report"
    page = page_of(cast, body)
    assert "还没有登记报上级党组织" in page and address in page and "通行做法" in page
    assert client.post(address, {"reported_on": "2026-03-01", "paper": PAPER}).status_code == 422
    assert client.post(address, {"reported_on": "2026-03-03", "paper": " "}).status_code == 422
    assert client.post(address, {"reported_on": "2026-03-03", "paper": PAPER}).status_code == 303
    with acting(cast.actor("clerk")):
        assert not Duty.objects.filter(kind=rules.REPORT_DUTY, state="open").exists()
        assert verdict(Approval.objects.get(matter="reported")) == PASSED
    page = page_of(cast, body)
    assert "还没有登记报上级党组织" not in page and "调整或撤销后报上级" in page and address not in page
    again = client.post(address, {"reported_on": "2026-03-03", "paper": PAPER})
    assert again.status_code == 422 and "没有待上报的调整或撤销" in again.content.decode()
    assert cast.client("other_clerk").get(address).status_code == 404


def test_who_asks_nothing_of_a_dissolution(cast: Cast) -> None:
    group = branch(cast, "东头党小组", level="group")
    old = branch(cast, "旧党支部", founded_on=date(2015, 1, 1), since=date(2015, 1, 1))
    for body, day in ((group, TODAY), (old, FIRST - timedelta(days=1))):
        directory.dissolve_organization(actor=cast.actor("clerk"), organization=body, on=day, now=NOW)
    directory.dissolve_organization(actor=cast.actor("clerk"), organization=cast.office, on=TODAY, now=NOW)
    assert not Duty.objects.filter(kind=rules.REPORT_DUTY).exists()
    assert not Evaluation.objects.filter(rule_code="branch.dissolved").exists()


def test_a_branch_that_joins_others_is_reported_unless_the_superior_s_paper_says_so(cast: Cast) -> None:
    one, two = branch(cast, "甲党支部"), branch(cast, "乙党支部")
    values: dict[str, Any] = {"level": "branch", "formation": "joint", "seat": "other", "since": date(2026, 2, 1), "now": NOW}
    actions.change_form(actor=cast.actor("clerk"), branch=one, paper=PAPER, **values)
    actions.change_form(actor=cast.actor("clerk"), branch=two, **values)
    duties = Duty.objects.filter(kind=rules.REPORT_DUTY, state="open")
    assert list(duties.values_list("organization_id", flat=True)) == [two.pk]
    assert "还没有登记报上级党组织" in page_of(cast, two) and "还没有登记报上级党组织" not in page_of(cast, one)
    with pytest.raises(rules.NothingToReport):
        actions.report_change(actor=cast.actor("clerk"), branch=one, paper=PAPER, reported_on=TODAY, now=NOW)
    with pytest.raises(Denied):
        actions.report_change(actor=cast.actor("other_clerk"), branch=two, paper=PAPER, reported_on=TODAY, now=NOW)
    actions.report_change(actor=cast.actor("clerk"), branch=two, paper=PAPER, reported_on=TODAY, now=NOW)
    assert not duties.exists() and "还没有登记报上级党组织" not in page_of(cast, two)
    # Another seat or a way back later leaves what was to be reported as it was.
    three, more = branch(cast, "丙党支部"), {"level": "branch", "seat": "other", "now": NOW}
    for formation, since in (("joint", date(2026, 2, 1)), ("attached", date(2026, 2, 8)), ("own", date(2026, 2, 15))):
        actions.change_form(
            actor=cast.actor("clerk"), branch=three, formation=formation, since=since, **more  # type: ignore[arg-type]
        )
    assert list(duties.values_list("organization_id", flat=True)) == [three.pk]
    actions.report_change(actor=cast.actor("clerk"), branch=three, paper=PAPER, reported_on=TODAY, now=NOW)
    assert not duties.exists()


def test_too_few_members_are_only_brought_to_mind(cast: Cast) -> None:
    body = branch(cast, "小党支部", members=2)
    page = page_of(cast, body)
    assert "由党组织研究调整或撤销,并报上级党组织" in page
    assert "研究调整或撤销" not in page_of(cast, branch(cast, "够数党支部", members=3))
    body.refresh_from_db()
    assert body.dissolved_on is None


def test_a_body_at_a_firm_reads_what_it_may_not_do(cast: Cast) -> None:
    firm, other = page_of(cast, at_firm(cast, "远山家居党支部")), page_of(cast, branch(cast, "镇直党支部"))
    for words in ("不得向企业摊派", "民营经济促进法", "第61条", "参与不干预"):
        assert words in firm and words not in other


def test_the_list_of_candidates_has_a_lawful_order_or_a_reason(cast: Cast) -> None:
    body = branch(cast)
    people = members(cast, body, 15)
    meeting, client = held(cast, body), cast.client("clerk")
    address = f"/members/branches/{body.key}/elect"
    assert "按姓氏笔画" in client.get(address).content.decode()
    refused = client.post(address, sent(meeting, people, order="other"))
    assert refused.status_code == 422 and "候选人名单的顺序" in refused.content.decode()
    with acting(cast.actor("clerk")):
        assert not Election.objects.exists()
    assert client.post(address, sent(meeting, people, order="other", reason="按得票预选名次")).status_code == 303
    with acting(cast.actor("clerk")):
        ground = ElectionGround.objects.get(evaluation__rule_code="election.order")
        found = finding(ground.evaluation)
        assert found is not None and (found.verdict, found.reason) == (REASON, "按得票预选名次")
        key = Election.objects.get().key
    assert "候选人名单的顺序" in client.get(f"/members/elections/{key}").content.decode()


@pytest.mark.parametrize("order", ["strokes", "approved"])
def test_the_order_of_surnames_or_of_the_approval_is_lawful(cast: Cast, order: str) -> None:
    body = branch(cast)
    people = members(cast, body, 15)
    answer = cast.client("clerk").post(f"/members/branches/{body.key}/elect", sent(held(cast, body), people, order=order))
    assert answer.status_code == 303
    with acting(cast.actor("clerk")):
        found = finding(ElectionGround.objects.get(evaluation__rule_code="election.order").evaluation)
        assert found is not None and found.verdict == PASSED


@pytest.mark.parametrize("number", [15, 23])
def test_a_written_opinion_counts_where_it_was_formal_and_before_the_meeting(cast: Cast, number: int) -> None:
    clerk = cast.actor("clerk")
    row = actions.record_application(
        actor=clerk, person="梁田", enterprise=cast.firm, branch=cast.branch, applied_on=date(2022, 1, 10), now=NOW,
        facts=lawful(1),
    )  # fmt: skip
    walk(clerk, row, number - 1, NOW)
    form = cast.client("clerk").get(f"/members/applicants/{row.key}/steps/{number}").content.decode()
    assert "书面意见会前提交" in form and "书面意见正式提出" in form
    clerk, seen = cast.actor("clerk"), LAWFUL[number]["observed"]
    votes: dict[str, Any] = {"present": 6, "yes": 5, "no": 1, "written": 1, "written_yes": 1}
    for some in (set(), {"formal"}, {"before_meeting"}):
        with pytest.raises(BreaksRule, match="第21条"):
            take(clerk, row, number, NOW, observed=seen | some, **votes)
    made = take(clerk, row, number, NOW, observed=seen | set(OPINIONS), **votes)
    asked = {one.evaluation.rule_code for one in made.grounds.all()}
    assert made.standing and "member.written_opinion" in asked
    page = cast.client("clerk").get(f"/members/applicants/{row.key}").content.decode()
    assert "会前书面意见 1 份" in page


def test_without_written_opinions_nothing_is_asked_of_them(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    row = actions.record_application(
        actor=clerk, person="梁田", enterprise=cast.firm, branch=cast.branch, applied_on=date(2022, 1, 10), now=NOW,
        facts=lawful(1),
    )  # fmt: skip
    walk(clerk, row, 15, NOW)
    assert not Evaluation.objects.filter(rule_code="member.written_opinion").exists()
