"""The programming interface, what an instructor is not shown, the wall, and what pages cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianjian.directory import actions
from lianjian.directory.models import Organization
from tests.cast import NOW, SINCE, Cast, code

API = "/api/v1/directory/organizations"


@pytest.fixture
def business(cast: Cast) -> Organization:
    """The firm with facts of its business."""
    actor = cast.actor("clerk")
    actions.set_profile(actor=actor, organization=cast.firm, now=NOW, legal_representative="祁连山")
    actions.set_enterprise_year(actor=actor, organization=cast.firm, year=2025, staff=4321, now=NOW)
    person = actions.register_person(actor=actor, name="祁连山", phone="13911112222", now=NOW)
    actions.add_membership(
        actor=actor, person=person, organization=cast.firm, role="legal_representative", since=SINCE, now=NOW
    )
    return cast.firm


@pytest.mark.parametrize(
    ("who", "sees"),
    [("clerk", True), ("leader", True), ("contact", True), ("instructor", False), ("other_contact", False)],
)
def test_a_station_sees_the_party_record_and_not_the_business(
    cast: Cast, business: Organization, who: str, sees: bool
) -> None:
    client = cast.client(who)
    shown = client.get(f"/directory/organizations/{business.key}").content.decode()
    assert "云岭市晨光木业有限公司" in shown
    assert ("祁连山" in shown) is sees, who
    told = client.get(f"{API}/{business.key}").json()
    assert told["legal_representative"] == ("祁连山" if sees else None)


def test_an_instructor_finds_no_business_person_anywhere(cast: Cast, business: Organization) -> None:
    client = cast.client("instructor")
    for address in (
        "/directory/people?q=祁连山",
        "/directory/people/lookup?q=祁连山",
        "/directory/organizations?q=祁连山",
    ):
        assert "13911112222" not in client.get(address).content.decode()
        assert str(business.key) not in client.get(address).content.decode()


def test_list_search_and_paging(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = cast.client("clerk")
    assert {
        o["name"]
        for o in clerk.get(API, {"q": "晨光", "classification": "enterprise"}).json()["organizations"]
    } == {"云岭市晨光木业有限公司"}
    monkeypatch.setattr("lianjian.foundation.apidoor.PAGE", 3)
    seen: list[str] = []
    after: Any = None
    while True:
        found = clerk.get(API, {"after": after} if after else {}).json()
        seen += [o["key"] for o in found["organizations"]]
        after = found["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == Organization.objects.current().count()  # type: ignore[attr-defined]


def _send(client: Any, method: str, address: str, body: dict[str, Any], **headers: str) -> Any:
    client.get("/directory/organizations")
    token = client.cookies["csrf"].value
    send = getattr(client, method)
    return send(address, body, content_type="application/json", headers={"X-CSRFToken": token, **headers})


def test_register_once_and_change(cast: Cast) -> None:
    clerk = cast.client("clerk")
    body = {
        "name": "柳溪新芽电子有限公司",
        "classification": "enterprise",
        "parent": str(cast.town_root.key),
        "code": code(70),
    }
    first = _send(clerk, "post", API, body, **{"Idempotency-Key": "k-1"})
    again = _send(clerk, "post", API, body, **{"Idempotency-Key": "k-1"})
    assert first.status_code == again.status_code == 201 and first.json()["key"] == again.json()["key"]
    changed = _send(clerk, "patch", f"{API}/{first.json()['key']}", {"address": "工业大道1号"})
    assert changed.status_code == 200 and changed.json()["address"] == "工业大道1号"
    assert changed.json()["name"] == body["name"]


def test_refusals_are_problem_documents(cast: Cast) -> None:
    clerk = cast.client("clerk")
    body = {
        "name": "某某公司",
        "classification": "enterprise",
        "parent": str(cast.town_root.key),
        "code": cast.firm.code,
    }
    answer = _send(clerk, "post", API, body)
    assert (
        answer.status_code == 409
        and answer.json()["type"].endswith("code_taken")
        and answer.json()["field"] == "code"
    )
    assert (
        _send(cast.client("other_clerk"), "patch", f"{API}/{cast.firm.key}", {"address": "x"}).status_code
        == 403
    )
    assert cast.client(None).get(API).status_code == 401


@pytest.mark.parametrize(
    "address", ["/directory/organizations", "/directory/people", "/directory/doubles", "/directory/tree", API]
)
def test_twenty_rows_cost_what_ten_cost(cast: Cast, address: str) -> None:
    actor = cast.actor("clerk")

    def grow(start: int) -> None:
        for number in range(start, start + 10):
            firm = actions.register_organization(
                actor=actor,
                name=f"第{number}木业有限公司",
                classification="enterprise",
                parent=cast.town_root,
                now=NOW,
                code=code(500 + number),
            )
            actions.add_alias(actor=actor, organization=firm, name=f"木业{number}号", now=NOW)
            actions.note_likeness(actor=actor, first=cast.firm, second=firm, reason="near", now=NOW)
            actions.register_person(
                actor=actor, name=f"人员{number}", phone=f"139000000{number:02d}", now=NOW
            )

    def cost() -> int:
        client = cast.client("clerk")
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        cast.actor("clerk")
        return len(queries)

    grow(10)
    ten = cost()
    grow(20)
    assert cost() == ten


def test_a_record_costs_the_same_with_more_on_it(cast: Cast) -> None:
    actor = cast.actor("clerk")

    def cost() -> int:
        client = cast.client("clerk")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/directory/organizations/{cast.firm.key}").status_code == 200
        cast.actor("clerk")
        return len(queries)

    def grow(count: int) -> None:
        for number in range(count):
            person = actions.register_person(actor=actor, name=f"人员{count}{number}", now=NOW)
            actions.add_membership(
                actor=actor, person=person, organization=cast.firm, role="staff", since=SINCE, now=NOW
            )
            actions.add_alias(actor=actor, organization=cast.firm, name=f"晨光{count}{number}厂", now=NOW)

    grow(3)
    few = cost()
    grow(9)
    assert cost() == few


def test_people_lists_forget_their_filter_and_still_show_one_town(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lianjian.directory.models import Person
    from lianjian.directory.models.people import PersonQuerySet

    monkeypatch.setattr(PersonQuerySet, "visible_to", lambda rows, actor: rows)
    shown = cast.client("other_clerk").get("/directory/people").content.decode()
    assert "顾远" in shown and "何静" not in shown and "沈岚" not in shown
    key = cast.people["clerk"].key
    assert cast.client("other_clerk").get(f"/directory/people/{key}").status_code == 404
    assert Person is not None
