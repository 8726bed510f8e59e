"""Quantities as offices write them, never mixed and never made more exact than they are."""

from lianjian.foundation.quantities.amount import (
    BASE_PLACES,
    Kind,
    NotACount,
    NotAQuantity,
    NotExact,
    NumberOutOfRange,
    Quantity,
    UnitMismatch,
    UnitMissing,
    UnknownUnit,
    format_number,
    format_quantity,
    quantity,
    rounded,
    total,
    unit_named,
)
from lianjian.foundation.quantities.reading import find_quantities, parse_count, parse_number, parse_quantity

__all__ = [
    "BASE_PLACES",
    "Kind",
    "NotACount",
    "NotAQuantity",
    "NotExact",
    "NumberOutOfRange",
    "Quantity",
    "UnitMismatch",
    "UnitMissing",
    "UnknownUnit",
    "find_quantities",
    "format_number",
    "format_quantity",
    "parse_count",
    "parse_number",
    "parse_quantity",
    "quantity",
    "rounded",
    "total",
    "unit_named",
]
