"""What an import changed is put back, unless somebody changed it since; what a later import changed stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lianjian.directory.actions.bulk.rows import insert, joined_text, new_keys
from lianjian.directory.models import EnterpriseProfile, Organization
from lianjian.journal.models import Entry
from lianjian.sheets import actions
from lianjian.sheets.models import ChangedRow, Import, KeptChunk, KeptSheet
from lianjian.sheets.queries.receipts import refused_lines
from lianjian.sheets.refusals import BadRowsLeft, WrongStep
from lianjian.sheets.tests.helpers import go, read, store, workbook
from tests.cast import NOW, code

HEAD = ["企业名称", "统一社会信用代码", "职工数", "法定代表人"]


def firms(tmp_path: Path, name: str, *rows: list[Any]) -> Path:
    return workbook(tmp_path / f"{name}.xlsx", ("企业台账", [["企业台账"], HEAD, *rows]))


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return firms(
        tmp_path,
        "a",
        ["柳溪青山板材有限公司", code(901), 120, "王大山"],
        ["云岭市晨光木业有限公司", code(1), 88, "李小河"],
    )


def profile(number: int) -> EnterpriseProfile:
    return EnterpriseProfile.objects.get(organization__code=code(number))


def test_changed_rows_get_their_values_back(cast: Any, first: Path) -> None:
    actor = cast.actor("clerk")
    before = EnterpriseProfile.objects.filter(organization=cast.firm).first()
    old = (before.staff, before.legal_representative) if before else None
    imported = store(actor, cast.town, first)
    assert (profile(1).staff, profile(1).legal_representative) == (88, "李小河")
    assert imported.receipt["kinds"][0]["new"] == 1 and imported.receipt["kinds"][0]["changed"] == 1
    report = actions.undo(actor=actor, imported=imported, now=NOW)
    assert report["refused"] == []
    after = EnterpriseProfile.objects.filter(organization=cast.firm).first()
    assert ((after.staff, after.legal_representative) if after else None) == old
    assert Entry.objects.filter(verb="sheets.undo", subject_key=imported.key).count() == 1


def test_an_edited_file_changes_only_what_differs(cast: Any, first: Path, tmp_path: Path) -> None:
    actor = cast.actor("clerk")
    one = store(actor, cast.town, first)
    edited = firms(
        tmp_path,
        "b",
        ["柳溪青山板材有限公司", code(901), 150, "王大山"],
        ["云岭市晨光木业有限公司", code(1), 88, "李小河"],
        ["柳溪绿水门窗有限公司", code(902), 30, "赵云"],
    )
    two = store(actor, cast.town, edited)
    kind = two.receipt["kinds"][0]
    assert (kind["new"], kind["changed"], kind["unchanged"]) == (1, 1, 1)
    report = actions.undo(actor=actor, imported=one, now=NOW)
    one.refresh_from_db()
    sentences = {line["name"]: line["sentence"] for line in refused_lines(one)}
    assert any("后来的导入" in sentence for sentence in sentences.values())
    assert Organization.objects.filter(code=code(901)).exists()
    assert report["refused_count"] and one.state == "done"
    actions.undo(actor=actor, imported=two, now=NOW)
    assert profile(901).staff == 120
    assert not Organization.objects.filter(code=code(902)).exists()
    assert actions.undo(actor=actor, imported=one, now=NOW)["refused"] == []
    assert not Organization.objects.filter(code=code(901)).exists()
    assert not ChangedRow.objects.exists()


def test_a_value_changed_since_is_not_put_back(cast: Any, first: Path) -> None:
    actor = cast.actor("clerk")
    store(actor, cast.town, first)
    path = first.parent / "c.xlsx"
    workbook(path, ("企业台账", [["企业台账"], HEAD, ["云岭市晨光木业有限公司", code(1), 99, "李小河"]]))
    imported = store(actor, cast.town, path)
    EnterpriseProfile.objects.filter(organization=cast.firm).update(staff=101)
    report = actions.undo(actor=actor, imported=imported, now=NOW)
    assert report["refused_count"] == 1
    assert profile(1).staff == 101


def test_all_or_nothing(cast: Any, tmp_path: Path) -> None:
    actor = cast.actor("clerk")
    path = firms(tmp_path, "bad", ["柳溪青山板材有限公司", code(901), 120, ""], ["", code(902), 3, ""])
    imported = read(actor, cast.town, path)
    with pytest.raises(BadRowsLeft):
        go(actor, imported, "all")
    assert not Organization.objects.filter(code=code(901)).exists()
    done = go(actor, imported, "good")
    assert done.receipt["kinds"][0]["left"] == 1
    with pytest.raises(WrongStep):
        go(actor, Import.objects.get(pk=done.pk), "good")


def test_a_run_is_stored_once(cast: Any, first: Path) -> None:
    actor = cast.actor("clerk")
    imported = store(actor, cast.town, first)
    again = actions.commit(actor=actor, imported=imported, run=imported.run, mode="good", now=NOW)
    assert again == {}


def test_undone_it_can_be_stored_again(cast: Any, first: Path) -> None:
    actor = cast.actor("clerk")
    imported = store(actor, cast.town, first)
    actions.undo(actor=actor, imported=imported, now=NOW)
    imported.refresh_from_db()
    assert go(actor, imported).state == "done"
    assert Organization.objects.filter(code=code(901)).exists()


def test_rows_that_are_kept_have_as_many_records_as_lines(cast: Any, first: Path) -> None:
    """Also one alone that became no record: its place in the row of records is empty, not missing."""
    imported = store(cast.actor("clerk"), cast.town, first)
    sheet = KeptSheet.objects.create(jurisdiction=cast.town, name="未知", first_import=imported)
    lines = [['{"a": "1\\n-"}'], ['{"a": 1}', '{"b": 2}']]
    insert(
        KeptChunk,
        {
            "key": list(new_keys(2)),
            "label": ["", ""],
            "numbers": [joined_text(["1"]), joined_text(["2", "3"])],
            "lines": [joined_text(one) for one in lines],
            "digests": [joined_text(["a"]), joined_text(["b", "c"])],
            "row_ids": [joined_text(["-"]), joined_text(["-", "7"])],
        },
        {"jurisdiction_id": cast.town.pk, "sheet_id": sheet.pk, "imported_id": imported.pk},
        joined=("numbers", "lines", "digests", "row_ids"),
    )
    kept = list(KeptChunk.objects.filter(sheet=sheet).order_by("pk").values_list("numbers", "lines", "row_ids"))
    assert kept == [([1], lines[0], [None]), ([2, 3], lines[1], [None, 7])]
