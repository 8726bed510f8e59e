"""`make check`: all that can be said about the tree without running its tests. Each check is one line when it is well.

python tests/checks.py            every check
python tests/checks.py ruff mypy  only these
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
SOURCE = ROOT / "src" / "lianjian"
STRICT_ROOMS = ("rules", "actions", "queries")


def _run(*command: str, environment: dict[str, str] | None = None) -> tuple[bool, str]:
    answer = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env={**os.environ, **(environment or {})}, capture_output=True, text=True
    )
    return answer.returncode == 0, (answer.stdout + answer.stderr).strip()


def _python(*arguments: str, environment: dict[str, str] | None = None) -> tuple[bool, str]:
    return _run(sys.executable, *arguments, environment=environment)


def _module_exists(dotted: str) -> bool:
    return (ROOT / "src" / Path(*dotted.split("."))).with_suffix(".py").exists() or (
        ROOT / "src" / Path(*dotted.split(".")) / "__init__.py"
    ).exists()


def _django() -> dict[str, str]:
    """Settings for a process that needs Django but no database rows."""
    return {
        "DJANGO_SETTINGS_MODULE": "lianjian.config.settings",
        "LIANJIAN_TESTING": "1",
        "LIANJIAN_SECRET_KEY": "for-checks-only",
        "PYTHONPATH": str(ROOT / "src"),
    }


def ruff() -> tuple[bool, str]:
    return _python("-m", "ruff", "check", "--quiet", ".")


def mypy() -> tuple[bool, str]:
    """mypy strict on rules, actions and queries: where a wrong type is a wrong decision."""
    files = [
        str(SOURCE / "foundation" / name) for name in ("errors.py", "actor.py", "verbs.py", "declare.py")
    ]
    for room in STRICT_ROOMS:
        files += [str(path) for path in SOURCE.glob(f"*/{room}.py")]
        files += [str(path) for path in SOURCE.glob(f"*/{room}/**/*.py")]
    files += [str(path) for path in (SOURCE / "config" / "launcher").glob("*.py")]
    files = [name for name in files if Path(name).exists()]
    return _python("-m", "mypy", "--no-error-summary", *sorted(files), environment=_django())


def imports() -> tuple[bool, str]:
    """The layers of docs/house.md."""
    return _run(str(Path(sys.executable).with_name("lint-imports")), environment=_django())


def migrations() -> tuple[bool, str]:
    """Models and migrations say the same (asked as role app on the test ground)."""
    from tests import ground

    ground.prepare_environment()
    name = os.environ["DATABASE_URL"].rpartition("/")[2].split("?")[0]
    try:
        ground.start()
        ground.clone(name)
        return _python(
            "-m", "django", "makemigrations", "--check", "--dry-run", "-v", "1", environment=_django()
        )
    finally:
        ground.drop(name)
        ground.forget_environment()
        for variable in ("DATABASE_URL", "LIANJIAN_DATA"):
            os.environ.pop(variable, None)


def system() -> tuple[bool, str]:
    return _python("-m", "django", "check", "--fail-level", "WARNING", environment=_django())


def languages() -> tuple[bool, str]:
    """Every string in both languages."""
    return _python("-m", "lianjian.foundation.translate", "--check", environment=_django())


def schema() -> tuple[bool, str]:
    """docs/openapi.json is what the API says of itself."""
    if not _module_exists("lianjian.config.openapi"):
        return True, "no API yet"
    return _python("-m", "lianjian.config.openapi", "--check", environment=_django())


def templates() -> tuple[bool, str]:
    """Every template parses."""
    code = (
        "import django; django.setup()\n"
        "import sys\nfrom pathlib import Path\nfrom django.template import engines\n"
        "env = engines['jinja2'].env if 'jinja2' in engines.templates else list(engines.all())[0].env\n"
        "bad = []\n"
        f"for path in Path({str(SOURCE)!r}).glob('*/templates/**/*.html'):\n"
        "    try:\n        env.parse(path.read_text(encoding='utf-8'))\n"
        "    except Exception as error:\n        bad.append(f'{path}: {error}')\n"
        "print('\\n'.join(bad)); sys.exit(bool(bad))"
    )
    return _python("-c", code, environment=_django())


def locks() -> tuple[bool, str]:
    """Every dependency pinned with a hash; no registry named."""
    return _python("requirements/lock.py", "--check")


CHECKS: dict[str, Callable[[], tuple[bool, str]]] = {
    "locks": locks,
    "ruff": ruff,
    "imports": imports,
    "mypy": mypy,
    "system": system,
    "templates": templates,
    "languages": languages,
    "schema": schema,
    "migrations": migrations,
}


def main(wanted: list[str]) -> int:
    failed = []
    for name in wanted or CHECKS:
        began = time.monotonic()
        good, output = CHECKS[name]()
        sys.stdout.write(f"{'ok  ' if good else 'FAIL'} {name} ({time.monotonic() - began:.1f} s)\n")
        if not good:
            failed.append(name)
            sys.stdout.write(output + "\n")
        sys.stdout.flush()
    sys.stdout.write(
        f"{len(failed)} of {len(wanted or CHECKS)} checks failed\n" if failed else "all checks passed\n"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
