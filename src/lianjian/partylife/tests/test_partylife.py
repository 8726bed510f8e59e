"""Found members and the way into the party, through the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lianjian.directory import actions as directory
from lianjian.directory.models import Person
from lianjian.files.models import File
from lianjian.foundation import clock
from lianjian.jurisdictions.models import Share
from lianjian.partylife import actions, rules
from lianjian.partylife.models import Applicant, FoundMember
from lianjian.rulebook.models import LocalRule
from tests.cast import NOW, Cast, acting

from .walk import DAYS, LAWFUL, walk

DAY = date(2024, 5, 6)


def _found(cast: Cast, name: str = "秦川", **more: Any) -> FoundMember:
    values: dict[str, Any] = {"enterprise": cast.firm, "found_on": DAY, **more}
    return actions.record_found_member(actor=cast.actor("clerk"), person=name, now=NOW, **values)


def _applied(cast: Cast, name: str = "梁田", **more: Any) -> Applicant:
    values: dict[str, Any] = {"enterprise": cast.firm, "applied_on": DAY, **more}
    return actions.record_application(actor=cast.actor("clerk"), person=name, now=NOW, **values)


def test_a_member_is_found_and_taken_into_care(cast: Cast, as_clerk: Any) -> None:
    answer = as_clerk.post(
        "/members/found/new",
        {
            "person": "秦川",
            "enterprise": "晨光木业",
            "found_on": "2024-05-06",
            "home_branch": "外县党支部",
            "source": "search",
        },
    )
    assert answer.status_code == 303, answer.content.decode()
    with acting(cast.actor("clerk")):
        row = FoundMember.objects.get()
    assert (row.enterprise_id, row.home, row.managed_on) == (cast.firm.pk, "外县党支部", None)
    record = as_clerk.get(f"/members/found/{row.key}")
    assert "待纳管" in record.content.decode()
    too_early = {"joint_branch": str(cast.branch.key), "managed_on": "2024-05-05"}
    assert as_clerk.post(f"/members/found/{row.key}/care", too_early).status_code == 422
    good = {"joint_branch": str(cast.branch.key), "managed_on": "2024-05-20"}
    assert as_clerk.post(f"/members/found/{row.key}/care", good).status_code == 303
    page = as_clerk.get("/members/found?state=managed").content.decode()
    assert "秦川" in page and "晨光木业党支部" in page


def test_one_person_is_one_finding(cast: Cast) -> None:
    first = _found(cast)
    with pytest.raises(rules.AlreadyFound):
        _found(cast)
    elsewhere = _found(cast, enterprise=cast.second_firm)
    assert elsewhere.person_id != first.person_id
    actions.withdraw_found_member(actor=cast.actor("clerk"), found=first, reason="记错了", now=NOW)
    assert _found(cast).person_id == first.person_id


def test_nobody_is_taken_up_without_a_branch(cast: Cast) -> None:
    with pytest.raises(rules.JointBranchMissing):
        actions.take_into_care(actor=cast.actor("clerk"), found=_found(cast), managed_on=DAY, now=NOW)
    with pytest.raises(rules.InTheFuture):
        _found(cast, "郑海", found_on=date(2027, 1, 1))


NEW = {"person": "梁田", "enterprise": "晨光木业", "branch": "晨光木业党支部", "applied_on": "2022-01-10", "kind": "产业人才",
       "choice": "work", "observed": ["written", "own_hand"], "born": "1990-05-01"}  # fmt: skip


def _typed(number: int, day: date | None = None, **more: Any) -> dict[str, Any]:
    """What a clerk types for a lawful step."""
    facts = dict(LAWFUL[number])
    guides = facts.pop("guides", ())
    typed = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in facts.items()}
    for place, guide in zip(("first", "second"), guides, strict=False):
        typed |= {f"{place}_name": guide.name, f"{place}_status": guide.status}
    return {"done_on": (day or DAYS[number]).isoformat(), **typed, **more}


def test_all_steps_through_the_pages(cast: Cast, as_clerk: Any) -> None:
    assert as_clerk.post("/members/applicants/new", NEW).status_code == 303
    with acting(cast.actor("clerk")):
        row = Applicant.objects.get()
    assert (row.kind, row.branch_id, row.next_step) == ("talent", cast.branch.pk, 2)
    address = f"/members/applicants/{row.key}"
    for number in range(2, 26):
        form = as_clerk.get(f"{address}/steps/{number}")
        assert form.status_code == 200, number
        answer = as_clerk.post(f"{address}/steps/{number}", _typed(number))
        assert answer.status_code == 303, (number, answer.content.decode()[:3000])
        assert as_clerk.get(address).status_code == 200
    page = as_clerk.get(address).content.decode()
    assert "发展党员工作细则" in page and "党龄起算" in page and "2024-09-28" in page
    paper = as_clerk.get(f"{address}/dossier").content.decode()
    assert "0012345" in paper and "支部大会讨论接收" in paper


def test_a_refusal_names_the_article_and_keeps_what_was_typed(cast: Cast, as_clerk: Any) -> None:
    young = as_clerk.post("/members/applicants/new", {**NEW, "born": "2004-01-11"})
    assert young.status_code == 422 and "第5条" in young.content.decode()
    assert as_clerk.post("/members/applicants/new", NEW).status_code == 303
    with acting(cast.actor("clerk")):
        row = walk(cast.actor("clerk"), Applicant.objects.get(), 6, NOW)
    address = f"/members/applicants/{row.key}/steps/7"
    soon = as_clerk.post(address, _typed(7, date(2023, 7, 14), note="支委会上午开会"))
    text = soon.content.decode()
    assert soon.status_code == 422 and "第13条" in text and "2023-07-15" in text and "支委会上午开会" in text
    skipped = as_clerk.post(f"/members/applicants/{row.key}/steps/9", _typed(9))
    assert skipped.status_code == 422 and "第7步" in skipped.content.decode()
    assert as_clerk.post(address, _typed(7)).status_code == 303
    assert as_clerk.get(f"/members/applicants/{row.key}/steps/26").status_code == 404


def test_a_norm_asks_for_a_reason_on_the_page(cast: Cast, as_clerk: Any) -> None:
    as_clerk.post("/members/applicants/new", NEW)
    with acting(cast.actor("clerk")):
        row = Applicant.objects.get()
    address = f"/members/applicants/{row.key}/steps/2"
    late = as_clerk.post(address, _typed(2, date(2022, 3, 1)))
    assert late.status_code == 422 and "请写明理由" in late.content.decode()
    assert as_clerk.post(address, _typed(2, date(2022, 3, 1), reason="疫情防控")).status_code == 303
    assert "疫情防控" in as_clerk.get(f"/members/applicants/{row.key}").content.decode()


def test_correct_strike_file_and_upload(cast: Cast, as_clerk: Any) -> None:
    as_clerk.post("/members/applicants/new", NEW)
    with acting(cast.actor("clerk")):
        row = walk(cast.actor("clerk"), Applicant.objects.get(), 3, NOW)
        second, third = row.steps.get(number=2), row.steps.get(number=3)
        assert row.missing == 3
    assert as_clerk.get(f"/members/steps/{second.key}/correct").status_code == 200
    wrong = as_clerk.post(f"/members/steps/{second.key}/correct", _typed(2, date(2022, 2, 9)))
    assert wrong.status_code == 422  # without a reason
    answer = as_clerk.post(f"/members/steps/{second.key}/correct", _typed(2, date(2022, 2, 9), why="看错"))
    assert answer.status_code == 303
    assert as_clerk.post(f"/members/steps/{third.key}/filed").status_code == 303
    scan = SimpleUploadedFile("推荐.txt", "党员大会推荐".encode(), content_type="text/plain")
    with acting(cast.actor("clerk")):
        first = row.steps.get(number=1)
    assert as_clerk.post(f"/members/steps/{first.key}/files", {"file": scan}).status_code == 303
    with acting(cast.actor("clerk")):
        row.refresh_from_db()
        assert row.missing == 1
        file = File.objects.get()
    assert as_clerk.get(f"/members/steps/{first.key}/files/{file.key}").status_code == 200
    assert as_clerk.post(f"/members/steps/{third.key}/strike", {"reason": "误记"}).status_code == 303
    page = as_clerk.get("/members/applicants/dossiers").content.decode()
    assert "晨光木业党支部" in page and "缺材料" in page


def test_days_of_paper_are_entered_by_hand(cast: Cast, as_clerk: Any) -> None:
    row = _applied(cast, applied_on=date(2022, 1, 10))
    change = {"enterprise": "晨光木业", "kind": "产业人才", "applied_on": "2022-01-10", "activist_on": "2022-03-01",
              "probationary_on": "2023-02-01"}  # fmt: skip
    address = f"/members/applicants/{row.key}"
    assert as_clerk.post(f"{address}/change", change).status_code == 422
    change["probationary_on"] = "2023-04-01"
    assert as_clerk.post(f"{address}/change", change).status_code == 303
    page = as_clerk.get(address).content.decode()
    assert "纸质办理,日期未登记" in page and "2023-04-01" in page and "办理第18步" in page
    ended = {"ended_on": "2023-05-01", "reason": "调离", "kind": "stopped"}
    assert as_clerk.post(f"{address}/end", ended).status_code == 303
    assert "已终止" in as_clerk.get("/members/applicants").content.decode()
    assert as_clerk.post(f"{address}/steps/18", _typed(18)).status_code == 422


def test_moves_within_the_place_and_to_another(cast: Cast, as_clerk: Any, as_other_clerk: Any) -> None:
    as_clerk.post("/members/applicants/new", NEW)
    with acting(cast.actor("clerk")):
        row = walk(cast.actor("clerk"), Applicant.objects.get(), 3, NOW)
    address = f"/members/applicants/{row.key}"
    assert as_other_clerk.get(address).status_code == 404
    context = cast.system(cast.other_town)
    there = directory.register_organization(
        actor=context, name="石桥村党支部", classification="party", parent=cast.other_root, now=NOW
    )
    move = {"transferred_on": "2022-08-01", "branch": str(there.key), "reason": "调动"}
    assert as_clerk.post(f"{address}/transfer", move).status_code == 303
    seen = as_other_clerk.get(address)
    assert seen.status_code == 200 and "接续发展" in seen.content.decode() and "2022-07-15" in seen.content.decode()
    go_on = {"branch": str(there.key), "enterprise": "石桥清泉食品有限公司"}
    assert as_other_clerk.post(f"{address}/take-over", go_on).status_code == 303
    with acting(cast.actor("other_clerk")):
        new = Applicant.objects.get(continues__isnull=False)
        assert (new.next_step, new.activist_on, new.stage) == (4, DAYS[3], "activist")


def test_thought_reports_where_the_place_asks_for_them(cast: Cast, as_clerk: Any) -> None:
    as_clerk.post("/members/applicants/new", NEW)
    with acting(cast.actor("clerk")):
        row = walk(cast.actor("clerk"), Applicant.objects.get(), 6, NOW)
    address = f"/members/applicants/{row.key}"
    assert "本期思想汇报" not in as_clerk.get(address).content.decode()
    cast.system()
    LocalRule.objects.create(
        jurisdiction_id=cast.town.pk, code="member.thought_report", params={"per": "quarter", "times": 1, "off": False},
        source="云组发〔2020〕3号", valid_from=date(2020, 1, 1), set_by="组织部", set_at=NOW,
    )  # fmt: skip
    page = as_clerk.get(address).content.decode()
    line = page.split("本期思想汇报")[1][:300]
    assert "云组发〔2020〕3号" in line and "已完成" not in line
    report = {"done_on": clock.today().isoformat(), "outcome": "report"}
    assert as_clerk.post(f"{address}/steps/6", report).status_code == 303
    assert "已完成" in as_clerk.get(address).content.decode().split("本期思想汇报")[1][:300]
    with acting(cast.actor("clerk")):
        row.refresh_from_db()
    assert row.next_step == 7 and row.due_on == date(2023, 7, 12)  # a report is no assessment


def test_recommend_return_and_waiting(cast: Cast, as_clerk: Any) -> None:
    as_clerk.post("/members/applicants/new", NEW)
    with acting(cast.actor("clerk")):
        row = walk(cast.actor("clerk"), Applicant.objects.get(), 2, NOW)
    address = f"/members/applicants/{row.key}"
    give = {"kind": "league", "by_text": "柳溪镇团委", "recommended_on": "2022-03-01"}
    assert as_clerk.post(f"{address}/recommend", give).status_code == 303
    assert "柳溪镇团委" in as_clerk.get(address).content.decode()
    assert as_clerk.post(f"{address}/return", {"returned_on": "2022-04-01", "reason": "试"}).status_code == 422
    page = as_clerk.get("/members/applicants/waiting").content.decode()
    assert "3 推荐和确定入党积极分子" in page
    assert "梁田" in as_clerk.get("/members/applicants/waiting?state=branch").content.decode()
    assert "梁田" not in as_clerk.get("/members/applicants/waiting?state=committee").content.decode()


def test_who_sees_whom(
    cast: Cast, as_instructor: Any, as_other_instructor: Any, as_other_clerk: Any, as_handler: Any
) -> None:
    row, way = _found(cast), _applied(cast)
    for client, seen in ((as_instructor, True), (as_other_instructor, False), (as_other_clerk, False)):
        for address in (f"/members/found/{row.key}", f"/members/applicants/{way.key}"):
            assert client.get(address).status_code == (200 if seen else 404), address
        assert ("秦川" in client.get("/members/found").content.decode()) is seen
    assert as_handler.get("/members/found").status_code == 403
    assert as_instructor.post(f"/members/found/{row.key}/withdraw", {"reason": "试试"}).status_code == 403


def test_home_branch_of_another_town_sees_him_too_and_he_is_counted_once(
    cast: Cast, as_other_clerk: Any
) -> None:
    context = cast.system(cast.other_town)
    home = directory.register_organization(
        actor=context, name="石桥村党支部", classification="party", parent=cast.other_root, now=NOW
    )
    row = _found(cast, home_branch=home, joint_branch=cast.branch, managed_on=DAY)
    assert Share.objects.count() == 2
    page = as_other_clerk.get(f"/members/found/{row.key}")
    assert page.status_code == 200 and "纳入共管</a>" not in page.content.decode()
    assert as_other_clerk.post(f"/members/found/{row.key}/withdraw", {"reason": "不该"}).status_code in (
        403,
        422,
    )


def test_lists_home_and_export(cast: Cast, as_clerk: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        _found(cast, f"员{number}号", managed_on=None)
        _applied(cast, f"申{number}号")
    home = as_clerk.get("/members/")
    assert home.status_code == 200 and "12" in home.content.decode()
    for address in (
        "/members/found",
        "/members/applicants",
        "/members/found?q=员3",
        "/members/applicants?kind=owner&since=2024-01-01",
        "/members/applicants?late=1&step=2",
        "/members/applicants/dossiers?lacking=1",
    ):
        assert as_clerk.get(address).status_code == 200
    assert as_clerk.post("/export", {"page": "partylife.found"}).status_code == 200
    assert as_clerk.get("/members/choices/branch?q=晨光").json()
    assert clock.today() > DAY
    with acting(cast.actor("clerk")):
        assert Person.objects.filter(name__startswith="员").count() == 12
