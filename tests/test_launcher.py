"""The launcher: where things lie, what it says, who gets which right, what it does after a crash."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest

from lianjian.config.launcher import backup, command, database, places, roles, supervisor
from lianjian.config.launcher.postgres import Server
from lianjian.config.launcher.words import Stop
from tests import ground

pytestmark = pytest.mark.xdist_group("launcher")
_SMALL = {"fsync": "off", "shared_buffers": "'16MB'", "max_connections": "20"}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder that the database's user can reach, outside pytest's private one."""
    folder = ground.ROOT / ".cache" / f"launcher-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_BACKUP_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LIANJIAN_DATA", str(folder))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Server]:
    """One embedded server for the tests that need a real one."""
    folder = ground.ROOT / ".cache" / f"cluster-{os.getpid()}"
    places.prepare(folder)
    server = Server(folder, _SMALL)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder)


# ---- places and words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["0", "65536", "http", "80 80", "８０００", "-1"])
def test_a_wrong_port_is_refused_in_one_sentence(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANJIAN_PORT", value)
    with pytest.raises(Stop) as stopped:
        places.port()
    assert "LIANJIAN_PORT" in stopped.value.chinese and "LIANJIAN_PORT" in stopped.value.english


def test_a_taken_port_is_refused_before_anything_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        monkeypatch.setenv("LIANJIAN_PORT", str(holder.getsockname()[1]))
        with pytest.raises(Stop, match="cannot be used"):
            supervisor.refuse_taken_port()


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Stop, match="cannot be written to"):
        places.prepare(tmp_path / "file" / "data")


def test_secrets_are_private_and_stay(data: Path) -> None:
    places.prepare(data)
    first = places.secret(data, "app_password")
    assert len(first) >= 32 and places.secret(data, "app_password") == first
    assert places.secret(data, "owner_password") != first
    assert stat.S_IMODE((data / "secrets" / "app_password").stat().st_mode) == 0o600
    assert stat.S_IMODE((data / "secrets").stat().st_mode) == 0o700


def test_a_second_start_names_the_first(data: Path) -> None:
    places.prepare(data)
    with supervisor.alone(data):
        with pytest.raises(Stop) as stopped, supervisor.alone(data):
            pass
        assert str(os.getpid()) in stopped.value.english and "已经在运行" in stopped.value.chinese
    with supervisor.alone(data):
        pass


@pytest.mark.parametrize("language", ["zh_CN.UTF-8", "en_US.UTF-8", "C"])
def test_every_command_explains_itself(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIANJIAN_LANGUAGE", language)
    for arguments in (
        [],
        *[[name, "--help"] for name in ("run", "demo", "import", "report", "doctor", "backup")],
    ):
        try:
            command.main(arguments)
        except SystemExit as end:
            assert end.code == 0
        shown = capsys.readouterr().out
        assert ("选项" in shown) == language.startswith("zh"), shown


# ---- addresses ---------------------------------------------------------------------------------------------------


def test_half_an_external_database_is_refused(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@elsewhere/lianjian")
    with pytest.raises(Stop, match="both"):
        database.external()


def test_an_external_database_starts_no_server(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@elsewhere/lianjian")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@elsewhere/lianjian")
    with database.held(data) as addresses:
        assert addresses.server is None and addresses.backup == addresses.owner
    assert not (data / "postgres").exists()


def test_web_and_worker_get_only_the_role_app(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner:OWNERSECRET@h/d")
    monkeypatch.setenv("DATABASE_BACKUP_URL", "postgresql://backup:BACKUPSECRET@h/d")
    monkeypatch.setenv("PGPASSWORD", "PGSECRET")
    addresses = database.Addresses("postgresql://app:x@h/d", "postgresql://owner:OWNERSECRET@h/d", "b", None)
    for child in supervisor.children(addresses, data):
        assert urlsplit(child.environment["DATABASE_URL"]).username == "app"
        assert "SECRET" not in " ".join(
            value for name, value in child.environment.items() if name != "LIANJIAN_SECRET_KEY"
        )
        assert "LIANJIAN_AS_OWNER" not in child.environment


def test_a_password_never_stands_in_the_list_of_processes() -> None:
    url, environment = backup._without_password("postgresql://me:p%40ss@:5432/d?host=%2Ftmp%2Fx")
    assert url == "postgresql://me@:5432/d?host=%2Ftmp%2Fx" and environment["PGPASSWORD"] == "p@ss"


# ---- the embedded server -----------------------------------------------------------------------------------------


def _role(server: Server, name: str) -> psycopg.Connection[tuple[object, ...]]:
    passwords = server.passwords()
    password = {roles.APP: passwords.app, roles.OWNER: passwords.owner, roles.BACKUP: passwords.backup}[name]
    return psycopg.connect(server.url(name, password), autocommit=True)


def test_roles_have_exactly_their_rights(cluster: Server) -> None:
    with _role(cluster, roles.BACKUP) as connection:
        rows = connection.execute(
            "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolinherit FROM pg_roles"
            " WHERE rolname !~ '^pg_' AND rolname <> 'postgres' ORDER BY 1"
        ).fetchall()
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            connection.execute("CREATE TABLE x (i int)")
    assert rows == [
        ("app", False, False, False, False, False),
        ("lianjian_backup", False, False, False, True, True),
        ("lianjian_owner", False, False, False, False, True),
    ]
    with _role(cluster, roles.APP) as connection:
        for statement in (
            "CREATE TABLE x (i int)",
            "CREATE TEMP TABLE x (i int)",
            "CREATE SCHEMA x",
            "SET ROLE postgres",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_nobody_comes_in_without_a_password(cluster: Server) -> None:
    for user in ("postgres", roles.APP, roles.OWNER, roles.BACKUP):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(f"host={cluster.sockets} user={user} dbname=postgres")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(cluster.url(user, "wrong", "postgres"))
    assert "trust" not in (cluster.folder / "pg_hba.conf").read_text()
    process = cluster.process()
    assert process is not None and not [c for c in process.net_connections("inet") if c.status == "LISTEN"]


def test_a_killed_server_comes_back_and_nothing_acknowledged_is_lost(cluster: Server) -> None:
    with _role(cluster, roles.OWNER) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (i int)")
        connection.execute("INSERT INTO kept VALUES (1)")
        before = connection.execute("SELECT count(*) FROM kept").fetchone()
    for _ in range(3):
        process = cluster.process()
        assert process is not None
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        cluster.start(patience=60)
        with _role(cluster, roles.OWNER) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == before
    with _role(cluster, roles.OWNER) as connection:
        connection.execute("DROP TABLE kept")


def test_a_stale_lock_of_an_innocent_process_is_put_aside(cluster: Server) -> None:
    cluster.stop()
    pid_file = cluster.folder / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{cluster.folder}\n0\n5432\n{cluster.sockets}\n")
    pid_file.chmod(0o600)
    cluster.servant.own(pid_file)
    assert cluster.process() is None
    cluster.start(patience=60)
    assert cluster.answers()


def test_a_start_that_fails_tells_why(cluster: Server) -> None:
    cluster.stop()
    broken = Server(cluster.data, {**_SMALL, "shared_buffers": "'no such amount'"})
    broken._launch()
    time.sleep(0.5)
    assert broken.process() is None
    sentence = broken._cannot_start()
    assert "shared_buffers" in sentence.english and "数据库没有启动" in sentence.chinese
    cluster.start(patience=60)


def test_lost_secrets_are_one_sentence_and_no_long_wait(cluster: Server) -> None:
    path = cluster.data / "secrets" / "superuser_password"
    kept = path.read_text()
    path.write_text("another")
    try:
        with pytest.raises(Stop, match="secrets"):
            cluster.start(patience=5)
    finally:
        path.write_text(kept)
    cluster.start()


def test_the_last_user_stops_the_server(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianjian.config.launcher.postgres.SETTINGS", {**_SMALL, "listen_addresses": "''"})
    with database.held(data) as first:
        with database.held(data) as second:
            assert second.app == first.app
        assert first.server is not None and first.server.process() is not None
    assert first.server.process() is None


# ---- children ----------------------------------------------------------------------------------------------------


def _child(code: str) -> supervisor.Child:
    return supervisor.Child("test", [sys.executable, "-c", code], dict(os.environ), grace=2.0)


def test_a_child_that_keeps_ending_is_started_later_and_later() -> None:
    child, now = _child("pass"), 0.0
    pauses = []
    for _ in range(8):
        child.tend(now)
        assert child.process is not None
        child.process.wait()
        child.tend(now)
        pauses.append(child.pause)
        assert not child.tend(now) and child.process is None
        now = child.due
    assert pauses == [0.5, 1, 2, 4, 8, 16, 30, 30] and child.starts == 8


def test_a_child_that_ignores_the_request_is_ended_with_its_children() -> None:
    child = _child(
        "import signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "time.sleep(60)"
    )
    child.grace = 0.5
    child.tend(0.0)
    assert child.process is not None
    group = child.process.pid
    for _ in range(100):
        if len(supervisor.members(group)) == 2:
            break
        time.sleep(0.05)
    child.stop()
    assert supervisor.members(group) == []


def test_leftovers_are_known_by_birth_not_only_by_number(data: Path) -> None:
    places.prepare(data)
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    try:
        born = psutil.Process(stranger.pid).create_time()
        (data / "run" / "processes.json").write_text(json.dumps([[stranger.pid, born]]))
        supervisor.end_leftovers(data)
        assert stranger.poll() is None, "a process that is not ours was ended"
    finally:
        stranger.kill()
        stranger.wait()


# ---- backup ------------------------------------------------------------------------------------------------------


def test_a_spoilt_backup_is_refused(tmp_path: Path, data: Path) -> None:
    with pytest.raises(Stop, match="not a backup"):
        backup.restore(tmp_path)
    (tmp_path / "database.dump").write_bytes(b"as it was")
    known = {"size": 9, "sha256": backup.sha256(tmp_path / "database.dump")}
    manifest = {"format": 1, "rows": {}, "contents": {"database.dump": known}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    assert backup._checked_manifest(tmp_path)["rows"] == {}
    (tmp_path / "database.dump").write_bytes(b"as it is!")
    with pytest.raises(Stop, match="missing or spoilt"):
        backup.restore(tmp_path)
    assert not data.exists()


def test_the_role_script_leaves_no_password_and_no_strong_role() -> None:
    script = roles.script()
    assert (
        script.count("CHANGE-ME-2") == 2 and "NOBYPASSRLS NOINHERIT" in script and " SUPERUSER" not in script
    )


def test_what_was_filled_in_is_known_to_the_server(committed_db: str) -> None:
    """Without it, a page of a house that was just built or restored takes longer than a browser waits."""
    addresses = database.of_server(ground.server(), committed_db)
    asked = "SELECT count(*) FROM pg_stat_user_tables WHERE last_analyze IS NOT NULL AND relname = 'duties_duty'"
    with psycopg.connect(addresses.owner, autocommit=True) as connection:
        assert connection.execute(asked).fetchone() == (0,)
        database.analyze(addresses)
        assert connection.execute(asked).fetchone() == (1,)
