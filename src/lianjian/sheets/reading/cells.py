"""Cleans one value for one field: what is stored, and what is wrong with it. Called once per distinct value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from lianjian.foundation.codes import check_credit_code, check_industry, check_phone
from lianjian.foundation.dates import (
    AmbiguousDate,
    NotADate,
    NotAPeriod,
    Period,
    ReadDate,
    YearUnknown,
    parse_date,
    parse_due,
)
from lianjian.foundation.errors import Refused
from lianjian.foundation.names import clean_name
from lianjian.foundation.quantities import (
    Quantity,
    UnitMissing,
    UnknownUnit,
    parse_quantity,
    unit_named,
)
from lianjian.foundation.text import fold, shown, squeeze, without_blanks
from lianjian.sheets.reading.grid import Value
from lianjian.sheets.reading.marks import (
    BLANK,
    HAN,
    LEFT_BY_DAMAGE,
    NO,
    PROSE,
    YES,
    is_blank,
    is_garbled,
    plain_text,
)
from lianjian.sheets.reading.problems import Severity
from lianjian.sheets.reading.spec import FieldSpec

MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
PLAIN_NAME: Final = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z0-9]{2,39}")
PEOPLE_GAP: Final = re.compile(r"[、,;/\n]+")
# Names of two to four characters, parted by one mark each.
PLAIN_PEOPLE: Final = re.compile(r"[\u4e00-\u9fff]{2,4}(?:[、,;/\n ][\u4e00-\u9fff]{2,4})*")
NAME_GAP: Final = re.compile(r"[、,;/\n ]")
LONGEST: Final = {"text": 4_000, "name": 60, "org_name": 120, "people": 400, "choice": 80, "industry": 80}
PERSON_UNITS: Final = frozenset({"person", "named_person"})


class Cleaned(NamedTuple):
    """A clean value and, where something is to be said, the problem's code, severity and params."""

    value: Any
    code: str = ""
    severity: Severity = "warning"
    params: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Context:
    """What the surroundings say about a column: unit of the header, year of the table, names of industries."""

    spec: FieldSpec
    unit: str = ""
    year: int | None = None
    industries: Mapping[str, str] | None = None
    words: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        spec: FieldSpec,
        *,
        unit: str = "",
        year: int | None = None,
        industries: Mapping[str, str] | None = None,
    ) -> Context:
        """With the words of a choice field made ready for comparison."""
        words = {_choice_key(word): code for code, listed in spec.choices.items() for word in (code, *listed)}
        return cls(spec, unit or spec.unit, year, industries, words)

    @property
    def severity(self) -> Severity:
        """How bad an unreadable value is: a required field stops its row."""
        return "error" if self.spec.required else "warning"


def clean(value: Value, context: Context) -> Cleaned:
    """Clean one value. Blank values, and marks that stand for blank, become None without a problem."""
    if value is None:
        return Cleaned(None)
    return CLEANERS[context.spec.type](value, context)


def _wrong(value: Value, context: Context, code: str, **params: Any) -> Cleaned:
    return Cleaned(None, code, context.severity, {"value": shown(plain_text(value)), **params})


def _checked_text(text: str, value: Value, context: Context) -> Cleaned:
    limit = LONGEST.get(context.spec.type, 4_000)
    if len(text) > limit:
        return Cleaned(text[:limit], "too_long", context.severity, {"limit": limit})
    if is_garbled(text):
        return Cleaned(text, "garbled", "warning", {"value": shown(text)})
    return Cleaned(text)


def _text(value: Value, context: Context) -> Cleaned:
    text = plain_text(value) if not (isinstance(value, str) and PROSE.fullmatch(value)) else value
    return _checked_text(text, value, context) if text else Cleaned(None)


def _name(value: Value, context: Context) -> Cleaned:
    if isinstance(value, str) and 2 <= len(value) <= 4 and HAN.fullmatch(value):
        return Cleaned(None if value in BLANK else value)
    if is_blank(value):
        return Cleaned(None)
    text = plain_text(value)
    bare = without_blanks(fold(text)) if not fold(text).isascii() else squeeze(fold(text))
    if re.search(r"[、,;/]", bare):
        return Cleaned(bare, "several_names", "warning", {"value": shown(text)})
    if not isinstance(value, str) or re.search(r"\d", bare) or len(bare) > 30:
        return Cleaned(bare, "name_odd", "warning", {"value": shown(text)})
    return _checked_text(bare, value, context)


def _org_name(value: Value, context: Context) -> Cleaned:
    if isinstance(value, str) and PLAIN_NAME.fullmatch(value):
        if LEFT_BY_DAMAGE.isdisjoint(value):
            return Cleaned(value)
        return _checked_text(value, value, context)
    if is_blank(value):
        return Cleaned(None)
    text = clean_name(plain_text(value))
    if not isinstance(value, str) or len(text) < 2 or not re.search(r"[^\W\d_]", text):
        return Cleaned(text, "name_odd", "warning", {"value": shown(text)})
    return _checked_text(text, value, context)


def _code(value: Value, context: Context) -> Cleaned:
    checked = check_credit_code(value)
    if checked.problem is None:
        return Cleaned(checked.value)
    if is_blank(value):
        return Cleaned(None)
    params = {
        "value": shown(checked.value),
        "reason": checked.problem,
        "suggestion": checked.suggestion or "",
    }
    return Cleaned(checked.value, "code_wrong", "warning", params)


def _phone(value: Value, context: Context) -> Cleaned:
    if isinstance(value, int) and 13_000_000_000 <= value < 20_000_000_000:
        return Cleaned(str(value))
    if isinstance(value, str) and MOBILE.fullmatch(value):
        return Cleaned(value)
    if is_blank(value):
        return Cleaned(None)
    checked = check_phone(value)
    if checked.problem is None:
        return Cleaned(checked.value)
    params = {
        "value": shown(checked.value),
        "reason": checked.problem,
        "suggestion": checked.suggestion or "",
    }
    return Cleaned(checked.value, "phone_wrong", "warning", params)


def _industry(value: Value, context: Context) -> Cleaned:
    if is_blank(value):
        return Cleaned(None)
    checked = check_industry(value, context.industries)
    if checked.problem is None:
        return Cleaned(checked.value)
    params = {"value": shown(plain_text(value)), "suggestion": checked.suggestion or ""}
    return Cleaned(plain_text(value)[:80], "industry_unknown", "warning", params)


def _date(value: Value, context: Context) -> Cleaned:
    if type(value) is date:
        return Cleaned(value) if 1900 <= value.year <= 2100 else _wrong(value, context, "date_wrong")
    if is_blank(value):
        return Cleaned(None)
    try:
        read = parse_date(value, default_year=context.year)
    except YearUnknown:
        return _wrong(value, context, "date_no_year")
    except AmbiguousDate:
        return _wrong(value, context, "date_ambiguous")
    except NotADate:
        return _wrong(value, context, "date_wrong")
    return _from_date(read, value, context)


def _from_date(read: ReadDate, value: Value, context: Context) -> Cleaned:
    quoted = shown(plain_text(value))
    if "year" in read.assumed:
        return Cleaned(read.value, "year_assumed", "note", {"value": quoted, "year": context.year})
    if read.precision != "day" or "part_of_month" in read.assumed:
        return Cleaned(read.value, "date_partial", "warning", {"value": quoted})
    if "century" in read.assumed or "excel_serial" in read.assumed:
        return Cleaned(read.value, "date_assumed", "note", {"value": quoted, "read": read.value.isoformat()})
    return Cleaned(read.value)


def _deadline(value: Value, context: Context) -> Cleaned:
    if is_blank(value):
        return Cleaned(None)
    try:
        read = parse_due(value, default_year=context.year)
    except (NotADate, NotAPeriod):
        return Cleaned(
            plain_text(value)[:200], "deadline_unknown", "warning", {"value": shown(plain_text(value))}
        )
    return Cleaned(read) if isinstance(read, Period) else _from_date(read, value, context)


def _yes_no(value: Value, context: Context) -> Cleaned:
    key = without_blanks(fold(plain_text(value))).lower() if isinstance(value, str) else str(value)
    if key in YES:
        return Cleaned(True)
    if key in NO:
        return Cleaned(False)
    return Cleaned(None) if not key else _wrong(value, context, "yes_no_unknown")


def _count(value: Value, context: Context) -> Cleaned:
    if type(value) is int and value >= 0:
        return Cleaned(value)
    if is_blank(value):
        return Cleaned(None)
    unit = unit_named(context.unit or "个")
    read = _quantity(value, context, unit.code)
    if isinstance(read, Cleaned):
        return read
    if read.unit != unit and not {read.unit.code, unit.code} <= PERSON_UNITS:
        return _wrong(value, context, "unit_differs", unit=unit.zh)
    if read.nominal < 0 or read.nominal != read.nominal.to_integral_value():
        return _wrong(value, context, "not_a_count")
    if read.is_exact:
        return Cleaned(int(read.nominal))
    return Cleaned(read, "approximate", "note", {"value": shown(plain_text(value))})


def _measure(dimension: str) -> Callable[[Value, Context], Cleaned]:
    """A cleaner of money or area: a quantity in yuan or square metres, with the text it was read from."""

    def cleaner(value: Value, context: Context) -> Cleaned:
        if is_blank(value):
            return Cleaned(None)
        read = _quantity(value, context, context.unit or None)
        if isinstance(read, Cleaned):
            return read
        if read.unit.dimension != dimension:
            return _wrong(value, context, "unit_differs", unit=context.unit)
        if read.is_exact:
            return Cleaned(read.to_base())
        return Cleaned(read.to_base(), "approximate", "note", {"value": shown(plain_text(value))})

    return cleaner


def _number(value: Value, context: Context) -> Cleaned:
    if type(value) is int:
        return Cleaned(Decimal(value))
    if is_blank(value):
        return Cleaned(None)
    read = _quantity(value, context, context.unit or "个")
    if isinstance(read, Cleaned):
        return read
    if read.is_exact:
        return Cleaned(read.nominal)
    return Cleaned(read, "approximate", "note", {"value": shown(plain_text(value))})


def _quantity(value: Value, context: Context, unit: str | None) -> Quantity | Cleaned:
    try:
        return parse_quantity(value, unit)
    except UnitMissing:
        return _wrong(value, context, "unit_missing")
    except (UnknownUnit, Refused):
        return _wrong(value, context, "number_wrong")


def _choice(value: Value, context: Context) -> Cleaned:
    text = plain_text(value)
    key = _choice_key(text)
    if key in context.words:
        return Cleaned(context.words[key])
    if key in BLANK:
        return Cleaned(None)
    if context.spec.closed:
        return _wrong(value, context, "choice_wrong")
    if not context.words:
        return _checked_text(text, value, context)
    return Cleaned(text[:80], "choice_unknown", "warning", {"value": shown(text)})


def _choice_key(text: str) -> str:
    return re.sub(r"[\s()\"'“”、,.:;]", "", fold(text)).lower()


def _people(value: Value, context: Context) -> Cleaned:
    if isinstance(value, str) and PLAIN_PEOPLE.fullmatch(value) and LEFT_BY_DAMAGE.isdisjoint(value):
        return Cleaned(tuple(dict.fromkeys(NAME_GAP.split(value))) if value not in BLANK else None)
    if is_blank(value):
        return Cleaned(None)
    raw = value if isinstance(value, str) else plain_text(value)
    names = tuple(dict.fromkeys(name for part in PEOPLE_GAP.split(fold(raw)) for name in _split_people(part)))
    if not isinstance(value, str) or any(re.search(r"\d", name) or len(name) > 20 for name in names):
        return Cleaned(names, "name_odd", "warning", {"value": shown(plain_text(value))})
    whole = "、".join(names)
    if is_garbled(whole):
        return Cleaned(names, "garbled", "warning", {"value": shown(whole)})
    return Cleaned(names)


def _split_people(part: str) -> list[str]:
    """沈斌 于莉 are two people, 张 三 is one: blanks part names only where both sides are long enough to be one."""
    pieces = part.split()
    if len(pieces) > 1 and all(2 <= len(piece) <= 4 and HAN.fullmatch(piece) for piece in pieces):
        return pieces
    whole = "" if not part.isascii() else " "
    return [whole.join(pieces)] if pieces else []


CLEANERS: Final[dict[str, Callable[[Value, Context], Cleaned]]] = {
    "text": _text,
    "name": _name,
    "org_name": _org_name,
    "code_uscc": _code,
    "phone": _phone,
    "industry": _industry,
    "date": _date,
    "deadline": _deadline,
    "yes_no": _yes_no,
    "count": _count,
    "money": _measure("money"),
    "area": _measure("area"),
    "number": _number,
    "choice": _choice,
    "people": _people,
}
