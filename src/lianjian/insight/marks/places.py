"""Where a text of an office file stands, in words a person finds it by."""

from __future__ import annotations

import posixpath
import zipfile
from typing import Any

from lianjian.foundation.errors import _, translate

from .parts import Budget, Text, local_name, parsed

SNIPPET = 16
_PART_WORDS = (
    ("header", _("页眉")),
    ("footer", _("页脚")),
    ("footnotes", _("脚注")),
    ("endnotes", _("尾注")),
    ("comments", _("批注")),
    ("drawing", _("文本框")),
    ("chart", _("图表")),
)


class Names:
    """Of a workbook: the names of its sheets by part, and the cells of each shared string."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self._sheets: dict[str, str] | None = None
        self._cells: dict[int, str] | None = None

    def sheets(self) -> dict[str, str]:
        if self._sheets is None:
            self._sheets = {}
            names = self.archive.namelist()
            if "xl/workbook.xml" in names and "xl/_rels/workbook.xml.rels" in names:
                targets = {
                    relation.get("Id"): posixpath.normpath(
                        posixpath.join("/xl", relation.get("Target", ""))
                    ).lstrip("/")
                    for relation in parsed(Budget().read(self.archive, "xl/_rels/workbook.xml.rels"))
                }
                for sheet in parsed(Budget().read(self.archive, "xl/workbook.xml")).iter():
                    if local_name(sheet) == "sheet":
                        ids = [value for key, value in sheet.attrib.items() if key.endswith("}id")]
                        self._sheets[targets.get(ids[0] if ids else "", "")] = sheet.get("name", "")
        return self._sheets

    def cells(self) -> dict[int, str]:
        """For each shared string the first cell that shows it."""
        if self._cells is None:
            self._cells = {}
            for part, name in self.sheets().items():
                if part not in self.archive.namelist():
                    continue
                root = parsed(Budget().read(self.archive, part))
                for cell in (e for e in root.iter() if local_name(e) == "c" and e.get("t") == "s"):
                    held = next((child.text or "" for child in cell if local_name(child) == "v"), "")
                    if held.isdigit():
                        self._cells.setdefault(int(held), _cell_words(name, cell.get("r", "")))
        return self._cells


def _cell_words(sheet: str, cell: str) -> str:
    return translate(_("工作表“%(sheet)s”的 %(cell)s 格")) % {"sheet": sheet, "cell": cell}


class Places:
    """Says where the paragraphs of one part stand, in words a person finds them by."""

    def __init__(self, part: str, root: Any, names: Names) -> None:
        self.part, self.root, self.names = part, root, names
        self.numbers: dict[Any, int] = {}

    def of(self, text: Text) -> str:
        element, local = text.element, local_name(text.element)
        if local == "si":
            return self.names.cells().get(self.root.index(element)) or self._part_words()
        if local == "is":
            return _cell_words(self.names.sheets().get(self.part, ""), element.getparent().get("r", ""))
        if self.part != "word/document.xml":
            return self._part_words()
        cell = next((up for up in element.iterancestors() if local_name(up) == "tc"), None)
        if cell is not None:
            return self._table_words(cell)
        number = self._number(element)
        start = text.joined.strip()[:SNIPPET]
        return translate(_("第 %(n)s 段(“%(start)s”)")) % {"n": number, "start": start}

    def _number(self, element: Any) -> int:
        """Which paragraph of the text it is, tables left out; one in a text box has the number of where it hangs."""
        top = element
        for up in element.iterancestors():
            if local_name(up) == "p":
                top = up
        if not self.numbers:
            paragraphs = (e for e in self.root.iter() if local_name(e) == "p")
            kept = (
                e for e in paragraphs if not any(local_name(up) in ("tc", "p") for up in e.iterancestors())
            )
            self.numbers = {e: n for n, e in enumerate(kept, start=1)}
        return self.numbers.get(top, 0)

    def _table_words(self, cell: Any) -> str:
        row = cell.getparent()
        table = next(up for up in cell.iterancestors() if local_name(up) == "tbl")
        tables = [e for e in self.root.iter() if local_name(e) == "tbl"]
        rows, cells = ([e for e in up if local_name(e) == kind] for up, kind in ((table, "tr"), (row, "tc")))
        numbers = {
            "table": tables.index(table) + 1,
            "row": rows.index(row) + 1 if row in rows else 0,
            "cell": cells.index(cell) + 1 if cell in cells else 0,
        }
        return translate(_("第 %(table)s 张表第 %(row)s 行第 %(cell)s 格")) % numbers

    def _part_words(self) -> str:
        name = posixpath.basename(self.part)
        for start, words in _PART_WORDS:
            if name.startswith(start):
                return translate(words)
        sheet = self.names.sheets().get(self.part)
        return translate(_("工作表“%(sheet)s”的页眉页脚")) % {"sheet": sheet} if sheet else self.part
