"""An office uploads its own Word or Excel file with marks and gets it back filled."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from lianjian.events.actions import record_visit
from lianjian.files.models import File
from lianjian.foundation.errors import Refused
from lianjian.insight import commands, filling, marks
from lianjian.insight.models import OfficeTemplate
from lianjian.insight.rules import read_period
from lianjian.journal.models import Entry
from tests.cast import NOW, TODAY, Cast
from tests.samples import word_file

LIST = "/figures/reports/templates/"
PERIOD = read_period("2026Q1", today=TODAY)


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def upload(client: Client, content: bytes, name: str = "月报.docx", title: str = "月报") -> Any:
    return client.post(LIST + "new", {"name": title, "file": SimpleUploadedFile(name, content)})


def words(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


def refused(client: Client, content: bytes, name: str = "月报.docx") -> str:
    answer = upload(client, content, name)
    assert answer.status_code == 422
    return str(answer.content.decode())


@pytest.fixture
def visited(cast: Cast) -> Cast:
    """Two visits in the first quarter."""
    for firm in (cast.firm, cast.second_firm):
        record_visit(
            actor=cast.actor("clerk"),
            organization=firm,
            visited_on=TODAY,
            people=["苏禾"],
            purpose="production",
            content="了解用工",
            now=NOW,
        )
    return cast


def test_a_word_template_is_filled_and_kept(visited: Cast, as_clerk: Client) -> None:
    text = "{{地区}}{{ 时段 }}走访{{走访次数}},即{{events.visits#}}次,解决率{{cases.solving_rate_linked}}。"
    assert upload(as_clerk, word_file(text)).status_code == 303
    key = OfficeTemplate.objects.get().key
    page = as_clerk.get(LIST + "?period=2026Q1").content.decode()
    assert "月报" in page and "填好下载" in page and "events.visits" in page
    answer = as_clerk.get(f"{LIST}{key}?period=2026Q1")
    assert words(answer.content) == ["柳溪镇2026年1月1日—2026年3月31日走访2次,即2次,解决率无数据。"]
    assert words(b"".join(as_clerk.get(f"{LIST}{key}/file").streaming_content)) == [text]  # type: ignore[attr-defined]
    visited.actor("clerk")
    assert Entry.objects.filter(verb="insight.add_template").exists()


def test_marks_cut_into_runs_keep_the_look_of_their_first_letter(visited: Cast, as_clerk: Client) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("走访")
    for text, bold in (("{", True), ("{走访", False), ("次数", None), ("}", True), ("},", None)):
        paragraph.add_run(text).bold = bold
    upload(as_clerk, saved(document))
    content = as_clerk.get(f"{LIST}{OfficeTemplate.objects.get().key}?period=2026Q1").content
    filled = docx.Document(io.BytesIO(content)).paragraphs[0]
    assert filled.text == "走访2次,"
    assert next(run.bold for run in filled.runs if run.text == "2次")


def test_tables_headers_and_text_boxes_are_filled(visited: Cast, as_clerk: Client) -> None:
    document = docx.Document()
    document.add_table(1, 2).rows[0].cells[1].text = "{{events.visits}}"
    document.sections[0].header.paragraphs[0].text = "{{地区}}"
    box = parse_xml(
        f"<w:txbxContent {nsdecls('w')}><w:p><w:r><w:t>{{{{走访次数}}}}</w:t></w:r></w:p></w:txbxContent>"
    )
    run = document.add_paragraph("框外").add_run()
    holder = OxmlElement("w:pict")
    holder.append(box)
    run._r.append(holder)
    upload(as_clerk, saved(document))
    content = as_clerk.get(f"{LIST}{OfficeTemplate.objects.get().key}?period=2026Q1").content
    made = docx.Document(io.BytesIO(content))
    assert made.tables[0].rows[0].cells[1].text == "2次"
    assert made.sections[0].header.paragraphs[0].text == "柳溪镇"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.read("word/document.xml").decode().count("2次") == 2


def test_a_workbook_reckons_with_the_numbers(visited: Cast, as_clerk: Client) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "一季度"
    sheet["A1"], sheet["B1"], sheet["B2"], sheet["B3"] = (
        "走访{{走访次数}}",
        "{{走访次数#}}",
        "=B1*10",
        "{{走访次数}}",
    )
    sheet["B4"] = "{{需求解决率(同批)#}}"
    sheet.oddHeader.center.text = "{{地区}}"
    assert upload(as_clerk, saved(book), "季报.xlsx", "季报").status_code == 303
    content = as_clerk.get(f"{LIST}{OfficeTemplate.objects.get().key}?period=2026Q1").content
    made = openpyxl.load_workbook(io.BytesIO(content))["一季度"]
    assert [made[cell].value for cell in ("A1", "B1", "B2", "B3", "B4")] == [
        "走访2次",
        2,
        "=B1*10",
        "2次",
        "无数据",
    ]
    assert made.oddHeader.center.text == "柳溪镇"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b'fullCalcOnLoad="1"' in archive.read("xl/workbook.xml")


def test_an_unknown_mark_is_named_with_its_place_and_the_nearest_name(cast: Cast, as_clerk: Client) -> None:
    document = docx.Document()
    document.add_paragraph("标题")
    document.add_paragraph("走访{{走访次}}")
    document.add_table(2, 2).rows[1].cells[0].text = "{{event.visits}}"
    page = refused(as_clerk, saved(document))
    assert "有 2 处标记不认识" in page
    assert "第 2 段(“走访{{走访次}}”)" in page and "最接近的是“走访次数”" in page
    assert "第 1 张表第 2 行第 1 格" in page and "最接近的是“events.visits”" in page
    book = openpyxl.Workbook()
    book.active.title = "汇总"
    book.active["C7"] = "{{走访次数目}}"
    assert "工作表“汇总”的 C7 格" in refused(as_clerk, saved(book), "表.xlsx")
    assert not OfficeTemplate.objects.exists()


def test_what_is_no_template_is_refused(cast: Cast, as_clerk: Client) -> None:
    assert "没有找到标记" in refused(as_clerk, word_file("没有标记"))
    assert "标记不完整" in refused(as_clerk, word_file("走访{{走访次数"))
    assert "标记不完整" in refused(as_clerk, word_file("走访}}次"))
    assert "模板只能是" in refused(as_clerk, b"plain words", "月报.txt")
    assert "分子" not in refused(as_clerk, word_file("{{走访次数/}}"))  # no rate: it has no numerator
    book = openpyxl.Workbook()
    book.active["A1"] = "{{走访次数}}"
    book.active.title = "{{地区}}"
    assert "不能填写的地方" in refused(as_clerk, saved(book), "表.xlsx")


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        for name in names:
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
        if part not in names:
            new.writestr(part, change(b""))
    return out.getvalue()


def test_harmful_files_are_refused(cast: Cast, as_clerk: Client) -> None:
    good = word_file("{{走访次数}}")
    assert "含有宏" in refused(as_clerk, changed(good, "word/vbaProject.bin", lambda _old: b"x"))
    entity = b'<!DOCTYPE w [<!ENTITY a "b">]>'
    head = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"
    bad = changed(good, "word/document.xml", lambda old: head + entity + old.split(b"?>", 1)[1])
    assert "结构异常" in refused(as_clerk, bad)
    assert "结构异常" in refused(as_clerk, changed(good, "word/document.xml", lambda old: old[:-9] + b"{{"))
    big = changed(
        good, "word/document.xml", lambda old: old.replace(b"<w:body>", b"<w:body>" + b" \n" * 5_000_000)
    )
    assert (
        as_clerk.post(LIST + "new", {"name": "大", "file": SimpleUploadedFile("大.docx", big)}).status_code
        == 422
    )


def test_replace_and_retire(visited: Cast, as_clerk: Client) -> None:
    upload(as_clerk, word_file("{{走访次数}}"))
    template = OfficeTemplate.objects.get()
    again = upload(as_clerk, word_file("{{走访企业数}}"))
    assert again.status_code == 422 and "同名的模板" in again.content.decode()
    address = f"{LIST}{template.key}"
    new = SimpleUploadedFile("新月报.docx", word_file("企业{{走访企业数}}"))
    assert as_clerk.post(address + "/replace", {"file": new}).status_code == 303
    assert words(as_clerk.get(address + "?period=2026Q1").content) == ["企业2家"]
    visited.actor("clerk")
    assert [file.name for file in File.objects.present()] == ["新月报.docx"]  # type: ignore[attr-defined]
    assert as_clerk.post(address + "/retire").status_code == 303
    assert as_clerk.get(address).status_code == 409
    assert as_clerk.post(address + "/replace", {"file": new}).status_code == 422
    assert upload(as_clerk, word_file("{{走访次数}}")).status_code == 303  # the name is free again
    assert as_clerk.post(address + "/retire").status_code == 409
    visited.actor("clerk")
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"insight.add_template", "insight.replace_template", "insight.retire_template"} <= verbs


def test_who_may(visited: Cast, as_clerk: Client) -> None:
    upload(as_clerk, word_file("{{走访次数}}"))
    key = OfficeTemplate.objects.get().key
    other, leader, handler = (
        visited.client("other_clerk"),
        visited.client("leader"),
        visited.client("handler"),
    )
    assert other.get(f"{LIST}{key}").status_code == 404
    assert other.get(f"{LIST}{key}/file").status_code == 404
    assert "月报" not in other.get(LIST).content.decode()
    assert leader.get(f"{LIST}{key}").status_code == 200
    assert leader.post(f"{LIST}{key}/retire").status_code == 403
    assert handler.get(LIST).status_code == 403
    county = visited.client("county_clerk")
    assert county.get(f"{LIST}{key}").status_code == 200
    assert county.post(f"{LIST}{key}/retire").status_code == 403


def test_from_the_command_line(visited: Cast, as_clerk: Client, tmp_path: Path) -> None:
    upload(as_clerk, word_file("走访{{走访次数}}"))
    out = tmp_path / "out.docx"
    asked = {"name": "covering", "town": "柳溪镇", "period": "2026Q1", "template": "月报"}
    made = commands.report(**asked, docx=str(out))
    assert words(out.read_bytes()) == ["走访2次"] and made["report"] == "covering"
    with pytest.raises(commands.OtherForm):
        commands.report(**asked, xlsx=str(out))
    with pytest.raises(commands.UnknownTemplate, match="月报"):
        commands.report(**{**asked, "template": "年报"}, docx=str(out))


def test_in_english(visited: Cast, as_clerk: Client) -> None:
    as_clerk.cookies["language"] = "en"
    upload(as_clerk, word_file("Visits: {{Visits made}} of {{date}}", "{{走访次数}}"))
    template = OfficeTemplate.objects.first()
    assert template is not None
    page = as_clerk.get(LIST).content.decode()
    assert (
        "Download filled" in page
        and words(as_clerk.get(f"{LIST}{template.key}?period=2026Q1").content)[1] == "2 times"
    )
    assert not [
        c for c in page.split("<main", 1)[1] if "\u4e00" <= c <= "\u9fff" and c not in "月报柳溪镇何静中文"
    ]


def test_a_chinese_document_stays_chinese(visited: Cast, as_clerk: Client) -> None:
    upload(as_clerk, word_file("{{时段}}走访{{走访次数}}"))
    as_clerk.cookies["language"] = "en"
    content = as_clerk.get(f"{LIST}{OfficeTemplate.objects.get().key}?period=2026Q1").content
    assert words(content) == ["2026年1月1日—2026年3月31日走访2次"]


@given(
    st.lists(
        st.sampled_from(["{{", "}}", "{", "}", "a", "走访", "{{走访次数}}", "\uff5b\uff5b", "</w:t>", "&"]),
        max_size=8,
    )
)
def test_any_text_is_filled_or_refused(pieces: list[str]) -> None:
    text = "".join(pieces)
    try:
        found = marks.marks_of(io.BytesIO(word_file(text)))
    except Refused:
        return
    made = marks.filled(io.BytesIO(word_file(text)), lambda _mark: marks.Value("7"))
    assert words(made)[0] == marks.MARK.sub("7", text) and len(found) == len(marks.MARK.findall(text))


def test_every_figure_has_a_name_of_its_own(cast: Cast) -> None:
    names = filling.known_names()
    for name, code, _unit in filling.vocabulary(cast.actor("clerk")):
        assert filling.understood(name, names) == filling.Asked(code=code)
        assert filling.understood(code, names) == filling.Asked(code=code)


def test_periods_are_written_as_days() -> None:
    assert filling.period_text(PERIOD) == "2026年1月1日—2026年3月31日"
