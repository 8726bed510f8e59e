"""Files made to harm: each is refused with its sentence, in bounded time and memory, and the process lives."""

from __future__ import annotations

import io
import random
import resource
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from lianjian.sheets.reading import guard, limits, process, refusals
from lianjian.sheets.reading.refusals import UnreadableFile
from lianjian.sheets.reading.rows import read_workbook
from lianjian.sheets.tests.specs import KINDS

HEAD = b'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
SHEET = "xl/worksheets/sheet1.xml"


def plain_workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (
        ["企业名称", "联系电话"],
        ["远山茶业有限公司", "13800000000"],
        ["青禾农机有限公司", "13800000001"],
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


PLAIN = plain_workbook()


def rebuilt(changes: dict[str, bytes], base: bytes = PLAIN) -> bytes:
    """The plain workbook with parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name, data in changes.items():
            if name not in old.namelist():
                new.writestr(name, data)
    return out.getvalue()


def with_sheet(body: bytes) -> bytes:
    return rebuilt({SHEET: HEAD + b"<sheetData>" + body + b"</sheetData></worksheet>"})


def cell(reference: bytes, text: bytes = b"x") -> bytes:
    return b'<c r="' + reference + b'" t="inlineStr"><is><t>' + text + b"</t></is></c>"


def renamed(old: str, new: str) -> bytes:
    return rebuilt({old: b"x"}).replace(old.encode(), new.encode())


HOSTILE: dict[str, tuple[Callable[[], bytes], type[UnreadableFile]]] = {
    "empty": (lambda: b"", refusals.EmptyFile),
    "bomb in one cell": (lambda: with_sheet(cell(b"A1", b"A" * 60_000_000)), refusals.PackedTooTightly),
    "one huge cell": (lambda: with_sheet(cell(b"A1", b"A" * 9_000_000)), refusals.CellTooLong),
    "cell over the limit": (lambda: with_sheet(cell(b"A1", b"A" * 40_000)), refusals.CellTooLong),
    "many rows": (lambda: with_sheet(b"<row/>" * 1_000_000), refusals.TooManyRows),
    "filled rows beyond the limit": (
        lambda: with_sheet(
            b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (i, i, i) for i in range(1, 210_000))
        ),
        refusals.TooManyRows,
    ),
    "far cell": (lambda: with_sheet(cell(b"A1") + cell(b"XFD1048576")), refusals.FarCell),
    "far row": (lambda: with_sheet(cell(b"A1") + cell(b"B1048576")), refusals.FarCell),
    "far box": (lambda: with_sheet(cell(b"A1") + cell(b"PZ150000")), refusals.FarCell),
    "far cell, other quotes": (
        lambda: with_sheet(b"<c t='n'\n r = 'XFD1048576'><v>1</v></c>"),
        refusals.FarCell,
    ),
    "far cell, prefixed": (lambda: with_sheet(b'<x:c r="XFD1048576"><x:v>1</x:v></x:c>'), refusals.FarCell),
    "far row for a cell without place": (
        lambda: with_sheet(b'<row r="1048576"><c><v>1</v></c></row>'),
        refusals.FarCell,
    ),
    "doctype": (
        lambda: rebuilt(
            {SHEET: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + HEAD[38:] + b"</worksheet>"}
        ),
        refusals.HasDoctype,
    ),
    "doctype in UTF-16": (
        lambda: rebuilt({SHEET: "\ufeff<!DOCTYPE a><worksheet/>".encode("utf-16-le")}),
        refusals.SuspiciousFile,
    ),
    "foreign encoding": (
        lambda: rebuilt({SHEET: b'<?xml version="1.0" encoding="UTF-7"?><worksheet/>'}),
        refusals.SuspiciousFile,
    ),
    "macro": (lambda: rebuilt({"xl/vbaProject.bin": b"x"}), refusals.HasMacros),
    "macro type": (
        lambda: rebuilt(
            {"[Content_Types].xml": b'<Types><Override ContentType="x.macroEnabled.main+xml"/></Types>'}
        ),
        refusals.HasMacros,
    ),
    "external link": (
        lambda: rebuilt({"xl/externalLinks/externalLink1.xml": b"<a/>"}),
        refusals.HasExternalLinks,
    ),
    "embedded": (lambda: rebuilt({"xl/embeddings/oleObject1.bin": b"x"}), refusals.HasEmbeddedObjects),
    "activex": (lambda: rebuilt({"xl/activeX/activeX1.xml": b"<a/>"}), refusals.HasEmbeddedObjects),
    "slip": (lambda: rebuilt({"../../evil.xml": b"<a/>"}), refusals.SuspiciousFile),
    "absolute": (lambda: rebuilt({"/etc/evil.xml": b"<a/>"}), refusals.SuspiciousFile),
    "backslash": (lambda: renamed("xl/aaaa.xml", "xl\\aaaa.xml"), refusals.SuspiciousFile),
    "many parts": (lambda: rebuilt({f"xl/p{i}.txt": b"" for i in range(2_100)}), refusals.TooManyParts),
    "many sheets": (
        lambda: rebuilt({f"xl/worksheets/s{i}.xml": b"<a/>" for i in range(120)}),
        refusals.TooManySheets,
    ),
    "truncated": (lambda: PLAIN[: len(PLAIN) // 2], refusals.DamagedFile),
    "encrypted": (
        lambda: guard.OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        refusals.PasswordProtected,
    ),
    "old format": (lambda: guard.OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), refusals.OldWorkbook),
    "web page": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", refusals.WebPageAsWorkbook),
    "pdf": (lambda: b"%PDF-1.7\n1 0 obj", refusals.NotAWorkbook),
    "binary": (lambda: b"a,b\n\0\1\2", refusals.NotAWorkbook),
    "document": (
        lambda: _zip({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}),
        refusals.NotAWorkbook,
    ),
    "xlsb": (
        lambda: _zip({"[Content_Types].xml": b"<a/>", "xl/workbook.bin": b"a"}),
        refusals.BinaryWorkbook,
    ),
    "ods": (lambda: _zip({"mimetype": b"application/x", "content.xml": b"<a/>"}), refusals.BinaryWorkbook),
    "broken xml": (lambda: with_sheet(b"<row r='1'><c r="), refusals.ReadingFailed),
}


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
def test_refused_with_its_sentence(tmp_path: Path, name: str) -> None:
    build, expected = HOSTILE[name]
    path = tmp_path / "upload.xlsx"
    path.write_bytes(build())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UnreadableFile) as caught:
        read_workbook(path, KINDS)
    assert type(caught.value) is expected, repr(caught.value)
    assert str(caught.value).endswith("。")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


def test_a_file_over_the_limit_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(limits.FILE_BYTES + 1)
    with pytest.raises(refusals.FileTooLarge) as caught:
        guard.inspect(path)
    assert "26 MB" in str(caught.value)


def test_sizes_that_lie_are_found(tmp_path: Path) -> None:
    """A part that inflates to more than its directory says is not what a spreadsheet program wrote."""
    data = bytearray(with_sheet(cell(b"A1", b"A" * 5_000)))
    place = data.rfind(b"PK\x01\x02" + b"", 0, data.rfind(SHEET.encode()))
    struct.pack_into("<I", data, place + 24, 100)
    path = tmp_path / "lie.xlsx"
    path.write_bytes(data)
    with pytest.raises((refusals.SuspiciousFile, refusals.DamagedFile)):
        guard.inspect(path)


def test_parts_that_share_bytes_are_found(tmp_path: Path) -> None:
    data = bytearray(PLAIN)
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    path = tmp_path / "overlap.xlsx"
    path.write_bytes(data)
    with pytest.raises(refusals.SuspiciousFile):
        guard.inspect(path)


def test_empty_styled_cells_far_away_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "styled.xlsx"
    path.write_bytes(
        with_sheet(b'<row r="1">' + cell(b"A1") + b'<c r="XFD1" s="0"/></row><row r="1048576"/>')
    )
    assert process.parse(path).grids[0].width == 1


def test_the_dimension_tag_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "dimension.xlsx"
    tag = b'<dimension ref="A1:XFD1048576"/><sheetData>'
    path.write_bytes(rebuilt({SHEET: HEAD + tag + cell(b"B2") + b"</sheetData></worksheet>"}))
    assert process.parse(path).grids[0].address(0, 0) == "B2"


def test_a_parser_that_dies_or_hangs_becomes_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "good.xlsx"
    path.write_bytes(PLAIN)
    fake = tmp_path / "child.py"
    monkeypatch.setattr(process, "CHILD", fake)
    for source, expected in (
        ("import os; os.abort()", refusals.ReadingFailed),
        ("raise MemoryError", refusals.ReadingFailed),
        ("import time; time.sleep(60)", refusals.ReadingTooLong),
        ("import sys; sys.stdout.buffer.write(b'\\xff' * 100)", refusals.ReadingFailed),
        ("import sys; sys.stdout.buffer.write(b'\\x02' + bytes(7) + b'[]')", refusals.ReadingFailed),
        ("pass", refusals.ReadingFailed),
    ):
        fake.write_text(source)
        monkeypatch.setattr(limits, "CHILD_WALL_SECONDS", 1)
        with pytest.raises(expected):
            process.parse(path)


def test_the_child_cannot_take_more_memory_than_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "good.xlsx"
    path.write_bytes(with_sheet(cell(b"A1") + cell(b"XFD1048576")))
    monkeypatch.setattr(guard, "inspect", lambda _path: "xlsx")  # the first wall taken away on purpose
    with pytest.raises(refusals.ReadingFailed):
        process.parse(path)


def test_mutated_bytes_never_end_the_process(tmp_path: Path) -> None:
    path = tmp_path / "mutated.xlsx"
    refused = 0
    for seed in range(100):
        chance = random.Random(seed)
        data = bytearray(PLAIN)
        for _ in range(chance.choice((1, 3, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if seed % 10 == 0:
            del data[chance.randrange(len(data)) :]
        path.write_bytes(data)
        try:
            read_workbook(path, KINDS)
        except UnreadableFile:
            refused += 1
    assert refused > 50


def test_csv_beyond_the_limits(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(",".join("x" * 3 for _ in range(600)) + "\n1,2\n")
    with pytest.raises(refusals.TooManyCells):
        process.parse(path)
    path.write_text("a,b\n" + "x" * 50_000 + ",1\n")
    with pytest.raises(UnreadableFile):
        process.parse(path)
    path.write_bytes(b"a,b\n\xff\xff\xff,1\n")
    with pytest.raises(UnreadableFile):
        process.parse(path)
