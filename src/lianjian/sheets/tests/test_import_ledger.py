"""The shared workbook of a town, where it is present: imported whole, then again, then taken back."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from lianjian.cases.models import Case
from lianjian.cases.tasks import fold
from lianjian.directory import actions as directory
from lianjian.directory.models import Link, Membership, Organization
from lianjian.events.actions import record_visit
from lianjian.events.models import Visit
from lianjian.partylife.models import Applicant, FoundMember
from lianjian.sheets import actions
from lianjian.sheets.models import KeptChunk, KeptSheet, ReviewItem
from lianjian.sheets.queries.receipts import problems, refused_lines
from lianjian.sheets.tests.helpers import store
from tests.cast import NOW

SHARED = Path(os.environ.get("LIANJIAN_SHARED", Path(__file__).resolve().parents[5] / "shared"))
LEDGER = SHARED / "data" / "ledgers" / "jingba-2024.xlsx"
pytestmark = pytest.mark.skipif(not LEDGER.exists(), reason="the shared ledger is not here (LIANJIAN_SHARED)")

# What an import may leave behind when it is taken back: its own record, the journal, technical tables. Numbers once
# given to cases are not given again, so their counter stays too.
OUTSIDE = ("sheets", "journal", "foundation", "files", "accounts", "procrastinate")


def picture() -> dict[str, Any]:
    """Every row of the town's records, as numbers and a digest."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if not model.__module__.startswith("lianjian.") or model._meta.app_label in OUTSIDE:
                continue
            table = model._meta.db_table
            if table == "jurisdictions_counter":
                continue
            cursor.execute(f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t")
            found[table] = cursor.fetchone()
    return found


def of_ledger(cast: Any) -> Any:
    """Enterprises other than those of the cast."""
    own = [cast.firm.pk, cast.second_firm.pk]
    return Organization.objects.filter(jurisdiction=cast.town, classification="enterprise").exclude(
        pk__in=own
    )


def test_the_town_reads_its_workbook(cast: Any) -> None:
    """What pages and report must say is what the rows say."""
    before = Organization.objects.filter(classification="station").count()
    imported = store(cast.actor("clerk"), cast.town, LEDGER)
    assert imported.state == "done"
    assert Organization.objects.filter(classification="station").count() - before == 3
    firms = of_ledger(cast)
    large = firms.filter(enterprise__above_scale=True)
    assert (firms.count(), large.count()) == (113, 91)
    assert large.filter(enterprise__staff__gte=100, enterprise__party_members=0).count() == 36
    covered = Link.objects.filter(kind="coverage", target__in=firms, until__isnull=True)
    assert covered.values("target").distinct().count() == 113
    cadres = Membership.objects.filter(role="dispatched")
    assert (cadres.count(), cadres.filter(details__resident=True).count()) == (10, 5)
    assert FoundMember.objects.count() == 25
    in_2024 = (date(2024, 1, 1), date(2024, 12, 31))
    assert Applicant.objects.filter(applied_on__range=in_2024).count() == 15
    assert Applicant.objects.filter(activist_on__range=in_2024).count() == 5
    assert Applicant.objects.filter(probationary_on__range=in_2024).count() == 1
    assert Visit.objects.count() == 312
    needs = Case.objects.filter(kind="need")
    assert (needs.count(), needs.filter(outcome="solved").count()) == (168, 113)
    kept = KeptSheet.objects.get(kind="")
    assert sum(len(chunk.lines) for chunk in kept.chunks.all()) == 14 and len(kept.columns) >= 8
    cells = {p["cell"] for p in problems(imported) if p["code"] == "code_wrong"}
    assert cells == {"C22", "C63", "C102"}
    assert [p["cell"] for p in problems(imported) if p["code"] == "missing"] == ["C49"]
    assert ReviewItem.objects.filter(state="open").count() >= 1
    assert imported.receipt["rows"] == 660
    assert all(kind["left"] == 0 for kind in imported.receipt["kinds"])
    doubled = [p for p in problems(imported) if p["code"] == "store" and p["severity"] == "note"]
    assert sum("同一家" in p["sentence"] for p in doubled) == 2
    assert {kind["kind"]: kind["new"] for kind in imported.receipt["kinds"]}["enterprise"] == 113


def test_twice_changes_nothing_and_undo_leaves_the_town_as_before(cast: Any) -> None:
    actor = cast.actor("clerk")
    empty = picture()
    imported = store(actor, cast.town, LEDGER)
    full = picture()
    again = store(actor, cast.town, LEDGER)
    assert again.receipt["made"] == {} and again.receipt["changed"] == {}
    assert [kind["unchanged"] for kind in again.receipt["kinds"]] == [14, 115, 10, 25, 16, 312, 168]
    assert picture() == full
    assert actions.undo(actor=actor, imported=again, now=NOW)["removed"] == {}
    assert picture() == full
    report = actions.undo(actor=actor, imported=imported, now=NOW)
    assert report["refused"] == []
    fold(jurisdiction_id=cast.town.pk)  # counts that came to nothing go within the hour
    assert picture() == empty
    assert not KeptChunk.objects.exists() and not KeptSheet.objects.exists()
    imported.refresh_from_db()
    assert imported.state == "undone"


def test_undo_refuses_by_name_what_others_built_on(cast: Any) -> None:
    actor = cast.actor("clerk")
    imported = store(actor, cast.town, LEDGER)
    firms = list(of_ledger(cast).order_by("id")[:3])
    directory.add_alias(actor=actor, organization=firms[0], name="老字号", now=NOW)
    record_visit(
        actor=actor,
        organization=firms[1],
        visited_on=date(2026, 3, 2),
        people=["苏禾"],
        content="看看",
        now=NOW,
    )
    report = actions.undo(actor=actor, imported=imported, now=NOW)
    imported.refresh_from_db()
    named = {one["name"]: one["sentence"] for one in refused_lines(imported)}
    assert {firms[0].name, firms[1].name} <= set(named)
    assert "改动" in named[firms[0].name] and "看看" not in named[firms[0].name]
    assert "关联" in named[firms[1].name]
    left = of_ledger(cast)
    assert set(left) == {firms[0], firms[1]}
    assert (
        left[0].enterprise is not None
        and Link.objects.filter(kind="administration", target__in=left).count() == 2
    )
    assert Visit.objects.count() == 1 and Case.objects.count() == 0
    assert imported.state == "done" and report["refused_count"] >= 2
