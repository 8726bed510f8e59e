"""Marks `{{figure}}` in a Word or Excel file that an office made: where they stand, and the file with them filled.

The file is taken as text with places: nothing in it is run, no expression is read, and a part without marks is copied
byte by byte. Word cuts a sentence into runs wherever it likes, so marks are looked for in the text of a whole
paragraph; the value takes the look of the mark's first letter. No Django, no queries.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

from lxml import etree

from lianjian.foundation.errors import Refused, _

from .parts import Budget, TemplateBroken, TemplateTooLarge, Text, local_name, opened, parsed, texts
from .places import SNIPPET, Names, Places

__all__ = [
    "MARK",
    "Mark",
    "MarkOutOfReach",
    "MarkUnfinished",
    "TemplateBroken",
    "TemplateTooLarge",
    "Value",
    "filled",
    "marks_of",
    "speaks_chinese",
]

MARK = re.compile(r"[{\uff5b]{2}\s*(?P<text>[^{}\uff5b\uff5d\n]{1,80}?)\s*[}\uff5d]{2}")
_HALF = re.compile(r"[{\uff5b]{2}|[}\uff5d]{2}")
_BRACES = (b"{", b"}", "\uff5b".encode(), "\uff5d".encode())
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_HIDDEN = re.compile(r"(?i)^(docProps|customXml)/|\.rels$|^\[Content_Types\]\.xml$")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class MarkUnfinished(Refused):
    """Two braces without their other two."""

    sentence = _("%(where)s的标记不完整:“%(text)s”。前后各要两个花括号。")
    field = "file"


class MarkOutOfReach(Refused):
    """A mark in a part that is not filled: a field, a sheet's name, a formula."""

    sentence = _("文件里有一处标记在不能填写的地方(%(part)s),请把它移到正文、表格、页眉页脚或文本框里。")
    field = "file"


@dataclass(frozen=True)
class Value:
    """What a mark becomes: its text, and the number if a cell may hold it as one."""

    text: str
    number: Decimal | int | None = None


@dataclass(frozen=True)
class Mark:
    """A mark as it was written, and where it stands in words."""

    text: str
    where: str


def marks_of(file: IO[bytes]) -> list[Mark]:
    """Every mark of the file, in order. Raises every refusal of this package."""
    found: list[Mark] = []
    with opened(file) as archive:
        names, budget = Names(archive), Budget()
        for part in archive.namelist():
            if _HIDDEN.search(part) or not part.endswith(".xml"):
                continue
            data = budget.read(archive, part)
            if not any(brace in data for brace in _BRACES):
                continue
            root = parsed(data)
            places, reached = Places(part, root, names), set()
            for text in texts(root):
                reached.update(piece for piece in text.pieces if piece is not None)
                if _HALF.search(text.joined):
                    found += _marks_in(text, places.of(text))
            _check_reach(root, reached, part)
    return found


def speaks_chinese(file: IO[bytes]) -> bool:
    """Whether the words around the marks hold a Chinese character: values are then written in Chinese too."""
    with opened(file) as archive:
        budget = Budget()
        for part in archive.namelist():
            if _HIDDEN.search(part) or not part.endswith(".xml"):
                continue
            data = budget.read(archive, part)
            if any(brace in data for brace in _BRACES):
                if any(_CHINESE.search(MARK.sub("", text.joined)) for text in texts(parsed(data))):
                    return True
    return False


def _marks_in(text: Text, where: str) -> Iterator[Mark]:
    for match in MARK.finditer(text.joined):
        yield Mark(match["text"], where)
    rest = MARK.sub("", text.joined)
    if half := _HALF.search(rest):
        raise MarkUnfinished(where=where, text=rest[max(0, half.start() - 4) :][:SNIPPET])


def _check_reach(root: Any, reached: set[Any], part: str) -> None:
    """No mark may stand where none is filled: it would come back as it was written."""
    for element in root.iter(etree.Element):
        texts = [*element.attrib.values(), "" if element in reached else element.text or ""]
        if any(MARK.search(text) for text in texts):
            raise MarkOutOfReach(part=part)


def filled(file: IO[bytes], value_of: Callable[[str], Value]) -> bytes:
    """The file with every mark replaced by its value; a cell that is a mark alone and has a number holds the number."""
    out = io.BytesIO()
    with opened(file) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        numbers = _numbers_of(archive, value_of)
        budget = Budget()
        for info in archive.infolist():
            part = info.filename
            if _HIDDEN.search(part) or not part.endswith(".xml"):
                target.writestr(info, archive.read(part), zipfile.ZIP_DEFLATED)
                continue
            data = budget.read(archive, part)
            if (
                part == "xl/workbook.xml"
                or any(brace in data for brace in _BRACES)
                or (numbers and _is_sheet(part))
            ):
                data = _part_filled(part, data, numbers, value_of)
            target.writestr(info, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _part_filled(
    part: str, data: bytes, numbers: Mapping[int, Decimal | int], value_of: Callable[[str], Value]
) -> bytes:
    root = parsed(data)
    if _is_sheet(part):
        _cells_filled(root, numbers, value_of)
    if part == "xl/workbook.xml":
        _recalculated(root)
    for text in texts(root):
        for match in reversed(list(MARK.finditer(text.joined))):
            _replace(text, match.start(), match.end(), value_of(match["text"]).text)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _replace(text: Text, start: int, end: int, value: str) -> None:
    """Put `value` where the mark's first letter stands and take the rest of the mark away."""
    at, put = 0, False
    for piece in text.pieces:
        old = "\n" if piece is None else piece.text or ""
        first, last = max(start - at, 0), min(end - at, len(old))
        if piece is not None and first < last:
            piece.text = old[:first] + ("" if put else value) + old[last:]
            put = True
            if "wordprocessingml" in piece.tag or "spreadsheetml" in piece.tag:
                piece.set(_SPACE, "preserve")
        at += len(old)


# ---- workbooks ---------------------------------------------------------------------------------------------------


def _is_sheet(part: str) -> bool:
    return part.startswith("xl/worksheets/") and part.endswith(".xml")


def _numbers_of(archive: zipfile.ZipFile, value_of: Callable[[str], Value]) -> dict[int, Decimal | int]:
    """Shared strings that are one mark alone and whose value is a number, by their index."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return {}
    data = Budget().read(archive, "xl/sharedStrings.xml")
    if not any(brace in data for brace in _BRACES):
        return {}
    root = parsed(data)
    joined = {text.element: text.joined for text in texts(root)}
    lone = ((index, _lone(joined.get(element, ""), value_of)) for index, element in enumerate(root))
    return {index: number for index, number in lone if number is not None}


def _lone(joined: str, value_of: Callable[[str], Value]) -> Decimal | int | None:
    match = MARK.fullmatch(joined.strip())
    return value_of(match["text"]).number if match else None


def _cells_filled(root: Any, numbers: Mapping[int, Decimal | int], value_of: Callable[[str], Value]) -> None:
    """Cells that are a mark alone become numbers, so that formulas reckon with them."""
    space = root.tag[: root.tag.index("}") + 1] if root.tag.startswith("{") else ""
    for cell in root.iter(f"{space}c"):
        kind, number = cell.get("t"), None
        if kind == "s":
            held = cell.findtext(f"{space}v") or ""
            number = numbers.get(int(held)) if held.isdigit() else None
        elif kind == "inlineStr":
            number = _lone("".join(t.text or "" for t in cell.iter(f"{space}t")), value_of)
        if number is None:
            continue
        for child in list(cell):
            cell.remove(child)
        del cell.attrib["t"]
        etree.SubElement(cell, f"{space}v").text = str(number)


def _recalculated(root: Any) -> None:
    """Formulas are reckoned anew when the file is opened: their kept results are those of the empty template."""
    for element in root:
        if local_name(element) == "calcPr":
            element.set("fullCalcOnLoad", "1")
            return
    space = root.tag[: root.tag.index("}") + 1] if root.tag.startswith("{") else ""
    made = etree.Element(f"{space}calcPr", fullCalcOnLoad="1")
    before = [
        e for e in root if local_name(e) in ("sheets", "functionGroups", "externalReferences", "definedNames")
    ]
    (before[-1].addnext if before else root.append)(made)
