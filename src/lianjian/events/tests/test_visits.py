"""Visits: who went to whom, recorded in a minute, seen by those concerned, counted once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from lianjian.directory.models import Organization
from lianjian.events import actions, rules, sheets
from lianjian.events.figures import visited_enterprises, visits_in
from lianjian.events.models import Purpose, Visit
from lianjian.foundation import clock
from lianjian.foundation.declare import Scoped
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from tests.cast import NOW, TODAY, Cast


def visit(cast: Cast, who: str = "instructor", **more: Any) -> Visit:
    actor = cast.actor(who)
    values = {
        "organization": cast.firm,
        "visited_on": TODAY,
        "people": [actor.name],
        "content": "看生产",
        "now": NOW,
        **more,
    }
    return actions.record_visit(actor=actor, **values)


def test_an_instructor_records_covered_firms_only(cast: Cast) -> None:
    found = visit(cast, people=["苏禾、过路人", cast.people["instructor"]])
    assert found.visitors == "苏禾、过路人"
    assert [one.person for one in found.people.all()] == [cast.people["instructor"]]  # once, and nobody unregistered
    assert Entry.objects.filter(subject_key=found.key, verb="events.record_visit").count() == 1
    with pytest.raises(Denied):
        visit(cast, organization=cast.second_firm)
    assert visit(cast, "clerk", organization=cast.second_firm).pk
    for who in ("handler", "contact", "leader", "other_clerk"):
        with pytest.raises(Denied):
            visit(cast, who)


def test_what_a_visit_must_say(cast: Cast) -> None:
    with pytest.raises(rules.VisitInTheFuture):
        visit(cast, visited_on=TODAY + timedelta(days=1))
    with pytest.raises(rules.NobodyVisited):
        visit(cast, people=[" "])


def test_change_and_withdraw_leave_a_trace(cast: Cast) -> None:
    found = visit(cast)
    actor = cast.actor("instructor")
    actions.change_visit(actor=actor, visit=found, people=["白露"], heard="缺工", now=NOW)
    assert (found.visitors, found.heard) == ("白露", "缺工")
    with pytest.raises(rules.ReasonMissing):
        actions.withdraw_visit(actor=actor, visit=found, reason=" ", now=NOW)
    with pytest.raises(Denied):
        actions.withdraw_visit(actor=cast.actor("other_instructor"), visit=found, reason="x", now=NOW)
    actions.withdraw_visit(actor=cast.actor("clerk"), visit=found, reason="重复登记", now=NOW)
    with pytest.raises(rules.VisitWithdrawn):
        actions.change_visit(actor=cast.actor("clerk"), visit=found, heard="x", now=NOW)
    scoped = Scoped((cast.town.pk,), TODAY, TODAY)
    assert visits_in(cast.actor("clerk"), scoped).count() == 0


def test_figures_keep_visits_and_firms_apart(cast: Cast) -> None:
    for firm in (cast.firm, cast.firm, cast.second_firm):
        visit(cast, "clerk", organization=firm)
    visit(cast, "clerk", organization=cast.village)
    scoped = Scoped((cast.town.pk,), TODAY, TODAY)
    leader = cast.actor("leader")
    assert visits_in(leader, scoped).count() == 4
    assert visited_enterprises(leader, scoped).count() == 2
    assert visits_in(leader, Scoped((cast.town.pk,), TODAY, TODAY, cast.firm.path)).count() == 2
    assert visits_in(cast.actor("other_clerk"), scoped).count() == 0


@pytest.mark.parametrize(
    ("who", "sees"),
    [("clerk", True), ("instructor", True), ("contact", True), ("leader", True), ("county_leader", True),
     ("other_instructor", False), ("other_contact", False), ("village", False), ("other_clerk", False)],
)  # fmt: skip
def test_who_sees_a_visit(cast: Cast, who: str, sees: bool) -> None:
    found = visit(cast)
    client = cast.client(who)
    assert client.get(reverse("events:visit", kwargs={"key": found.key})).status_code == (
        200 if sees else 404
    )
    assert ("云岭市晨光木业有限公司" in client.get(reverse("events:visits")).content.decode()) == sees


def test_the_quick_form(cast: Cast) -> None:
    client = cast.client("instructor")
    page = client.get(reverse("events:record")).content.decode()
    assert "云岭市晨光木业有限公司" in page and str(clock.today()) in page and "苏禾" in page
    choices = client.get(reverse("events:whom") + "?q=").json()
    assert [choice["label"] for choice in choices] == ["云岭市晨光木业有限公司"]
    values = {
        "organization": str(cast.firm.key),
        "visited_on": str(clock.today()),
        "people": "苏禾",
        "purpose": "policy",
    }
    answer = client.post(reverse("events:record"), values)
    assert answer.status_code == 303
    assert client.get(answer.headers["Location"]).status_code == 200
    wrong = client.post(reverse("events:record"), {**values, "organization": "没有这家"})
    assert wrong.status_code == 422 and "没有找到" in wrong.content.decode()


def test_pages_to_change_and_withdraw(cast: Cast) -> None:
    found = visit(cast)
    client = cast.client("instructor")
    for name in ("change", "withdraw"):
        assert client.get(reverse(f"events:{name}", kwargs={"key": found.key})).status_code == 200
    change = {"visited_on": "2026-03-08", "people": "苏禾", "purpose": "other", "heard": "想招工"}
    assert client.post(reverse("events:change", kwargs={"key": found.key}), change).status_code == 303
    assert (
        client.post(reverse("events:withdraw", kwargs={"key": found.key}), {"reason": "记错"}).status_code
        == 303
    )
    assert "已作废" in client.get(reverse("events:visit", kwargs={"key": found.key})).content.decode()


def test_filters_search_and_export(cast: Cast) -> None:
    visit(cast, "clerk", people=["苏禾"], heard="想招木工")
    client = cast.client("clerk")
    for query, found in [("q=招木工", True), ("q=晨光", True), ("person=苏禾", True), ("since=2026-03-10", False),
                         ("purpose=operation", True), ("purpose=policy", False)]:  # fmt: skip
        page = client.get(reverse("events:visits") + "?" + query).content.decode()
        assert ("2026-03-09" in page) == found, query
    assert client.post("/export", {"page": "events.visits"}).content[:2] == b"PK"


def test_the_interface(cast: Cast) -> None:
    client = cast.client("instructor")
    body = {"organization": str(cast.firm.key), "visited_on": str(clock.today()), "people": ["苏禾"]}
    made = client.post("/api/v1/visits", body, content_type="application/json")
    assert made.status_code == 201
    key = made.json()["key"]
    assert client.get(f"/api/v1/visits/{key}").json()["visitors"] == "苏禾"
    assert len(client.get("/api/v1/visits").json()["visits"]) == 1
    assert cast.client("other_clerk").get(f"/api/v1/visits/{key}").status_code == 404
    refused = client.post(
        "/api/v1/visits", {**body, "organization": str(cast.second_firm.key)}, content_type="application/json"
    )
    assert refused.status_code == 403 and refused.json()["title"] == "denied"


def test_purposes_of_a_place(cast: Cast) -> None:
    actions.add_purpose(actor=cast.actor("clerk"), name="安全生产检查", now=NOW)
    with pytest.raises(rules.PurposeExists):
        actions.add_purpose(actor=cast.actor("clerk"), name="安全生产检查", now=NOW)
    assert "安全生产检查" in cast.client("instructor").get(reverse("events:record")).content.decode()


def test_a_purpose_is_renamed_and_retired_by_page(cast: Cast) -> None:
    clerk, instructor = cast.client("clerk"), cast.client("instructor")
    form = reverse("events:record")
    assert "还没有本地的走访内容" in clerk.get("/events/visits/purposes").content.decode()
    assert clerk.post("/events/visits/purposes/new", {"name": "安全生产检查"}).status_code == 303
    for known in ("安全生产检查", "了解生产经营"):
        answer = clerk.post("/events/visits/purposes/new", {"name": known})
        assert "已有这个走访内容。" in answer.content.decode()
    visit = actions.record_visit(
        actor=cast.actor("clerk"),
        organization=cast.firm,
        visited_on=TODAY,
        people=["苏禾"],
        purpose="安全生产检查",
        content="了解",
        now=NOW,
    )
    key = Purpose.objects.get().key
    assert clerk.post(f"/events/visits/purposes/{key}/rename", {"name": "安全检查"}).status_code == 303
    visit.refresh_from_db()
    assert visit.purpose == "安全检查"
    assert "走访 1 次" in clerk.get("/events/visits/purposes").content.decode()
    assert clerk.post(f"/events/visits/purposes/{key}/retire").status_code == 303
    assert "安全检查" not in instructor.get(form).content.decode()
    assert "安全检查" in clerk.get(reverse("events:change", kwargs={"key": visit.key})).content.decode()
    assert clerk.post(f"/events/visits/purposes/{key}/retire").status_code == 303
    assert "安全检查" in instructor.get(form).content.decode()
    assert instructor.get("/events/visits/purposes").status_code == 403
    assert cast.client("other_clerk").post(f"/events/visits/purposes/{key}/retire").status_code == 404
    clerk.cookies["language"] = "en"
    assert "Purposes of visits" in clerk.get("/events/visits/purposes").content.decode()
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"events.add_purpose", "events.rename_purpose", "events.retire_purpose"} <= verbs


@dataclass
class FakeRow:
    number: int
    values: dict[str, Any]
    made: dict[str, Any] = field(default_factory=dict)


@dataclass
class FakeBatch:
    jurisdiction_id: int
    known: dict[str, Organization]
    label: str = "ledger"
    problems: list[int] = field(default_factory=list)
    kept: list[Any] = field(default_factory=list)

    def resolve_org(self, name: str, code: str = "", kinds: Any = None, **where: Any) -> Organization | None:
        return self.known.get(name)

    def problem(self, row: FakeRow, field: str, severity: str, sentence: str) -> None:
        self.problems.append(row.number)

    def make_many(self, model: Any, ids: Any, rows: Any = None) -> None:
        if rows is not None:
            self.kept.extend(ids)


def line(number: int, **more: Any) -> FakeRow:
    values = {
        "date": date(2024, 1, 8),
        "visitors": ("苏禾",),
        "enterprise": "晨光",
        "content": "征求意见",
        "needs_found": 2,
    }
    return FakeRow(number, {**values, **more})


def test_a_ledger_of_visits_is_stored_once(cast: Cast) -> None:
    rows = [
        line(4),
        line(5),
        line(6, enterprise="查无此厂", content="座谈"),
        line(7, visitors=("苏禾", "白露")),
    ]
    for _round in range(2):
        actor = cast.actor("clerk")
        batch = FakeBatch(cast.town.pk, {"晨光": cast.firm})
        sheets.store(actor=actor, batch=batch, rows=rows, now=NOW)
        assert len(batch.kept) == (4 if _round == 0 else 0)
        assert batch.problems == [6]
    assert Visit.objects.count() == 4
    assert Visit.objects.get(organization=None).whom == "查无此厂"
    assert set(Visit.objects.values_list("purpose", flat=True)) == {"opinions", "other"}
    assert Entry.objects.filter(verb="events.import_visits").count() == 1
    first = Visit.objects.filter(organization=cast.firm).first()
    assert first is not None and first.people.get().person == cast.people["instructor"]
