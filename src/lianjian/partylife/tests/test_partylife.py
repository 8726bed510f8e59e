"""Found members and the way into the party, through the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lianjian.directory import actions as directory
from lianjian.directory.models import Person
from lianjian.foundation import clock
from lianjian.jurisdictions.models import Share
from lianjian.partylife import actions, rules
from lianjian.partylife.models import Applicant, FoundMember
from tests.cast import NOW, Cast, acting

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


def test_steps_follow_one_another_with_their_intervals(cast: Cast) -> None:
    clerk, row = cast.actor("clerk"), _applied(cast)
    with pytest.raises(rules.NotYetActivist):
        actions.mark_probationary(actor=clerk, applicant=row, probationary_on=date(2025, 6, 1), now=NOW)
    with pytest.raises(rules.BeforeApplication):
        actions.mark_activist(actor=clerk, applicant=row, activist_on=date(2024, 5, 5), now=NOW)
    row.refresh_from_db()
    actions.mark_activist(
        actor=clerk, applicant=row, activist_on=date(2024, 8, 1), contacts="甲、乙", now=NOW
    )
    with pytest.raises(rules.TooSoonAfterActivist) as refused:
        actions.mark_probationary(actor=clerk, applicant=row, probationary_on=date(2025, 7, 31), now=NOW)
    assert "2025-08-01" in str(refused.value) and "第13条" in str(refused.value)
    row.refresh_from_db()
    actions.mark_probationary(actor=clerk, applicant=row, probationary_on=date(2025, 8, 1), now=NOW)
    assert row.stage == "probationary" and row.evaluation is not None
    with pytest.raises(rules.ProbationTooShort):
        actions.mark_full(actor=clerk, applicant=row, full_on=date(2026, 3, 1), now=NOW)


def test_steps_through_the_pages(cast: Cast, as_clerk: Any) -> None:
    new = {"person": "梁田", "enterprise": str(cast.firm.key), "applied_on": "2022-01-10", "kind": "产业人才"}
    assert as_clerk.post("/members/applicants/new", new).status_code == 303
    with acting(cast.actor("clerk")):
        row = Applicant.objects.get()
    assert row.kind == "talent"
    address = f"/members/applicants/{row.key}"
    assert (
        as_clerk.post(f"{address}/step", {"activist_on": "2022-03-01", "contacts": "甲"}).status_code == 303
    )
    soon = as_clerk.post(f"{address}/step", {"probationary_on": "2022-12-01"})
    assert soon.status_code == 422 and "2023-03-01" in soon.content.decode()
    assert as_clerk.post(f"{address}/step", {"probationary_on": "2023-03-01"}).status_code == 303
    page = as_clerk.get(address).content.decode()
    assert "发展党员工作细则" in page and "2023-03-01" in page
    change = {"enterprise": "晨光木业", "kind": "产业人才", "applied_on": "2022-01-10", "activist_on": "2022-03-01",
              "probationary_on": "2023-02-01"}  # fmt: skip
    assert as_clerk.post(f"{address}/change", change).status_code == 422
    change["probationary_on"] = "2023-04-01"
    assert as_clerk.post(f"{address}/change", change).status_code == 303
    assert as_clerk.post(f"{address}/end", {"ended_on": "2023-05-01", "reason": "调离"}).status_code == 303
    assert "已终止" in as_clerk.get("/members/applicants").content.decode()
    assert as_clerk.post(f"{address}/step", {"full_on": "2024-05-01"}).status_code == 422


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
    ):
        assert as_clerk.get(address).status_code == 200
    assert as_clerk.post("/export", {"page": "partylife.found"}).status_code == 200
    assert as_clerk.get("/members/choices/branch?q=晨光").json()
    assert clock.today() > DAY
    with acting(cast.actor("clerk")):
        assert Person.objects.filter(name__startswith="员").count() == 12
