"""Who takes part in campaigns, from spreadsheets."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from lianjian.alliances import sheets
from lianjian.alliances.models import Participant, ParticipantStep
from lianjian.foundation.batch import SheetRow
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from lianjian.lists.tests.test_sheets import Batch
from lianjian.sheets import actions
from lianjian.sheets.tests.helpers import store, workbook
from tests.cast import NOW, TODAY, Cast

from .test_campaigns import campaign, invite

DAY = timedelta(days=1)


def row(number: int, name: str, body: str, **more: Any) -> SheetRow:
    return SheetRow(number, {"campaign": name, "organization": body, **more})


def test_a_sheet_is_stored_once_in_the_order_of_joining(cast: Cast) -> None:
    held = campaign(cast)
    other = campaign(cast, name="走访月", kind="走访服务", since=TODAY)
    invite(cast, held, cast.second_firm, on=TODAY - 5 * DAY)
    rows = [
        row(2, held.name, cast.firm.name, status="joined", on=TODAY - 9 * DAY),
        row(3, held.name, cast.village.name, status="pilot", on=TODAY - 9 * DAY),
        row(4, held.name, cast.second_firm.name, status="invited"),  # is in it already
        row(5, other.name, cast.firm.name, status="invited"),
        row(6, "没有的活动", cast.firm.name),
        row(7, held.name, "没有登记的公司"),
        row(8, other.name, cast.village.name, on=TODAY - DAY),  # before it began
        row(9, held.name, cast.firm.name),  # twice in the sheet
    ]
    batch = Batch(cast.town_root)
    for _time in range(2):
        sheets.store(actor=cast.actor("clerk"), batch=batch, rows=rows, now=NOW)
    parts = Participant.objects.order_by("campaign_id", "number").values_list("organization__name", "status", "number")
    assert list(parts) == [
        (cast.firm.name, "joined", 1), (cast.village.name, "pilot", 2), (cast.second_firm.name, "joined", 3),
        (cast.firm.name, "invited", None),
    ]  # fmt: skip
    assert len(batch.made) == 3 and ParticipantStep.objects.count() == 4
    assert sorted({(number, field) for number, field, _severity in batch.problems}) == [
        (6, "campaign"), (7, "organization"), (8, "on"),
    ]  # fmt: skip
    assert Entry.objects.filter(verb="alliances.import_participants").count() == 1
    held.closed_on = TODAY
    held.save(update_fields=["closed_on"])
    closed = Batch(cast.town_root)
    sheets.store(actor=cast.actor("clerk"), batch=closed, rows=[row(2, held.name, cast.office.name)], now=NOW)
    assert [problem[0] for problem in closed.problems] == [2] and not closed.made


def test_only_the_office_imports(cast: Cast) -> None:
    held = campaign(cast)
    for who in ("other_clerk", "instructor", "contact"):
        with pytest.raises(Denied):
            sheets.store(
                actor=cast.actor(who), batch=Batch(cast.town_root), rows=[row(2, held.name, cast.firm.name)], now=NOW
            )


def test_a_file_goes_all_the_way_and_back(cast: Cast, tmp_path: Path) -> None:
    """Recognised by its title and columns, stored, a second time without effect, taken back as it was."""
    held = campaign(cast)
    invite(cast, held, cast.second_firm, on=TODAY - DAY)
    head = ["活动名称", "参加单位", "参加状态", "参加日期"]
    lines = [[held.name, cast.firm.name, "先行试点", "2026-03-02"], [held.name, cast.village.name, "已参加", "2026-03-05"]]
    path = workbook(tmp_path / "名单.xlsx", ("活动参加名单", [["活动参加名单"], head, *lines]))
    imported = store(cast.actor("clerk"), cast.town, path)
    assert imported.receipt["kinds"][0]["kind"] == "campaign_part" and imported.receipt["kinds"][0]["new"] == 2
    found = list(held.participants.order_by("number").values_list("organization", "status", "pilot"))
    assert found == [
        (cast.firm.pk, "pilot", True), (cast.village.pk, "joined", False), (cast.second_firm.pk, "joined", False)
    ]  # fmt: skip
    again = store(cast.actor("clerk"), cast.town, path)
    assert again.receipt["kinds"][0]["new"] == 0 and held.participants.count() == 3
    report = actions.undo(actor=cast.actor("clerk"), imported=imported, now=NOW)
    assert report["refused"] == []
    assert list(held.participants.values_list("organization", flat=True)) == [cast.second_firm.pk]
    assert ParticipantStep.objects.count() == 1
