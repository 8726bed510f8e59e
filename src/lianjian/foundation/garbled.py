"""Finding damaged text. Damage is reported with its place and never mended silently.

`clean_control` is the one exception made on purpose: characters that no one can see or store may be taken
out.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from lianjian.foundation.errors import _
from lianjian.foundation.text import shown

LONGEST: Final = 1_000_000
MOST: Final = 200  # reports for one text: a text with more is damaged throughout


class Damage(NamedTuple):
    """One damaged place: a key of KINDS, what stands there, and its character position."""

    kind: str
    excerpt: str
    position: int

    @property
    def sentence(self) -> str:
        """Message id of the explanation."""
        return KINDS[self.kind]


KINDS: Final[dict[str, str]] = {
    "pinyin": _("字后夹有拼音"),
    "punctuation": _("标点重复或混乱"),
    "replacement": _("有无法显示的字符"),
    "mojibake": _("像是编码错误造成的乱码"),
    "private": _("有自造字或生僻的替代字"),
    "control": _("有看不见的控制字符"),
    "blanks": _("汉字之间夹有空格"),
}

_CJK: Final = r"\u3400-\u4dbf\u4e00-\u9fff"
_TONED: Final = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ"
_SYLLABLE: Final = rf"[a-zü{_TONED}]{{1,7}}"
# One syllable behind a character, its bracket sometimes already lost to a question mark: 镇(zhèn), 镇?zhèn).
_TONE_PINYIN: Final = re.compile(
    rf"(?<=[{_CJK}])[(（?]\s?(?=[a-zü]*[{_TONED}]){_SYLLABLE}(?: {_SYLLABLE})?\s?[)）]", re.IGNORECASE
)
# The same without tone marks; believed only when it is done twice, or beside one with a tone mark.
_PLAIN_PINYIN: Final = re.compile(
    rf"(?<=[{_CJK}])[(（](?=[a-zü]{{2}})(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:[aeiouü]|ai|ei|ui|ao|ou|iu|ie|ue|üe|er|"
    rf"an|en|in|un|ang|eng|ing|ong|ia|ian|iang|iao|iong|ua|uai|uan|uang|uo)[1-5]?[)）](?=[{_CJK}])"
)
_PUNCTUATION: Final = re.compile(
    r"[?？][!！][?？!！]+|\?！|？!|？！(?=[,，。;；、])|[,，]{2,}|、{2,}|[;；]{2,}|：{2,}|(?<!。)。{2}(?!。)|。{4,}|[?？]{3,}|[!！]{4,}|"
    rf"[,，;；、][.。](?![\d.])|。[,，;；、]|[,，](?=[;；、：])|[;；、：](?=[,，])|(?<=[{_CJK}])[?？][,，。]"
)
_REPLACEMENT: Final = re.compile(r"\ufffd+")
_QUESTION_HOLES: Final = re.compile(rf"(?<=[{_CJK}])\?{{2,}}(?=[{_CJK}])")
_AFTER_LEAD: Final = (
    r"[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2022\u2026\u2030"
    r"\u2039\u203a\u20ac\u2122]"
)
# UTF-8 read as Latin-1 or Windows-1252: a lead byte with as many followers as it announces; then GBK read
# as Latin-1.
_MOJIBAKE: Final = re.compile(
    rf"锟斤拷(?:锟斤拷)*|(?:锟斤|斤拷){{2,}}|烫烫烫+|屯屯屯+|(?:[\u00c2-\u00d6\u00d8-\u00df]{_AFTER_LEAD}|"
    rf"[\u00e0-\u00ef]{_AFTER_LEAD}{{2}})+|ï¿½|â€[\x80-\x9f™œ]|[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]{{4,}}"
)
# What UTF-8 looks like when it is read as GBK: these rare characters stand for the commonest ones.
_GBK_MARKS: Final = frozenset(
    "鍏鐨勬垜浠浜岃繖鏄鏈涓€鍥介瀵绛鎴戠涔嬪湴鍦锛銆鐢氱殑缁勭粐璇鎬濆厷濮斿缓璁炬潙氫絾寔"
)
_GBK_SURE: Final = re.compile(r"锛[歷岀屽埌氬]|銆[傚€佺]|鐨勶|鍏氬|鈥[斺渓濇]")
_PRIVATE: Final = re.compile(r"[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+")
_ODD_CJK: Final = re.compile(
    r"[\u2e80-\u2fdf\u31c0-\u31ef\U0002f800-\U0002fa1f]|\u4dc0|[\ufdd0-\ufdef\ufffe\uffff]"
)
_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+"
)
_SPACED: Final = re.compile(rf"(?<![{_CJK}])(?:[{_CJK}][ \u3000]{{1,3}}){{7,}}[{_CJK}](?![{_CJK}])")


def inspect(text: str) -> list[Damage]:
    """Damaged places in order. Ordinary official prose, with its brackets, times and Latin names, gives
    none.
    """
    text = text[:LONGEST]
    found: dict[int, Damage] = {}
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            _add(found, kind, text, match.start(), match.end())
            if len(found) >= MOST:
                break
    plain = list(_PLAIN_PINYIN.finditer(text))
    if len(plain) >= 2 or (plain and any(damage.kind == "pinyin" for damage in found.values())):
        for match in plain:
            _add(found, "pinyin", text, match.start(), match.end())
    for place in _gbk_places(text):
        _add(found, "mojibake", text, place, place + 2)
    return sorted(found.values(), key=lambda damage: damage.position)[:MOST]


_PATTERNS: Final = (
    ("control", _CONTROL),
    ("replacement", _REPLACEMENT),
    ("replacement", _QUESTION_HOLES),
    ("mojibake", _MOJIBAKE),
    ("private", _PRIVATE),
    ("private", _ODD_CJK),
    ("pinyin", _TONE_PINYIN),
    ("punctuation", _PUNCTUATION),
    ("blanks", _SPACED),
)


def _add(found: dict[int, Damage], kind: str, text: str, start: int, end: int) -> None:
    if start in found:
        return
    around = text[max(0, start - 3) : min(len(text), end + 3)]
    if kind == "control":
        around = "".join(f"<U+{ord(c):04X}>" if _CONTROL.match(c) else c for c in around)
    found[start] = Damage(kind, shown(around, 60), start)


def _gbk_places(text: str) -> list[int]:
    """Places where UTF-8 was read as GBK: a sure sign, or many of the rare marks close together."""
    sure = [match.start() for match in _GBK_SURE.finditer(text)]
    if sure:
        return sure[:1]
    marked = [place for place, c in enumerate(text) if c in _GBK_MARKS]
    for first, fourth in zip(marked, marked[3:], strict=False):
        if fourth - first <= 7:
            return [first]
    return []


def clean_control(text: str) -> str:
    """Without NUL, control characters, lone surrogates and invisible marks; line ends become \\n, tabs
    stay.
    """
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def has_control(text: str) -> bool:
    """Whether `clean_control` would take anything out; such text is refused where it is typed."""
    return _CONTROL.search(text) is not None
