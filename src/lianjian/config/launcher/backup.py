"""`lianjian backup` and `lianjian restore`: one folder that holds the whole house, and the proof that it does.

The database is dumped by the role that passes row security and writes nothing, the rows are counted in the very same
snapshot, and files are copied after it: a file without a row is harmless, a row without its file is not. The manifest
holds the SHA-256 of everything. (`pg_verifybackup` of the wheel crashes, so nothing here depends on it.)
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

import lianjian

from . import call, database, places, processes
from .postgres import Server
from .servant import find, programs
from .words import Stop, show, step, t

FORMAT = 1
DUMP = "database.dump"
# Rebuilt by itself, and of no worth to anybody.
WITHOUT_ROWS = ("foundation_cache",)
VERIFY = "lianjian.journal.commands.verify"

_TABLES = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
ORDER BY 1, 2
"""


def sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def row_counts(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Rows of every table, as the connection's role sees them."""
    counts = {}
    for schema, table in connection.execute(_TABLES).fetchall():
        if table in WITHOUT_ROWS:
            continue
        query = sql.SQL("SELECT count(*) FROM {}.{}").format(sql.Identifier(schema), sql.Identifier(table))
        row = connection.execute(query).fetchone()
        counts[f"{schema}.{table}"] = int(row[0]) if row else 0
    return counts


def _programs(name: str, server: Server | None, data: Path) -> list[str]:
    """Where `pg_dump` or `pg_restore` is: the embedded one, and for another server first the machine's own (TLS)."""
    embedded = str((server.programs if server else programs(find(), data)) / name)
    own = shutil.which(name) if server is None else None
    return [own, embedded] if own else [embedded]


def _dumper(server: Server | None, data: Path, server_version: str) -> str:
    """A `pg_dump` that is not older than the server."""
    needed = int(server_version.split(".")[0])
    for program in _programs("pg_dump", server, data):
        answer = subprocess.run([program, "--version"], capture_output=True, text=True)  # noqa: S603
        found = re.search(r"(\d+)(?:\.\d+)*\b", answer.stdout)
        if found and int(found.group(1)) >= needed:
            return program
    raise Stop(
        f"需要 PostgreSQL {needed} 或更新版本的 pg_dump，请安装 postgresql-client-{needed}。",
        f"pg_dump of PostgreSQL {needed} or later is needed; install postgresql-client-{needed}.",
    )


def _restorer(server: Server | None, data: Path, dump: Path) -> str:
    """A `pg_restore` that can read this dump."""
    for program in _programs("pg_restore", server, data):
        if subprocess.run([program, "--list", str(dump)], capture_output=True).returncode == 0:  # noqa: S603
            return program
    raise Stop(f"读不了 {dump}。", f"{dump} cannot be read.")


def _without_password(url: str) -> tuple[str, dict[str, str]]:
    """The address as it may stand in a list of processes, and the environment that holds its password."""
    parts = urlsplit(url)
    user = quote(unquote(parts.username or ""), safe="")
    place = (parts.hostname or "") + (f":{parts.port}" if parts.port else "")
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "LC_ALL": "C",
        "PGPASSWORD": unquote(parts.password or ""),
    }
    return urlunsplit(parts._replace(netloc=f"{user}@{place}")), environment


def _run(command: list[str], environment: dict[str, str], chinese: str, english: str) -> None:
    answer = subprocess.run(command, env=environment, capture_output=True, text=True)  # noqa: S603
    if answer.returncode != 0:
        reason = " ".join(answer.stderr.split())[:400]
        raise Stop(f"{chinese}：{reason}", f"{english}: {reason}")


# ---- backup ------------------------------------------------------------------------------------------------------


def backup(target: Path, *, with_keys: bool = True) -> int:
    """Save the whole house in a new folder; it appears under its name only when it is whole."""
    data = places.data_dir()
    target = target.expanduser().resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Stop(f"{target} 已存在且不是空文件夹。", f"{target} exists and is not an empty folder.")
    draft = target.with_name(f"{target.name}.part")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise Stop(
            f"{draft} 建不起来：{error.strerror}。", f"{draft} cannot be made: {error.strerror}."
        ) from error
    with database.held(data) as addresses:
        step("导出数据库……", "Dumping the database…")
        manifest = _dump(addresses, data, draft)
    step("复制附件……", "Copying the files…")
    _copy(data / "files", draft / "files")
    if with_keys:
        for path in _keys(data):
            (draft / "secrets").mkdir(exist_ok=True, mode=0o700)
            shutil.copy2(path, draft / "secrets" / path.name)
    paths = sorted(path for path in draft.rglob("*") if path.is_file())
    manifest["contents"] = {
        path.relative_to(draft).as_posix(): {"size": path.stat().st_size, "sha256": sha256(path)}
        for path in paths
    }
    (draft / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    if target.exists():
        target.rmdir()
    draft.rename(target)
    rows = sum(manifest["rows"].values())
    show(
        t(
            f"已备份到 {target}：{rows} 行，{len(paths)} 个文件。",
            f"Saved in {target}: {rows} rows, {len(paths)} files.",
        )
    )
    if with_keys:
        show(
            t(
                "备份里有本系统的密钥，请像保管钥匙一样保管它。",
                "It holds the keys of this house: keep it where you would keep a key.",
            )
        )
    return 0


def _keys(data: Path) -> list[Path]:
    """Secrets that rows were sealed with. Passwords of database roles are made anew in a new place."""
    folder = data / "secrets"
    return sorted(
        p for p in folder.glob("*") if p.is_file() and not p.name.endswith("_password") and p.name[0] != "."
    )


def _dump(addresses: database.Addresses, data: Path, folder: Path) -> dict[str, Any]:
    url, environment = _without_password(addresses.backup)
    with psycopg.connect(addresses.backup) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        row = connection.execute("SELECT pg_export_snapshot(), current_setting('server_version')").fetchone()
        if row is None:
            raise Stop("数据库没有回答。", "the database did not answer.")
        counts = row_counts(connection)
        command = [_dumper(addresses.server, data, row[1]), "--format=custom", f"--snapshot={row[0]}"]
        command += [f"--exclude-table-data=public.{table}" for table in WITHOUT_ROWS]
        command += ["--file", str(folder / DUMP), "--dbname", url]
        _run(command, environment, "数据库没有导出", "the database was not dumped")
    return {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "lianjian": lianjian.__version__,
        "postgresql": row[1],
        "rows": counts,
    }


def _copy(source: Path, target: Path) -> None:
    """Copy a tree while it is in use: what vanishes meanwhile was a draft."""
    for path in sorted(source.rglob("*")) if source.exists() else []:
        place = target / path.relative_to(source)
        try:
            if path.is_dir():
                place.mkdir(parents=True, exist_ok=True, mode=0o700)
            elif path.is_file():
                place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                shutil.copy2(path, place)
        except FileNotFoundError:
            continue


# ---- restore -----------------------------------------------------------------------------------------------------


def restore(source: Path) -> int:
    """Fill an empty data folder from a backup and prove that everything is there."""
    data = places.data_dir()
    source = source.expanduser().resolve()
    manifest = _checked_manifest(source)
    if (data / "postgres" / "PG_VERSION").exists() or any((data / "files").glob("*")):
        raise Stop(
            f"数据文件夹 {data} 不是空的；请用 LIANJIAN_DATA 指定一个新的文件夹。",
            f"the data folder {data} is not empty; name a new one in LIANJIAN_DATA.",
        )
    places.prepare(data)
    _restore_keys(source, data)
    with database.held(data) as addresses:
        _restore_database(addresses, data, source)
        step("核对行数……", "Counting the rows…")
        _check_rows(addresses, manifest)
        step("复制附件……", "Copying the files…")
        _copy(source / "files", data / "files")
        processes.bring_up_schema(addresses, data)
        if call.exists(VERIFY):
            step("核验日志链……", "Verifying the journal…")
            problems = verify_journal(addresses, data, heads=None)
            if problems:
                raise Stop(f"日志链有问题：{problems[0]}", f"the journal does not verify: {problems[0]}")
    rows = sum(manifest["rows"].values())
    show(
        t(
            f"已恢复到 {data}：{rows} 行，全部核对无误。",
            f"Restored into {data}: {rows} rows, all of them checked.",
        )
    )
    return 0


def _checked_manifest(source: Path) -> dict[str, Any]:
    """The manifest of a backup whose every file is there and unchanged."""
    try:
        manifest: dict[str, Any] = json.loads((source / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Stop(f"{source} 不是联建的备份。", f"{source} is not a backup of Lianjian.") from error
    if manifest.get("format") != FORMAT:
        raise Stop(
            "这个备份的格式更新，请用更新的版本恢复。",
            "the backup has a newer format; restore it with a newer version.",
        )
    step("核对备份……", "Checking the backup…")
    for name, known in manifest["contents"].items():
        path = source / name
        if not path.resolve().is_relative_to(source) or not path.is_file() or sha256(path) != known["sha256"]:
            raise Stop(f"备份里的 {name} 缺失或已损坏。", f"{name} in the backup is missing or spoilt.")
    return manifest


def _restore_keys(source: Path, data: Path) -> None:
    for path in sorted((source / "secrets").glob("*")) if (source / "secrets").exists() else []:
        place = data / "secrets" / path.name
        if place.exists() and place.read_bytes() != path.read_bytes():
            raise Stop(
                f"{place} 已有另一把密钥，请换一个新的数据文件夹。",
                f"{place} already holds another key; use a new data folder.",
            )
        shutil.copyfile(path, place)
        place.chmod(0o600)


def _restore_database(addresses: database.Addresses, data: Path, source: Path) -> None:
    with psycopg.connect(addresses.owner) as connection:
        if connection.execute(_TABLES).fetchone() is not None:
            raise Stop("目标数据库不是空的。", "the target database is not empty.")
    step("恢复数据库……", "Restoring the database…")
    url, environment = _without_password(addresses.owner)
    command = [
        _restorer(addresses.server, data, source / DUMP),
        "--no-owner",
        "--single-transaction",
        "--exit-on-error",
    ]
    command += ["--dbname", url, str(source / DUMP)]
    _run(command, environment, "数据库没有恢复", "the database was not restored")
    database.analyze(addresses)


def _check_rows(addresses: database.Addresses, manifest: dict[str, Any]) -> None:
    with psycopg.connect(addresses.backup) as connection:
        found = row_counts(connection)
    for table, count in manifest["rows"].items():
        if found.get(table) != count:
            raise Stop(
                f"表 {table} 应有 {count} 行，恢复后为 {found.get(table)} 行。",
                f"table {table} should have {count} rows, it has {found.get(table)} after the restore.",
            )


def verify_journal(addresses: database.Addresses, data: Path, heads: Path | None) -> list[str]:
    """What is wrong with the journal, read by the role that sees every jurisdiction and can change nothing."""
    reader = database.Addresses(addresses.backup, addresses.owner, addresses.backup, addresses.server)
    arguments = {"heads": str(heads.resolve())} if heads else {}
    found = processes.call(VERIFY, addresses=reader, data=data, **arguments)
    return [str(problem) for problem in found or []]
