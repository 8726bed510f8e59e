"""Which database this house uses, and holding it up while somebody needs it.

`DATABASE_OWNER_URL` and `DATABASE_URL` name a server of one's own. Without them the embedded server is started for
as long as anybody uses it: each user holds a shared lock, and the last one to let go stops the server. The locks
are the system's, so a killed user counts as gone.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from . import places, roles
from .postgres import Server
from .words import Stop

# What must never be in the environment of web and worker.
PRIVATE = ("DATABASE_OWNER_URL", "DATABASE_BACKUP_URL", "LIANJIAN_AS_OWNER", "PGPASSWORD")


@dataclass(frozen=True)
class Addresses:
    """The database by role; `server` is nothing where it is not ours to start."""

    app: str
    owner: str
    backup: str
    server: Server | None


def external() -> Addresses | None:
    """The addresses given in the environment, if any."""
    app, owner = os.environ.get("DATABASE_URL", ""), os.environ.get("DATABASE_OWNER_URL", "")
    if not app and not owner:
        return None
    if not (app and owner):
        raise Stop(
            "DATABASE_URL 和 DATABASE_OWNER_URL 要么都给，要么都不给。",
            "give both DATABASE_URL and DATABASE_OWNER_URL, or neither.",
        )
    return Addresses(app=app, owner=owner, backup=os.environ.get("DATABASE_BACKUP_URL") or owner, server=None)


def of_server(server: Server, database: str = roles.DATABASE) -> Addresses:
    passwords = server.passwords()
    return Addresses(
        app=server.url(roles.APP, passwords.app, database),
        owner=server.url(roles.OWNER, passwords.owner, database),
        backup=server.url(roles.BACKUP, passwords.backup, database),
        server=server,
    )


def analyze(addresses: Addresses) -> None:
    """Let the server know what was just filled in: until it finds out itself some pages take half a minute."""
    with psycopg.connect(addresses.owner, autocommit=True) as connection:
        connection.execute("ANALYZE")


@contextmanager
def held(data: Path) -> Iterator[Addresses]:
    """The database of this data folder, running inside the block."""
    given = external()
    if given is not None:
        yield given
        return
    places.prepare(data)
    with open(data / "run" / "database.users", "ab") as users:
        with places.locked(data / "run" / "database.lock"):
            fcntl.flock(users, fcntl.LOCK_SH)
            server = Server(data)
            server.start()
        try:
            yield of_server(server)
        finally:
            with places.locked(data / "run" / "database.lock"):
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    pass  # somebody else still uses it
                else:
                    server.stop()


def environment(addresses: Addresses, data: Path, *, as_owner: bool = False) -> dict[str, str]:
    """The environment of a child process: the role `app` only, unless it is to act as owner."""
    child = {name: value for name, value in os.environ.items() if name not in PRIVATE}
    child |= {
        "DJANGO_SETTINGS_MODULE": "lianjian.config.settings",
        "DATABASE_URL": addresses.app,
        "LIANJIAN_DATA": str(data),
        "LIANJIAN_PORT": str(places.port()),
        "PYTHONUNBUFFERED": "1",
    }
    if as_owner:
        child |= {"DATABASE_OWNER_URL": addresses.owner, "LIANJIAN_AS_OWNER": "1"}
    return child


def enter_django(addresses: Addresses, data: Path, *, as_owner: bool = False) -> None:
    """Make this very process a Django process on that database."""
    child = environment(addresses, data, as_owner=as_owner)
    for name in PRIVATE:
        os.environ.pop(name, None)
    os.environ.update(child)
    import django

    django.setup()
