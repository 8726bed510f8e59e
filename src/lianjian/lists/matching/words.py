"""Words of a text as matching counts them, and the other words that mean the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from lianjian.foundation.search import STOP
from lianjian.foundation.text import fold

LONGEST: Final = 24  # characters of a word
MOST: Final = 200  # distinct words of an entry
MOST_ASKED: Final = 40  # distinct words of a question
TITLE: Final = 2  # a word of the title counts twice
_WORD: Final = re.compile(r"[^\W_]+")
# Words of every second line of a list: they say that something is needed or offered, not what.
IDLE: Final = frozenset(
    {
        *("急需", "需要", "求租", "寻求", "希望", "提供", "合作", "对接", "可以", "欢迎", "联系", "长期"),
        *("有效", "尽快", "时间", "价格", "优惠", "协议", "详情", "附件", "单位", "本单位", "负责", "牵头"),
        *("协调", "具体", "电话", "面谈", "列入", "清单", "成员", "优先", "商量", "怎么", "如何", "没有"),
        *("不足", "解决", "问题", "服务", "企业", "公司", "有限"),
    }
)


@lru_cache(maxsize=1)
def _cutter() -> Any:
    import rjieba

    return rjieba


def cut(text: str) -> list[str]:
    """Words in order, long ones with the short words inside them; single characters and idle words left out."""
    found = []
    for run in _WORD.findall(fold(text).lower()):
        for word in _cutter().cut_for_search(run):
            if len(word) > 1 and word not in IDLE and not all(one in STOP for one in word):
                found.append(word[:LONGEST])
    return found


def counted(title: str, text: str, *more: str) -> dict[str, int]:
    """How often each word stands in an entry; its title counts twice."""
    counts = Counter({word: number * TITLE for word, number in Counter(cut(title)).items()})
    counts.update(cut("\n".join((text, *more))))
    return dict(counts.most_common(MOST))


class Synonyms:
    """Words that mean the same, in pairs; read both ways, never further than one step."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._others: dict[str, set[str]] = {}
        for one, other in pairs:
            self._others.setdefault(one, set()).add(other)
            self._others.setdefault(other, set()).add(one)

    def asked(self, text: str) -> dict[str, str]:
        """Words that a text also asks for, each with the words of the text that it stands for."""
        folded = fold(text).lower()
        found: dict[str, str] = {}
        for word in self._others:
            if word in folded:
                for other in sorted(self._others[word]):
                    for token in cut(other) or [other]:
                        found.setdefault(token, word)
        return found


def question(
    counts: Mapping[str, int], title: str, text: str, synonyms: Synonyms, share: float
) -> dict[str, tuple[float, str]]:
    """What is asked for: word -> (weight, the word it stands for, itself without synonym)."""
    own = sorted(counts, key=lambda word: (-counts[word], word))[:MOST_ASKED]
    asked = {word: (1.0, word) for word in own}
    for word, source in synonyms.asked(f"{title}\n{text}").items():
        asked.setdefault(word, (share, source))
    return asked
