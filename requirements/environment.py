"""Make the project's own Python environment in `.venv`, from the hashed lock files.

Run by the Makefile with whatever Python the machine has, so this file uses the standard library only and is
readable by old versions of Python: it is the one that has to say "your Python is too old".

    python3 requirements/environment.py            what a running Lianjian needs
    python3 requirements/environment.py dev        and what tests and checks need
    python3 requirements/environment.py node       and Node, where the machine has none of version 20.19 or later
"""

import hashlib
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
VENV = os.path.join(ROOT, ".venv")
STAMPS = os.path.join(VENV, "stamps")
OLDEST = (3, 11)
NODE_OLDEST = (20, 19)


def stop(chinese, english):
    """Print one sentence in both languages and leave."""
    sys.stderr.write("联建：%s\nLianjian: %s\n" % (chinese, english))
    sys.exit(1)


def say(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def digest(*paths):
    total = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            total.update(file.read())
    return total.hexdigest()


def stamp_is(name, value):
    try:
        with open(os.path.join(STAMPS, name)) as file:
            return file.read() == value
    except OSError:
        return False


def write_stamp(name, value):
    os.makedirs(STAMPS, exist_ok=True)
    with open(os.path.join(STAMPS, name), "w") as file:
        file.write(value)


def python_of_venv():
    return os.path.join(VENV, "bin", "python")


def make_venv():
    """A new environment, unless the one there is whole, of this place and of this Python."""
    mark = "%s\n%d.%d\n" % (VENV, sys.version_info[0], sys.version_info[1])
    if stamp_is("place", mark) and os.path.exists(python_of_venv()):
        return
    if not os.access(ROOT, os.W_OK):
        stop(
            "文件夹 %s 不可写，请换到可写的文件夹，或者修改它的权限。" % ROOT,
            "the folder %s cannot be written to; use a folder you may write to, or change its rights." % ROOT,
        )
    if os.path.isdir(VENV):
        say("· 旧的 .venv 属于别处或别的 Python，重建 / rebuilding .venv, it was made elsewhere")
        shutil.rmtree(VENV)
    say("· 建立 Python 环境 .venv / making the Python environment .venv")
    if subprocess.call([sys.executable, "-m", "venv", VENV]) != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        stop(
            "建不起 Python 环境；Debian 或 Ubuntu 请先安装 python3-venv。",
            "the Python environment could not be made; on Debian or Ubuntu install python3-venv first.",
        )
    write_stamp("place", mark)


def install(name):
    """Install one lock file, every archive checked against its hash."""
    lock = os.path.join(HERE, name + ".txt")
    value = digest(lock)
    if stamp_is(name, value):
        return
    say("· 安装依赖 / installing packages: requirements/%s.txt" % name)
    command = [python_of_venv(), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    command += ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", lock]
    if subprocess.call(command) != 0:
        stop(
            "依赖没有装全：请检查网络和包仓库的设置，然后再运行一次。",
            "the packages were not all installed: check the network and the package index, then run this again.",
        )
    write_stamp(name, value)


def install_project():
    """The project itself, editable: the command `lianjian` appears in .venv/bin."""
    value = digest(os.path.join(ROOT, "pyproject.toml"))
    if stamp_is("project", value) and os.path.exists(os.path.join(VENV, "bin", "lianjian")):
        return
    command = [python_of_venv(), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    command += ["--no-deps", "--no-build-isolation", "--no-index", "--editable", ROOT]
    if subprocess.call(command) != 0:
        stop(
            "联建本身没有装上，请看上面的说明。", "the project itself was not installed; see the lines above."
        )
    write_stamp("project", value)


def node_is_new_enough():
    """True when `node` and `npm` of the machine will do."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    try:
        answer = subprocess.check_output(["node", "--version"]).decode("ascii", "replace")
        return tuple(int(part) for part in answer.strip().lstrip("v").split(".")[:2]) >= NODE_OLDEST
    except (OSError, ValueError, subprocess.CalledProcessError):
        return False


def main(wanted):
    if sys.version_info < OLDEST:
        stop(
            "需要 Python 3.11 或更新的版本，这里是 %s。" % sys.version.split()[0],
            "Python 3.11 or later is needed, this is %s (choose one with: make PYTHON=python3.12 run)."
            % sys.version.split()[0],
        )
    make_venv()
    install("base")
    install_project()
    if "dev" in wanted:
        install("dev")
    if "node" in wanted and not node_is_new_enough():
        install("node")


if __name__ == "__main__":
    main(sys.argv[1:])
