"""The ground holds: role, rollback, deferred constraints, clones of one's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from tests import ground


@pytest.mark.django_db
def test_tests_run_as_a_role_that_owns_nothing() -> None:
    with connection.cursor() as cursor:
        ground.assert_app_role(cursor)
        cursor.execute("SHOW random_page_cost")
        assert cursor.fetchone() == ("1.1",)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["TRUNCATE foundation_cache", "DROP TABLE foundation_cache", "CREATE TABLE x (i int)"]
)
def test_the_application_may_not_change_the_schema(statement: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_context_key_is_not_readable() -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.key")


_INSERT = "INSERT INTO foundation_cache VALUES ('ground', 'x', now())"
_COUNT = "SELECT count(*) FROM foundation_cache WHERE cache_key = 'ground'"


@pytest.mark.django_db
@pytest.mark.parametrize("time", ["first", "second"])
def test_ordinary_tests_roll_back(time: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)
        assert cursor.fetchone() == (0,)
        cursor.execute(_INSERT)


def test_a_committing_test_has_a_database_of_its_own(committed_db: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), current_user")
        assert cursor.fetchone() == (committed_db, "app")
        cursor.execute(_INSERT)
    seen: list[Any] = []

    def look() -> None:
        with connection.cursor() as other:
            other.execute(_COUNT)
            seen.append(other.fetchone())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [(1,)]


@pytest.mark.django_db
def test_afterwards_the_usual_database_is_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)
        assert cursor.fetchone() == (0,)


def test_deferred_constraints_are_checked_at_the_end(pytester_in_house: Callable[[str], str]) -> None:
    """A broken deferred foreign key is an error although the test itself never commits."""
    result = pytester_in_house(
        """
import pytest
from django.db import connection

@pytest.mark.django_db
def test_leaves_a_broken_reference():
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO account_emailaddress (email, verified, "primary", user_id) VALUES (%s, true, true, -1)', ["a"]
        )
"""
    )
    assert "account_emailaddress" in result and "1 error" in result, result


@pytest.fixture
def pytester_in_house() -> Iterator[Callable[[str], str]]:
    """Run one small test file in a process of its own, with this project's conftest."""
    folder = ground.ROOT / ".cache" / f"inner-{os.getpid()}"
    folder.mkdir(parents=True, exist_ok=True)

    def run(text: str) -> str:
        path = folder / "test_inner.py"
        path.write_text(text)
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_") and k != "CI"}
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:randomly",
            "-p",
            "no:cacheprovider",
            str(path),
        ]
        answer = subprocess.run(command, env=environment, cwd=ground.ROOT, capture_output=True, text=True)  # noqa: S603
        return answer.stdout + answer.stderr

    yield run
    shutil.rmtree(folder)
