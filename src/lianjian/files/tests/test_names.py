"""Two hundred hostile names, and any other."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianjian.files.rules import LONGEST, disposition, safe_name

PARTS = [
    "../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/shadow",
    "C:\\boot.ini", "\\\\host\\share\\x", "....//x", "~root/.ssh/id",
    "a\0.pdf", "a\r\nSet-Cookie: x=1.pdf", 'a"; filename="evil.exe', "a;b=c", "a'b",
    "a`id`", "$(id)", "a|b", "a&b", "a>b", "a<b",
    "<script>alert(1)</script>", "%2e%2e%2fx", "%00", "a%0d%0ab",
    "=cmd|'/c calc'!A1", "+1", "-1", "@x", "a\u202efdp.exe",
    "a\u200b.pdf", "\ufeffx", "a\u2028b", "a\u2029b", "a\x1b[31mb",
    "a\x7fb", "con", "PRN.txt", "aux.pdf", "nul.", "com1.xlsx",
    "LPT9.txt", "CON.tar.gz", "con .txt", " ", "", ".", "..",
    "...", ".htaccess", ".git", "-rf", "--help", "a" * 300, "汉" * 300,
    "a." + "b" * 300, "é" * 200, "e\u0301", "\ud800x", "\uffff",
    "\U000e0001x", "文件（1）.docx", "a\tb", "  a  .  pdf  ", "a..pdf",
    "a.pdf.", "a.pdf ", "a.p\u200bdf", "a.pdf::$DATA", "a:b:c", "*", "?",
    "a/", "/", "\\", "//", "NUL\u00b9", "com\u00b9.txt", "clock$",
]  # fmt: skip
HOSTILE = [*PARTS, *(f"{part}.pdf" for part in PARTS), *(f"x/{part}" for part in PARTS)]


def sound(name: str) -> None:
    assert name and 0 < len(name) <= LONGEST and len(name.encode()) <= 255
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', name)
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for c in name)
    assert name == name.strip(". ") and not name.startswith(".")
    assert PurePosixPath(name).name == name == PureWindowsPath(name).name
    assert not PureWindowsPath(name).is_reserved()
    assert safe_name(name) == name


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_become_sound(name: str) -> None:
    sound(safe_name(name))
    header = disposition(name)
    assert "\r" not in header and "\n" not in header and header.isascii()
    found = re.fullmatch(r"attachment; filename=\"([^\"\\]+)\"; filename\*=UTF-8''([^'; ]+)", header)
    assert found and unquote(found[2]) == safe_name(name)


def test_there_are_two_hundred() -> None:
    assert len(HOSTILE) >= 200


@given(st.text(max_size=300))
def test_any_name_becomes_sound(name: str) -> None:
    sound(safe_name(name))


def test_good_names_stay() -> None:
    for name in (
        "柳溪镇2026年需求台账(终稿).xlsx",
        "IMG_0001.jpg",
        "a b.pdf",
        "v1.2 说明.docx",
        "合同-第3版.pdf",
    ):
        assert safe_name(name) == name
    assert disposition("报告.pdf").startswith('attachment; filename="file.pdf"; ')
    assert disposition("图.png", inline=True).startswith("inline;")
