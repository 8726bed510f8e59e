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
ground.keep_bytecode()
ground.prepare_environment()

from tests.browser import chromium_browser, chromium_page  # noqa: E402, F401 - fixtures
from tests.livetown import LiveTown  # noqa: E402

CI = os.environ.get("CI") == "true"

# Files that take minutes begin first: one of them alone at the end would keep a process waiting.
LONG = (
    "tests/test_access_matrix.py",
    "tests/journeys/test_accounts.py",
    "tests/test_query_counts.py",
    "tests/test_kills.py",
    "tests/test_migrations.py",
    "tests/journeys/",
    "src/lianjian/demo/",
)


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
    config.option.loadscopereorder = False  # pytest-xdist would begin with files of many tests


def pytest_unconfigure(config: pytest.Config) -> None:
    ground.forget_environment()
    if not hasattr(config, "workerinput"):
        ground.forget_town()
        if CI:
            ground.stop()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark is not None and (mark.kwargs.get("transaction") or (mark.args and mark.args[0])):
            raise pytest.UsageError(
                f"{item.nodeid}: role app may not truncate; use the fixture `committed_db`"
            )


@pytest.hookimpl(trylast=True, specname="pytest_collection_modifyitems")
def long_files_first(items: list[pytest.Item]) -> None:
    def rank(item: pytest.Item) -> int:
        return next((n for n, path in enumerate(LONG) if item.nodeid.startswith(path)), len(LONG))

    items.sort(key=rank)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Counts of changes are rolled back with a test, so rows kept under them would be those of another."""
    from lianjian.foundation import references

    references.clear()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    from tests import stands

    stands.choose(cast="cast" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """This process's own clones of the template (`tests/stands.py`)."""
    from tests import stands

    ground.start()
    ground.drop_stale()
    stands.begin(django_db_blocker)
    yield
    stands.end()


@pytest.fixture
def committed_db(request: pytest.FixtureRequest, django_db_setup: None) -> Iterator[str]:
    """A fresh database in which commits are real, for threads, kills and jobs. Its name; `ground.app_url(name)`."""
    if {"db", "transactional_db"} & set(request.fixturenames) or request.node.get_closest_marker("django_db"):
        raise pytest.UsageError("`committed_db` and `db` exclude each other")
    from tests import stands

    with stands.elsewhere() as name:
        yield name


@pytest.fixture(scope="session")
def live_town(django_db_setup: None) -> Iterator[LiveTown]:
    """The demonstration town, built once for the run and served by real web processes on a free port."""
    name = ground.new_name()
    town = LiveTown(name)
    try:
        town.start()
        yield town
    finally:
        town.stop()
        ground.drop(name)


@pytest.fixture
def cast(db: None) -> Any:
    """The people of one small county (`tests/cast.py`), as they were founded."""
    from tests import stands

    return stands.cast()


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
