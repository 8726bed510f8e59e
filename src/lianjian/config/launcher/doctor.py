"""`lianjian doctor`: is the house in order, and if not, what to do."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import lianjian

from . import backup, call, database, places, processes
from .words import show, t


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `advice` says what to do when it is not in order."""

    name: str
    good: bool
    detail: str
    advice: str = ""


def doctor(*, journal: bool, heads: Path | None) -> int:
    """Print every finding; 1 when one of them is not in order."""
    data = places.data_dir()
    places.prepare(data)
    bad = 0
    with database.held(data) as addresses:
        for finding in _findings(addresses, data, journal=journal, heads=heads):
            show(f"{'✓' if finding.good else '✗'} {finding.name}：{finding.detail}")
            if not finding.good:
                bad += 1
                if finding.advice:
                    show(f"    → {finding.advice}")
    if bad:
        show(t(f"发现 {bad} 个问题。", f"{bad} not in order."))
    else:
        show(t("一切正常。", "All in order."))
    return 1 if bad else 0


def _findings(
    addresses: database.Addresses, data: Path, *, journal: bool, heads: Path | None
) -> Iterator[Finding]:
    yield _versions()
    yield _disk(data)
    yield from _secrets(data)
    for name, good, detail, advice in processes.call(
        "lianjian.config.launcher.doctor.inside", addresses=addresses, data=data
    ):
        yield Finding(name, good, detail, advice)
    if (journal or heads) and call.exists(backup.VERIFY):
        problems = backup.verify_journal(addresses, data, heads)
        yield Finding(
            t("日志链", "journal"),
            not problems,
            t("逐条核验无误", "every entry verified") if not problems else "；".join(problems[:20]),
            t(
                "有人在数据库里改过日志：保留现场，告知审计员。",
                "Somebody changed it in the database: keep all as it is, tell the auditor.",
            ),
        )


def _versions() -> Finding:
    python = ".".join(map(str, sys.version_info[:3]))
    return Finding(
        t("版本", "versions"),
        sys.version_info >= (3, 11),
        f"Lianjian {lianjian.__version__}, Python {python}",
        t("需要 Python 3.11 或更新的版本。", "Python 3.11 or later is needed."),
    )


def _disk(data: Path) -> Finding:
    usage = shutil.disk_usage(data)
    free = usage.free / 2**30
    return Finding(
        t("磁盘", "disk"),
        free >= 2,
        t(f"{data} 剩余 {free:.1f} GB", f"{free:.1f} GB free at {data}"),
        t("腾出空间，或把数据文件夹移到更大的磁盘。", "Make room, or move the data folder to a larger disk."),
    )


def _secrets(data: Path) -> Iterator[Finding]:
    loose = [p.name for p in (data / "secrets").glob("*") if p.stat().st_mode & 0o077]
    yield Finding(
        t("密钥文件", "secrets"),
        not loose,
        t("只有本用户可读", "readable by their owner only") if not loose else ", ".join(loose),
        f"chmod 600 {data / 'secrets'}/*",
    )


# ---- inside Django, as role app ------------------------------------------------------------------------------------


def inside() -> list[tuple[str, bool, str, str]]:
    """What only a connection of the application can tell."""
    from django.db import connection

    found = [_role(connection), _server(connection), _search(connection), _migrations(connection)]
    if call.exists("lianjian.jurisdictions.catalog.problems"):
        found.append(_row_security(connection))
    if call.exists("lianjian.foundation.calendar.WorkCalendar"):
        found.append(_calendar())
    return found


def _one(connection: Any, query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()


def _role(connection: Any) -> tuple[str, bool, str, str]:
    user, strong, owns = _one(
        connection,
        "SELECT current_user, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb,"
        " EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid) FROM pg_roles r WHERE rolname = current_user",
    )
    return (
        t("数据库角色", "database role"),
        not strong and not owns,
        str(user),
        t(
            "网页进程的角色不得是超级用户或表的所有者；见 lianjian doctor --sql。",
            "The role of the web must be neither superuser nor owner of tables; see lianjian doctor --sql.",
        ),
    )


def _server(connection: Any) -> tuple[str, bool, str, str]:
    number, version, cost = _one(
        connection,
        "SELECT current_setting('server_version_num')::int, current_setting('server_version'),"
        " current_setting('random_page_cost')::float",
    )
    return (
        "PostgreSQL",
        number >= 160000 and cost <= 2,
        f"{version}, random_page_cost {cost:g}",
        t(
            "需要 PostgreSQL 16 或更新的版本，并执行 ALTER ROLE app SET random_page_cost = 1.1。",
            "PostgreSQL 16 or later is needed, and ALTER ROLE app SET random_page_cost = 1.1.",
        ),
    )


def _search(connection: Any) -> tuple[str, bool, str, str]:
    """Decision 0009: behind row security a search uses its index only through a function that is marked."""
    (marked,) = _one(
        connection,
        "SELECT proleakproof FROM pg_proc WHERE oid = 'ts_match_vq(tsvector, tsquery)'::regprocedure",
    )
    return (
        t("搜索索引", "search index"),
        bool(marked),
        t("可用", "in use") if marked else t("用不上,搜索会慢", "not used: searches are slow"),
        t(
            "请由数据库超级用户在本库执行 lianjian doctor --sql 里的 ALTER FUNCTION pg_catalog.ts_match_vq …",
            "Have a superuser run ALTER FUNCTION pg_catalog.ts_match_vq … of lianjian doctor --sql in this database.",
        ),
    )


def _migrations(connection: Any) -> tuple[str, bool, str, str]:
    from .schema import plan

    waiting = len(plan(connection))
    return (
        t("数据库结构", "schema"),
        waiting == 0,
        t("与程序一致", "as the program wants it")
        if not waiting
        else t(f"缺 {waiting} 步", f"{waiting} steps missing"),
        "lianjian migrate",
    )


def _row_security(connection: Any) -> tuple[str, bool, str, str]:
    from lianjian.jurisdictions.catalog import problems

    found = problems(connection)
    return (
        t("行级安全", "row security"),
        not found,
        t("每张表都有墙", "every table has its wall") if not found else "；".join(found[:20]),
        t("不要在修好之前投入使用。", "Do not use the house before this is mended."),
    )


def _calendar() -> tuple[str, bool, str, str]:
    from lianjian.foundation.calendar import official_facts

    years = sorted({day.year for day in official_facts()})
    this_year = date.today().year  # noqa: DTZ011 - the machine's own day is what is asked
    return (
        t("工作日历", "working days"),
        this_year in years,
        ", ".join(map(str, years)),
        t(
            f"请更新程序或载入 {this_year} 年的放假安排。",
            f"Update the program, or load the holidays of {this_year}.",
        ),
    )
