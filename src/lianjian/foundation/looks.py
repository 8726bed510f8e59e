"""How values look on a page: numbers, days, masks, and the cells of a table. No clock is read here."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from markupsafe import Markup

from .listing import Badge, Link

NOTHING = "—"
TONES = frozenset({"done", "due", "late", "paused", "neutral", "info"})
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_IDENTITY = re.compile(r"\d{17}[\dXx]")


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a record's story: who did what, when, why, and in whose hands it then lay how long."""

    title: Any
    text: Any = ""
    at: datetime | date | None = None
    by: str = ""
    note: Any = ""
    held: str = ""
    state: str = ""
    url: str = ""


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def show_date(value: date | datetime | None, style: str = "long") -> str:
    """`long` 2026年11月22日, `short` 11月22日, `weekday` 11月22日 星期日, `iso` 2026-11-22.

    In English 22 Nov 2026, 22 Nov, Sun 22 Nov.
    """
    if value is None:
        return NOTHING
    day = _local(value)
    if style == "iso":
        return f"{day:%Y-%m-%d}"
    if (get_language() or "").startswith("en"):
        text = f"{day.day} {_MONTHS[day.month - 1]}"
        if style == "weekday":
            return f"{_DAYS[day.weekday()]} {text}"
        return text if style == "short" else f"{text} {day.year}"
    text = f"{day.month}月{day.day}日"
    if style == "weekday":
        return f"{text} 星期{'一二三四五六日'[day.weekday()]}"
    return text if style == "short" else f"{day.year}年{text}"


def show_datetime(value: datetime | None, style: str = "long") -> str:
    """The day as `show_date` writes it, with hours and minutes in the house's time zone."""
    if value is None:
        return NOTHING
    if not isinstance(value, datetime):
        return show_date(value, style)
    moment = _local(value)
    return f"{show_date(moment, style)} {moment:%H:%M}"


def show_ago(value: datetime | None, now: datetime) -> str:
    """How long before `now`: minutes, hours, days up to 30, then the day itself."""
    if value is None:
        return NOTHING
    gone = now - value
    if gone < timedelta(minutes=1):
        return _("刚刚")
    if gone < timedelta(hours=1):
        minutes = gone // timedelta(minutes=1)
        return ngettext("%(count)d 分钟前", "%(count)d 分钟前", minutes) % {"count": minutes}
    if gone < timedelta(days=1):
        hours = gone // timedelta(hours=1)
        return ngettext("%(count)d 小时前", "%(count)d 小时前", hours) % {"count": hours}
    if gone <= timedelta(days=30):
        return ngettext("%(count)d 天前", "%(count)d 天前", gone.days) % {"count": gone.days}
    return show_date(value)


def show_number(value: Any, places: int | None = None) -> str:
    """With thousands separators; trailing zeros of a decimal go unless `places` is given."""
    if value is None or value == "":
        return NOTHING
    if places is not None:
        return f"{value:,.{places}f}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, Decimal | float):
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def show_quantity(value: Any, unit: Any = "") -> str:
    """A number with its unit, or a `Quantity` in the active language."""
    if value is None:
        return NOTHING
    if hasattr(value, "to_base"):
        from .quantities import format_quantity

        return format_quantity(value, "en" if (get_language() or "").startswith("en") else "zh")
    return f"{show_number(value)} {unit}".rstrip()


def due_words(due: date | datetime, now: datetime) -> Badge:
    """How far off a deadline is, in calendar days; working days are counted by whoever owns the deadline."""
    days = (_day(due) - _day(now)).days
    if isinstance(due, datetime) and due < now and days == 0:
        return Badge(_("今天已过时"), "late")
    if days < 0:
        return Badge(ngettext("超期 %(count)d 天", "超期 %(count)d 天", -days) % {"count": -days}, "late")
    if days == 0:
        return Badge(_("今天"), "due")
    return Badge(
        ngettext("%(count)d 天", "%(count)d 天", days) % {"count": days}, "due" if days == 1 else "neutral"
    )


def _day(value: date | datetime) -> date:
    moment = _local(value)
    return moment.date() if isinstance(moment, datetime) else moment


def mask_phone(value: str | None) -> str:
    """138****5678; anything too short to keep its ends is hidden whole."""
    text = value or ""
    return f"{text[:3]}****{text[-4:]}" if len(text) >= 10 else "*" * len(text)


def mask_id(value: str | None) -> str:
    """110***********1234: region and the last four places of an identity number stay."""
    text = value or ""
    return f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}" if len(text) >= 12 else "*" * len(text)


def mask_name(value: str | None) -> str:
    """张**: the first character stays."""
    text = value or ""
    return text[:1] + "*" * max(1, len(text) - 1) if text else ""


def mask(value: str | None) -> str:
    """By what it looks like: identity number, phone, else a name."""
    text = (value or "").strip()
    if _IDENTITY.fullmatch(text):
        return mask_id(text)
    return mask_phone(text) if text.lstrip("+").replace("-", "").isdigit() else mask_name(text)


def _text(value: Any) -> str:
    """`value` as text that HTML may hold."""
    return html.escape(value if value.__class__ is str else str(value), False)


def _badge(word: Any, tone: str) -> str:
    return f'<span class="lj-badge is-{tone if tone in TONES else "neutral"}">{_text(word)}</span>'


def badge(word: Any, tone: str = "neutral") -> Markup:
    """A state word with its colour. An unknown tone is shown neutral."""
    return Markup(_badge(word, tone))  # noqa: S704 - the word is escaped


def _cell(value: Any, address: str = "") -> str:
    kind = value.__class__
    if kind is Link:
        text, address = _text(value[0]), value[1]
    elif kind is Badge:
        text = _badge(value[0], value[1])
    elif value is None or value == "":
        return NOTHING
    elif hasattr(value, "__html__"):
        text = value.__html__()
    elif kind is datetime:
        text = f"{_local(value):%Y-%m-%d %H:%M}"
    elif kind is date:
        text = value.isoformat()
    elif kind is bool:
        text = _("是") if value else _("否")
    else:
        text = _text(value)
    return f'<a href="{html.escape(address)}">{text}</a>' if address else text


def show_cell(value: Any) -> Markup:
    """A cell by what it is: a badge, a link, a day, a word; nothing is a dash."""
    return Markup(_cell(value))  # noqa: S704 - every text in it is escaped


def _start(column: Any) -> str:
    names = [f"is-{column.kind}"] if column.kind in ("number", "date", "state") else []
    if column.key in ("number", "code"):  # a record's number is one word, hyphens or not
        names.append("is-code")
    if column.hide_small:
        names.append("is-minor")
    css = f' class="{" ".join(names)}"' if names else ""
    return f'<td data-label="{html.escape(str(column.label))}"{css}>'


def table_body(listing: Any) -> Markup:
    """The rows of a list. Written here and not in the macro: a list page spends most of its time on them."""
    starts = [(_start(column), column.kind == "number") for column in listing.columns]
    parts: list[str] = []
    add, escape = parts.append, html.escape
    badges: dict[
        tuple[int, str], str
    ] = {}  # by the word's identity: a state's word is one lazy object for all rows
    for row in listing.rows:
        address = row.url
        add("<tr>")
        for (start, is_number), cell in zip(starts, row.cells, strict=True):
            if address:  # the first cell leads to the record
                text, address = _cell(cell, address), ""
            elif cell.__class__ is str:
                text = escape(cell, False) or NOTHING
            elif is_number:
                text = escape(show_number(cell), False)
            elif cell.__class__ is Badge:
                mark = (id(cell[0]), cell[1])
                text = badges.get(mark) or badges.setdefault(mark, _badge(cell[0], cell[1]))
            else:
                text = _cell(cell)
            add(f"{start}{text}</td>")
        add("</tr>\n")
    return Markup("".join(parts))  # noqa: S704 - every text in it is escaped


def opt(item: Any, name: str, default: Any = None) -> Any:
    """A part that an item may lack, whether it is a dictionary or an object."""
    return item.get(name, default) if isinstance(item, dict) else getattr(item, name, default)


def chart_columns(spec: Any) -> list[tuple[str, str]]:
    """The columns of the table beside a chart."""
    unit = opt(spec, "unit", "")
    names = [str(opt(series, "name", "")) for series in opt(spec, "series")]
    return [(_("项目"), "text"), *[(f"{name} ({unit})" if unit else name, "number") for name in names]]


def chart_rows(spec: Any) -> list[tuple[Any, ...]]:
    """The rows of the table beside a chart; a label with an address leads there."""
    labels, urls = opt(spec, "labels"), opt(spec, "urls") or []
    heads = [Link(label, urls[i]) if i < len(urls) and urls[i] else label for i, label in enumerate(labels)]
    return [
        (head, *[opt(series, "data")[i] for series in opt(spec, "series")]) for i, head in enumerate(heads)
    ]
