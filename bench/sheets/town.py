"""Run as a process: the cast of the tests on a fresh clone, with firms in the register, committed.

`python -m bench.sheets.town FIRMS SEED`
"""

from __future__ import annotations

import sys

import django

django.setup()

from datetime import date  # noqa: E402

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.sheets.workbook import credit_code, firm_name  # noqa: E402
from lianjian.directory.actions.bulk.organizations import NewOrganizations  # noqa: E402
from lianjian.foundation import context  # noqa: E402
from tests.cast import build_cast  # noqa: E402


def main(firms: int, seed: int) -> None:
    with transaction.atomic():
        cast = build_cast()
        town, root = cast.town.pk, cast.town_root
        context.enter([town], [town])
        new = NewOrganizations(jurisdiction_id=town, since=date(2024, 1, 1), now=timezone.now(), most=firms)
        for number in range(1, firms + 1):
            new.add(
                name=firm_name(seed, number),
                classification="enterprise",
                parent=(root.pk, root.path, root.depth),
                code=credit_code(number),
            )
        new.write()


main(int(sys.argv[1]), int(sys.argv[2]))
