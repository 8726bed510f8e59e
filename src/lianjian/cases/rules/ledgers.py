"""What ledgers write, and what it means here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .states import RATINGS

_STATE_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "closed": ("已解决", "已办结", "办结", "已完成", "完成", "解决", "已落实", "是", "√", "y"),
    "parked": ("挂账", "长期推进", "暂缓"),
    "withdrawn": ("撤回", "已撤回", "取消"),
    "registered": ("未办理", "待派单", "已登记", "未派单"),
    "handling": ("推进中", "办理中", "正在办理", "正在推进", "未解决", "未办结", "进行中", "对接中", "否"),
}
_BY_WORD: Final = {word: state for state, words in _STATE_WORDS.items() for word in words}
_SOURCE_WORDS: Final = {
    "走访": "visit",
    "来电": "phone",
    "电话": "phone",
    "来访": "walk_in",
    "上门": "walk_in",
    "微信群": "chat",
    "微信": "chat",
    "窗口": "desk",
    "企业自报": "online",
}
_RATING_WORDS: Final = {label: code for code, label in RATINGS.items()} | {
    "较满意": "basically",
    "非常满意": "satisfied",
}


def state_of(text: str, *, has_end: bool) -> str:
    """State meant by a ledger's word; no word: closed with an end date, else in work. Empty: not understood."""
    word = text.strip().casefold()
    if not word:
        return "closed" if has_end else "handling"
    return _BY_WORD.get(word, "")


def source_of(text: str) -> str:
    """Source meant by a ledger's word; `import` when it says nothing known."""
    return _SOURCE_WORDS.get(text.strip(), "import")


def rating_of(text: str) -> str:
    """Rating meant by a ledger's word, empty when none."""
    return _RATING_WORDS.get(text.strip(), "")
