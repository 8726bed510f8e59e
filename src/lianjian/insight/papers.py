"""Reports on paper: docx in the form of GB/T 9704-2012, and xlsx with every figure's birth certificate.

Fonts are named, never shipped: 小标宋 for the title (22 pt), 黑体 and 楷体 for headings, 仿宋 for the body (16 pt),
28 pt between lines; margins 37 mm top, 28 mm left, 26 mm right, 35 mm bottom; page numbers at the foot.
"""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import xlsxwriter
from django.utils.translation import gettext as _
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from lianjian.foundation.looks import show_date

from .reports import Filled, Piece

TITLE, HEADING, SUBHEADING, BODY = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
NUMERALS = "一二三四五六七八九十"


def as_docx(filled: Filled, *, made_on: date, base_url: str = "") -> bytes:
    """The report as a document; with `base_url` each number is a link to its rows."""
    document = docx.Document()
    _page(document)
    _paragraph(document, [Piece(_(filled.report.title))], TITLE, 22, WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    _paragraph(
        document,
        [Piece(f"{filled.place}  {_span(filled)}")],
        SUBHEADING,
        16,
        WD_ALIGN_PARAGRAPH.CENTER,
        indent=False,
    )
    _paragraph(document, [], BODY, 16)
    _paragraph(document, filled.lead, BODY, 16, base_url=base_url)
    for number, (heading, paragraphs) in enumerate(filled.sections):
        _paragraph(document, [Piece(f"{NUMERALS[number]}、{heading}")], HEADING, 16)
        for pieces in paragraphs:
            _paragraph(document, pieces, BODY, 16, base_url=base_url)
    _paragraph(document, [], BODY, 16)
    _paragraph(document, [Piece(filled.place)], BODY, 16, WD_ALIGN_PARAGRAPH.RIGHT, indent=False)
    _paragraph(document, [Piece(show_date(made_on))], BODY, 16, WD_ALIGN_PARAGRAPH.RIGHT, indent=False)
    _annex(document, filled)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _span(filled: Filled) -> str:
    return f"({show_date(filled.start)}—{show_date(filled.end)})"


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, code in (("— ", ""), ("", "PAGE"), (" —", "")):
        run = foot.add_run(text)
        _font(run, "宋体", 14)
        if code:
            for kind, value in (("begin", ""), ("", code), ("end", "")):
                run._r.append(_field(kind, value))


def _field(kind: str, code: str) -> Any:
    if code:
        element = OxmlElement("w:instrText")
        element.set(qn("xml:space"), "preserve")
        element.text = code
        return element
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    return element


def _font(run: Any, name: str, size: float) -> None:
    run.font.size = Pt(size)
    run.font.name = "Times New Roman"
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _paragraph(
    document: Document,
    pieces: list[Piece],
    font: str,
    size: float,
    align: Any = WD_ALIGN_PARAGRAPH.JUSTIFY,
    *,
    indent: bool = True,
    base_url: str = "",
) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(28 if size < 20 else 36)
    if indent:
        form.first_line_indent = Pt(2 * size)
    for piece in pieces:
        if piece.url and base_url:
            _font(_linked(document, paragraph, piece.text, base_url + piece.url), font, size)
        else:
            _font(paragraph.add_run(piece.text), font, size)


def _linked(document: Document, paragraph: Any, text: str, address: str) -> Any:
    """A run inside a hyperlink; it looks like the words around it."""
    relation = document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(text)
    paragraph._p.remove(run._r)
    link.append(run._r)
    paragraph._p.append(link)
    return run


def _annex(document: Document, filled: Filled) -> None:
    document.add_page_break()
    _paragraph(document, [Piece(_("附件:指标口径与数值"))], HEADING, 16, indent=False)
    labels = [_("指标"), _("数值"), _("单位"), _("分子/分母"), _("口径")]
    table = document.add_table(rows=1, cols=len(labels))
    table.style = "Table Grid"
    for cell, label in zip(table.rows[0].cells, labels, strict=True):
        _cell(cell, label, HEADING)
    for figure in filled.figures:
        parts = "" if figure.base is None else f"{figure.value}/{figure.base}"
        values = [
            f"{_(str(figure.indicator.name))}\n({figure.indicator.code})",
            figure.text,
            _(str(figure.unit)) if figure.unit else "",
            parts,
            figure.meaning,
        ]
        for cell, value in zip(table.add_row().cells, values, strict=True):
            _cell(cell, value, BODY)


def _cell(cell: Any, text: str, font: str) -> None:
    cell.text = ""
    _font(cell.paragraphs[0].add_run(text), font, 10.5)


def as_xlsx(filled: Filled) -> bytes:
    """One sheet: each figure with code, value, unit, numerator, denominator, period, definition and version."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    )
    sheet = book.add_worksheet(_("指标"))
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.write_string(0, 0, f"{_(filled.report.title)}  {filled.place}  {_span(filled)}", bold)
    labels = [
        _("代码"),
        _("指标"),
        _("数值"),
        _("单位"),
        _("分子"),
        _("分母"),
        _("起"),
        _("止"),
        _("口径"),
        _("版本"),
    ]
    for column, label in enumerate(labels):
        sheet.write_string(2, column, label, bold)
    for line, figure in enumerate(filled.figures, start=3):
        item = figure.indicator
        value = figure.rate if figure.base is not None else figure.value
        cells = [
            item.code,
            _(str(item.name)),
            value,
            _(str(figure.unit)) if figure.unit else "%",
            figure.value,
            figure.base,
        ]
        cells += [str(figure.period.start), str(figure.period.end), figure.meaning, item.version]
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            if isinstance(cell, str):
                sheet.write_string(line, column, cell)
            else:
                sheet.write_number(line, column, cell)
    sheet.freeze_panes(3, 2)
    sheet.set_column(0, 1, 24)
    sheet.set_column(8, 8, 60)
    book.close()
    return buffer.getvalue()
