"""Fixtures for every test of the project; the database part is explained in `tests/ground.py`.

| fixture | gives |
|---|---|
| `db` (or mark `django_db`) | a transaction that is rolled back; deferred constraints are checked at its end |
| `committed_db` | a fresh database of one's own, where commits are real |
| `live_town` | a served demonstration town: `.url`, `.accounts`, `.work()` runs the waiting jobs |
| `chromium_page` | a page of a real browser; fails on violations of the content security policy |
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests import ground

if "DJANGO_SETTINGS_MODULE" in os.environ:
    raise pytest.UsageError("unset DJANGO_SETTINGS_MODULE: tests choose their own settings and database")
ground.prepare_environment()

from tests.browser import chromium_browser, chromium_page  # noqa: E402, F401 - fixtures
from tests.livetown import LiveTown  # noqa: E402

CI = os.environ.get("CI") == "true"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    import django
    from hypothesis import HealthCheck, settings

    quiet = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    settings.register_profile(
        "house", deadline=None, max_examples=50, suppress_health_check=quiet, print_blob=True
    )
    settings.load_profile("house")
    # pytest-django does this only where the settings were named before this file was read.
    django.setup()
    # The name stays out of the environment: processes of pytest-xdist would read settings, and with them this
    # process's database, before they come to make their own.
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_unconfigure(config: pytest.Config) -> None:
    ground.forget_environment()
    if CI and not hasattr(config, "workerinput"):
        ground.stop()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark is not None and (mark.kwargs.get("transaction") or (mark.args and mark.args[0])):
            raise pytest.UsageError(
                f"{item.nodeid}: role app may not truncate; use the fixture `committed_db`"
            )


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Counts of changes are rolled back with a test, so rows kept under them would be those of another."""
    from lianjian.foundation import references

    references.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """This process's own clone of the template."""
    from django.db import connection, connections

    ground.start()
    ground.drop_stale()
    name = ground.current(connections.settings["default"])
    ground.clone(name)
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        ground.assert_app_role(cursor)
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    ground.drop(name)


@pytest.fixture
def committed_db(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[str]:
    """A fresh database in which commits are real, for threads, kills and jobs. Its name; `ground.app_url(name)`."""
    if {"db", "transactional_db"} & set(request.fixturenames) or request.node.get_closest_marker("django_db"):
        raise pytest.UsageError("`committed_db` and `db` exclude each other")
    from django.db import connections

    default = connections.settings["default"]
    before, name = default["NAME"], ground.new_name()
    ground.clone(name)
    with django_db_blocker.unblock():
        connections.close_all()
        default["NAME"] = connections["default"].settings_dict["NAME"] = name
        try:
            yield name
        finally:
            connections.close_all()
            default["NAME"] = connections["default"].settings_dict["NAME"] = before
    ground.drop(name)


@pytest.fixture(scope="session")
def live_town(django_db_setup: None) -> Iterator[LiveTown]:
    """The demonstration town, built once for the run and served by real web processes on a free port."""
    name = ground.new_name()
    ground.clone(name)
    town = LiveTown(ground.app_url(name))
    try:
        town.start()
        yield town
    finally:
        town.stop()
        ground.drop(name)


@pytest.fixture
def cast(db: None) -> Any:
    """The people of one small county (`tests/cast.py`)."""
    from tests.cast import build_cast

    return build_cast()


def _client_of(who: str) -> Any:
    @pytest.fixture(name=f"as_{who}")
    def client(cast: Any) -> Any:
        return cast.client(who)

    return client


# One signed-in browser for each account of the cast: `as_clerk`, `as_handler`, `as_contact` ...
for _who in [
    "clerk",
    "county_clerk",
    "other_clerk",
    "instructor",
    "other_instructor",
    "handler",
    "other_handler",
    "contact",
    "other_contact",
    "village",
    "leader",
    "county_leader",
    "system_admin",
    "security_admin",
    "auditor",
]:
    globals()[f"as_{_who}"] = _client_of(_who)
