"""Fills a clone with many items and their search rows (seeded): eight counties of twelve towns, 20,000 bodies."""

from __future__ import annotations

import json
import math
import random
import subprocess
import sys
import uuid
from bisect import bisect
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

import psycopg

from bench import ground
from bench.web.seed import _multiply
from lianjian.lists.matching.facets import Seen, about_tokens, seen_tokens
from lianjian.lists.matching.scoring import Facts
from tests import ground as servers

BODIES, COUNTIES, TOWNS = 20_000, 8, 12
FIRST = 1_000_000  # ids of made rows begin here
WORDS = 40_000
CATEGORIES = (
    *("人员力量", "经验技术", "设施阵地", "特色禀赋", "市场联拓", "物流共享", "仓储共用"),
    *("科研人才", "金融服务", "用工招聘", "土地厂房", "政策服务", "其他"),
)
CHAINS = ("茶叶", "竹木", "食用菌", "杨梅", "汽车零部件", "纺织服装")
UNITS = ("吨", "人", "平方米", "亩", "件")

Connection = psycopg.Connection[tuple[Any, ...]]


def seeded(n: int, seed: int) -> tuple[str, dict[str, Any]]:
    """A new database with `n` items, and what a client needs to know of it."""
    name = ground.fresh()
    answer = subprocess.run(
        [sys.executable, "-m", "bench.matching.prototype"],
        env=ground.environment(name),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ground.ROOT,
    )
    made: dict[str, Any] = json.loads(answer.stdout.strip().splitlines()[-1])
    with psycopg.connect(servers.server().superuser_url(name), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        places = _places(connection, made)
        _bodies(connection, made, places)
        _items(connection, n, seed, places)
        for table in ("lists_item", "lists_matchentry", "directory_organization", "jurisdictions_jurisdiction"):
            connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))".encode()
            )
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
        rows = connection.execute(
            "SELECT key FROM lists_item WHERE kind = 'need' AND state = 'open' AND visibility = 'county'"
            " AND jurisdiction_id = ANY(%s) ORDER BY md5(id::text) LIMIT 100",
            [places[:TOWNS]],
        )
        made["needs"] = [str(key) for (key,) in rows.fetchall()]
    return name, made


def _places(connection: Connection, made: dict[str, Any]) -> list[int]:
    """Ids of the towns, the cast's own county first."""
    places = [made["town"]]
    number = 0
    for county in range(COUNTIES):
        parent = made["county"]
        if county:
            parent = FIRST + county
            _place(connection, parent, "county", None)
        while len(places) < (county + 1) * TOWNS:
            number += 1
            _place(connection, FIRST + 100 + number, "town", parent)
            places.append(FIRST + 100 + number)
    return places


def _place(connection: Connection, pk: int, level: str, parent: int | None) -> None:
    connection.execute(
        "INSERT INTO jurisdictions_jurisdiction (id, key, name, level, prefix, area_code, parent_id)"
        " VALUES (%s, gen_random_uuid(), %s, %s, %s, '', %s)",
        [pk, f"{level} {pk}", level, f"P{pk}"[-8:], parent],
    )


def _bodies(connection: Connection, made: dict[str, Any], places: list[int]) -> None:
    name = "'云岭第' || g || '企业'"
    spread = "(('x' || substr(md5(g::text || {salt}), 1, 6))::bit(24)::int / 16777216.0)"
    _multiply(
        connection,
        "directory_organization",
        f"t.id = {made['firm']}",
        BODIES,
        {
            "id": f"{FIRST} + g",
            "key": "gen_random_uuid()",
            "name": name,
            "name_key": name,
            "short_name": "''",
            "short_key": "''",
            "code": "''",
            "path": f"lpad(({FIRST} + g)::text, 6, '0')",
            "jurisdiction_id": f"(ARRAY{places})[1 + g % {len(places)}]",
            "latitude": f"28.2 + {spread.format(salt=chr(39) + 'a' + chr(39))} * 0.8",
            "longitude": f"119.5 + {spread.format(salt=chr(39) + 'o' + chr(39))} * 0.8",
        },
    )


class Vocabulary:
    """Made words whose frequencies fall as those of a language do (Zipf and Mandelbrot)."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.words = [self._word() for _number in range(WORDS)]
        self.sums = list(accumulate(1 / (rank + 20) ** 0.95 for rank in range(WORDS)))

    def _word(self) -> str:
        return "".join(chr(self.dice.randrange(0x4E00, 0x9F00)) for _one in range(self.dice.choice((2, 2, 2, 3))))

    def one(self) -> str:
        return self.words[bisect(self.sums, self.dice.random() * self.sums[-1])]


def _items(connection: Connection, n: int, seed: int, places: list[int]) -> None:
    dice = random.Random(seed)  # noqa: S311 - made rows, no secrets
    vocabulary, today = Vocabulary(dice), date.today()  # noqa: DTZ011 - a day of the made rows
    rows = connection.execute(
        "SELECT id, jurisdiction_id, latitude::float8, longitude::float8 FROM directory_organization"
        " WHERE id > %s ORDER BY id",
        [FIRST],
    ).fetchall()
    made = (_one(number, dice, vocabulary, rows[dice.randrange(len(rows))], today) for number in range(1, n + 1))
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for row in made:
            copy.write_row(row)
    connection.execute(ITEMS)


COPY = (
    "COPY lists_matchentry (id, key, jurisdiction_id, kind, subject_label, subject_key, organization_id, title, text,"
    ' category, chain, latitude, longitude, since, until, expires_on, "left", unit, audience, ratings, rating_sum,'
    " words, counts, length, search, changed_at) FROM STDIN"
)
ITEMS = """
INSERT INTO lists_item (id, key, jurisdiction_id, kind, organization_id, category, title, text, place, since, until,
  capacity, unit, taken, reusable, by_day, visibility, expires_on, source, state, published_at, published_by,
  ended_reason)
SELECT id, subject_key, jurisdiction_id, kind, organization_id, category, title, text, '', since, until,
  nullif("left", 0), unit, 0, false, false, audience, expires_on, 'own', 'open', now(), '', ''
  FROM lists_matchentry
"""


def _one(number: int, dice: random.Random, vocabulary: Vocabulary, body: tuple[Any, ...], today: date) -> list[Any]:
    kind = dice.choices(("resource", "activity", "need", "project"), (60, 15, 20, 5))[0]
    counts: dict[str, int] = {}
    for _word in range(dice.randrange(10, 24)):
        word = vocabulary.one()
        counts[word] = counts.get(word, 0) + 1
    since = today + timedelta(days=dice.randrange(-60, 90)) if dice.random() < 0.4 else None
    until = since + timedelta(days=dice.choice((30, 60, 120, 300))) if since else None
    expires = today + timedelta(days=dice.randrange(-20, 365)) if dice.random() < 0.3 else None
    left = round(math.exp(dice.uniform(1, 7))) if dice.random() < 0.6 else None
    audience = dice.choices(("county", "town", "public"), (75, 20, 5))[0]
    organization, place, lat, lon = body
    category, chain = dice.choice(CATEGORIES), dice.choice(CHAINS) if dice.random() < 0.4 else ""
    facts = Facts(number, kind, organization, category, chain, lat, lon)
    seen = Seen(audience, place, None, (organization,))
    tokens = [*counts, *seen_tokens(kind, seen), *about_tokens(facts)]
    ratings = dice.choice((0, 0, 0, 1, 3, 8))
    return [
        number, uuid.UUID(int=dice.getrandbits(128)), place, kind, "lists.item", uuid.UUID(int=dice.getrandbits(128)),
        organization, "".join(list(counts)[:4])[:80], "", category, chain, lat, lon, since, until, expires, left,
        dice.choice(UNITS) if left else "", audience, ratings, sum(dice.choice((3, 4, 5)) for _one in range(ratings)),
        list(counts), list(counts.values()), sum(counts.values()),
        " ".join("'" + token + "'" for token in tokens), today,
    ]  # fmt: skip
