"""Reads the public tables: statistical divisions and GB/T 4754. Nothing is stored here.

A division file has the columns `code` and `name`; codes have 2, 4, 6, 9 or 12 digits (province, city, county,
township, village), so that each of the usual files is read alike, also packed by gzip. An industry file has `code`
and `name`, and `parent_id`/`id` where the leading zeros of its codes were lost.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lianjian.foundation.codes import NotAnAreaCode, parse_area_code
from lianjian.foundation.data.industries import SECTION_OF, SECTIONS
from lianjian.foundation.errors import Refused, _

LEVELS = {2: 1, 4: 2, 6: 3, 9: 4, 12: 5}
MOST_ROWS = 1_000_000
MOST_BYTES = 200 * 1024 * 1024


class NotATable(Refused):
    """The file is not the table that was expected."""

    sentence = _("这个文件不是所需的表:%(reason)s")
    field = "file"


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A division: twelve digits, its level 1 to 5, and the padded code above it (empty for a province)."""

    code: str
    name: str
    level: int
    parent: str


@dataclass(frozen=True, slots=True)
class IndustryRow:
    """An industry: code with its zeros, section letter, level 1 to 4, code above it."""

    code: str
    name: str
    section: str
    level: int
    parent: str


def _text(file: BinaryIO) -> io.TextIOBase:
    """The file as text, unpacked if it is gzip, and no more of it than a real table has."""
    start = file.read(2)
    file.seek(0)
    raw = (
        gzip.GzipFile(fileobj=file).read(MOST_BYTES + 1)
        if start == b"\x1f\x8b"
        else file.read(MOST_BYTES + 1)
    )
    if len(raw) > MOST_BYTES:
        raise NotATable(reason=_("文件过大"))
    try:
        return io.StringIO(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        try:
            return io.StringIO(raw.decode("gb18030"))
        except UnicodeDecodeError:
            raise NotATable(reason=_("文字编码无法识别")) from None


def _rows(file: BinaryIO, needed: tuple[str, ...]) -> Iterator[dict[str, str]]:
    try:
        reader = csv.DictReader(_text(file))
        names = {(name or "").strip().lower() for name in reader.fieldnames or ()}
        if not set(needed) <= names:
            raise NotATable(reason=_("第一行须有 %(names)s 列") % {"names": "、".join(needed)})
        for number, row in enumerate(reader):
            if number >= MOST_ROWS:
                raise NotATable(reason=_("行数过多"))
            yield {(k or "").strip().lower(): (v or "").strip() for k, v in row.items() if isinstance(v, str)}
    except (csv.Error, OSError, EOFError) as error:
        raise NotATable(reason=_("无法读取")) from error


def read_areas(file: BinaryIO) -> Iterator[AreaRow]:
    """The divisions of a file, in its order. Raises `NotATable` with the row of a code that is none."""
    for number, row in enumerate(_rows(file, ("code", "name")), start=2):
        code, name = row["code"], row["name"]
        if not code or not name:
            continue
        if len(code) in LEVELS and code.isascii() and code.isdigit():
            level = LEVELS[len(code)]
            short = code
        else:
            try:
                area = parse_area_code(code)
            except NotAnAreaCode:
                raise NotATable(
                    reason=_("第%(row)s行的代码“%(code)s”不正确") % {"row": number, "code": code[:20]}
                ) from None
            short, level = area.short, LEVELS[len(area.short)]
        ends = (2, 4, 6, 9)
        parent = short[: ends[level - 2]].ljust(12, "0") if level > 1 else ""
        yield AreaRow(short.ljust(12, "0"), name[:60], level, parent)


def read_industries(file: BinaryIO) -> Iterator[IndustryRow]:
    """The industries of a file, from sections down. Zeros that a table of numbers lost (1 for 01) are put back.

    Where the file tells the row above (`id`, `parent_id`), that decides the level; else the length of the code and
    the sections that were read before it.
    """
    by_id: dict[str, IndustryRow] = {}
    section = ""
    for number, row in enumerate(_rows(file, ("code", "name")), start=2):
        code, name = row["code"].upper(), row["name"]
        if not code or not name:
            continue
        above = by_id.get(row.get("parent_id", ""))
        if code in SECTIONS:
            made = IndustryRow(code, name[:80], code, 1, "")
            section = code
        else:
            made = _industry(code, name, above, section, number)
        if row.get("id"):
            by_id[row["id"]] = made
        yield made


def _industry(code: str, name: str, above: IndustryRow | None, section: str, number: int) -> IndustryRow:
    """One division, group or class with its zeros back."""
    digits = code.lstrip("ABCDEFGHIJKLMNOPQRST")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 4:
        raise NotATable(reason=_("第%(row)s行的代码“%(code)s”不正确") % {"row": number, "code": code[:20]})
    if above is not None:
        width = {1: 2, 2: 3, 3: 4}.get(above.level, 4)
        full = digits.zfill(width)
    else:
        full = digits if len(digits) > 1 else digits.zfill(2)
        if section in "AB" and SECTION_OF.get(full[:2]) != section:
            full = "0" + full
    letter = SECTION_OF.get(full[:2])
    if (
        letter is None
        or len(full) > 4
        or (above is not None and above.level > 1 and not full.startswith(above.code))
    ):
        raise NotATable(reason=_("第%(row)s行的代码“%(code)s”不正确") % {"row": number, "code": code[:20]})
    return IndustryRow(full, name[:80], letter, len(full), letter if len(full) == 2 else full[:-1])
