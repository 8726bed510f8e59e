"""Who may open what: every route of the resolver for every account of the cast and for nobody.

The cast has each role in its own place, in another unit of the same town and in another town, so one object of the
town shows all of {own, other unit, other town}; a key that does not exist and a visitor who is not signed in complete
the row. What must hold everywhere is asserted; the rest is compared with the committed `access_matrix.json`.

After adding or changing a route: fill `tests/samples.py`, run

    LIANJIAN_WRITE_ACCESS=1 .venv/bin/python -m pytest tests/test_access_matrix.py -p no:xdist

and read the difference as carefully as code.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from lianjian.foundation import context
from lianjian.foundation.pages import PUBLIC
from lianjian.journal.models import Entry
from tests import access
from tests.access import ANONYMOUS, LIBRARY, UNDECLARED, Route, Visitors, kwargs_of
from tests.cast import Cast
from tests.samples import SAMPLES

ROUTES = access.routes()
APPS = sorted({route.app for route in ROUTES})
SAFE = ("GET", "HEAD", "OPTIONS")
# Objects that another town may read: of the county's register, or public rules. Everything else is 404 there.
READ_ACROSS_TOWNS = (
    "directory:",
    "rulebook:",
    "insight:",
    "partylife:take_over",  # somebody transferred there: his record was lent to that town
    "alliances:alliance",
    "alliances:chain",
    "events:meeting",
    "events:ics",
    "events:sign_up",  # an open meeting takes people of any body
    "events:sign_up_people",
    "events:arrive",  # who holds a code of the door stands before it
    "events:venue",
    "events:template",
    "api:get_meeting",
    "api:list_bookings",
    "portal:notice",
    "alliances:programme",
    "alliances:pairing",
    "alliances:report_file",  # evidence of a side is lent to the places of its pair
    "alliances:campaign",
    "alliances:participant",
    "alliances:honour",
    "alliances:model_case",
    "api:get_model_case",
    "api:end_tag",
    "api:list_chain_firms",
    "api:list_goals",
    "api:list_participants",
    "api:get_organization",
    "api:change_organization",
    "api:list_members",
    "api:list_people",
    "portal:item",  # public
    # offered to the county; claims are shown to their sides alone
    "lists:item",
    "lists:propose",
    "lists:matches",
    "lists:edition",
    "lists:edition_paper",
    "lists:edition_table",
    "api:get_item",
    "api:list_claims",
    "api:list_matches",
    "api:propose_claim",
)


def test_every_route_declares_what_it_asks_for() -> None:
    bare = [r.name for r in ROUTES if r.right == UNDECLARED and r.name not in LIBRARY]
    assert not bare, f"without `door`: {bare}"
    gone = set(LIBRARY) - {r.name for r in ROUTES}
    assert not gone, f"on the list of library routes, but not there: {gone}"


def test_every_declared_right_is_held_by_some_role() -> None:
    from lianjian.directory.roles import ALL_RIGHTS

    unknown = {r.name: r.right for r in ROUTES if r.right not in (None, PUBLIC, UNDECLARED) and r.right not in ALL_RIGHTS}
    assert not unknown, f"rights that no role holds: {unknown}"


def test_every_route_with_an_object_has_a_sample() -> None:
    bare = [r.name for r in ROUTES if r.keyed and r.name not in SAMPLES]
    assert not bare, f"add to tests/samples.py: {bare}"
    gone = set(SAMPLES) - {r.name for r in ROUTES}
    assert not gone, f"samples of routes that are gone: {gone}"


def test_the_committed_matrix_knows_every_route() -> None:
    known = {r.name for r in ROUTES if r.name not in LIBRARY}
    assert set(access.stored()) == known, f"run the command above; differing: {set(access.stored()) ^ known}"


@pytest.fixture
def visitors(cast: Cast) -> Visitors:
    return Visitors.of(cast)


def of_app(app: str) -> list[Route]:
    """Routes that can be visited; one without a sample fails in its own test above."""
    return [r for r in ROUTES if r.app == app and r.name not in LIBRARY and (not r.keyed or r.name in SAMPLES)]


@pytest.mark.parametrize("app", APPS)
def test_who_may_open_what(app: str, visitors: Visitors) -> None:
    found: dict[str, Any] = {}
    faults: list[str] = []
    for route in of_app(app):
        with transaction.atomic():
            found[route.name] = _row(route, visitors, faults)
            transaction.set_rollback(True)
        visitors.forget()
    assert not faults, "\n".join(faults)
    if os.environ.get(access.WRITE):
        access.store(found, {r.name for r in ROUTES})
    known = access.stored()
    differing = {name: (row, known.get(name)) for name, row in found.items() if known.get(name) != row}
    assert not differing, f"not as committed (now, committed): {differing}"


def _row(route: Route, visitors: Visitors, faults: list[str]) -> dict[str, Any]:
    """All answers of one route, with what must hold of them everywhere."""
    kwargs = kwargs_of(route, visitors.cast)
    path, nowhere = access.address(route, kwargs), access.missing(kwargs)
    holders = visitors.holders(route.right)
    row: dict[str, Any] = {"right": "signed in" if route.right is None else route.right}
    for method in sorted({*route.methods} - {"HEAD", "OPTIONS"}):
        statuses = {who: visitors.ask(who, method, path).status_code for who in visitors.clients}
        row[method] = access.grouped(statuses)
        for who, status in statuses.items():
            faults += _faults(route, method, who, status, who in holders)
        if nowhere is not None:
            lost = access.address(route, nowhere)
            for who in sorted(holders - {ANONYMOUS}):
                status = visitors.ask(who, method, lost).status_code
                if status != 404 and not (route.api and status == 422):  # an empty body is refused before any look
                    faults.append(f"{method} {route.name} of a missing object answers {status} to {who}")
        elsewhere, expected = statuses["other_clerk"], (404, 422) if route.api else (404,)
        own_page = route.app == "accounts" or route.name.startswith(READ_ACROSS_TOWNS)
        if route.keyed and nowhere is not None and "other_clerk" in holders and not own_page and elsewhere not in expected:
            faults.append(f"{method} {route.name} answers {elsewhere} to another town")
    return row


def _faults(route: Route, method: str, who: str, status: int, holder: bool) -> list[str]:
    where = f"{method} {route.name} as {who}: {status}"
    if status >= 500:
        return [f"{where}, an error"]
    if who == ANONYMOUS and route.right != PUBLIC:
        return [] if status == (401 if route.api else 303) else [f"{where}, not sent to sign in"]
    if not holder:
        return [] if status == 403 else [f"{where}, without the right {route.right}"]
    if status in (401, 405) or (status == 403 and method == "GET" and not route.keyed):
        return [f"{where}, though the right is held"]
    return []


@pytest.mark.parametrize("app", APPS)
def test_reading_leaves_no_trace_and_writing_needs_a_token(app: str, visitors: Visitors) -> None:
    """GET and HEAD write no entry; POST without a CSRF token is refused, whoever asks."""
    faults: list[str] = []
    for route in of_app(app):
        who = next(iter(sorted(visitors.holders(route.right) - {ANONYMOUS}, key=lambda n: (n != "clerk", n))), None)
        if who is None:
            continue
        with transaction.atomic():
            path = access.address(route, kwargs_of(route, visitors.cast))
            faults += _traces(route, visitors, who, path) + _without_token(route, visitors.cast, who, path)
            transaction.set_rollback(True)
        visitors.forget()
    assert not faults, "\n".join(faults)


def _entries(cast: Cast) -> int:
    with context.jurisdictions((cast.county.pk, cast.town.pk, cast.other_town.pk)):
        return Entry.objects.count()


def _traces(route: Route, visitors: Visitors, who: str, path: str) -> list[str]:
    if "GET" not in route.methods:
        return []
    faults = []
    for method in ("GET",) if route.api else ("GET", "HEAD"):
        before = _entries(visitors.cast)
        answer = visitors.clients[who].generic(method, path)
        context.leave()
        if answer.status_code < 400 and _entries(visitors.cast) != before:
            faults.append(f"{method} {route.name} writes to the journal")
        if answer.status_code == 405:
            faults.append(f"{method} {route.name} is refused")
    return faults


def _without_token(route: Route, cast: Cast, who: str, path: str) -> list[str]:
    faults = []
    for method in {*route.methods} - {*SAFE}:
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.users[who], backend="lianjian.accounts.backends.UsernameBackend")
        with transaction.atomic():
            status = client.generic(method, path, b"{}", content_type="application/json").status_code
            transaction.set_rollback(True)
        if status != 403:
            faults.append(f"{method} {route.name} without a token answers {status}")
    return faults
