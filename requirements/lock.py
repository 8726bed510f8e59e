"""Renew, or with --check only read, the hashed lock files of this folder.

python requirements/lock.py            resolve the .in files again (needs `uv`, which it fetches for the purpose)
python requirements/lock.py --check    every line pinned, every pin hashed, no name of any registry host
"""

import json
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
NAMES = ("base", "dev", "node")
HOST = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host|^-i ", re.MULTILINE)


def faults_of_requirements(text: str) -> list[str]:
    """What is wrong with one lock file: a line without pin, a pin without hash, a host."""
    faults = [f"names a host: {found.group(0)}" for found in HOST.finditer(text)]
    joined = text.replace("\\\n", " ")
    for line in joined.splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if not re.match(r"[A-Za-z0-9._-]+(\[[a-z0-9,_-]+\])?==", line):
            faults.append(f"not pinned: {line[:60]}")
        elif "--hash=sha256:" not in line:
            faults.append(f"no hash: {line[:60]}")
    return faults


def faults_of_package_lock(text: str) -> list[str]:
    """What is wrong with a package-lock.json: an entry without integrity, an entry that names its host."""
    faults = []
    for name, entry in json.loads(text).get("packages", {}).items():
        if not name or entry.get("link"):
            continue
        if "resolved" in entry:
            faults.append(f"names its host: {name}")
        if "integrity" not in entry and not entry.get("inBundle"):
            faults.append(f"no integrity hash: {name}")
    return faults


def check() -> int:
    faults = []
    for name in NAMES:
        path = HERE / f"{name}.txt"
        faults += [f"{path.relative_to(ROOT)}: {fault}" for fault in faults_of_requirements(path.read_text())]
    package_lock = ROOT / "frontend" / "package-lock.json"
    if package_lock.exists():
        faults += [
            f"frontend/package-lock.json: {fault}"
            for fault in faults_of_package_lock(package_lock.read_text())
        ]
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


def renew() -> int:
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / "bin" / "python")
        subprocess.run([python, "-m", "pip", "install", "-qq", "uv"], check=True)  # noqa: S603
        for name in NAMES:
            command = [python, "-m", "uv", "pip", "compile", "--quiet", "--generate-hashes", "--universal"]
            command += [
                "--python-version",
                "3.11",
                "--no-header",
                "--no-emit-index-url",
                "--no-emit-find-links",
            ]
            command += ["--upgrade", f"requirements/{name}.in", "-o", f"requirements/{name}.txt"]
            subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603
    return check()


if __name__ == "__main__":
    sys.exit(check() if "--check" in sys.argv[1:] else renew())
