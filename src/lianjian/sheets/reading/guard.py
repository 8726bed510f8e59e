"""Refuses hostile or unreadable files before any parser sees them.

Structure, names, sizes and the raw XML are checked with the standard library only, in constant memory; the parser
then runs in a child process with limits (`child`), which is the second wall behind this one.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, Literal

from lianjian.sheets.reading import limits, refusals
from lianjian.sheets.reading.rawxml import SheetScan

CHUNK: Final = 1 << 20
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP: Final = b"PK\x03\x04"
MACROS: Final = re.compile(r"vbaproject|vbadata|macrosheets?/|dialogsheets?/|intlmacrosheets?/")
XML_NAME: Final = re.compile(r"\.(?:xml|rels|vml)$")
OTHER_FORMATS: Final = {
    "xl/workbook.bin": "xlsb",
    "word/document.xml": "docx",
    "ppt/presentation.xml": "pptx",
}

FileKind = Literal["xlsx", "csv"]


def inspect(path: str | Path) -> FileKind:
    """What kind of readable file lies at `path`; raises a refusal that says how to mend it."""
    file_path = Path(path)
    size = file_path.stat().st_size
    if size == 0:
        raise refusals.EmptyFile
    if size > limits.FILE_BYTES:
        megabytes = -(-size // limits.MEGABYTE)
        raise refusals.FileTooLarge(size=megabytes, limit=limits.FILE_BYTES // limits.MEGABYTE)
    with file_path.open("rb") as file:
        head = file.read(4096)
        if head.startswith(ZIP):
            _inspect_archive(file)
            return "xlsx"
        if head.startswith(OLE):
            _refuse_ole(file)
        _inspect_text(head, file)
    return "csv"


def _refuse_ole(file: BinaryIO) -> None:
    """Old .xls and encrypted .xlsx share one container; the stream names tell them apart."""
    file.seek(0)
    if "EncryptedPackage".encode("utf-16-le") in file.read():
        raise refusals.PasswordProtected
    raise refusals.OldWorkbook


def _inspect_text(head: bytes, file: BinaryIO) -> None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version")):
        raise refusals.WebPageAsWorkbook
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    file.seek(0)
    while chunk := file.read(CHUNK):
        if b"\0" in chunk:
            raise refusals.NotAWorkbook
    if head.startswith(
        (b"%PDF", b"PK", b"Rar!", b"\x1f\x8b", b"7z\xbc\xaf", b"\x89PNG", b"\xff\xd8", b"{\\rtf")
    ):
        raise refusals.NotAWorkbook


def _inspect_archive(file: BinaryIO) -> None:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise refusals.DamagedFile from error
    parts = archive.infolist()
    _check_directory(parts)
    total = 0
    scan = SheetScan()
    for part in sorted(parts, key=lambda item: item.header_offset):
        total += part.file_size
        if total > limits.TOTAL_BYTES:
            raise refusals.UnpacksTooLarge(limit=limits.TOTAL_BYTES // limits.MEGABYTE)
        if XML_NAME.search(part.filename.lower()):
            if not scan.quick(inflate(file, part)):
                scan.exact(inflate(file, part))
        else:
            for _chunk in inflate(file, part):
                pass


def _check_directory(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > limits.PARTS:
        raise refusals.TooManyParts(count=len(parts), limit=limits.PARTS)
    names: set[str] = set()
    for part in parts:
        name = part.filename.lower()
        _check_name(part, name)
        if name in names:
            raise refusals.SuspiciousFile(part=_shown(part.filename))
        names.add(name)
        _check_sizes(part)
    if sum(part.file_size for part in parts) > limits.TOTAL_BYTES:
        raise refusals.UnpacksTooLarge(limit=limits.TOTAL_BYTES // limits.MEGABYTE)
    _check_overlap(parts)
    _check_is_workbook(names)
    sheets = sum(name.startswith("xl/worksheets/") and name.endswith(".xml") for name in names)
    if sheets > limits.SHEETS:
        raise refusals.TooManySheets(count=sheets, limit=limits.SHEETS)


def _check_name(part: zipfile.ZipInfo, name: str) -> None:
    original = part.orig_filename
    if "\\" in original or "\0" in original or ":" in name or name.startswith("/") or ".." in name.split("/"):
        raise refusals.SuspiciousFile(part=_shown(original))
    if MACROS.search(name):
        raise refusals.HasMacros
    if "externallinks/" in name:
        raise refusals.HasExternalLinks
    if "embeddings/" in name or "activex/" in name:
        raise refusals.HasEmbeddedObjects


def _check_sizes(part: zipfile.ZipInfo) -> None:
    if part.flag_bits & 0x1:
        raise refusals.PasswordProtected
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise refusals.SuspiciousFile(part=_shown(part.filename))
    if part.file_size > limits.PART_BYTES:
        raise refusals.UnpacksTooLarge(limit=limits.PART_BYTES // limits.MEGABYTE)
    if part.file_size > limits.RATIO_FLOOR and part.file_size > limits.RATIO * max(part.compress_size, 1):
        raise refusals.PackedTooTightly(part=_shown(part.filename))


def _check_overlap(parts: list[zipfile.ZipInfo]) -> None:
    """Parts that share bytes are the trick of a bomb without nesting."""
    end = 0
    for part in sorted(parts, key=lambda item: item.header_offset):
        if part.header_offset < end:
            raise refusals.SuspiciousFile(part=_shown(part.filename))
        end = part.header_offset + 30 + len(part.filename) + part.compress_size


def _check_is_workbook(names: set[str]) -> None:
    if "[content_types].xml" in names and "xl/workbook.xml" in names:
        return
    for name, kind in OTHER_FORMATS.items():
        if name in names:
            if kind == "xlsb":
                raise refusals.BinaryWorkbook(kind=kind)
            raise refusals.NotAWorkbook
    if "mimetype" in names and "content.xml" in names:
        raise refusals.BinaryWorkbook(kind="ods")
    raise refusals.NotAWorkbook


def inflate(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of one part in chunks, counted: a size or check sum that does not hold is refused."""
    _seek_content(file, part)
    total, crc, left = 0, 0, part.compress_size
    unpack = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    pending = b""
    while True:
        if not pending and left:
            pending = file.read(min(left, 1 << 18))
            if not pending:
                raise refusals.DamagedFile
            left -= len(pending)
        try:
            chunk = unpack.decompress(pending, CHUNK) if unpack else pending
        except zlib.error as error:
            raise refusals.DamagedFile from error
        pending = unpack.unconsumed_tail if unpack else b""
        total += len(chunk)
        if total > part.file_size:
            raise refusals.SuspiciousFile(part=_shown(part.filename))
        crc = zlib.crc32(chunk, crc)
        if chunk:
            yield chunk
        elif not pending and not left:
            break
        if unpack and unpack.eof:
            break
    if (
        total != part.file_size
        or crc != part.CRC
        or (unpack and (not unpack.eof or unpack.unused_data or left))
    ):
        raise refusals.DamagedFile


def _seek_content(file: BinaryIO, part: zipfile.ZipInfo) -> None:
    """Move to the packed bytes; the local header must tell the same story as the directory."""
    file.seek(part.header_offset)
    header = file.read(30)
    if len(header) < 30 or not header.startswith(ZIP):
        raise refusals.DamagedFile
    flags, method = struct.unpack_from("<HH", header, 6)
    name_length, extra_length = struct.unpack_from("<HH", header, 26)
    name = file.read(name_length)
    if flags & 0x1:
        raise refusals.PasswordProtected
    shown = part.orig_filename.encode("utf-8" if part.flag_bits & 0x800 else "cp437", "replace")
    if name != shown or method != part.compress_type:
        raise refusals.SuspiciousFile(part=_shown(part.filename))
    file.seek(extra_length, 1)


def _shown(name: str) -> str:
    """A part's name as it may stand in a sentence: short and printable."""
    return "".join(character if character.isprintable() else "?" for character in name[:60])
