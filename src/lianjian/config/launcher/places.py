"""Where things lie: the data folder, its secrets and its locks."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .words import Stop

PACKAGE = Path(__file__).resolve().parents[2]
PROJECT = PACKAGE.parents[1]


def data_dir() -> Path:
    """The data folder: LIANJIAN_DATA, else `var/` in the checkout."""
    return Path(os.environ.get("LIANJIAN_DATA") or PROJECT / "var").expanduser().resolve()


def port() -> int:
    """The port of the web pages: LIANJIAN_PORT, else 8000."""
    value = os.environ.get("LIANJIAN_PORT") or "8000"
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 65535:
        raise Stop(
            f"端口 LIANJIAN_PORT 应为 1 到 65535 的数字，现在是“{value}”。",
            f"LIANJIAN_PORT must be a number from 1 to 65535, not {value!r}.",
        )
    return int(value)


def prepare(data: Path) -> None:
    """Make the data folder with its subfolders, or say in one sentence why it cannot be."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        for name, mode in (("secrets", 0o700), ("run", 0o755), ("files", 0o700), ("static", 0o755)):
            folder = data / name
            folder.mkdir(mode=mode, exist_ok=True)
        probe = data / "run" / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Stop(
            f"数据文件夹 {data} 不可写（{error.strerror}），请修改它的权限，或用 LIANJIAN_DATA 指定另一个文件夹。",
            f"the data folder {data} cannot be written to ({error.strerror}); change its rights, "
            "or name another folder in LIANJIAN_DATA.",
        ) from error


def secret(data: Path, name: str) -> str:
    """A random secret of this house, made at its first use, readable by nobody else."""
    path = data / "secrets" / name
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        # Linked into place whole: whoever comes second reads the first one's value, never half of it.
        draft = path.with_name(f".{name}.{os.getpid()}.{secrets.token_hex(4)}")
        with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return path.read_text(encoding="ascii").strip()


def write_text(path: Path, text: str) -> None:
    """Replace a small file in one step, so that no reader ever sees half of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)


@contextmanager
def locked(path: Path) -> Iterator[IO[bytes]]:
    """Wait for the lock file and hold it; the system frees it when its holder dies, however it dies."""
    with open(path, "ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def try_lock(path: Path) -> IO[bytes] | None:
    """The open lock file if nobody else holds it, else nothing. Closing it frees the lock."""
    file = open(path, "ab")  # noqa: SIM115 - held on purpose
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file
