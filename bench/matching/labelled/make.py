"""Writes needs.jsonl, offers.jsonl and labels.jsonl from matters.toml: `python -m bench.matching.labelled.make`.

The same files on any machine. See CRITERIA.md.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SEED = "lists"
START = date(2026, 3, 1)
# Latitude and longitude of nine places of a county.
PLACES = [
    (28.45, 119.92), (28.47, 119.95), (28.52, 119.83), (28.38, 119.99), (28.61, 119.71),
    (28.31, 120.15), (28.70, 119.98), (28.22, 119.76), (28.83, 119.62),
]  # fmt: skip
CHAINS = ["茶叶", "竹木", "食用菌", "杨梅", "汽车零部件", "纺织服装"]
FIRMS = [
    "云岭", "富岙", "青田桥", "双溪", "石门", "古堰", "大洋",
    "莲都", "碧湖", "雅溪", "仙渡", "太平", "黄村", "老竹",
]  # fmt: skip
BODIES = ["有限公司", "专业合作社", "村股份经济合作社", "商会", "服务站", "产业园"]
SAID = [
    "具体可电话联系,面谈。", "希望尽快对接。", "时间可以商量。", "长期有效,欢迎联系。", "价格优惠,可签协议。",
    "已列入联建清单,请联盟成员单位优先。", "由党支部书记牵头协调。", "本单位党员示范岗负责。", "详情见附件。", "",
]  # fmt: skip
AMOUNTS = {
    "吨": (5, 200), "平方米": (200, 4000), "人": (5, 60), "亩": (10, 200), "万元": (50, 800), "件": (500, 20000),
}  # fmt: skip
NEAR_KM, ENOUGH, HALF = 25.0, 0.6, 0.5
Row = dict[str, Any]


def distance(a: Row, b: Row) -> float:
    """Kilometres between two places, on a plane that fits a county."""
    north = (a["lat"] - b["lat"]) * 111.2
    east = (a["lon"] - b["lon"]) * 111.2 * math.cos(math.radians((a["lat"] + b["lat"]) / 2))
    return math.hypot(north, east)


def _drawn(kind: str, code: str, matter: Row, title: str, dice: random.Random) -> Row:
    lat, lon = dice.choice(PLACES)
    since = START + timedelta(days=dice.randrange(0, 90))
    dated = matter.get("dated", False) and dice.random() < 0.8
    days = dice.choice([20, 40, 60, 90] if kind == "need" else [30, 60, 120, 240])
    low, high = AMOUNTS.get(matter.get("unit", ""), (0, 0))
    amount = (
        round(math.exp(dice.uniform(math.log(low), math.log(high)))) if high and dice.random() < 0.8 else None
    )
    own = matter.get("chain", CHAINS)
    chain = dice.choice(own) if matter.get("chained") or dice.random() < 0.4 else ""
    words = f"{chain}{title}" if matter.get("chained") and dice.random() < 0.5 else title
    return {
        "title": words,
        "text": dice.choice(SAID),
        "organization": dice.choice(FIRMS) + dice.choice(BODIES),
        "category": matter["also"] if dice.random() < 1 / 6 else matter["cat"],
        "chain": chain,
        "lat": round(lat + dice.uniform(-0.02, 0.02), 5),
        "lon": round(lon + dice.uniform(-0.02, 0.02), 5),
        "since": since.isoformat() if dated else None,
        "until": (since + timedelta(days=days)).isoformat() if dated else None,
        "amount": amount,
        "unit": matter.get("unit", "") if amount else "",
        "matter": code,
    }


def failed(matter: Row, need: Row, offer: Row) -> int:
    """How many conditions that matter do not hold."""
    count = 0
    if matter.get("local") and distance(need, offer) > NEAR_KM:
        count += 1
    if need["amount"] and offer["amount"] and need["unit"] == offer["unit"]:
        count += offer["amount"] < ENOUGH * need["amount"]
    if matter.get("dated") and need["since"] and offer["since"]:
        first, last = max(need["since"], offer["since"]), min(need["until"], offer["until"])
        both = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
        whole = (date.fromisoformat(need["until"]) - date.fromisoformat(need["since"])).days + 1
        count += both < HALF * whole
    return count


def grade(matters: Row, need: Row, offer: Row) -> int:
    """By the criteria of CRITERIA.md."""
    matter = matters[need["matter"]]
    amiss = failed(matter, need, offer)
    if offer["matter"] == need["matter"]:
        if matter.get("chained") and need["chain"] != offer["chain"]:
            return 1
        return 3 if amiss == 0 else 2 if amiss == 1 else 1
    return int(offer["matter"] in matter["near"] and amiss <= 1)


def half(matter: str) -> str:
    """Which half the needs of a matter belong to, for ever: words learnt from one half say nothing in the other."""
    return "test" if int(hashlib.sha256(matter.encode()).hexdigest()[-1], 16) % 2 else "tune"


def made() -> tuple[list[Row], list[Row], list[Row]]:
    """Needs, offers, and the grades above 0, as they are written."""
    matters = tomllib.loads((HERE / "matters.toml").read_text())
    dice = random.Random(SEED)  # noqa: S311 - circumstances, no secrets
    needs, offers = [], []
    for code, matter in matters.items():
        for title in matter["needs"]:
            needs.append({"id": f"n{len(needs) + 1:03}", **_drawn("need", code, matter, title, dice)})
        for title in matter["offers"]:
            for _copy in range(dice.choice([2, 3])):
                offers.append(
                    {"id": f"o{len(offers) + 1:03}", **_drawn("resource", code, matter, title, dice)}
                )
    dice.shuffle(offers)
    labels = [
        {"need": need["id"], "offer": offer["id"], "grade": found}
        for need in needs
        for offer in offers
        if (found := grade(matters, need, offer))
    ]
    for need in needs:
        need["half"] = half(need["matter"])
    for row in (*needs, *offers):
        del row["matter"]
    return needs, offers, labels


def main() -> None:
    for name, rows in zip(("needs", "offers", "labels"), made(), strict=True):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (HERE / f"{name}.jsonl").write_text(text)


if __name__ == "__main__":
    main()
