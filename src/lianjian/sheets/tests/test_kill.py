"""A worker killed while it stores leaves nothing half; the run is then taken up again and stored once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from django.db import connections, transaction

from lianjian.directory.models import Organization
from lianjian.foundation import context
from lianjian.foundation.actor import SystemActor
from lianjian.sheets import actions, tasks
from lianjian.sheets.models import Import, KeptChunk, MadeChunk
from lianjian.sheets.tests.helpers import read, workbook
from tests import ground
from tests.cast import NOW, build_cast, code

ROWS = 300
# Stands still in the middle of storing, after rows were written, until it is killed.
HANG = """
import sys, time, django
django.setup()
from lianjian.directory.actions.bulk import enterprises
kept = enterprises.store_contacts
def slow(**arguments):
    kept(**arguments)
    print("written", flush=True)
    time.sleep(600)
enterprises.store_contacts = slow
from lianjian.sheets import tasks
tasks.commit.run_job(jurisdiction_id=int(sys.argv[1]), imported_id=int(sys.argv[2]), user_id=0, run=1)
"""


def environment(name: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "lianjian.config.settings",
        "DATABASE_URL": ground.app_url(name),
    }


def counts(place: int) -> tuple[int, int, str]:
    with transaction.atomic():
        context.enter_for(SystemActor(place))
        imported = Import.objects.get()
        firms = Organization.objects.filter(jurisdiction_id=place, name__startswith="杀")
        return firms.count(), MadeChunk.objects.count(), imported.state


def test_kill_9_leaves_nothing_half(committed_db: str, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["企业名称", "统一社会信用代码", "职工数"]]
    rows += [[f"杀{n}不死木业有限公司", code(2000 + n), n] for n in range(ROWS)]
    path = workbook(tmp_path / "a.xlsx", ("企业台账", rows))
    with transaction.atomic():
        cast = build_cast()
        place = cast.town.pk
        actor = cast.system()
        imported = read(actor, cast.town, path)
        run = actions.prepare(actor=actor, imported=imported, mode="all", now=NOW, unchecked=True)
    for _attempt in range(2):
        child = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", HANG, str(place), str(imported.pk)],
            env=environment(committed_db),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "written"
        with transaction.atomic():
            context.enter_for(SystemActor(place))
            seen = Import.objects.get(pk=imported.pk)
            assert seen.step == "enterprise" and seen.total_rows == ROWS  # progress is seen from outside
        child.send_signal(signal.SIGKILL)
        child.wait()
        time.sleep(0.2)
        assert counts(place) == (0, 0, "running")
    for _attempt in range(2):  # safe to run twice
        tasks.commit.run_job(jurisdiction_id=place, imported_id=imported.pk, user_id=0, run=run)  # type: ignore[attr-defined]
        assert counts(place)[0] == ROWS and counts(place)[2] == "done"


def test_a_job_that_fails_says_so_and_stores_nothing(
    committed_db: str, tmp_path: Path, monkeypatch: Any
) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ("企业台账", [["企业名称", "职工数"], ["杀不死木业有限公司", 3], ["杀不了木业有限公司", 4]]),
    )
    with transaction.atomic():
        cast = build_cast()
        place, user = cast.town.pk, cast.users["clerk"].pk
        actor = cast.actor("clerk")
        imported = read(actor, cast.town, path)
        run = actions.prepare(actor=actor, imported=imported, mode="all", now=NOW, unchecked=True)
    from lianjian.sheets.actions import committing

    def broken(*_arguments: Any) -> None:
        raise ValueError("broken")

    with monkeypatch.context() as patched:
        patched.setattr(committing, "write_receipt", broken)
        try:
            tasks.commit.run_job(jurisdiction_id=place, imported_id=imported.pk, user_id=user, run=run)  # type: ignore[attr-defined]
        except ValueError:
            pass
    assert counts(place) == (0, 0, "failed")


def test_two_files_with_the_same_sheet_wait_for_one_another(committed_db: str, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["企业名称", "统一社会信用代码", "职工数", "安全员"]]
    rows += [[f"同{n}时木业有限公司", code(3000 + n), n, "兰亭"] for n in range(40)]
    path = workbook(tmp_path / "a.xlsx", ("企业台账", rows))
    runs = []
    with transaction.atomic():
        cast = build_cast()
        place = cast.town.pk
        for name in ("上半年.xlsx", "下半年.xlsx"):
            imported = read(cast.system(), cast.town, path, name)
            run = actions.prepare(
                actor=cast.system(), imported=imported, mode="all", now=NOW, unchecked=True
            )
            runs.append((imported.pk, run))

    def work(pk: int, run: int) -> None:
        try:
            tasks.commit.run_job(jurisdiction_id=place, imported_id=pk, user_id=0, run=run)  # type: ignore[attr-defined]
        finally:
            connections.close_all()

    both = [threading.Thread(target=work, args=pair) for pair in runs]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    with transaction.atomic():
        context.enter_for(SystemActor(place))
        assert {one.state for one in Import.objects.all()} == {"done"}
        assert Organization.objects.filter(name__startswith="同").count() == 40
        assert sum(len(chunk.numbers) for chunk in KeptChunk.objects.all()) == 40
