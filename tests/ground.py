"""The ground that tests stand on: one embedded server, one migrated template, a clone for whoever needs one.

Everything runs as the role `app`, which may neither truncate nor drop: so ordinary tests roll back, and a test that
must commit gets a fresh clone of the template (some 100 ms) instead of a flushed database. The server stays up
between runs (`.cache/testdb`); several runs at once share it, each in databases named after its process. Clones lie
in memory where the machine has enough of it.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from lianjian.config.launcher import database, places, processes, roles
from lianjian.config.launcher.postgres import Server
from lianjian.config.launcher.words import Stop

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("LIANJIAN_TEST_HOME") or ROOT / ".cache" / "testdb").resolve()
# Fixed, because the template holds the context key that is derived from it.
SECRET_KEY = "for-tests-only-not-a-secret-0123456789abcdefghijklmnopqrstuvwxyz"  # noqa: S105
KEPT_TEMPLATES = 6
# A clone has over two thousand files. Where many were deleted lately, ext4 takes seconds to find room for new ones.
MEMORY = Path("/dev/shm") / f"lianjian-{hashlib.sha256(str(HOME).encode()).hexdigest()[:12]}"  # noqa: S108
MEMORY_NEEDED = 4 << 30

# A machine that loses power loses these databases: they can be made again.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "shared_buffers": "'128MB'",
    # What a test writes is never committed: statistics taken in the middle of one say that its tables are empty, and a
    # page that joins many of them then takes twenty times as long.
    "autovacuum": "off",
    "max_wal_size": "'2GB'",
}

_numbers = itertools.count(1)
_server: Server | None = None


def server() -> Server:
    """The shared server of this checkout; not necessarily started."""
    global _server
    if _server is None:
        places.prepare(HOME)
        _server = Server(HOME, FAST)
    return _server


def keep_bytecode() -> None:
    """What was compiled is kept, beside the tree: half the time that a run takes to find its tests is compiling them."""
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(ROOT / ".cache" / "bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix


def prepare_environment() -> None:
    """Before Django's settings are read: test mode, an own data folder, an own database name as role `app`."""
    folder = tempfile.mkdtemp(prefix="lianjian-test-")
    os.environ.update(
        DJANGO_SETTINGS_MODULE="lianjian.config.settings",
        LIANJIAN_TESTING="1",
        LIANJIAN_SECRET_KEY=SECRET_KEY,
        LIANJIAN_DATA=folder,
        DATABASE_URL=app_url(new_name()),
    )
    for name in (*database.PRIVATE, "LIANJIAN_HTTPS", "LIANJIAN_HOSTS"):
        os.environ.pop(name, None)


def forget_environment() -> None:
    """After the run: the data folder of this process goes."""
    folder = Path(os.environ["LIANJIAN_DATA"])
    if folder.name.startswith("lianjian-test-"):
        shutil.rmtree(folder, ignore_errors=True)


def new_name() -> str:
    """A database name that tells whose it is: `t_<process>_<number>`."""
    return f"t_{os.getpid()}_{next(_numbers)}"


def town() -> tuple[str, Path]:
    """Name and data folder of the demonstration town of this run, whose process is the parent of its parallel ones."""
    name = f"t_{os.getppid() if 'PYTEST_XDIST_WORKER' in os.environ else os.getpid()}_0"
    return name, HOME / "towns" / name


def forget_town() -> None:
    """After the run: the demonstration town goes, if one was built."""
    name, folder = town()
    if folder.exists():
        drop(name)
        shutil.rmtree(folder)


def app_url(name: str) -> str:
    return server().url(roles.APP, server().passwords().app, name)


def owner_url(name: str) -> str:
    return server().url(roles.OWNER, server().passwords().owner, name)


def start() -> None:
    """Start the shared server if nobody did; a cluster spoilt by a crash (it runs without fsync) is made anew."""
    if server().process() is not None and server().answers():
        return
    with places.locked(HOME / "run" / "ground.lock"):
        try:
            if _in_memory():  # after a crash of the machine the log is worked through there too
                _memory_folder()
            server().start(patience=60)
        except Stop:
            server().stop()
            shutil.rmtree(server().folder, ignore_errors=True)
            server().start(patience=60)


def stop() -> None:
    """Stop the shared server (CI does; people leave it up for the next run)."""
    with places.locked(HOME / "run" / "ground.lock"):
        server().stop()


def schema_hash() -> str:
    """What the template depends on: migrations, what runs inside and after them, settings, package versions."""
    total = hashlib.sha256(SECRET_KEY.encode())
    source = ROOT / "src" / "lianjian"
    files = [
        *source.glob("*/migrations/*.py"),
        *source.glob("*/migrations/**/*.sql"),
        *(source / "foundation").glob("*.py"),
        *(source / "jurisdictions").glob("*.py"),
        source / "config" / "settings.py",
        source / "config" / "launcher" / "schema.py",
        source / "config" / "launcher" / "roles.py",
        ROOT / "requirements" / "base.txt",
    ]
    for path in sorted(files):
        if path.name == "__init__.py" and path.stat().st_size == 0:
            continue
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:12]


def _superuser(name: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(server().superuser_url(name), autocommit=True)


def _exists(connection: psycopg.Connection[tuple[object, ...]], name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@cache
def template() -> str:
    """The name of the migrated database that clones are made of; made once for each state of the migrations."""
    name = f"template_{schema_hash()}"
    with _superuser() as connection:
        if _exists(connection, name):
            return name
        with places.locked(HOME / "run" / "template.lock"):
            if not _exists(connection, name):
                _make_template(connection, name)
    return name


def _make_template(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    draft = f"{name}_new"
    _drop(connection, draft)
    empty(draft)
    bring_up(draft)
    with _superuser(draft) as inside:
        inside.execute("ANALYZE")
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name))
    )
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE datname ~ '^template_[0-9a-f]{12}$' ORDER BY oid DESC"
    ).fetchall()
    for (old,) in rows[KEPT_TEMPLATES:]:
        _drop(connection, str(old))


def empty(name: str) -> None:
    """A new database with nothing in it, open to the roles."""
    with _superuser() as connection:
        connection.execute(roles.create_database_sql(name).encode())
    _open_to_roles(name)


def bring_up(name: str) -> None:
    """Give it the schema of this program, as a start of the house does."""
    addresses = database.Addresses(app=app_url(name), owner=owner_url(name), backup="", server=None)
    processes.bring_up_schema(addresses, Path(os.environ["LIANJIAN_DATA"]))


def _open_to_roles(name: str) -> None:
    with _superuser(name) as inside:
        for statement in roles.database_sql(name):
            inside.execute(statement.encode())


def clone(name: str, source: str | None = None) -> None:
    """A new database `name` like the template (or like `source`, to which nobody may be connected)."""
    source = source or template()
    where = _space()
    with _superuser() as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy TABLESPACE {}").format(
                sql.Identifier(name), sql.Identifier(roles.OWNER), sql.Identifier(source), sql.Identifier(where)
            )
        )
        # Rights on a database are not cloned with it.
        for statement in roles.database_sql(name)[:2]:
            connection.execute(statement.encode())


def _in_memory() -> bool:
    """Whether clones may lie there: the server keeps nothing anyhow, and the machine has enough of it."""
    there = FAST["fsync"] == "off" and MEMORY.parent.is_dir()
    return there and shutil.disk_usage(MEMORY.parent).free > MEMORY_NEEDED


def _memory_folder() -> None:
    if not MEMORY.is_dir():
        MEMORY.mkdir(mode=0o700)
        server().servant.own(MEMORY)


@cache
def _space() -> str:
    """The tablespace of clones."""
    if not _in_memory():
        return "pg_default"
    with places.locked(HOME / "run" / "memory.lock"), _superuser() as connection:
        known = connection.execute("SELECT oid FROM pg_tablespace WHERE spcname = 'memory'").fetchone()
        if known is None or not any(MEMORY.glob("PG_*")):
            _make_space(connection, known)
    return "memory"


def _make_space(connection: psycopg.Connection[tuple[object, ...]], gone: tuple[object, ...] | None) -> None:
    """A new one; `gone`: the oid of one that a restart of the machine took, with all that was in it."""
    if gone is not None:
        for (name,) in connection.execute("SELECT datname FROM pg_database WHERE dattablespace = %s", gone).fetchall():
            _drop(connection, str(name))
        connection.execute("DROP TABLESPACE memory")
    shutil.rmtree(MEMORY, ignore_errors=True)
    _memory_folder()
    connection.execute(sql.SQL("CREATE TABLESPACE memory LOCATION {}").format(sql.Literal(str(MEMORY))))


def analyze(name: str) -> None:
    """Let the server know what a filled database holds, as it would find out itself within some minutes."""
    with _superuser(name) as connection:
        connection.execute("ANALYZE")


def drop(name: str) -> None:
    with _superuser() as connection:
        _drop(connection, name)


def drop_stale() -> None:
    """Databases whose process is gone."""
    with _superuser() as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE datname ~ '^t_[0-9]+_[0-9]+$'"
        ).fetchall()
        for (name,) in rows:
            if not psutil.pid_exists(int(str(name).split("_")[1])):
                _drop(connection, str(name))
                shutil.rmtree(HOME / "towns" / str(name), ignore_errors=True)


def current(connection_settings: dict[str, object]) -> str:
    return str(connection_settings["NAME"])


def assert_app_role(cursor: object) -> None:
    """The suite proves nothing when it is connected as somebody whom row security does not bind."""
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT current_user, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb,"
        " EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid)"
        " FROM pg_roles r WHERE rolname = current_user"
    )
    user, strong, owner = cursor.fetchone()  # type: ignore[attr-defined]
    if user != roles.APP or strong or owner:
        sys.exit(f"tests must run as role {roles.APP} that owns nothing, not as {user}")
