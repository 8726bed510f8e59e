"""The shared workbook of a town, where it is present: imported whole, then again, then taken back."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from lianjian.cases.models import Case
from lianjian.directory import actions as directory
from lianjian.directory.models import Link, Membership, Organization
from lianjian.events.models import Visit
from lianjian.partylife.models import Applicant, FoundMember
from lianjian.sheets import actions
from lianjian.sheets.models import Import, ImportSheet, KeptRow, KeptSheet, ReviewItem
from lianjian.sheets.queries.receipts import problems, refused_lines
from lianjian.sheets.tests.helpers import store
from tests.cast import NOW, SINCE

SHARED = Path(os.environ.get("LIANJIAN_SHARED", Path(__file__).resolve().parents[5] / "shared"))
LEDGER = SHARED / "data" / "ledgers" / "jingba-2024.xlsx"
pytestmark = pytest.mark.skipif(not LEDGER.exists(), reason="the shared ledger is not here (LIANJIAN_SHARED)")

# What an import may leave behind when it is taken back: its own record, the journal, technical tables.
OUTSIDE = ("sheets", "journal", "foundation", "files", "accounts", "procrastinate")


def picture() -> dict[str, Any]:
    """Every row of the town's records, as numbers and a digest."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if not model.__module__.startswith("lianjian.") or model._meta.app_label in OUTSIDE:
                continue
            table = model._meta.db_table
            cursor.execute(f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t")
            found[table] = cursor.fetchone()
    return found


def of_ledger(cast: Any) -> Any:
    """Enterprises other than those of the cast."""
    own = [cast.firm.pk, cast.second_firm.pk]
    return Organization.objects.filter(jurisdiction=cast.town, classification="enterprise").exclude(pk__in=own)


def test_try(cast: Any) -> None:
    actor = cast.actor("clerk")
    before = picture()
    imported = store(actor, cast.town, LEDGER)
    assert imported.state == "done"
    firms = of_ledger(cast)
    print(Counter(Organization.objects.filter(jurisdiction=cast.town).values_list("classification", flat=True)))
    print(firms.count(), firms.filter(enterprise__above_scale=True).count(), firms.filter(enterprise__above_scale=True, enterprise__staff__gte=100, enterprise__party_members=0).count())
    print(Link.objects.filter(kind="coverage", target__in=firms).values("target").distinct().count())
    print(Membership.objects.filter(role="dispatched").values_list("details", flat=True))
    print(FoundMember.objects.count(), Applicant.objects.count(), Counter(Applicant.objects.values_list("stage", flat=True)), Applicant.objects.filter(activist_on__year=2024).count())
    print(Visit.objects.count(), Visit.objects.filter(organization=None).count(), Case.objects.count(), Case.objects.filter(outcome="solved").count(), Case.objects.filter(organization=None).count())
    again = store(actor, cast.town, LEDGER)
    print(again.receipt)
    rep = actions.undo(actor=actor, imported=imported, now=NOW)
    after = picture()
    for t in before:
        if before[t] != after[t]:
            print("DIFF", t, before[t], after[t])
    print(rep)
