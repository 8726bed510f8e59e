"""The command imports by the same steps and gives the receipt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lianjian.directory.models import Organization
from lianjian.foundation.errors import Refused
from lianjian.sheets.commands import import_file
from lianjian.sheets.refusals import TownUnknown
from lianjian.sheets.tests.helpers import workbook
from tests.cast import code


def test_the_receipt(cast: Any, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "台账.xlsx",
        (
            "企业",
            [
                ["企业台账"],
                ["企业名称", "统一社会信用代码", "职工数", "备用"],
                ["柳溪青山板材有限公司", code(901), "约120", "甲"],
                ["柳溪绿水门窗有限公司", "91429900MA000090XX", 30, ""],
                ["", code(903), 7, ""],
            ],
        ),
    )
    found = import_file(path=path, town="柳溪镇")
    assert json.dumps(found, ensure_ascii=False)
    assert found["town"] == "柳溪镇" and found["state"] == "done"
    kind = found["kinds"][0]
    assert (kind["kind"], kind["rows"], kind["new"], kind["left"]) == ("enterprise", 3, 2, 1)
    assert found["ok"] is False
    assert {problem["cell"] for problem in found["problems"]} >= {"B4", "A5", "C3"}
    assert found["kept"][0]["columns"] == ["备用"]
    assert any("B4" in line for line in found["lines"])
    cast.system()
    assert Organization.objects.get(name="柳溪绿水门窗有限公司").code == ""
    again = import_file(path=path, town="柳溪镇")
    assert again["made"] == {} and again["kinds"][0]["unchanged"] == 2


def test_refusals(cast: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"nothing of the kind\0")
    with pytest.raises(TownUnknown):
        import_file(path=path, town="无名镇")
    with pytest.raises(Refused):
        import_file(path=path, town="柳溪镇")
