"""Words, periods and reckoning of points. Free of Django.

No national values, ceilings or periods exist: what a village decided and published holds. The frame is the notice of
2020-07 of the central offices for agriculture on points in rural governance: decided by the village's own procedure,
published before use, a claim seen, reviewed and shown before it counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from lianjian.events.rules import topics
from lianjian.foundation.errors import _

from . import refused

UNITS: Final[Mapping[str, str]] = {"household": _("按户"), "person": _("按人")}
PERIODS: Final = topics.PERIODS

FILED, CHECKED, REVIEWED, POSTED, REVERSED, REFUSED, WITHDRAWN = (
    "filed", "checked", "reviewed", "posted", "reversed", "refused", "withdrawn",
)  # fmt: skip
CLAIM_STATES: Final[Mapping[str, str]] = {
    FILED: _("待初核"),
    CHECKED: _("待评议"),
    REVIEWED: _("评议中"),
    POSTED: _("已入账"),
    REVERSED: _("已冲正"),
    REFUSED: _("未通过"),
    WITHDRAWN: _("已撤回"),
}
GONE: Final = (REVERSED, REFUSED, WITHDRAWN)
# Of these nothing ever stood in the ledger.
NEVER: Final = (REFUSED, WITHDRAWN)

OPEN, SHOWN, DONE, CALLED_OFF = "open", "shown", "done", "called_off"
REVIEW_STATES: Final[Mapping[str, str]] = {
    OPEN: _("评议中"),
    SHOWN: _("公示中"),
    DONE: _("已办结"),
    CALLED_OFF: _("已取消"),
}
CLOSED: Final = "closed"
DAY_STATES: Final[Mapping[str, str]] = {OPEN: _("兑换中"), CLOSED: _("已结束"), CALLED_OFF: _("已取消")}

EARNED, BROUGHT, SPENT, RETURNED, CORRECTED, LAPSED = (
    "earned", "brought", "spent", "returned", "corrected", "lapsed",
)  # fmt: skip
ENTRY_KINDS: Final[Mapping[str, str]] = {
    EARNED: _("评议入账"),
    BROUGHT: _("期初结转"),
    SPENT: _("兑换支出"),
    RETURNED: _("兑换退回"),
    CORRECTED: _("冲正"),
    LAPSED: _("年度清零"),
}
REVERSIBLE: Final = (EARNED, BROUGHT, LAPSED)

BOUGHT, DONATED, GIVEN, PUT_BACK, SPOILED, COUNTED = "bought", "donated", "given", "put_back", "spoiled", "counted"
STOCK_KINDS: Final[Mapping[str, str]] = {
    BOUGHT: _("购入"),
    DONATED: _("捐赠"),
    GIVEN: _("兑换发出"),
    PUT_BACK: _("兑换退回"),
    SPOILED: _("损耗"),
    COUNTED: _("盘点"),
}
# What a person records by hand; what is given out and put back follows from exchanges.
BY_HAND: Final = (BOUGHT, DONATED, SPOILED, COUNTED)

DUTIES: Final[Mapping[str, tuple[str, str]]] = {"points.exchange": (_("按期开展积分兑换"), "points.write")}
MOST_ITEMS: Final = 60
MOST_POINTS: Final = 1000
MOST_TIMES: Final = 31
MOST_LINES: Final = 500
MOST_BALANCE: Final = 1_000_000
MOST_STOCK: Final = 100_000
MOST_DAYS: Final = 60
# So long ahead an exchange day may be set.
AHEAD: Final = timedelta(days=60)
# So long after an account was closed its name is kept.
KEPT: Final = timedelta(days=366)

# What nobody may be given or spared for points: statutory rights and benefits, fines, votes.
RIGHTS: Final = (
    "罚款", "罚金", "滞纳金", "低保", "特困", "救助", "养老金", "社保", "医保", "抚恤", "分红", "征地", "宅基地",
    "入学", "户口", "证明", "选票", "选举", "党费",
)  # fmt: skip

_COUNTED = re.compile(r"^\s*\d+\s*[.\uff0e)\uff09]\s*(?=[^\d\s])")
_LISTED = re.compile(r"^\s*\d+\s*\u3001\s*(?=[^\d\s])")
_POINTS = re.compile(r"(?:\d{1,7}|\d{1,3}(?:[,\uff0c]\d{3})+)\u5206?")
_BARE = re.compile(r"[-\d.]+")
_ITEM = re.compile(
    r"^(?P<name>.*?)[\s:\uff1a=,\uff0c\u3001]*(?P<sign>(?:[-\uff0d\u2212\u2013\u2014]|\u6263|\u51cf)?|\+)"
    r"(?P<points>[0-9\uff10-\uff19]{1,9})\s*\u5206?$"
)


def items_of(text: str) -> list[tuple[str, int]]:
    """What gives points as it was typed: one a line, its words and then its points, each once.

    Raises `ItemUnclear`, `ItemTakesAway`, `ItemPointsOutside`, `ItemTwice`, `ItemTooLong`, `ItemsMissing`,
    `ItemsTooMany`.
    """
    found: dict[str, int] = {}
    for line in (" ".join(one.split()) for one in text.splitlines()):
        if not line:
            continue
        match = _ITEM.match(line)
        name = match["name"].strip() if match else ""
        # "2.5" and "1/2" are no whole numbers.
        if match is None or not name or re.search(r"\d[.\uff0e/~\uff5e]$", name):
            raise refused.ItemUnclear(line=line[:40])
        if match["sign"] not in ("", "+"):
            raise refused.ItemTakesAway(line=line[:40])
        if len(name) > 60:
            raise refused.ItemTooLong(line=f"{line[:20]}…")
        points = int(match["points"])
        if not 1 <= points <= MOST_POINTS:
            raise refused.ItemPointsOutside(line=line[:40])
        if name in found:
            raise refused.ItemTwice(name=name)
        found[name] = points
    if not found:
        raise refused.ItemsMissing
    if len(found) > MOST_ITEMS:
        raise refused.ItemsTooMany
    return list(found.items())


def right_in(words: str) -> str:
    """The statutory right or duty that a good's name speaks of, or nothing."""
    return next((one for one in RIGHTS if one in words), "")


def passes(votes: int, voters: int) -> bool:
    """More than half of those who may judge said yes; whole numbers only."""
    return votes * 2 > voters


class Opening(NamedTuple):
    """An account to be opened, with what it had before it was kept here."""

    name: str
    group: str = ""
    points: int = 0


def openings_of(text: str) -> list[Opening]:
    """Accounts as they were typed or pasted from a sheet, one a line: group, name, points brought along.

    Group and points may be left out. Raises `LineUnclear`.
    """
    found = []
    for line in text.splitlines():
        parts = line.split("\t") if "\t" in line else line.split()
        words = [" ".join(one.split()) for one in parts]
        words = [one for one in words if one]
        last = _POINTS.fullmatch(words[-1]) if len(words) > 1 else None
        points = int(words.pop().rstrip("\u5206").replace(",", "").replace("\uff0c", "")) if last else 0
        if len(words) > 2 or (words and re.match(r"[-\d]", words[-1])) or any(map(_BARE.fullmatch, words)):
            raise refused.LineUnclear(line=" ".join(line.split())[:40])
        if words:
            found.append(Opening(words[-1], words[0] if len(words) > 1 else "", points))
    return found


@dataclass(frozen=True)
class Known:
    """An account as people name it."""

    pk: int
    number: int
    name: str
    group: str


def resolve(text: str, accounts: Sequence[Known]) -> list[Known]:
    """The accounts that lines of text name, in order, each once: by number, by name, or by group and name.

    Raises `AccountUnknown`, `AccountAmbiguous`, `AccountsMissing`, `LineDoubtful`, `LinesTooMany`.
    """
    by_number = {one.number: one for one in accounts}
    by_name: dict[str, list[Known]] = {}
    for one in accounts:
        for key in {_bare(one.name), _bare(one.group + one.name)}:
            by_name.setdefault(key, []).append(one)
    lines = [one for line in _uncounted(text) for one in re.split(r"[,\uff0c\u3001;\uff1b]", line) if one.strip()]
    if not lines:
        raise refused.AccountsMissing
    if len(lines) > MOST_LINES:
        raise refused.LinesTooMany
    found: dict[int, Known] = {}
    for line in lines:
        one = _resolve_line(line, by_number, by_name)
        found.setdefault(one.pk, one)
    return list(found.values())


def _uncounted(text: str) -> list[str]:
    """Lines without the numbers by which a chat counts them ("12. 张三"): those name no account.

    "12、张三" is such a line where all are; alone it may mean two accounts. Raises `LineDoubtful`.
    """
    said = [_COUNTED.sub("", line) for line in text.splitlines() if line.strip()]
    listed = [line for line in said if _LISTED.match(line)]
    if listed and (len(listed) < len(said) or len(said) == 1):
        raise refused.LineDoubtful(line=listed[0].strip()[:40])
    return [_LISTED.sub("", line) for line in said]


def _resolve_line(line: str, by_number: Mapping[int, Known], by_name: Mapping[str, list[Known]]) -> Known:
    bare = _bare(line)
    if bare.isdecimal() and len(bare) < 10:
        if int(bare) not in by_number:
            raise refused.AccountUnknown(line=line.strip()[:40])
        return by_number[int(bare)]
    hits = by_name.get(bare, [])
    if not hits:
        raise refused.AccountUnknown(line=line.strip()[:40])
    if len(hits) > 1:
        numbers = "、".join(str(one.number) for one in hits[:10])
        raise refused.AccountAmbiguous(line=line.strip()[:40], numbers=numbers)
    return hits[0]


def _bare(text: str) -> str:
    return "".join(text.split())


def left_of_year(earned: int, spent: int) -> int:
    """What is left of the points gathered up to a year's end: what is spent takes the oldest first."""
    return max(0, earned - spent)


def due_from(since: date, last: date | None, per: str) -> date:
    """The last day on which the next exchange is in time."""
    return topics.due_on(per, since, last)
