"""kill -9 of web, worker and database while needs are filed and carried on and a table is imported.

A real house (`lianjian run`) on its own data folder and port. Clients file and move cases through the interface
with idempotency keys and repeat what got no answer; an import runs in the worker; every second something is
killed. Afterwards: each acknowledged act is there once, nothing half, and the journal verifies.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import pytest
import xlsxwriter

from tests.livetown import free_port

ROOT = Path(__file__).resolve().parents[1]
KILLS = 20
FIRMS = 600

SEED = """
from datetime import date
from django.db import transaction
from lianjian.accounts.actions import new_token, open_account
from lianjian.accounts.models import User
from lianjian.cases.models import Category
from lianjian.directory import actions as directory
from lianjian.directory.models import Organization
from lianjian.foundation import clock, context
from lianjian.foundation.actor import SystemActor
from lianjian.jurisdictions.models import Jurisdiction
with transaction.atomic():
    town = Jurisdiction.objects.get(level="town")
    context.enter((town.pk,), (town.pk,))
    house, now = SystemActor(town.pk), clock.now()
    root = Organization.objects.get(jurisdiction=town, is_root=True)
    office = directory.register_organization(actor=house, name="示范镇企业办", classification="government", parent=root, now=now)
    firm = directory.register_organization(actor=house, name="示范木业有限公司", classification="enterprise", parent=root, now=now)
    texts = []
    handler, _ = open_account(actor=house, username="mover", name="办事员", home_id=town.pk, now=now, password="long-river-77")
    directory.grant_role(actor=house, user=handler, role="handler", organization=office, since=date(2024, 1, 1), now=now)
    for user in (User.objects.get(username="clerk"), handler):
        _, text = new_token(actor=house, user=user, name="kills", days=1, now=now)
        texts.append(text)
    print("SEED", firm.key, office.key, office.pk, *texts)
"""

CHECK = """
import json
from django.db import transaction
from lianjian.cases.models import Case, CaseEvent
from lianjian.directory.models import Organization
from lianjian.foundation import context
from lianjian.jurisdictions.models import Jurisdiction
from lianjian.sheets.models import Import, MadeChunk
with transaction.atomic():
    town = Jurisdiction.objects.get(level="town")
    context.enter((town.pk,), (town.pk,))
    cases = {str(k): [n, s, t] for k, n, s, t in Case.objects.values_list("key", "number", "state", "text")}
    firms = Organization.objects.filter(classification="enterprise", name__startswith="断电").count()
    made = sum(len(ids) for ids in MadeChunk.objects.filter(label="directory.organization").values_list("ids", flat=True))
    states = list(Import.objects.values_list("state", flat=True))
    print("CHECK", json.dumps({"cases": cases, "firms": firms, "made": made, "imports": states}, ensure_ascii=False))
"""


@dataclass
class House:
    """A running house and what its clients were promised."""

    data: Path
    port: int
    process: subprocess.Popen[bytes]
    kills: dict[str, int] = field(default_factory=lambda: {"web": 0, "worker": 0, "database": 0})

    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("LIANJIAN_", "DATABASE_", "DJANGO_"))}
        return {**kept, "LIANJIAN_DATA": str(self.data), "LIANJIAN_PORT": str(self.port), "LIANJIAN_IDLE_MINUTES": "60"}

    def run(self, *arguments: str, timeout: int = 120) -> str:
        """A command of the house; its output."""
        answer = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "lianjian.config.launcher", *arguments],
            env=self.environment(), cwd=ROOT, capture_output=True, text=True, timeout=timeout,
        )
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return answer.stdout

    def script(self, text: str, mark: str) -> list[str]:
        """Run a script inside the house and give the words of its marked line."""
        out = self.run("manage", "shell", "-c", text)
        return next(line for line in out.splitlines() if line.startswith(mark)).split(" ", 1)[1].split(" ")

    def wait(self, seconds: float = 60) -> None:
        """Until the web process answers."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5).close()
                return
            except OSError:
                assert self.process.poll() is None, "the supervisor ended"
                time.sleep(0.2)
        raise AssertionError("the house did not come up")

    def call(self, method: str, path: str, token: str, body: Any = None, key: str = "") -> tuple[int, Any]:
        """One request. Raises OSError when no answer came."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        request = urllib.request.Request(  # noqa: S310
            f"http://127.0.0.1:{self.port}/api/v1{path}",
            method=method, headers=headers, data=None if body is None else json.dumps(body).encode(),
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace")

    def surely(self, method: str, path: str, token: str, body: Any, until: float) -> Any:
        """Repeat with one key until an answer below 500 comes; None when time is over before."""
        key = uuid4().hex
        while time.monotonic() < until:
            try:
                status, found = self.call(method, path, token, body, key)
            except (OSError, ValueError):
                time.sleep(0.1)
                continue
            if status < 500:
                assert status < 300, (path, status, found)
                return found
            time.sleep(0.1)
        return None

    def victims(self) -> dict[str, list[psutil.Process]]:
        """Processes of this house that may be killed, by kind."""
        found: dict[str, list[psutil.Process]] = {"web": [], "worker": [], "database": []}
        cluster = f"-D {self.data / 'postgres'} "
        for process in psutil.Process(self.process.pid).children(recursive=True):
            try:
                line = " ".join(process.cmdline()) + " "
            except psutil.Error:
                continue
            if "gunicorn" in line:
                found["web"].append(process)
            elif "config.launcher worker" in line:
                found["worker"].append(process)
        for process in psutil.process_iter(["cmdline"]):
            if cluster in " ".join(process.info["cmdline"] or ()) + " ":
                found["database"].append(process)
        return found


@pytest.fixture
def house() -> Iterator[House]:
    """A house of its own in a folder that the database's user can enter too, ended by Ctrl-C."""
    folder = Path(tempfile.mkdtemp(prefix="lianjian-kills-"))
    folder.chmod(0o755)
    made = House(folder / "data", free_port(), None)  # type: ignore[arg-type]
    made.process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "lianjian.config.launcher", "run", "--no-demo"],
        env=made.environment(), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    made.wait(120)
    try:
        yield made
    finally:
        made.process.send_signal(signal.SIGINT)
        try:
            made.process.wait(40)
        except subprocess.TimeoutExpired:
            made.process.kill()
        shutil.rmtree(folder, ignore_errors=True)


def workbook(path: Path) -> None:
    """A table of firms that takes the worker some seconds to store."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("企业台账")
    sheet.write_row(0, 0, ["序号", "企业名称", "职工数", "是否规上"])
    for number in range(1, FIRMS + 1):
        sheet.write_row(number, 0, [number, f"断电{number:04d}号家具有限公司", number % 300, "是" if number % 3 else "否"])
    book.close()


def carry(house: House, told: dict[str, str], seed: list[str], until: float, number: int) -> None:
    """One client: files needs and carries each as far as it gets."""
    firm, office, office_id, clerk, handler = seed
    turn = 0
    while time.monotonic() < until:
        turn += 1
        text = f"客户端{number}第{turn}件"
        body = {"text": text, "category": "other", "organization": firm, "source": "desk"}
        case = house.surely("POST", "/cases", clerk, body, until)
        if case is None:
            return
        told[case["key"]] = f"{text}|registered"
        for move, token, values in (
            ("dispatch", clerk, {"handler": office, "reason": ""}),
            ("sign", handler, {}),
            ("answer", handler, {"text": "已办", "outcome": "solved"}),
        ):
            path = f"/cases/{case['key']}/moves/{move}"
            moved = house.surely("POST", path, token, {"seen": case["version"], "values": values}, until)
            if moved is None:
                return
            case = moved
            told[case["key"]] = f"{text}|{case['state']}"


def test_nothing_is_lost_doubled_or_half_done(house: House, tmp_path: Path) -> None:
    house.run("demo", "--empty")
    seed = house.script(SEED, "SEED")
    table = tmp_path / "firms.xlsx"
    workbook(table)
    start_import(house, table)
    told: dict[str, str] = {}
    until = time.monotonic() + 75
    clients = [threading.Thread(target=carry, args=(house, told, seed, until, n)) for n in range(3)]
    for client in clients:
        client.start()
    kill_around(house, random.Random(7), until - 15)
    for client in clients:
        client.join()
    house.wait()
    finish_import(house)
    report = json.loads(" ".join(house.script(CHECK, "CHECK")))
    examine(report, told)
    assert sum(house.kills.values()) == KILLS and all(house.kills.values()), house.kills
    house.run("doctor", "--journal")  # fails unless every chain verifies
    print(f"kills {house.kills}, acknowledged cases {len(told)}, stored {len(report['cases'])}")


def kill_around(house: House, dice: random.Random, until: float) -> None:
    """Kill -9 twenty times: web and worker mostly, the database now and then."""
    plan = ["web"] * 9 + ["worker"] * 7 + ["database"] * 4
    dice.shuffle(plan)
    pause = max((until - time.monotonic()) / len(plan), 0.5)
    for kind in plan:
        time.sleep(pause)
        for _try in range(300):
            victims = house.victims()[kind]
            if victims:
                break
            time.sleep(0.2)
        else:
            raise AssertionError(f"no {kind} came back within a minute")
        victim = dice.choice(victims)
        try:
            victim.kill()
            house.kills[kind] += 1
        except psutil.NoSuchProcess:
            house.kills[kind] += 1  # it had ended in the same moment


IMPORT = """
from django.db import transaction
from lianjian.foundation import clock, context
from lianjian.foundation.actor import SystemActor
from lianjian.jurisdictions.models import Jurisdiction
from lianjian.sheets import actions
from lianjian.sheets.actions.committing import enqueue_commit
from lianjian.sheets.models import Import
with transaction.atomic():
    town = Jurisdiction.objects.get(level="town")
    house, now = SystemActor(town.pk), clock.now()
    context.enter_for(house)
    imported = actions.upload(actor=house, jurisdiction_id=town.pk, name="firms.xlsx", path=%r, year=None, now=now)
    actions.read_import(actor=house, imported=imported, now=now)
    actions.prepare(actor=house, imported=imported, mode=Import.Mode.GOOD, now=now, unchecked=True)
    imported.refresh_from_db()
    enqueue_commit(house, imported)
    print("IMPORT", imported.key)
"""

STATE = """
from django.db import transaction
from lianjian.foundation import context
from lianjian.jurisdictions.models import Jurisdiction
from lianjian.sheets.models import Import
with transaction.atomic():
    town = Jurisdiction.objects.get(level="town")
    context.enter((town.pk,), (town.pk,))
    print("STATE", Import.objects.get().state)
"""


def start_import(house: House, table: Path) -> None:
    """Upload a table and leave it to the worker."""
    house.script(IMPORT % str(table), "IMPORT")


def finish_import(house: House) -> None:
    """Until the worker has stored it; a job whose worker died is taken up again within two minutes."""
    end = time.monotonic() + 180
    while house.script(STATE, "STATE")[0] in ("running", "checked"):
        assert time.monotonic() < end, "the import was never finished"
        time.sleep(2)


def examine(report: dict[str, Any], told: dict[str, str]) -> None:
    """Everything acknowledged is there, once, at least as far as was said; numbers have no gap and no double."""
    cases = report["cases"]
    order = ["registered", "dispatched", "signed", "handling", "answered", "closed"]
    for key, promise in told.items():
        text, state = promise.split("|")
        assert key in cases, f"lost: {text}"
        assert cases[key][2] == text
        assert order.index(cases[key][1]) >= order.index(state), (promise, cases[key])
    texts = [text for _number, _state, text in cases.values()]
    assert len(texts) == len(set(texts)), "a need was filed twice"
    numbers = sorted(int(number.rsplit("-", 1)[1]) for number, _s, _t in cases.values())
    assert numbers == list(range(1, len(numbers) + 1)), "numbers have gaps"
    assert report["imports"] == ["done"] and report["firms"] == FIRMS == report["made"]
