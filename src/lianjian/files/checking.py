"""Examine an upload before anything is stored: size, true type, macros, pictures made anew."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, Any

from PIL import Image, ImageOps, UnidentifiedImageError

from lianjian.foundation.errors import Refused, _

from .rules import extension_of, safe_name

MB = 1024 * 1024
MAX_SIZE = 20 * MB
MAX_PIXELS = 40_000_000
MAX_PARTS = 2_000
MAX_INFLATED = 300 * MB
MAX_RATIO = 200
_HEAD = 4096

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": DOCX,
    "xlsx": XLSX,
    "pptx": PPTX,
    "ofd": "application/ofd",
    "txt": "text/plain",
    "csv": "text/csv",
}
SAME = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "text": "txt"}
PICTURES = ("image/png", "image/jpeg")
ACCEPT = ",".join(f".{name}" for name in (*TYPES, "jpeg"))


class FileTooLarge(Refused):
    """More than 20 MB."""

    sentence = _("文件“%(name)s”有 %(size)s MB,超过 20 MB 的上限。请压缩或拆分后再传。")
    field = "file"
    status = 422


class FileEmpty(Refused):
    """Nothing in it."""

    sentence = _("文件“%(name)s”是空的。")
    field = "file"


class TypeNotAllowed(Refused):
    """A type that is not on the list, judged by content."""

    sentence = _(
        "不能上传“%(name)s”:只接受 PDF、图片(PNG、JPG)、Word(docx)、Excel(xlsx)、演示(pptx)、OFD 和文本(txt、csv)。"
    )
    field = "file"


class OldOffice(Refused):
    """A doc, xls, ppt or an encrypted document."""

    sentence = _("“%(name)s”是旧格式或加密的文档,请另存为不加密的 docx、xlsx、pptx 或 PDF 后再传。")
    field = "file"


class WrongExtension(Refused):
    """The content is of another type than the name says."""

    sentence = _("“%(name)s”的内容其实是 %(found)s 文件,请改正扩展名后再传。")
    field = "file"


class HasMacros(Refused):
    """Macros, ActiveX, embedded programs or a remote template."""

    sentence = _("“%(name)s”含有宏、控件、嵌入对象或远程模板,请去掉后再传。")
    field = "file"


class FileBroken(Refused):
    """Damaged, or built to harm whoever opens it."""

    sentence = _("“%(name)s”已损坏或结构异常,无法安全打开。")
    field = "file"


class PictureTooLarge(Refused):
    """More than 40 million pixels."""

    sentence = _("图片“%(name)s”超过 4000 万像素,请缩小后再传。")
    field = "file"


@dataclass(frozen=True)
class Checked:
    """What may be stored: the content (a picture re-encoded), its clean name and its true type."""

    content: bytes | IO[bytes]
    name: str
    media_type: str


def examine(name: str, file: Any) -> Checked:
    """Check an uploaded file object (`size`, `read`, `seek`); refuses with a reason that can be acted upon."""
    shown = safe_name(name)
    size = int(file.size)
    if size > MAX_SIZE:
        raise FileTooLarge(name=shown, size=f"{size / MB:.1f}")
    if size <= 0:
        raise FileEmpty(name=shown)
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    kind = _kind(head, shown, file)
    said = SAME.get(extension_of(shown), extension_of(shown))
    if kind == "txt" and said == "csv":
        kind = "csv"
    if said in TYPES and said != kind:
        raise WrongExtension(name=shown, found=kind)
    final = shown if said == kind else safe_name(f"{shown}.{kind}")
    content: bytes | IO[bytes] = file
    if kind in ("png", "jpg"):
        content = _redrawn(file, shown)
    return Checked(content, final, TYPES[kind])


def _kind(head: bytes, name: str, file: IO[bytes]) -> str:
    for mark, kind in ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg")):
        if head.startswith(mark):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return _zipped(file, name)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise OldOffice(name=name)
    if extension_of(name) in ("txt", "csv", "text", "") and _is_text(file):
        return "txt"
    raise TypeNotAllowed(name=name)


def _is_text(file: IO[bytes]) -> bool:
    data = file.read()
    file.seek(0)
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", data):
        return False
    if re.match(rb"(?i)[\xef\xbb\xbf\s]*<(!doctype|html|script|svg|\?xml|head|body|iframe)", data):
        return False
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _zipped(file: IO[bytes], name: str) -> str:
    """The type of an office document, after checking what lies inside. Only two small parts are inflated."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            _check_parts(parts, name)
            kind = _office_kind(names)
            if kind is None:
                raise TypeNotAllowed(name=name)
            if kind != "ofd":
                _check_office(archive, names, name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
            struct.error, zlib.error) as error:  # fmt: skip
        raise FileBroken(name=name) from error
    finally:
        file.seek(0)
    return kind


def _check_parts(parts: list[zipfile.ZipInfo], name: str) -> None:
    inflated = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    outside = any(
        part.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", part.filename) for part in parts
    )
    if (
        len(parts) > MAX_PARTS
        or inflated > MAX_INFLATED
        or inflated > MAX_RATIO * max(packed, 1) + MB
        or outside
    ):
        raise FileBroken(name=name)
    if len({part.filename.lower() for part in parts}) != len(parts):
        raise FileBroken(name=name)
    if any(part.flag_bits & 1 for part in parts):
        raise OldOffice(name=name)


def _office_kind(names: set[str]) -> str | None:
    if "OFD.xml" in names:
        return "ofd"
    if "[Content_Types].xml" not in names:
        return None
    for kind, part in (
        ("docx", "word/document.xml"),
        ("xlsx", "xl/workbook.xml"),
        ("pptx", "ppt/presentation.xml"),
    ):
        if part in names:
            return kind
    return None


_HARMFUL = re.compile(
    r"(?i)(vbaproject|vbadata|/activex|/ctrlprops/.*\.bin|oleobject\w*\.bin|/macrosheets/|\.exe$|\.js$)"
)
_REMOTE = re.compile(rb'(?i)(attachedTemplate|oleObject|frame|subDocument)"[^>]*TargetMode\s*=\s*"External"')
_REMOTE_TURNED = re.compile(
    rb'(?i)TargetMode\s*=\s*"External"[^>]*(attachedTemplate|oleObject|frame|subDocument)"'
)


def _check_office(archive: zipfile.ZipFile, names: set[str], name: str) -> None:
    if any(_HARMFUL.search(f"/{part}") for part in names):
        raise HasMacros(name=name)
    types = _part(archive, "[Content_Types].xml", name)
    if re.search(rb"(?i)macroEnabled|vbaProject|activeX", types):
        raise HasMacros(name=name)
    for part in sorted(names):
        if part.endswith(".rels") and part.count("/") <= 3:
            relations = _part(archive, part, name)
            if _REMOTE.search(relations) or _REMOTE_TURNED.search(relations):
                raise HasMacros(name=name)


def _part(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    """At most 4 MB of a part; a type declaration in it is a known way to harm readers."""
    with archive.open(part) as stream:
        data = stream.read(4 * MB + 1)
    if len(data) > 4 * MB or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise FileBroken(name=name)
    return data


def _redrawn(file: IO[bytes], name: str) -> bytes:
    """The picture encoded anew, upright, without EXIF (place, device), comments or anything behind its end."""
    try:
        with Image.open(file, formats=("PNG", "JPEG")) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                raise PictureTooLarge(name=name)
            if picture.format == "PNG":
                return _saved(_png_ready(picture), "PNG", optimize=False)
            upright: Image.Image = ImageOps.exif_transpose(picture)
            return _saved(upright.convert("L" if upright.mode == "L" else "RGB"), "JPEG", quality=88)
    except Image.DecompressionBombError as error:
        raise PictureTooLarge(name=name) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error, zlib.error) as error:
        raise FileBroken(name=name) from error
    finally:
        file.seek(0)


def _png_ready(picture: Image.Image) -> Image.Image:
    if picture.mode in ("1", "L", "LA", "P", "RGB", "RGBA"):
        if picture.mode == "P" and "transparency" in picture.info:
            return picture.convert("RGBA")
        return picture
    return picture.convert("RGBA" if "A" in picture.mode else "RGB")


def _saved(picture: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    plain_picture = Image.new(picture.mode, picture.size)
    if picture.mode == "P" and (palette := picture.getpalette()):
        plain_picture.putpalette(palette)
    # Only pixels are copied, so that no chunk, profile or comment comes along.
    plain_picture.paste(picture)
    plain_picture.save(out, form, **options)
    return out.getvalue()
