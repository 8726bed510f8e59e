"""Run as a process: the usual import - openpyxl, plain cleaning, `create()` for every row. Prints JSON."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import django

django.setup()

import openpyxl  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.protocol import own_cpu  # noqa: E402
from lianjian.directory.models import EnterpriseProfile, EnterpriseYear, Organization  # noqa: E402
from lianjian.foundation import context  # noqa: E402
from lianjian.jurisdictions.models import Jurisdiction  # noqa: E402


def number(value: Any) -> int | None:
    found = re.search(r"\d+", str(value)) if value is not None else None
    return int(found.group()) if found else None


def main(path: str) -> dict[str, Any]:
    began = own_cpu()
    sample = {}
    with transaction.atomic():
        town = Jurisdiction.objects.get(name="柳溪镇")
        context.enter([town.pk], [town.pk])
        root = Organization.objects.get(jurisdiction=town, is_root=True)
        sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
        count = 0
        for cells in sheet.iter_rows(min_row=3, values_only=True):
            if not isinstance(cells[0], int):
                continue
            name = str(cells[1]).strip().replace("\uff08", "(").replace("\uff09", ")")
            code = str(cells[2] or "").replace(" ", "").upper()
            made = Organization.objects.create(
                jurisdiction=town,
                name=name,
                name_key=name,
                classification="enterprise",
                code=code,
                parent=root,
                path=f"{root.path}{count:06d}",
                changed_at=timezone.now(),
                founded_on=None,
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
            if code:
                sample[code] = [name, code, person, staff, members]
            count += 1
    return {"cpu": own_cpu() - began, "stored": count, "sample": sample}


print(json.dumps(main(sys.argv[1])))
