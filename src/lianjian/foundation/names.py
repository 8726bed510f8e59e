"""Names of organizations for exact matching and for review lists, and masks of personal data.

Two keys: `match_key` forgives only how a name was typed (width, blanks, brackets, case); `short_key` also
drops place
words and the legal form. Links are made automatically by equal keys alone; likeness only orders a review
list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from lianjian.foundation.errors import _
from lianjian.foundation.text import fold, without_blanks

# Longest first: each is a legal form at the end of a firm's name.
LEGAL_FORMS: Final = (
    "股份有限责任公司",
    "集团股份有限公司",
    "集团有限责任公司",
    "集团有限公司",
    "有限责任公司",
    "股份有限公司",
    "有限合伙企业",
    "普通合伙企业",
    "个人独资企业",
    "有限公司",
    "股份公司",
    "(有限合伙)",
    "(普通合伙)",
    "(个人独资)",
    "公司",
)
_LEGAL_END: Final = re.compile("(?:" + "|".join(map(re.escape, LEGAL_FORMS)) + ")$")
_NOISE: Final = re.compile(r"[\s\"'“”‘’`·•・.,，。、;；:：_\-—~*#]+")
_BRACKETS: Final = str.maketrans(
    {"[": "(", "]": ")", "{": "(", "}": ")", "〔": "(", "〕": ")", "【": "(", "】": ")", "〈": "(", "〉": ")"}
)
_EMPTY_BRACKETS: Final = re.compile(r"\(\)")
SHORTEST: Final = 2


def clean_name(name: str) -> str:
    """For display and storage: no blanks between or around Chinese characters, single ones between Latin
    words.
    """
    text = re.sub(r"[\s\u00a0\u200b-\u200f\u2028-\u202e\u2060\ufeff]+", " ", name).strip()
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", text)


@lru_cache(maxsize=65_536)
def match_key(name: str) -> str:
    """The name as it must be equal: half width, no blanks or punctuation, one kind of brackets, lower
    case.
    """
    text = without_blanks(fold(name)).translate(_BRACKETS)
    return _NOISE.sub("", text).casefold()


def short_key(name: str, places: Sequence[str] = ()) -> str:
    """The name without its legal form and without `places` (赣州市, 南康区 ...) wherever they stand, in
    brackets or not.

    A place is dropped with or without its last word (市, 区, 县, 镇, 乡), but the short form only in
    brackets or at the
    beginning, so that 南康 in 新南康家具 stays. When nothing of two characters would be left, the match key
    is kept.
    """
    return _short_key(name, tuple(places))


@lru_cache(maxsize=65_536)
def _short_key(name: str, places: tuple[str, ...]) -> str:
    full = match_key(name)
    key = full
    before = None
    while before != key:
        before = key
        key = _EMPTY_BRACKETS.sub("", _without_places(key, places))
        stripped = _LEGAL_END.sub("", key)
        if len(stripped) >= SHORTEST:
            key = stripped
    return key if len(key) >= SHORTEST else full


_PLACE_END: Final = re.compile(r"(?:特别行政区|自治区|自治州|自治县|省|市|区|县|镇|乡|街道)$")


@lru_cache(maxsize=256)
def _place_patterns(places: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    longs = sorted(
        {match_key(place) for place in places if len(match_key(place)) >= SHORTEST},
        key=lambda p: (-len(p), p),
    )
    if not longs:
        return None
    shorts = sorted(
        {s for s in (_PLACE_END.sub("", p) for p in longs) if len(s) >= SHORTEST}, key=lambda p: (-len(p), p)
    )
    long_words = "|".join(map(re.escape, longs))
    short_words = "|".join(map(re.escape, [*longs, *shorts]))
    anywhere = re.compile(rf"\((?:{short_words})+\)|(?:{long_words})")
    leading = re.compile(rf"^(?:{short_words})")
    return anywhere, leading


def _without_places(key: str, places: tuple[str, ...]) -> str:
    patterns = _place_patterns(places)
    if patterns is None:
        return key
    anywhere, leading = patterns
    for pattern in (anywhere, leading):
        shorter = pattern.sub("", key)
        # 赣州有限公司 is named after the place alone: nothing may be dropped then.
        if len(_LEGAL_END.sub("", shorter)) >= SHORTEST:
            key = shorter
    return key


def bigrams(key: str) -> Counter[str]:
    """Pairs of neighbouring characters with their counts; a single character is its own pair."""
    return (
        Counter(key[i : i + 2] for i in range(len(key) - 1))
        if len(key) > 1
        else Counter([key] if key else [])
    )


def likeness(a: str, b: str) -> float:
    """Dice coefficient of the bigrams of two keys, 0 to 1. For ordering a review list, never for linking."""
    if a == b:
        return 1.0 if a else 0.0
    left, right = bigrams(a), bigrams(b)
    size = left.total() + right.total()
    return 2 * (left & right).total() / size if size else 0.0


class Candidate(NamedTuple):
    """A name of the register that a written name may mean."""

    name: str
    likeness: float


def likely_names(
    name: str, register: Iterable[str], places: Sequence[str] = (), *, least: float = 0.5, most: int = 5
) -> list[Candidate]:
    """The likest names of `register`, best first, ties by name; equal short keys come first with likeness
    1.
    """
    wanted = short_key(name, places)
    scored = ((likeness(wanted, short_key(other, places)), other) for other in register)
    best = sorted(
        ((score, other) for score, other in scored if score >= least), key=lambda pair: (-pair[0], pair[1])
    )
    return [Candidate(other, round(score, 4)) for score, other in best[:most]]


class NameIndex:
    """Finds the one registered thing that a written name means, by equal keys from the strictest to the loosest.

    In one town 森源家具有限公司 and 赣州市森源家具有限公司 are two firms: a looser key counts only where it is
    unique in the register, and 森源家具, which leaves out form and place, may mean either of them.
    """

    def __init__(self, entries: Iterable[tuple[Hashable, str]], places: Sequence[str] = ()) -> None:
        """`entries` are (thing, name); a thing may come again with each of its aliases."""
        self.places = tuple(places)
        self._levels: tuple[dict[str, set[Hashable]], ...] = ({}, {}, {})
        for thing, name in entries:
            for level, key in zip(self._levels, self._keys(name), strict=True):
                level.setdefault(key, set()).add(thing)

    def _keys(self, name: str) -> tuple[str, str, str]:
        return match_key(name), short_key(name), short_key(name, self.places)

    def find(self, name: str) -> tuple[Hashable, ...]:
        """One thing when the name is decided; several when it is ambiguous; none when nothing has an equal key."""
        exact, formless, placeless = self._keys(name)
        if not exact:
            return ()
        things = self._levels[0].get(exact)
        if not things and formless != placeless:
            things = self._levels[1].get(formless)
        if not things:
            things = self._levels[2].get(placeless, set())
        return tuple(sorted(things, key=repr))


class Difference(NamedTuple):
    """How two names differ. `kind` is a key of DIFFERENCES; `left` and `right` are the parts that differ."""

    kind: str
    left: str
    right: str

    @property
    def sentence(self) -> str:
        """Message id of the explanation."""
        return DIFFERENCES[self.kind]


DIFFERENCES: Final[dict[str, str]] = {
    "same": _("完全相同"),
    "typing": _("只有全角半角、空格、括号或大小写不同"),
    "legal_form": _("只有公司形式的写法不同"),
    "place": _("只有地名的写法不同"),
    "words": _("用字不同"),
}


def explain_difference(a: str, b: str, places: Sequence[str] = ()) -> Difference:
    """Why two names are not equal, from the most harmless reason to different words."""
    if a == b:
        return Difference("same", "", "")
    left, right = match_key(a), match_key(b)
    if left == right:
        return Difference("typing", a, b)
    if short_key(a) == short_key(b):
        return Difference("legal_form", *_middle(left, right))
    if short_key(a, places) == short_key(b, places):
        return Difference("place", *_middle(left, right))
    return Difference("words", *_middle(short_key(a, places), short_key(b, places)))


def _middle(a: str, b: str) -> tuple[str, str]:
    """What is left of both after the common beginning and the common end."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return a[start : len(a) - end], b[start : len(b) - end]


COMPOUND_SURNAMES: Final = frozenset(
    re.findall(
        "..",
        "欧阳上官司马诸葛夏侯东方皇甫尉迟公孙慕容令狐宇文长孙司徒司空端木南宫百里东郭西门独孤轩辕闻人赫连",
    )
)


def person_key(name: str) -> str:
    """A person's name for exact comparison: no blanks, one kind of middle dot left out, half width."""
    return match_key(name)


def mask_name(name: str) -> str:
    """张三丰 -> 张**, 欧阳锋 -> 欧阳*; as many stars as characters are hidden."""
    text = clean_name(name)
    if not text:
        return ""
    kept = 2 if len(text) > 2 and text[:2] in COMPOUND_SURNAMES else 1
    return text[:kept] + "*" * max(1, len(text) - kept)


def mask_phone(phone: str) -> str:
    """13812345678 -> 138****5678; anything else keeps only its last two digits."""
    text = without_blanks(fold(phone))
    if re.fullmatch(r"1\d{10}", text, re.ASCII):
        return f"{text[:3]}****{text[-4:]}"
    return _tail_only(text, 2)


def mask_resident_id(number: str) -> str:
    """110105194912310021 -> 110***********0021; anything else is hidden whole."""
    text = without_blanks(fold(number)).upper()
    if re.fullmatch(r"\d{17}[\dX]", text, re.ASCII):
        return f"{text[:3]}***********{text[-4:]}"
    return "*" * len(text)


def _tail_only(text: str, kept: int) -> str:
    return "*" * len(text) if len(text) <= kept * 2 else "*" * (len(text) - kept) + text[-kept:]
