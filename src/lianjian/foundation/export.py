"""Lists as spreadsheets: exactly what the page shows under its filters, all pages of it.

Up to `AT_ONCE` rows are answered in the request; more become a job whose file arrives in the inbox. Text is written
as text (never as a formula), numbers as numbers, dates as dates.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO
from urllib.parse import quote

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import clock, pages
from .actor import Actor
from .hooks import hooks
from .jobs import enqueue
from .listing import Badge, Link, ListSpec, Row, build, parse_query
from .listrows import narrowed
from .rights import require

AT_ONCE = 5_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def list_page(
    request: HttpRequest,
    spec: ListSpec,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    empty_action: Any = None,
) -> HttpResponse:
    """Answer a list's address: the page, or its fragment for htmx."""
    listing = build(request, spec, empty_action=empty_action)
    return pages.page(request, template, {"listing": listing, **(context or {})}, fragment="list")


def export(request: HttpRequest, spec: ListSpec, text: str, back: str) -> HttpResponse:
    """The whole list under the filters of an address as a file, or a job that makes it; journalled."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, "lists.export")
    query = {k: v for k, v in parse_query(text).items() if k != "at" and "\0" not in v}
    rows = list(rows_of(spec, actor, query, limit=AT_ONCE + 1))
    if len(rows) > AT_ONCE:
        enqueue(
            "foundation.export",
            jurisdiction_id=actor.jurisdiction_id,
            user_id=actor.user_id,
            name=spec.name,
            query=text,
        )
        return pages.done(request, back, _("清单较长,正在生成文件,完成后会放到消息里。"))
    hooks.exported(actor=actor, name=spec.name, rows=len(rows), filters=query, now=clock.now())
    buffer = io.BytesIO()
    write_xlsx(buffer, str(spec.title), [str(c.label) for c in spec.columns], (r.cells for r in rows))
    return attachment(buffer.getvalue(), f"{spec.title}.xlsx", XLSX)


def rows_of(
    spec: ListSpec, actor: Actor, query: Mapping[str, str], limit: int | None = None
) -> Iterator[Row]:
    """Rows of the list in its default order."""
    found = narrowed(spec, actor, query).order_by(spec.default_sort, "pk").values_list(*spec.values)
    for values in found[:limit] if limit else found.iterator(chunk_size=2000):
        yield spec.row(values)


def plain(cell: Any) -> Any:
    """A cell as a spreadsheet keeps it."""
    if isinstance(cell, Badge):
        return str(cell.word)
    if isinstance(cell, Link):
        return str(cell.text)
    if isinstance(cell, datetime):
        return timezone.localtime(cell).replace(tzinfo=None)
    if cell is None or isinstance(cell, int | float | Decimal | date):
        return cell
    return str(cell)


def write_xlsx(target: BinaryIO, title: str, labels: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write one sheet ready to print (A4 landscape, frozen header); returns the number of rows."""
    book = xlsxwriter.Workbook(
        target,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    sheet = book.add_worksheet("".join(c for c in title if c not in "[]:*?/\\")[:31] or "1")
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")
    sheet.set_column(0, max(len(labels) - 1, 0), 16)
    for column, label in enumerate(labels):
        sheet.write_string(0, column, label, head)
    number = 0
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            value = plain(cell)
            if value is None or value == "":
                continue
            if isinstance(value, datetime):
                sheet.write_datetime(number, column, value, moment)
            elif isinstance(value, date):
                sheet.write_datetime(number, column, value)
            elif isinstance(value, bool):
                sheet.write_string(number, column, "是" if value else "否")
            elif isinstance(value, int | float | Decimal):
                sheet.write_number(number, column, value)
            else:
                sheet.write_string(number, column, value)
    book.close()
    return number


def attachment(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A file to save (RFC 6266), never shown inside the page."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
