"""Lists from spreadsheets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from lianjian.coverage.tests.test_sheets import Batch as PlainBatch
from lianjian.directory.models import Organization
from lianjian.foundation.batch import SheetRow
from lianjian.lists import sheets
from lianjian.lists.models import Item
from tests.cast import NOW, Cast


class Batch(PlainBatch):
    """Resolves bodies of any kind."""

    def resolve_org(self, name: str, code: str = "", classification: Any = None, **place: Any) -> Any:
        return Organization.objects.filter(name=name).first()


def test_a_sheet_is_stored_once_and_says_what_it_left_out(cast: Cast) -> None:
    rows = [
        SheetRow(
            2,
            {
                "list": "resource",
                "organization": cast.firm.name,
                "title": "冷库",
                "category": "仓储共用",
                "capacity": 200,
                "unit": "吨",
            },
        ),
        SheetRow(
            3,
            {
                "organization": cast.village.name,
                "title": "古树茶园",
                "category": "茶山",
                "expires_on": date(2027, 1, 1),
            },
        ),
        SheetRow(4, {"list": "need", "organization": cast.firm.name, "title": "缺技师"}),
        SheetRow(5, {"organization": "没有登记的公司", "title": "货车"}),
        SheetRow(6, {"organization": cast.firm.name, "title": "过期的", "expires_on": date(2020, 1, 1)}),
        SheetRow(7, {"organization": cast.other_firm.name, "title": "别镇的"}),
    ]
    batch = Batch(cast.town_root)
    for _time in range(2):
        sheets.store(actor=cast.actor("clerk"), batch=batch, rows=rows, now=NOW)
    found = {item.title: (item.category, item.capacity, item.source) for item in Item.objects.all()}
    assert found == {"冷库": ("仓储共用", Decimal(200), "import"), "古树茶园": ("其他", None, "import")}
    assert len(batch.made) == 2
    assert sorted({(row, severity) for row, _field, severity in batch.problems}) == [
        (3, "warning"), (4, "error"), (5, "error"), (6, "error"), (7, "error"),
    ]  # fmt: skip
