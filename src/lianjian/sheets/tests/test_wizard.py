"""The wizard through its front door: upload, columns, preview, storing, receipt, undo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lianjian.directory.models import Organization
from lianjian.events.models import Visit
from lianjian.sheets import tasks
from lianjian.sheets.models import Import, ImportSheet, KeptChunk, KeptSheet, Memory, ReviewItem
from lianjian.sheets.tests.helpers import workbook
from tests.cast import code

FIRMS = [
    ["柳溪镇企业名册"],
    ["序号", "单位名称", "统一社会信用代码", "员工人数", "规上", "管片民警", "老板"],
    [1, "柳溪青山板材有限公司", code(901), 120, "是", "周警官", "王大山"],
    [2, "柳溪绿水门窗有限公司", code(902), "约30", "否", "周警官", "李小河"],
    [3, "柳溪白云床垫有限公司", "91429900MA000090XX", 15, "否", "吴警官", "赵云"],
]
VISITS = [
    ["走访记录"],
    ["日期", "走访人", "企业名称", "走访内容"],
    ["2026.2.3", "苏禾", "柳溪青山板材有限公司", "了解用工"],
    ["2026.2.4", "苏禾", "绿水门窗", "宣传政策"],
    ["", "苏禾", "柳溪青山板材有限公司", "没有日期的一次"],
    ["2026.2.6", "苏禾", "晨光家居木业", "了解订单"],
]
ODD = [["食堂菜单"], ["星期", "中午"], ["一", "红烧肉"], ["二", "鱼"]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return workbook(tmp_path / "台账.xlsx", ("名册", FIRMS), ("走访", VISITS), ("菜单", ODD))


def upload(client: Any, path: Path) -> Import:
    with path.open("rb") as file:
        answer = client.post("/sheets/new", {"file": file})
    assert answer.status_code == 303, answer.content.decode()[:3000]
    imported = Import.objects.latest("pk")
    assert answer["Location"] == f"/sheets/{imported.key}"
    return imported


def page(client: Any, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code, answer.content[:500])
    return str(answer.content.decode())


def chosen(imported: Import, **changes: str) -> dict[str, str]:
    """The form of step 2 as it is shown, with changes."""
    data = {"year": ""}
    for sheet in ImportSheet.objects.filter(imported=imported):
        data[f"kind-{sheet.number}"] = sheet.kind
        for column in sheet.columns if sheet.kind else ():
            data[f"column-{sheet.number}-{column['index']}"] = column["field"]
    return {**data, **changes}


def run_job(imported: Import, user_id: int) -> None:
    imported.refresh_from_db()
    tasks.commit.run_job(  # type: ignore[attr-defined]
        jurisdiction_id=imported.jurisdiction_id, imported_id=imported.pk, user_id=user_id, run=imported.run
    )
    imported.refresh_from_db()


def test_walk(cast: Any, as_clerk: Any, path: Path) -> None:
    imported = upload(as_clerk, path)
    base = f"/sheets/{imported.key}"
    match = as_clerk.get(base, follow=True)
    text = match.content.decode()
    assert "柳溪镇企业名册" in text and "管片民警" in text and "把握" in text
    assert [s.kind for s in ImportSheet.objects.order_by("number")] == ["enterprise", "visit", ""]

    answer = as_clerk.post(f"{base}/match", chosen(imported, **{"column-0-6": "legal_representative"}))
    assert answer.status_code == 303 and answer["Location"] == f"{base}/preview"
    kept = Memory.objects.get()
    assert (kept.what, kept.kind, kept.word, kept.target) == (
        "column",
        "enterprise",
        "老板",
        "legal_representative",
    )

    text = page(as_clerk, f"{base}/preview")
    assert "有 1 行有错" in text and "C5" in text and "A5" in text
    assert "新增" in text  # rehearsed
    assert not Visit.objects.filter(content="了解用工").exists()
    assert ">C5<" in text and ">C5<" not in page(as_clerk, f"{base}/preview?severity=error")
    assert as_clerk.get(f"{base}/problems").content[:2] == b"PK"

    refused = as_clerk.post(f"{base}/commit", {"mode": "all"})
    assert refused.status_code == 409
    assert as_clerk.post(f"{base}/commit", {"mode": "good"}).status_code == 303
    assert "可以离开这一页" in page(as_clerk, base)
    assert as_clerk.get(f"{base}/progress").json()["finished"] is False
    run_job(imported, cast.users["clerk"].pk)
    assert imported.state == "done", imported.error
    assert as_clerk.get(f"{base}/progress").json()["finished"] is True

    text = page(as_clerk, base)
    assert "导入回执" in text and "撤销这次导入" in text and "食堂菜单" in text and "晨光家居木业" in text
    firm = Organization.objects.get(code=code(901))
    assert firm.enterprise.legal_representative == "王大山"
    waiting = Visit.objects.get(content="宣传政策")  # a short form is for a person to decide
    assert waiting.organization is None and waiting.organization_text == "绿水门窗"
    assert [one["name"] for one in ReviewItem.objects.get(name="绿水门窗").candidates] == [FIRMS[3][1]]
    chunk = KeptChunk.objects.get(label="directory.organization")
    assert json.loads(chunk.lines[chunk.row_ids.index(firm.pk)]) == {"管片民警": "周警官"}
    assert "导入完成" in page(as_clerk, "/inbox/")

    assert "台账.xlsx" in page(as_clerk, "/sheets/")
    for address in ("/sheets/review", "/sheets/memory", "/sheets/kept", f"{base}/file"):
        assert as_clerk.get(address).status_code == 200
    menu = KeptSheet.objects.get(kind="")
    assert "红烧肉" in page(as_clerk, f"/sheets/kept/{menu.key}")
    assert "红烧肉" not in page(as_clerk, f"/sheets/kept/{menu.key}?q=鱼")

    answer = as_clerk.post(f"{base}/undo")
    assert answer.status_code == 303
    imported.refresh_from_db()
    assert imported.state == "undone"
    assert not Organization.objects.filter(code=code(901)).exists()
    assert not KeptChunk.objects.exists() and not KeptSheet.objects.exists()
    assert "导入已撤销" in page(as_clerk, base)


def test_a_clerk_decides_a_name(cast: Any, as_clerk: Any, path: Path) -> None:
    imported = upload(as_clerk, path)
    base = f"/sheets/{imported.key}"
    as_clerk.post(f"{base}/match", chosen(imported))
    as_clerk.post(f"{base}/commit", {"mode": "good"})
    run_job(imported, cast.users["clerk"].pk)
    item = ReviewItem.objects.get(name="晨光家居木业")
    text = page(as_clerk, f"/sheets/review/{item.key}")
    assert "云岭市晨光木业有限公司" in text and "<mark>" in text
    answer = as_clerk.post(f"/sheets/review/{item.key}", {"choice": str(cast.firm.pk)})
    assert answer.status_code == 303
    item.refresh_from_db()
    assert item.state == "same" and item.organization == cast.firm
    assert cast.firm.aliases.filter(name="晨光家居木业").exists()
    visit = Visit.objects.get(content="了解订单")
    assert visit.organization == cast.firm and visit.organization_text == ""
    again = upload(as_clerk, path)
    as_clerk.post(f"/sheets/{again.key}/match", chosen(again))
    as_clerk.post(f"/sheets/{again.key}/commit", {"mode": "good"})
    run_job(again, cast.users["clerk"].pk)
    assert again.receipt["made"] == {} and again.receipt["changed"] == {}
    assert Visit.objects.filter(content="了解订单").count() == 1


def test_another_office_sees_nothing(cast: Any, as_clerk: Any, path: Path) -> None:
    imported = upload(as_clerk, path)
    for who in ("other_clerk", "handler", "instructor"):
        client = cast.client(who)
        status = 404 if who == "other_clerk" else 403
        for word in ("", "/match", "/preview", "/progress", "/problems", "/file"):
            assert client.get(f"/sheets/{imported.key}{word}").status_code == status
        for word in ("/commit", "/undo", "/resume", "/word"):
            assert client.post(f"/sheets/{imported.key}{word}").status_code == status
    assert "台账.xlsx" not in page(cast.client("other_clerk"), "/sheets/")


def test_a_bad_file_is_named_beside_the_field(cast: Any, as_clerk: Any, tmp_path: Path) -> None:
    bad = tmp_path / "a.xlsx"
    bad.write_bytes(b"PK\x03\x04 not a workbook")
    with bad.open("rb") as file:
        answer = as_clerk.post("/sheets/new", {"file": file})
    assert answer.status_code == 422
    assert not Import.objects.exists()


def test_the_api(cast: Any, as_clerk: Any, path: Path) -> None:
    with path.open("rb") as file:
        answer = as_clerk.post("/api/v1/imports", {"file": file})
    assert answer.status_code == 201, answer.content
    key = answer.json()["key"]
    assert [sheet["kind"] for sheet in answer.json()["sheets"]] == ["enterprise", "visit", ""]
    assert as_clerk.post(f"/api/v1/imports/{key}/commit").status_code == 202
    imported = Import.objects.get()
    run_job(imported, cast.users["clerk"].pk)
    found = as_clerk.get(f"/api/v1/imports/{key}/receipt").json()
    assert found["rows"] == 6 and found["left"] == 1
    assert {"cell": "C5", "severity": "warning"}.items() <= next(
        p for p in found["problems"] if p["code"] == "code_wrong"
    ).items()
    assert as_clerk.get(f"/api/v1/imports/{key}").json()["state"] == "done"
    assert cast.client("other_clerk").get(f"/api/v1/imports/{key}").status_code == 404
    assert as_clerk.post(f"/api/v1/imports/{key}/undo").json()["state"] == "undone"
