"""What pages cost in queries: committed figures, the same for ten rows and for thirty, and never above twelve.

`LIANJIAN_WRITE_COUNTS=1 pytest tests/test_query_counts.py` writes `tests/query_counts.json` anew; read the difference.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianjian.cases.tests.walk import walked
from lianjian.directory import actions as directory
from lianjian.events.actions import record_visit
from lianjian.foundation import context
from tests.cast import NOW, PASSWORD, TODAY, Cast

PATH = Path(__file__).with_name("query_counts.json")
MOST = 12
STATES = ("registered", "dispatched", "signed", "answered", "closed")

PAGES = {
    "workbench": "/",
    "organizations": "/directory/organizations",
    "people": "/directory/people",
    "tree": "/directory/tree",
    "coverage": "/coverage/",
    "covered": "/coverage/enterprises",
    "visits": "/events/visits",
    "cases": "/cases/",
    "case": "",
    "members": "/members/",
    "duties": "/duties/",
    "inbox": "/inbox/",
    "figures": "/figures/",
    "figure": "/figures/cases.collected/",
    "report": "/figures/reports/covering/",
    "imports": "/sheets/",
    "rules": "/rules/",
    "search": "/search?q=木业",
}


def fill(cast: Cast, first: int, last: int) -> str:
    """Firms, visits and needs with these numbers; the address of one need."""
    case = None
    for number in range(first, last):
        cast.system()
        firm = directory.register_organization(
            actor=cast.system(), name=f"计数{number}号木业有限公司", classification="enterprise", parent=cast.town_root, now=NOW
        )
        clerk = cast.actor("clerk")
        record_visit(
            actor=clerk, organization=firm, visited_on=TODAY, people=[cast.people["instructor"]], content="了解", now=NOW
        )
        case = walked(cast, STATES[number % len(STATES)], text=f"第{number}件需要办理的事")
    context.leave()
    assert case is not None
    return f"/cases/{case.key}"


def signed_in(cast: Cast, who: str) -> Client:
    """A browser that came in by the front door, as real ones do: its session brings account and grants along."""
    client = Client()
    assert client.post("/sign-in", {"login": who, "password": PASSWORD}).status_code in (302, 303)
    return client


def cost(client: Client, address: str) -> int:
    """Queries of one page, the second time it is asked for; savepoints are not reads."""
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return sum(not q["sql"].startswith(("SAVEPOINT", "RELEASE")) for q in found.captured_queries)


def test_pages_cost_what_is_committed(cast: Cast) -> None:
    one = fill(cast, 0, 10)
    client = signed_in(cast, "clerk")
    few = {name: cost(client, address or one) for name, address in PAGES.items()}
    fill(cast, 10, 30)
    many = {name: cost(client, address or one) for name, address in PAGES.items()}
    assert many == few, "a page costs more with more rows"
    if os.environ.get("LIANJIAN_WRITE_COUNTS"):
        PATH.write_text(json.dumps(few, indent=1, sort_keys=True) + "\n")
    assert few == json.loads(PATH.read_text())
    assert max(few.values()) <= MOST, {name: count for name, count in few.items() if count > MOST}


@pytest.mark.parametrize("who", ["handler", "contact", "instructor", "leader", "county_leader"])
def test_nobodys_first_page_costs_more(cast: Cast, who: str) -> None:
    fill(cast, 0, 3)
    assert cost(signed_in(cast, who), "/") <= MOST
