"""What the pages of the wizard show."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.utils.translation import gettext as _

from lianjian.foundation.actor import Actor

from .. import specs
from ..books import sentence_of
from ..models import Import, ImportSheet, KeptSheet
from .receipts import SEVERITIES, sheet_problems

PAGE = 100
STALE = 120  # seconds without a sign of life after which a run may be taken up again

TONES: dict[str, str] = {
    Import.State.UPLOADED: "info",
    Import.State.GUESSED: "due",
    Import.State.CHECKED: "due",
    Import.State.RUNNING: "info",
    Import.State.DONE: "done",
    Import.State.UNDONE: "paused",
    Import.State.FAILED: "late",
}


def visible(actor: Actor) -> Any:
    """Imports of the office."""
    return Import.objects.visible_to(actor)  # type: ignore[attr-defined]


def steps(imported: Import | None, at: int) -> list[tuple[str, str, str]]:
    """The five steps with the one at hand; `at` counts from 0."""
    labels = (_("上传"), _("核对列"), _("预览"), _("导入"), _("回执"))
    states = ["done" if place < at else "now" if place == at else "todo" for place in range(len(labels))]
    return [(label, state, "") for label, state in zip(labels, states, strict=True)]


def kind_titles() -> dict[str, str]:
    """Names of all kinds by code."""
    return {kind.code: specs.kind_title(kind.code) for kind in specs.kinds_in_order()}


def sheets_of(imported: Import) -> list[ImportSheet]:
    """The tables of a file, without their problems, which may be many thousands."""
    return list(ImportSheet.objects.filter(imported=imported).defer("problems").order_by("number"))


@dataclass(frozen=True)
class SheetLine:
    """One table in the preview: rows, and what would come of them where it was rehearsed."""

    name: str
    title: str
    kind: str
    year: int | None
    rows: int
    good: int
    warned: int
    bad: int
    blocked: bool
    outcome: Mapping[str, int] | None


def lines(sheets: Sequence[ImportSheet]) -> list[SheetLine]:
    """The tables for preview and receipt."""
    return [
        SheetLine(
            sheet.name,
            sheet.title,
            specs.kind_title(sheet.kind) if sheet.kind else "",
            sheet.year,
            sheet.rows,
            sheet.good_rows if sheet.kind else sheet.rows,
            sheet.warned_rows,
            sheet.rows - sheet.good_rows if sheet.kind else 0,
            sheet.blocked,
            sheet.outcome if "new" in sheet.outcome else None,
        )
        for sheet in sheets
    ]


@dataclass
class ProblemPage:
    """One page of problems, narrowed by severity and sheet."""

    rows: list[dict[str, Any]]
    tabs: list[tuple[str, str, bool]]
    total: int
    next_url: str = ""
    prev_url: str = ""
    words: list[dict[str, Any]] = field(default_factory=list)


def severity_words() -> dict[str, str]:
    """What the severities are called."""
    return {"error": _("错误"), "warning": _("提醒"), "note": _("说明")}


SEVERITY_TONES = {"error": "late", "warning": "due", "note": "neutral"}


def problem_page(imported: Import, query: Mapping[str, str], address: str) -> ProblemPage:
    """The problems that an address asks for: `severity`, `page` (from 1)."""
    found: list[tuple[ImportSheet, dict[str, Any]]] = []
    for sheet in ImportSheet.objects.filter(imported=imported).order_by("number"):
        found += [(sheet, held) for held in sheet_problems(sheet)]
    words = severity_words()
    counts = {name: sum(1 for _sheet, held in found if held["severity"] == name) for name in SEVERITIES}
    chosen = query.get("severity", "") if query.get("severity", "") in SEVERITIES else ""
    shown = [pair for pair in found if not chosen or pair[1]["severity"] == chosen]
    at = max(1, int(query["page"])) if query.get("page", "").isdigit() else 1
    start = (at - 1) * PAGE

    def to(**changes: Any) -> str:
        asked = {name: value for name, value in {"severity": chosen, **changes}.items() if value}
        return f"{address}?{urlencode(asked)}#problems" if asked else f"{address}#problems"

    tabs = [(f"{_('全部')} {len(found)}", to(severity=""), not chosen)]
    tabs += [(f"{words[name]} {counts[name]}", to(severity=name), chosen == name) for name in SEVERITIES]
    return ProblemPage(
        rows=[_shown(sheet, held, words) for sheet, held in shown[start : start + PAGE]],
        tabs=tabs,
        total=len(shown),
        next_url=to(page=at + 1) if start + PAGE < len(shown) else "",
        prev_url=to(page=at - 1) if at > 1 else "",
        words=_unknown_words(found),
    )


def _shown(sheet: ImportSheet, held: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "severity": (words[held["severity"]], SEVERITY_TONES[held["severity"]]),
        "sheet": sheet.name,
        "place": held["cell"] or (_("第 %(row)s 行") % {"row": held["row"]} if held["row"] else _("整列")),
        "sentence": sentence_of(dict(held), sheet.name),
    }


def _unknown_words(found: Sequence[tuple[ImportSheet, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Words of choice columns that nobody explained yet, each once, for the office to explain."""
    words: dict[tuple[int, str, str], dict[str, Any]] = {}
    for sheet, held in found:
        if held["code"] not in ("choice_unknown", "choice_wrong"):
            continue
        word = str(held.get("params", {}).get("value", ""))
        key = (sheet.number, held["field"], word)
        if word and key not in words and len(words) < 20:
            words[key] = {
                "sheet": sheet.number,
                "field": held["field"],
                "title": specs.field_title(sheet.kind, held["field"]),
                "word": word,
                "choices": specs.choices_of(sheet.kind, held["field"]),
            }
    return list(words.values())


def step_words(imported: Import) -> str:
    """What a running import is doing."""
    if imported.step == "reading":
        return _("正在读取文件")
    if imported.step == "finishing":
        return _("正在写回执")
    return (
        _("正在存入：%(kind)s") % {"kind": specs.kind_title(imported.step)}
        if imported.step
        else _("等待开始")
    )


def kept_rows(sheet: KeptSheet, query: Mapping[str, str]) -> dict[str, Any]:
    """A page of a kept sheet's rows as a table, found by words in `q`."""
    text = query.get("q", "").strip()
    at = max(1, int(query["page"])) if query.get("page", "").isdigit() else 1
    found = _kept_lines(sheet, text, (at - 1) * PAGE)
    columns = [_("行"), *sheet.columns]
    cells = ((number, json.loads(line)) for number, line in found[:PAGE])
    table = [(number, *(str(values.get(name, "")) for name in sheet.columns)) for number, values in cells]
    asked = {"q": text} if text else {}
    return {
        "columns": columns,
        "table": table,
        "q": text,
        "next_url": f"?{urlencode({**asked, 'page': at + 1})}" if len(found) > PAGE else "",
        "prev_url": f"?{urlencode({**asked, 'page': at - 1})}" if at > 1 else "",
    }


def _kept_lines(sheet: KeptSheet, text: str, start: int) -> list[tuple[int, str]]:
    """Numbers and cells (a JSON object) of the rows that hold the text, one more than a page from `start` on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.number, r.line FROM sheets_keptchunk c, unnest(c.numbers, c.lines) AS r(number, line)"
            " WHERE c.sheet_id = %s AND (%s = '' OR strpos(lower(r.line), lower(%s)) > 0)"
            " ORDER BY r.number, c.id LIMIT %s OFFSET %s",
            [sheet.pk, text, text, PAGE + 1, start],
        )
        return list(cursor.fetchall())
