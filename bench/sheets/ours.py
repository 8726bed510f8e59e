"""Run as a process: `lianjian import` of a workbook; prints CPU seconds by stage and what was stored, as JSON."""

from __future__ import annotations

import json
import random
import sys
import time
from typing import Any

import django

django.setup()

from django.db import transaction  # noqa: E402

from bench.protocol import own_cpu  # noqa: E402
from bench.sheets.workbook import FIRMS, credit_code, firm_name  # noqa: E402
from lianjian.directory.models import EnterpriseProfile, Organization  # noqa: E402
from lianjian.directory.queries.resolving import Resolver, county_of  # noqa: E402
from lianjian.events.models import Visit  # noqa: E402
from lianjian.foundation import context  # noqa: E402
from lianjian.foundation.names import match_key  # noqa: E402
from lianjian.jurisdictions.models import Jurisdiction  # noqa: E402
from lianjian.sheets.commands import import_file  # noqa: E402

TOWN = "柳溪镇"
VISIT = ("visited_on", "organization__name", "received_by", "content", "needs_found")
FIELDS = (
    "name",
    "code",
    "enterprise__legal_representative",
    "enterprise__staff",
    "enterprise__party_members",
)


def main(path: str, kind: str, count: int, seed: int, sample: int, extras: bool) -> dict[str, Any]:
    began, wall = own_cpu(), time.perf_counter()
    receipt = import_file(path=path, town=TOWN, year=2025)
    found: dict[str, Any] = {
        "cpu": own_cpu() - began,
        "wall": time.perf_counter() - wall,
        "stored": receipt["rows"],
    }
    if extras and kind == "visits":
        with transaction.atomic():
            town = Jurisdiction.objects.get(name=TOWN)
            context.enter([town.pk], [town.pk])
            kept = Visit.objects.filter(jurisdiction=town).order_by("id")
            found["rows"] = kept.count()
            lines = enumerate(kept.values_list(*VISIT)[:sample])
            found["sample"] = {str(at): [_text(cell) for cell in row] for at, row in lines}
            found["linking"] = linking(town.pk, FIRMS, seed)
    elif extras:
        with transaction.atomic():
            town = Jurisdiction.objects.get(name=TOWN)
            context.enter([town.pk], [town.pk])
            found["profiles"] = EnterpriseProfile.objects.filter(jurisdiction=town).count()
            codes = [credit_code(number) for number in range(1, sample + 1)]
            kept = Organization.objects.filter(code__in=codes).values_list(*FIELDS)
            found["sample"] = {row[1]: list(row) for row in kept}
            found["linking"] = linking(town.pk, count, seed)
    return found


def _text(cell: Any) -> Any:
    return cell if isinstance(cell, int) else str(cell or "")


def linking(town: int, count: int, seed: int) -> dict[str, Any]:
    """5,000 names: as they are, differently written, shortened, one character off, of firms that are not there."""
    resolver = Resolver.of(county_of(town), ("enterprise",))
    pick = random.Random(seed + 1)
    linked = right = known = 0
    wrong = []
    numbers = pick.sample(range(1, count + 1), min(5_000, count))
    for number in numbers:
        name, code, wanted = _query(pick, firm_name(seed, number), credit_code(number))
        known += wanted
        answer = resolver.resolve(name, code)
        if answer.organization_id is None:
            continue
        linked += 1
        shown = resolver.shown[answer.organization_id]
        good = wanted and (
            resolver.code_of(answer.organization_id) == credit_code(number)
            or match_key(shown) == match_key(firm_name(seed, number))
        )
        right += good
        if not good:
            wrong.append([name, shown, answer.how])
    return {
        "queries": len(numbers),
        "linked": linked,
        "right": right,
        "precision": round(right / max(linked, 1), 5),
        "recall": round(right / max(known, 1), 5),
        "wrong": wrong[:5],
    }


def _query(pick: random.Random, name: str, code: str) -> tuple[str, str, bool]:
    """A written name, a written code, and whether the firm is in the register."""
    throw = pick.random()
    if throw < 0.3:
        return name, "", True
    if throw < 0.5:
        return _differently(pick, name), "", True
    if throw < 0.6:
        return name[:-4], code.lower() if pick.random() < 0.3 else code, True
    if throw < 0.7:
        return name[:-4], "", True
    if throw < 0.88:
        place = pick.randrange(2, 6)
        return f"{name[:place]}鑫{name[place + 1 :]}", "", False
    return f"远方{name[2:5]}异地商贸有限公司", "", False


def _differently(dice: random.Random, name: str) -> str:
    throw = dice.random()
    if throw < 0.4:
        return name.replace("(", "\uff08").replace(")", "\uff09")
    return f" {name[:4]} {name[4:]} " if throw < 0.7 else f"{name} "


path, kind, *numbers = sys.argv[1:]
count, seed, sample, extras = map(int, numbers)
print(json.dumps(main(path, kind, count, seed, sample, bool(extras))))
