"""Marks and looks of cell values that say blank, yes, no, plain prose or damage."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from lianjian.foundation.garbled import inspect
from lianjian.foundation.text import fold, squeeze, without_blanks
from lianjian.sheets.reading.grid import Value


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLANK: Final = _words("/ \\ - -- — —— 无 暂无 空 n/a na none nil 待定 不详 .") | {""}
LONGEST_BLANK: Final = max(map(len, BLANK)) + 2
YES: Final = _words("是 是的 属于 √ ✓ ✔ ☑ ● y yes 1 有 对 已 true t v")
NO: Final = _words("否 不是 非 × ✗ ✘ ╳ ○ □ x n no 0 无 没有 错 未 false f / - —")
HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
# Characters, digits, Latin words outside brackets, brackets around Chinese, and no two marks side by side.
PROSE: Final = re.compile(
    r"(?:[\u4e00-\u9fff]++|[0-9A-Za-z]++|[，。；：、,;:.%\-](?=[\u4e00-\u9fff0-9])|[(（][\u4e00-\u9fff0-9]++[)）])++[。；]?"
)
# Rare characters that appear where UTF-8 was read as GBK, or GBK twice; the full look follows when one is met.
LEFT_BY_DAMAGE: Final = frozenset(
    "锟斤拷烫屯鍏鍥鏈鐨鐢銆锛缁璇濆厷濮浠鍦涓垜繖鏄瀵粐戠湴殑勬岃绛鎴嬪冲崟佺崥鈥"
)


def plain_text(value: Value) -> str:
    """Any value as one line of text; whole numbers without a point."""
    if isinstance(value, str):
        return squeeze(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


def is_blank(value: Value) -> bool:
    """Whether a text is a mark that stands for nothing: 无, /, --."""
    if not isinstance(value, str):
        return False
    bare = value.strip()
    return len(bare) <= LONGEST_BLANK and without_blanks(fold(bare)).lower() in BLANK


def is_garbled(text: str) -> bool:
    """Whether a text shows damage. Plain prose is passed at once unless it holds a character that damage leaves."""
    return not (PROSE.fullmatch(text) and LEFT_BY_DAMAGE.isdisjoint(text)) and bool(inspect(text))
