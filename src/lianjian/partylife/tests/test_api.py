"""Party life for programs: rights, what another town may not see, pages of a hundred, days, writing once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianjian.partylife import actions
from lianjian.partylife.models import Applicant, PartyMember, Term
from tests.cast import NOW, SINCE, Cast, acting

from .test_life import branch, derive
from .test_members import another_branch, member

ROOT = "/api/v1/partylife"
ENTERED = {"name": "秦川", "since": "2020-03-01", "joined_on": "2015-07-01", "full_on": "2016-07-01"}
APPLIED = {
    "name": "唐雨", "applied_on": "2026-03-02", "choice": "work", "of_age": True, "observed": ["written", "own_hand"],
}  # fmt: skip


def got(client: Any, path: str, status: int = 200) -> Any:
    answer = client.get(f"{ROOT}{path}")
    assert answer.status_code == status, answer.content.decode()[:400]
    return answer.json()


def sent(client: Any, path: str, payload: dict[str, Any], key: str = "") -> Any:
    headers = {"idempotency-key": key} if key else {}
    return client.post(f"{ROOT}{path}", payload, content_type="application/json", headers=headers)


def test_branches_tell_form_and_members_of_a_day(cast: Cast, as_clerk: Any) -> None:
    member(cast)
    member(cast, "唐雨", full_on=None, since=date(2025, 5, 1), joined_on=date(2025, 5, 1))
    rows = {one["name"]: one for one in got(as_clerk, "/branches")["branches"]}
    own = rows[cast.branch.name]
    assert (own["level"], own["formation"], own["members"], own["full"]) == ("branch", "own", 2, 1)
    assert rows[cast.town_root.name]["members"] is None  # nobody was entered: unknown, not 0
    before = {one["name"]: one for one in got(as_clerk, "/branches?day=2024-05-06")["branches"]}
    assert before[cast.branch.name]["members"] == 1
    assert [one["name"] for one in got(as_clerk, "/branches?formation=own")["branches"]] == [cast.branch.name]
    assert got(as_clerk, "/branches?seat=nowhere")["branches"] == []
    assert cast.branch.name not in {one["name"] for one in got(cast.client("other_clerk"), "/branches")["branches"]}


def test_members_of_a_branch_on_a_day_and_nothing_more(cast: Cast, as_clerk: Any) -> None:
    held = member(cast)
    other = another_branch(cast)
    actions.add_host(actor=cast.actor("clerk"), member=held, branch=other, since=date(2025, 1, 1), now=NOW)
    path = f"/branches/{cast.branch.key}/members"
    (own,) = got(as_clerk, path)["members"]
    assert own == {
        "key": str(held.key), "name": "秦川", "role": "home", "since": "2020-03-01", "until": None,
        "joined_on": "2015-07-01", "full_on": "2016-07-01",
    }  # fmt: skip
    assert got(as_clerk, f"{path}?day=2019-01-01")["members"] == []
    assert [one["role"] for one in got(as_clerk, f"/branches/{other.key}/members")["members"]] == ["host"]
    assert got(as_clerk, f"/branches/{other.key}/members?role=home")["members"] == []
    got(cast.client("other_clerk"), path, 404)
    got(as_clerk, f"/branches/{cast.firm.key}/members", 404)


def test_a_member_is_admitted_once_and_by_the_rules(cast: Cast, as_clerk: Any) -> None:
    path = f"/branches/{cast.branch.key}/members"
    first, again = (sent(as_clerk, path, ENTERED, "k-1") for _time in range(2))
    assert first.status_code == again.status_code == 201 and first.json() == again.json()
    assert first.json()["role"] == "home"
    with acting(cast.actor("clerk")):
        assert PartyMember.objects.count() == 1
    late = sent(as_clerk, path, {**ENTERED, "name": "唐雨", "since": "2015-06-30"})
    assert late.status_code == 422 and "2015-07-01" in late.json()["detail"]
    assert sent(as_clerk, path, ENTERED).status_code == 409
    assert sent(as_clerk, path, {**ENTERED, "namesake": True}).status_code == 201
    which = sent(as_clerk, path, ENTERED)
    assert which.status_code == 409 and "同名" in which.json()["detail"]
    assert sent(cast.client("leader"), path, ENTERED).status_code == 403
    assert sent(cast.client("other_clerk"), path, ENTERED).status_code == 404
    with acting(cast.actor("clerk")):
        assert PartyMember.objects.count() == 2


def test_terms_and_how_near_their_end(cast: Cast, as_clerk: Any) -> None:
    cast.actor("clerk")
    term = Term.objects.create(
        jurisdiction_id=cast.town.pk, branch=cast.branch, leadership="committee", way="elected", seats=3, since=SINCE,
        due_on=date(2026, 12, 31), remind_on=date(2026, 1, 1), recorded_by_name="何静", recorded_at=NOW,
    )  # fmt: skip
    (one,) = got(as_clerk, "/terms")["terms"]
    assert (one["key"], one["state"], one["end"], one["branch_name"]) == (
        str(term.key), "ending", "2026-12-31", cast.branch.name,
    )  # fmt: skip
    assert got(as_clerk, "/terms?day=2025-05-05")["terms"][0]["state"] == "running"
    assert got(as_clerk, "/terms?day=2023-05-05")["terms"] == got(as_clerk, "/terms?state=overdue")["terms"] == []
    assert got(as_clerk, "/terms?ends_by=2026-06-30")["terms"] == []
    assert got(cast.client("other_clerk"), "/terms")["terms"] == []


def test_what_branches_lack_with_duty_article_and_period(cast: Cast, as_clerk: Any) -> None:
    body = branch(cast, since=date(2026, 1, 1))
    derive(cast, date(2026, 1, 25))
    derive(cast, date(2026, 2, 3))
    rows = got(as_clerk, f"/shortfalls?branch={body.key}")["shortfalls"]
    shown = {(one["rule"], one["period_from"], one["period_to"], one["state"]) for one in rows}
    assert shown == {
        ("life.committee", "2026-01-01", "2026-01-31", "late"), ("life.theme_day", "2026-01-01", "2026-01-31", "late"),
    }  # fmt: skip
    (one,) = got(as_clerk, f"/shortfalls?branch={body.key}&rule=life.theme_day&state=late")["shortfalls"]
    assert (one["branch"], one["required"], one["held"]) == (str(body.key), 1, 0)
    assert one["title"] and "16" in one["cite"]
    page = as_clerk.get(f"/members/life/{one['key']}").content.decode()
    assert one["title"] in page and one["cite"] in page
    assert len(got(as_clerk, f"/shortfalls?branch={body.key}&since=2026-01-15&until=2026-01-20")["shortfalls"]) == 2
    assert got(as_clerk, "/shortfalls?since=2026-02-01")["shortfalls"] == []
    assert got(as_clerk, "/shortfalls?until=2025-12-31")["shortfalls"] == []
    assert got(cast.client("other_clerk"), "/shortfalls")["shortfalls"] == []


def test_applicants_with_the_next_lawful_day_and_its_article(cast: Cast, as_clerk: Any) -> None:
    payload = {**APPLIED, "enterprise": str(cast.firm.key), "branch": str(cast.branch.key)}
    first, again = (sent(as_clerk, "/applicants", payload, "k-2") for _time in range(2))
    assert first.status_code == 201, first.content.decode()
    assert first.json() == again.json()
    (one,) = got(as_clerk, "/applicants")["applicants"]
    assert one == first.json()
    assert (one["stage"], one["next_step"], one["next_from"], one["waits_for"]) == (
        "applicant", 2, "2026-03-02", "branch",
    )  # fmt: skip
    assert [limit["rule"] for limit in one["limits"]] == ["member.talk"] and one["limits"][0]["cite"]
    assert got(as_clerk, f"/applicants?branch={cast.branch.key}&stage=applicant&step=2")["applicants"] == [one]
    assert got(as_clerk, "/applicants?stage=full")["applicants"] == []
    assert got(cast.client("other_clerk"), "/applicants")["applicants"] == []
    young = sent(as_clerk, "/applicants", {**payload, "name": "甲一", "of_age": False})
    assert young.status_code == 422
    refused = [sent(as_clerk, "/applicants", {**payload, "name": "甲一", "of_age": False}, "k-3") for _time in range(2)]
    assert [one.status_code for one in refused] == [422, 422]  # a refusal keeps no key
    with acting(cast.actor("clerk")):
        assert Applicant.objects.count() == 1
    assert sent(cast.client("leader"), "/applicants", payload).status_code == 403
    assert sent(as_clerk, "/applicants", {**payload, "enterprise": str(cast.branch.key)}).status_code == 404


@pytest.mark.parametrize("path", ["/branches", "/terms", "/shortfalls", "/applicants"])
def test_every_list_asks_for_the_right(cast: Cast, path: str) -> None:
    got(cast.client("handler"), path, 403)
    assert cast.client(None).get(f"{ROOT}{path}").status_code == 401
    got(cast.client("clerk"), f"{path}?after=-1", 422)


def test_a_hundred_at_a_time_at_one_price(cast: Cast, as_clerk: Any) -> None:
    actor = cast.actor("clerk")

    def enter(start: int, count: int) -> None:
        lines = [
            actions.MemberLine(
                number=number, name=f"党员{number}", branch=cast.branch, joined_on=SINCE, since=SINCE,
                full_on=date(2025, 1, 1),
            )
            for number in range(start, start + count)
        ]  # fmt: skip
        with acting(actor):
            actions.import_members(actor=actor, jurisdiction_id=cast.town.pk, rows=lines, batch_key="批次", now=NOW)

    path = f"/branches/{cast.branch.key}/members"
    enter(0, 10)
    got(as_clerk, path)
    with CaptureQueriesContext(connection) as few:
        got(as_clerk, path)
    enter(10, 95)
    with CaptureQueriesContext(connection) as many:
        first = got(as_clerk, path)
    assert len(many) <= len(few) <= 12
    rest = got(as_clerk, f"{path}?after={first['next']}")
    assert (len(first["members"]), len(rest["members"]), rest["next"]) == (100, 5, None)
    names = {one["name"] for one in first["members"] + rest["members"]}
    assert len(names) == 105
