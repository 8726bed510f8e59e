"""How alike a header and a word of a field are, between 0 and 1; Chinese short forms and English abbreviations."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from lianjian.foundation.names import likeness as bigram_likeness
from lianjian.foundation.text import fold
from lianjian.sheets.reading.words import label_key

TOKEN: Final = re.compile(r"[a-z]+|\d+")


@lru_cache(maxsize=100_000)
def key_likeness(header: str, word: str) -> float:
    """Likeness of two keys (see `label_key`)."""
    if not header or not word:
        return 0.0
    if header == word:
        return 1.0
    score = 0.0
    if len(word) >= 2 and word in header:
        # Chinese puts the head of a compound last: 企业联系电话 is a 联系电话, 企业名称变更 is no 企业名称.
        tail = 0.1 if header.endswith(word) else 0.0
        score = 0.45 + tail + 0.35 * len(word) / len(header)
    if len(header) >= 2 and header in word:
        score = max(score, 0.45 + 0.4 * len(header) / len(word))
    elif len(header) >= 2 and not header.isascii() and _ordered(header, word):
        score = max(score, 0.4 + 0.35 * len(header) / len(word))
    dice = bigram_likeness(header, word)
    if dice >= 0.5:
        score = max(score, 0.8 * dice)
    return min(score, 0.95)


@lru_cache(maxsize=100_000)
def english_likeness(header: str, word: str) -> float:
    """Up to 0.8 when each part of an English header abbreviates the next words of `word` (Legal Rep.)."""
    parts, full = TOKEN.findall(fold(header).lower()), TOKEN.findall(fold(word).lower())
    if not parts or not full or len(parts) > len(full) or not header.isascii() or not word.isascii():
        return 0.0
    if len(parts) == 1 and len(parts[0]) < 3:
        return 0.0
    place = matched = 0
    for part in parts:
        while place < len(full) and not (full[place][0] == part[0] and _ordered(part, full[place])):
            place += 1
        if place == len(full):
            return 0.0
        matched += 1
        place += 1
    return 0.5 + 0.3 * matched / len(full)


@lru_cache(maxsize=100_000)
def path_likeness(path: tuple[str, ...], word: str) -> float:
    """Likeness of a header path (党建情况, 党员数) and a field's word; a word may name its group: 党建/书记."""
    if not path:
        return 0.0
    keys = [label_key(part) for part in path]
    leaf, groups = keys[-1], keys[:-1]
    group, slash, last = word.rpartition("/")
    if slash:
        wanted = label_key(group)
        near = max((key_likeness(key, wanted) for key in groups), default=0.0)
        return 0.2 + 0.85 * key_likeness(leaf, label_key(last)) if near >= 0.5 else 0.0
    key = label_key(word)
    score = max(key_likeness(leaf, key), english_likeness(path[-1], word))
    for upper in groups:
        # 法定代表人 over 姓名 and 电话: the two words together name the column.
        joined = key_likeness(upper + leaf, key)
        score = max(score, joined if joined == 1.0 else 0.9 * joined)
    return score


def _ordered(short: str, long: str) -> bool:
    """Whether the characters of `short` stand in `long` in that order."""
    rest = iter(long)
    return all(character in rest for character in short)
