"""Shared benefits and chains, for programs: the same numbers as on the pages, and the same refusals."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from tests.cast import TODAY, Cast

from .test_benefits import YEAR, agreement, four, shared
from .test_chains import furnished

BASE = "/api/v1/alliances"


def send(client: Client, path: str, key: str = "", **values: object) -> tuple[int, dict[str, object]]:
    headers = {"Idempotency-Key": key} if key else {}
    answer = client.post(f"{BASE}{path}", values, content_type="application/json", headers=headers)
    return answer.status_code, answer.json()


def test_a_program_reads_and_states_what_is_shared(cast: Cast) -> None:
    clerk = cast.client("clerk")
    held = four(cast)
    item = shared(cast, held, "profit", (4_000, 3_000, 2_000, 1_000))
    said = {"year": YEAR, "value": "1000.01", "source": "财务报表"}
    assert send(clerk, f"/benefits/items/{item.key}/figures", "one", **said) == (201, said)
    assert send(clerk, f"/benefits/items/{item.key}/figures", "one", **said) == (201, said)
    status, told = send(clerk, f"/benefits/items/{item.key}/figures", "two", **said)
    assert status == 409 and str(YEAR) in str(told["detail"])
    assert send(clerk, f"/benefits/items/{item.key}/figures", **said | {"year": YEAR + 1})[0] == 422
    assert send(clerk, f"/benefits/items/{item.key}/figures", **said | {"value": "-1"})[0] == 422
    for empty in ("", "  ", "报" * 121):
        assert send(clerk, f"/benefits/items/{item.key}/figures", **said | {"source": empty})[0] == 422
    changed = said | {"value": "1000.00", "correction": True}
    assert send(clerk, f"/benefits/items/{item.key}/figures", **changed)[0] == 201
    paid = {"party": 4, "on": str(TODAY), "amount": "30.50", "source": "回单"}
    first = send(clerk, f"/benefits/items/{item.key}/payouts", "pay", **paid)
    assert first == send(clerk, f"/benefits/items/{item.key}/payouts", "pay", **paid)
    assert first == (201, {"number": 4, "points": 1_000, "due": "100.00", "paid": "30.50"})
    assert send(clerk, f"/benefits/items/{item.key}/payouts", **paid | {"party": 5})[0] == 404
    shown = clerk.get(f"{BASE}/benefits/{held.key}").json()
    assert [party["name"] for party in shown["parties"]][-1].endswith("126户")
    assert shown["parties"][-1]["organization"] is None
    [one] = shown["items"]
    assert [share["due"] for share in one["shares"]] == ["400.00", "300.00", "200.00", "100.00"]
    assert [share["paid"] for share in one["shares"]] == ["0", "0", "0", "30.50"]
    assert [(year["year"], year["value"]) for year in one["years"]] == [(YEAR, "1000.00")]


def test_who_reads_which_agreements(cast: Cast) -> None:
    agreement(cast, until=TODAY)
    held = four(cast)
    clerk = cast.client("clerk")

    def titles(client: Client, query: str = "") -> list[str]:
        return [one["title"] for one in client.get(f"{BASE}/benefits{query}").json()["benefits"]]

    assert titles(clerk) == ["镇园共建共享协议", "食用菌产业利益联结"]
    assert titles(clerk, "?side=farmers") == titles(clerk, f"?day={TODAY}") == ["食用菌产业利益联结"]
    assert titles(clerk, f"?day={TODAY - timedelta(days=1)}") == ["镇园共建共享协议", "食用菌产业利益联结"]
    assert titles(clerk, f"?organization={cast.second_firm.key}") == ["镇园共建共享协议"]
    assert titles(cast.client("contact")) == ["食用菌产业利益联结"]
    assert titles(cast.client("other_clerk")) == []
    assert cast.client("other_clerk").get(f"{BASE}/benefits/{held.key}").status_code == 404
    item = shared(cast, held, "tax", (4_000, 3_000, 2_000, 1_000))
    said = {"year": YEAR, "value": "1", "source": "报表"}
    assert send(cast.client("other_clerk"), f"/benefits/items/{item.key}/figures", **said)[0] == 404
    assert send(cast.client("contact"), f"/benefits/items/{item.key}/figures", **said)[0] == 403
    item = shared(cast, held, "jobs", (4_000, 3_000, 2_000, 1_000))
    paid = {"party": 1, "on": str(TODAY), "amount": "1", "source": "回单"}
    assert send(clerk, f"/benefits/items/{item.key}/payouts", **paid)[0] == 422
    [jobs] = [one for one in clerk.get(f"{BASE}/benefits/{held.key}").json()["items"] if one["kind"] == "jobs"]
    assert {share["paid"] for share in jobs["shares"]} == {None}


def test_chains_and_their_firms(cast: Cast) -> None:
    chain = furnished(cast)
    clerk = cast.client("clerk")
    [shown] = [one for one in clerk.get(f"{BASE}/chains").json()["chains"] if one["name"] == "家具"]
    assert shown["key"] == str(chain.key)
    assert (shown["used"], shown["heads"], shown["committees"], shown["alliances"], shown["firms"]) == (
        True, "石岩", 1, 2, 2,
    )  # fmt: skip
    seats = clerk.get(f"{BASE}/chains/{chain.key}/firms").json()["firms"]
    assert sorted(one["role"] for one in seats) == ["上游企业", "下游企业", "链主企业"]
    assert len({one["organization"] for one in seats}) == 2
