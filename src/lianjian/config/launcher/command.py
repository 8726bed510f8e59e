"""The command `lianjian`: reads its arguments and calls one function."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import lianjian

from . import call, database, places
from .words import Stop, fail, show, t

_IMPORT = "lianjian.sheets.commands.import_file"
_REPORT = "lianjian.insight.commands.report"
_ADMIN = "lianjian.accounts.commands.create_admin"


class _Parser(argparse.ArgumentParser):
    """argparse with our own words at the places a person reads."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options.setdefault("add_help", False)
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(*arguments, **options)
        self.add_argument("-h", "--help", action="help", help=t("显示这些说明", "show these lines"))
        self._optionals.title = t("选项", "options")
        self._positionals.title = t("参数", "arguments")


def parser() -> argparse.ArgumentParser:
    """All commands with their arguments."""
    top = _Parser(
        prog="lianjian",
        description=t("联建：一处登记，处处可报。", "Lianjian: record once, report everywhere."),
        epilog=t(
            "环境变量：LIANJIAN_DATA 数据文件夹（默认 var/），LIANJIAN_PORT 端口（默认 8000），\n"
            "DATABASE_URL 和 DATABASE_OWNER_URL 改用自己的 PostgreSQL。各命令的说明：lianjian 命令 --help",
            "Environment: LIANJIAN_DATA data folder (default var/), LIANJIAN_PORT port (default 8000),\n"
            "DATABASE_URL and DATABASE_OWNER_URL for a PostgreSQL of your own. More: lianjian COMMAND --help",
        ),
    )
    top.add_argument(
        "--version", action="version", version=lianjian.__version__, help=t("显示版本", "show the version")
    )
    commands = top.add_subparsers(
        title=t("命令", "commands"), dest="command", metavar=t("命令", "COMMAND"), parser_class=_Parser
    )

    def command(name: str, chinese: str, english: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=t(chinese, english), description=t(chinese, english))

    run = command("run", "启动联建，Ctrl-C 停止", "start Lianjian; Ctrl-C stops it")
    run.add_argument(
        "--no-demo", action="store_true", help=t("不建演示镇", "do not build the demonstration town")
    )
    demo = command("demo", "建立演示镇", "build the demonstration town")
    demo.add_argument(
        "--empty",
        action="store_true",
        help=t("只建一个县、一个空镇和账号", "a county with one empty town and its accounts"),
    )
    load = command("import", "把工作簿导入一个镇", "import a workbook into a town")
    load.add_argument("file", metavar=t("文件", "FILE"), type=Path)
    load.add_argument(
        "--town", required=True, metavar=t("名称", "NAME"), help=t("镇的名称", "name of the town")
    )
    load.add_argument("--json", action="store_true", help=t("以 JSON 打印回执", "print the receipt as JSON"))
    _add_report(command("report", "打印一份报表，或写成文件", "print a report, or write it to a file"))
    _add_keeping(command)
    command("migrate", "更新数据库结构", "bring the schema of the database up")
    manage = command("manage", "开发用：Django 管理命令", "for developers: a management command of Django")
    manage.add_argument("--owner", action="store_true", help=t("以所有者身份连接", "connect as the owner"))
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    return top


def _add_keeping(command: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    """The commands of whoever keeps the house in order."""
    doctor = command("doctor", "检查一切是否正常", "check that all is in order")
    doctor.add_argument(
        "--journal", action="store_true", help=t("逐条核验日志链", "verify every entry of the journal")
    )
    doctor.add_argument(
        "--heads",
        type=Path,
        metavar=t("文件", "FILE"),
        help=t("与公布的链头比对", "compare with published heads"),
    )
    doctor.add_argument(
        "--sql",
        action="store_true",
        help=t("打印给数据库管理员的角色脚本", "print the role script for a database administrator"),
    )
    save = command("backup", "备份到一个新文件夹", "save everything in a new folder")
    save.add_argument("folder", metavar=t("文件夹", "DIR"), type=Path)
    save.add_argument(
        "--without-keys", action="store_true", help=t("密钥另行保管", "the keys are kept elsewhere")
    )
    load_back = command("restore", "从备份恢复到空的数据文件夹", "fill an empty data folder from a backup")
    load_back.add_argument("folder", metavar=t("文件夹", "DIR"), type=Path)
    admin = command(
        "createadmin",
        "建立第一个账号（安全管理员，由其开通其他账号）",
        "make the first account: the security administrator, who opens the others",
    )
    admin.add_argument("--username", metavar=t("用户名", "NAME"))
    admin.add_argument("--name", metavar=t("姓名", "NAME"), default="")
    admin.add_argument(
        "--password-stdin",
        action="store_true",
        help=t("从标准输入读取口令", "read the password from standard input"),
    )


def _add_report(report: argparse.ArgumentParser) -> None:
    report.add_argument("name", metavar=t("报表", "NAME"), help=t("报表的名称", "name of the report"))
    report.add_argument(
        "--town",
        default="",
        metavar=t("镇名", "TOWN"),
        help=t("只有一个镇时可以不写", "not needed in a house of one town"),
    )
    report.add_argument(
        "--period",
        default="",
        metavar=t("期间", "PERIOD"),
        help=t("2024、2024Q1、2024-03", "2024, 2024Q1 or 2024-03"),
    )
    report.add_argument(
        "--template",
        default="",
        metavar=t("模板", "TEMPLATE"),
        help=t(
            "用本单位上传的模板，配合 --docx 或 --xlsx", "fill a template of the place; with --docx or --xlsx"
        ),
    )
    form = report.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=t("以 JSON 打印", "print as JSON"))
    form.add_argument(
        "--docx", type=Path, metavar=t("文件", "OUT"), help=t("写成 Word 文件", "write a Word file")
    )
    form.add_argument(
        "--xlsx", type=Path, metavar=t("文件", "OUT"), help=t("写成 Excel 文件", "write an Excel file")
    )


# ---- what the commands do ----------------------------------------------------------------------------------------


def _run(options: argparse.Namespace) -> int:
    from . import supervisor

    return supervisor.run(with_demonstration=not options.no_demo)


def _demo(options: argparse.Namespace) -> int:
    from . import demonstration

    with _house() as (addresses, data):
        demonstration.build(addresses, data, empty=options.empty)
        for line in demonstration.account_lines(addresses, data):
            show(line)
    return 0


def _import(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        raise Stop(f"没有文件 {options.file}。", f"there is no file {options.file}.")
    with _house() as (addresses, data):
        receipt = _within(addresses, data, _IMPORT, path=options.file.resolve(), town=options.town)
    return _print(receipt, as_json=options.json)


def _report(options: argparse.Namespace) -> int:
    arguments = {
        "name": options.name,
        "town": options.town,
        "period": options.period,
        "docx": str(options.docx.resolve()) if options.docx else "",
        "xlsx": str(options.xlsx.resolve()) if options.xlsx else "",
        "template": options.template,
        "language": t("zh-hans", "en"),
    }
    with _house() as (addresses, data):
        figures = _within(addresses, data, _REPORT, **arguments)
    written = options.docx or options.xlsx
    if written:
        show(t(f"已写入 {written}", f"Written: {written}"))
        return 0
    return _print(figures, as_json=options.json)


def _doctor(options: argparse.Namespace) -> int:
    if options.sql:
        from . import roles

        show(roles.script())
        return 0
    from . import doctor

    return doctor.doctor(journal=options.journal, heads=options.heads)


def _backup(options: argparse.Namespace) -> int:
    from . import backup

    return backup.backup(options.folder, with_keys=not options.without_keys)


def _restore(options: argparse.Namespace) -> int:
    from . import backup

    return backup.restore(options.folder)


def _createadmin(options: argparse.Namespace) -> int:
    username = options.username or input(t("用户名：", "User name: ")).strip()
    if options.password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass.getpass(t("口令：", "Password: "))
        if password != getpass.getpass(t("再输入一次：", "Once more: ")):
            raise Stop("两次输入的口令不一样。", "the two passwords differ.")
    with _house() as (addresses, data):
        _within(addresses, data, _ADMIN, username=username, password=password, name=options.name)
    show(t(f"已建立管理员 {username}。", f"Made the administrator {username}."))
    return 0


def _migrate(options: argparse.Namespace) -> int:
    from . import processes

    data = places.data_dir()
    with database.held(data) as addresses:
        applied = processes.bring_up_schema(addresses, data)["applied"]
    show(t(f"数据库结构已是最新（{applied} 步）。", f"The schema is up to date ({applied} steps)."))
    return 0


def _manage(options: argparse.Namespace) -> int:
    data = places.data_dir()
    with database.held(data) as addresses:
        database.enter_django(addresses, data, as_owner=options.owner)
        from django.core.management import execute_from_command_line

        execute_from_command_line(["lianjian manage", *options.rest])
    return 0


class _house:  # noqa: N801 - used as a word
    """A database of this house with its schema up to date, for one command."""

    def __enter__(self) -> tuple[database.Addresses, Path]:
        from . import processes

        self.data = places.data_dir()
        self.holding = database.held(self.data)
        addresses = self.holding.__enter__()
        try:
            processes.bring_up_schema(addresses, self.data)
        except BaseException as error:
            self.holding.__exit__(type(error), error, error.__traceback__)
            raise
        return addresses, self.data

    def __exit__(self, *error: Any) -> None:
        self.holding.__exit__(*error)


def _within(addresses: database.Addresses, data: Path, dotted: str, **arguments: Any) -> Any:
    """Call a function of the program in this process, its refusals as one sentence."""
    if not call.exists(dotted):
        raise Stop(f"本版本没有 {dotted}。", f"this version has no {dotted}.")
    database.enter_django(addresses, data)
    from django.utils import translation

    from lianjian.foundation.errors import Refused

    try:
        with translation.override(t("zh-hans", "en")):
            return call.call(dotted, arguments)
    except Refused as refusal:
        with translation.override("zh-hans"):
            chinese = str(refusal)
        with translation.override("en"):
            english = str(refusal)
        raise Stop(chinese, english) from None
    finally:
        from django.db import connections

        connections.close_all()


def _print(result: Any, *, as_json: bool) -> int:
    """The result as JSON, or its `lines` where it has some."""
    lines = result.get("lines") if isinstance(result, dict) else None
    if as_json or lines is None:
        shown = {k: v for k, v in result.items() if k != "lines"} if isinstance(result, dict) else result
        show(json.dumps(shown, ensure_ascii=False, indent=None if as_json else 2, default=call.plain))
    else:
        for line in lines:
            show(str(line))
    return 0 if not isinstance(result, dict) or result.get("ok", True) else 1


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "run": _run,
    "demo": _demo,
    "import": _import,
    "report": _report,
    "doctor": _doctor,
    "backup": _backup,
    "restore": _restore,
    "createadmin": _createadmin,
    "migrate": _migrate,
    "manage": _manage,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """The entry point: 0 all well, 1 refused or something is wrong, 2 wrong arguments, 130 Ctrl-C."""
    top = parser()
    options = top.parse_args(arguments)
    if options.command is None:
        top.print_help()
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianjian.config.settings")
    try:
        return _COMMANDS[options.command](options)
    except Stop as stop:
        return fail(stop)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 141
