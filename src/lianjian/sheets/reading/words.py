"""Words of headers and titles: cleaning, comparing, units in brackets, totals, notes, filled-in-by lines."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from lianjian.foundation.text import fold, squeeze
from lianjian.foundation.units import BY_NAME

BRACKET: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】")
PUNCTUATION: Final = re.compile(r"[\s*:：、,，.。;；/\\_\-'\"“”‘’《》<>|#?？!！~·&]+")
NUMBERING: Final = re.compile(r"^(?:\d{1,2}[.、)]|[一二三四五六七八九十]{1,2}[、.])\s*(?=\D)")
UNIT_LABEL: Final = re.compile(r"^(?:计量)?单位[:：]?")
TOTAL: Final = re.compile(
    r"(?:本页|本月|本年|全年|全镇|全县|全市|全乡|分类|各项)?(?:合计|总计|小计|累计|共计|总数|合计数|总合计)"
    r"|total|subtotal|grandtotal|sum"
)
NOTE: Final = re.compile(
    r"^(?:注|备注|附注|说明|填表说明|填报说明|填写说明|备注说明|note|notes|remarks?)\s*(?:\d\s*)?[:.、]",
    re.IGNORECASE,
)
META: Final = re.compile(
    r"^(?:填报|填表|制表|报送|编制|统计|上报|审核|审批|复核|核对|汇总|主管|分管|经办|单位负责|负责人签|联系人|联系电话|电话"
    r"|日期|时间|截止|截至|单位|盖章|公章|年度|表号|密级|附件|编号|页码|第\d+页|共\d+|prepared|date|unit|as of)"
    r"[^:]{0,12}[:]"
    r"|^(?:截止|截至|as of)|^共?\d+[名户家人个项条件份]|^附件\d*$|^\(?(?:盖章|公章)\)?$",
    re.IGNORECASE,
)
META_PAIR: Final = re.compile(
    r"([^\s:()]{2,10})(?:\([^()]*\))?:\s*([^:]*?)(?=\s+[^\s:]{2,10}(?:\([^()]*\))?:|\s*$)"
)
SERIAL: Final = frozenset(
    ["序号", "序", "编号", "号", "no", "行号", "sn", "index", "顺序号", "id", "num", "number", "项次"]
)
GENERIC: Final = SERIAL | frozenset(
    [
        "备注",
        "说明",
        "姓名",
        "名称",
        "单位",
        "日期",
        "时间",
        "类别",
        "数量",
        "地址",
        "电话",
        "remarks",
        "name",
        "date",
    ]
)


@lru_cache(maxsize=20_000)
def label_key(text: str) -> str:
    """A header word reduced to what is compared: half-width, lower case, no brackets, blanks or punctuation."""
    folded = NUMBERING.sub("", fold(text).strip())
    bare = PUNCTUATION.sub("", BRACKET.sub("", folded)).lower()
    return bare or PUNCTUATION.sub("", folded.strip("()[]【】")).lower()


@lru_cache(maxsize=20_000)
def label_unit(text: str) -> str:
    """Chinese name of the unit in a header: 年收入(万元) -> 万元, 面积/亩 -> 亩; "" when there is none."""
    folded = squeeze(fold(text))
    for match in BRACKET.finditer(folded):
        inner = next(part for part in match.groups() if part is not None)
        name = UNIT_LABEL.sub("", inner).strip()
        if name in BY_NAME:
            return BY_NAME[name].zh
    tail = re.split(r"[/,、:]", folded)[-1].strip() if re.search(r"[/,、:]", folded) else ""
    return BY_NAME[tail].zh if tail in BY_NAME else ""


def unit_only(text: str) -> str:
    """The unit when the whole cell is one, as in a row of units below the header; "" otherwise."""
    name = UNIT_LABEL.sub("", squeeze(fold(text)).strip("()[]【】"))
    return BY_NAME[name].zh if name in BY_NAME else ""


def is_total(text: str) -> bool:
    """合计, 总 计, 小计:, Total."""
    if len(text) > 20:
        return False
    return bool(TOTAL.fullmatch(label_key(text)))


def is_note(text: str) -> bool:
    """A line below a table that explains it."""
    return bool(NOTE.match(squeeze(fold(text[:60]))))


def is_meta(text: str) -> bool:
    """A line about the filling in: 填报单位:..., 单位:人, 截至2024年10月31日."""
    return bool(META.match(squeeze(fold(text[:80]))))


def meta_pairs(text: str) -> dict[str, str]:
    """{填报单位: ..., 填报时间: ..., 单位: 人} of one such line."""
    return {label.strip(): value.strip() for label, value in META_PAIR.findall(squeeze(fold(text[:400])))}


def is_serial(text: str) -> bool:
    """Whether a header word names running numbers."""
    return label_key(text) in SERIAL
