"""Tags from spreadsheets, by the interface, and as figures that open onto their rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.urls import reverse

from lianjian.directory import actions, figures
from lianjian.directory.actions.bulk import store_enterprises, store_ledger_tags, store_tags
from lianjian.directory.models import Link, Organization, Tag, Tagging
from lianjian.foundation.declare import Scoped
from lianjian.journal.models import Entry
from lianjian.sheets import actions as sheet_actions
from lianjian.sheets.queries.receipts import receipt
from lianjian.sheets.tests.helpers import store as sheet_store
from lianjian.sheets.tests.helpers import workbook
from tests.cast import NOW, SINCE, TODAY, Cast, code

from .batches import Batch, rows
from .test_tags import FIRST, PAPER, give, scheme, tag


class Resolving(Batch):
    """A batch that finds organizations by their name, as `sheets` does."""

    def resolve_org(self, name: str, code: str = "", *_more: Any, **_named: Any) -> Organization | None:
        return Organization.objects.filter(name=name).select_related("jurisdiction").first()


def store(cast: Cast, *values: dict[str, Any]) -> Resolving:
    batch = Resolving(cast.town.pk, cast.town_root, 2026)
    store_tags(actor=cast.actor("clerk"), batch=batch, rows=rows(*values), now=NOW)
    return batch


def test_a_list_is_stored_once_and_says_what_it_could_not(cast: Cast) -> None:
    group = scheme(cast)
    tag(cast, group, "薄弱村")
    better = tag(cast, group, "较好村")
    tag(cast, scheme(cast, "重点名单", exclusive=False, kinds=()), "重点联系")
    tag(cast, scheme(cast, "另一名单", exclusive=False, kinds=()), "重点联系")
    line = {"name": cast.village.name, "tags": "薄弱村", "document": PAPER, "since": FIRST}
    batch = store(cast, line)
    assert len(batch.made) == 1 and batch.problems == []
    again = store(cast, line)
    assert again.made == [] and again.problems == [] and Tagging.objects.count() == 1
    assert Entry.objects.filter(verb="directory.set_tags").count() == 1
    later = store(
        cast,
        {**line, "tags": "较好村", "since": TODAY},
        {**line, "name": "没有这个村"},
        {**line, "tags": "特级村"},
        {**line, "tags": "重点联系"},
        {**line, "name": cast.firm.name},
        {**line, "name": cast.other_firm.name, "tags": "较好村"},
    )
    told = {number: sentence for number, _field, _severity, sentence in later.problems}
    assert set(told) == {6, 7, 8, 9, 10}
    assert "没有这个村" in told[6] and "不在标签表里" in told[7] and "几个标签组" in told[8]
    assert "只用于" in told[9] and "权限" in told[10]
    held = Tagging.objects.order_by("since").values_list("tag__name", "since", "until")
    assert list(held) == [("薄弱村", FIRST, TODAY), (better.name, TODAY, None)]
    [(row, before)] = later.changed
    assert (row.until, before) == (TODAY, {"until": None})


def test_a_ledger_of_firms_gives_the_tags_that_the_office_knows(cast: Cast) -> None:
    tag(cast, scheme(cast, "重点名单", exclusive=False, kinds=("enterprise",)), "三强战略重点企业")
    sheet = rows({"name": "柳溪新芽电子有限公司", "code": code(70), "tags": "三强战略重点企业、老字号"}, {"name": cast.firm.name})
    batch = Batch(cast.town.pk, cast.town_root, 2025)
    clerk = cast.actor("clerk")
    store_enterprises(actor=clerk, batch=batch, rows=sheet, now=NOW)
    for row in sheet:
        row.made.setdefault("organization", Organization.objects.get(name=row.values["name"]))
    store_ledger_tags(actor=clerk, batch=batch, rows=sheet, now=NOW)
    firm = Organization.objects.get(code=code(70))
    assert firm.tags == ["老字号"]
    held = Tagging.objects.get()
    assert (held.organization, held.tag.name, held.since, held.document) == (
        firm, "三强战略重点企业", date(2025, 1, 1), "test.xlsx",
    )  # fmt: skip
    again = Batch(cast.town.pk, cast.town_root, 2025)
    store_ledger_tags(actor=clerk, batch=again, rows=sheet, now=NOW)
    assert again.made == [] and again.problems == [] and Tagging.objects.count() == 1


def test_a_firm_of_a_ledger_is_stored_whatever_becomes_of_its_tags(cast: Cast, tmp_path: Path) -> None:
    """A tag that cannot be given is a warning; the parts of the ledger that come later see the row as well."""
    tag(cast, scheme(cast), "重点村")  # for villages alone
    key = tag(cast, scheme(cast, "甲", exclusive=False, kinds=()), "专精特新")
    for group in ("乙", "丙"):
        tag(cast, scheme(cast, group, exclusive=False, kinds=()), "重点联系")
    clerk = cast.actor("clerk")
    actions.change_organization(actor=clerk, organization=cast.firm, founded_on=date(2025, 6, 1), now=NOW)
    head = ["企业名称", "统一社会信用代码", "标签", "党建指导站"]
    lines = [
        ["柳溪新芽电子有限公司", code(70), "重点村", cast.station.name],
        ["柳溪老树电子有限公司", code(71), "重点联系", cast.station.name],
        [cast.firm.name, "", "专精特新", ""],
    ]
    path = workbook(tmp_path / "台账.xlsx", ("2025年企业台账", [["2025年企业台账"], head, *lines]))
    imported = sheet_store(clerk, cast.town, path)
    [kind] = imported.receipt["kinds"]
    assert (kind["new"], kind["left"]) == (2, 0)
    told = {one["row"]: one for one in receipt(imported)["problems"] if one["field"] == "tags"}
    assert {number: one["severity"] for number, one in told.items()} == {3: "warning", 4: "warning"}
    assert "只用于" in told[3]["sentence"] and "(丙、乙)" in told[4]["sentence"]
    covered = Link.objects.filter(kind="coverage", source=cast.station, target__code__in=[code(70), code(71)])
    assert covered.count() == 2
    held = Tagging.objects.get()
    assert (held.organization, held.tag, held.since) == (cast.firm, key, date(2025, 6, 1))


def test_a_list_that_says_another_end_is_told(cast: Cast) -> None:
    """Neither an end nor a longer period is lost without a word; the same again and a renewal are not told."""
    key = tag(cast, scheme(cast, "重点名单", exclusive=False, kinds=()), "重点联系")
    end = date(2026, 12, 31)
    give(cast, key, cast.firm)
    give(cast, key, cast.village, until=end)
    line = {"tags": "重点联系", "document": PAPER, "since": FIRST}
    firm, village = {**line, "name": cast.firm.name}, {**line, "name": cast.village.name}
    batch = store(
        cast,
        {**firm, "until": end},
        {**village, "until": date(2027, 12, 31)},
        {**village, "since": TODAY},
        firm,
        {**village, "until": end},
        village,
    )
    told = {number: (field, severity, sentence) for number, field, severity, sentence in batch.problems}
    assert set(told) == {5, 6, 7} and {one[:2] for one in told.values()} == {("until", "warning")}
    assert "没有截止日期" in told[5][2] and "2026-12-31" in told[6][2] and batch.made == []
    renewed = store(cast, {**village, "since": end, "until": date(2027, 12, 31)})
    assert renewed.problems == [] and len(renewed.made) == 1


def test_figures_open_onto_their_rows_by_tag_and_by_day(cast: Cast) -> None:
    group = scheme(cast)
    weak, better = tag(cast, group, "薄弱村"), tag(cast, group, "较好村")
    key = tag(cast, scheme(cast, "重点名单", exclusive=False, kinds=()), "集体经济重点村")
    give(cast, weak, since=SINCE)
    give(cast, better)
    give(cast, key)
    give(cast, key, cast.firm)
    actor = cast.actor("clerk")
    by_code = {one.code: one for one in figures.INDICATORS}

    def number(name: str, day: date, place: int = 0) -> int:
        scoped = Scoped((place or cast.town.pk,), day, day)
        return by_code[f"directory.{name}"].rows(actor, scoped).count()  # type: ignore[no-any-return]

    assert number("tagged", TODAY) == 3 and number("tagged", SINCE) == 1
    assert number("village_class", TODAY) == 1 == number("village_class", SINCE)
    assert number("tagged", TODAY, cast.other_town.pk) == 0
    client = cast.client("clerk")
    url = reverse("insight:figure", kwargs={"code": "directory.tagged"})
    page = client.get(url).content.decode()
    assert "集体经济重点村" in page and "按标签" in page
    part = client.get(f"{url}?part=集体经济重点村").content.decode()
    assert cast.firm.name in part and cast.village.name in part
    actions.dissolve_organization(actor=cast.actor("clerk"), organization=cast.village, on=TODAY, now=NOW)
    actor = cast.actor("clerk")
    assert number("tagged", TODAY) == 1 and number("village_class", TODAY) == 0
    assert number("village_class", SINCE) == 1


def test_the_interface_lists_gives_and_ends_tags(cast: Cast) -> None:
    group = scheme(cast)
    weak = tag(cast, group, "薄弱村")
    actions.add_measure(
        actor=cast.actor("clerk"), tag=weak, text="选派第一书记", document=PAPER, since=FIRST, now=NOW
    )
    clerk = cast.client("clerk")
    [one] = clerk.get("/api/v1/directory/tags").json()
    assert (one["name"], one["exclusive"], one["kinds"]) == ("薄弱村", True, ["village"])
    assert one["measures"][0]["text"] == "选派第一书记"
    sent = {"organization": str(cast.village.key), "tag": str(weak.key), "since": "2026-01-01", "document": PAPER}

    def post(address: str, body: dict[str, Any]) -> Any:
        return clerk.post(f"/api/v1/directory/{address}", body, content_type="application/json")

    made = post("taggings", sent)
    assert made.status_code == 201, made.content
    assert post("taggings", sent).status_code == 409
    assert post("taggings", {**sent, "document": ""}).status_code == 422
    listed = clerk.get(f"/api/v1/directory/taggings?day={TODAY}&tag={weak.key}").json()["taggings"]
    assert [row["organization_name"] for row in listed] == [cast.village.name]
    found = clerk.get(f"/api/v1/directory/organizations?tag={weak.key}").json()["organizations"]
    assert [row["name"] for row in found] == [cast.village.name]
    key = made.json()["key"]
    ended = post(f"taggings/{key}/end", {"until": str(TODAY), "reason": "调整"})
    assert ended.status_code == 200 and ended.json()["until"] == str(TODAY)
    assert clerk.get(f"/api/v1/directory/taggings?day={TODAY}").json()["taggings"] == []
    assert cast.client("village").post(
        "/api/v1/directory/taggings", sent, content_type="application/json"
    ).status_code == 403
    assert Tag.objects.count() == 1


def test_a_file_goes_all_the_way_and_back(cast: Cast, tmp_path: Path) -> None:
    """Recognised by its title and columns, stored, a second time without effect, taken back as it was."""
    group = scheme(cast)
    weak = tag(cast, group, "薄弱村")
    tag(cast, group, "较好村")
    give(cast, weak, since=SINCE)
    head = ["村名", "分类", "认定日期", "文号"]
    sheet = [["四类村名单"], head, [cast.village.name, "较好村", "2026-02-01", PAPER]]
    path = workbook(tmp_path / "四类村.xlsx", ("四类村名单", sheet))
    imported = sheet_store(cast.actor("clerk"), cast.town, path)
    assert imported.receipt["kinds"][0]["kind"] == "tagging" and imported.receipt["kinds"][0]["new"] == 1

    def held() -> list[tuple[Any, ...]]:
        return list(Tagging.objects.order_by("since").values_list("tag__name", "since", "until", "document"))

    assert held() == [("薄弱村", SINCE, date(2026, 2, 1), PAPER), ("较好村", date(2026, 2, 1), None, PAPER)]
    again = sheet_store(cast.actor("clerk"), cast.town, path)
    assert again.receipt["kinds"][0]["new"] == 0 and len(held()) == 2
    report = sheet_actions.undo(actor=cast.actor("clerk"), imported=imported, now=NOW)
    assert report["refused"] == [] and held() == [("薄弱村", SINCE, None, PAPER)]
