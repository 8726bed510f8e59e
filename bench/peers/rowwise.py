"""Run as a process: the usual import - openpyxl, plain cleaning, `create()` for every row. Prints JSON."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import django

django.setup()

import openpyxl  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.protocol import own_cpu  # noqa: E402
from lianjian.directory.models import EnterpriseProfile, EnterpriseYear, Organization  # noqa: E402
from lianjian.events.models import Visit  # noqa: E402
from lianjian.foundation import context  # noqa: E402
from lianjian.jurisdictions.models import Jurisdiction  # noqa: E402


def number(value: Any) -> int | None:
    found = re.search(r"\d+", str(value)) if value is not None else None
    return int(found.group()) if found else None


def day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    return date(*map(int, re.findall(r"\d+", str(value))[:3]))


def enterprises(town: Jurisdiction, rows: Iterator[tuple[Any, ...]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    root = Organization.objects.get(jurisdiction=town, is_root=True)
    for at, cells in enumerate(rows):
        name = str(cells[1]).strip().replace("\uff08", "(").replace("\uff09", ")")
        code = str(cells[2] or "").replace(" ", "").upper()
        made = Organization.objects.create(
            jurisdiction=town,
            name=name,
            name_key=name,
            classification="enterprise",
            code=code,
            parent=root,
            path=f"{root.path}{at:06d}",
            changed_at=timezone.now(),
        )
        person, staff, members = str(cells[4] or "").strip(), number(cells[6]), number(cells[8])
        above = {"是": True, "√": True, "Y": True, "1": True}.get(str(cells[7]), False)
        size = {"staff": staff, "above_scale": above}
        EnterpriseProfile.objects.create(
            jurisdiction=town,
            organization=made,
            legal_representative=person,
            industry_text=str(cells[3]),
            party_members=members,
            size_year=2025,
            **size,
        )
        EnterpriseYear.objects.create(jurisdiction=town, organization=made, year=2025, **size)
        found[code or f"none {at}"] = [name, code, person, staff, members]
    return found


def visits(town: Jurisdiction, rows: Iterator[tuple[Any, ...]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    firms = Organization.objects.filter(jurisdiction=town, classification="enterprise")
    by_name = {firm.name: firm for firm in firms}
    for at, cells in enumerate(rows):
        name = str(cells[3]).strip().replace("\uff08", "(").replace("\uff09", ")")
        firm, on, needs = by_name.get(name), day(cells[1]), number(cells[6]) or 0
        people = [one for one in re.split("[、,,\\s]+", str(cells[2])) if one]
        Visit.objects.create(
            jurisdiction=town,
            organization=firm,
            organization_text="" if firm else name,
            visited_on=on,
            purpose="other",
            visitors="、".join(people),
            received_by=cells[4] or "",
            content=cells[5] or "",
            needs_found=needs,
            remark=cells[7] or "",
            recorded_by_name="x",
            recorded_at=timezone.now(),
        )
        found[str(at)] = [str(on), firm.name if firm else "", cells[4] or "", cells[5] or "", needs]
    return found


def main(path: str, kind: str) -> dict[str, Any]:
    began = own_cpu()
    with transaction.atomic():
        town = Jurisdiction.objects.get(name="柳溪镇")
        context.enter([town.pk], [town.pk])
        sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
        rows = (cells for cells in sheet.iter_rows(min_row=3, values_only=True) if isinstance(cells[0], int))
        sample = enterprises(town, rows) if kind == "enterprises" else visits(town, rows)
    return {"cpu": own_cpu() - began, "stored": len(sample), "sample": sample}


print(json.dumps(main(sys.argv[1], sys.argv[2])))
