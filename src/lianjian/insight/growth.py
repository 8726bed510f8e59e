"""A mean yearly growth in a report: reckoned from its two values, shown with them, and held against what was written.

A report that says 756 became 1200 in five years, "about 8% a year", says two things that do not agree: it is 9.7%.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_NUMBER = r"(\d{1,15}(?:\.\d{1,6})?)"
_MARK = re.compile(rf"^(?:年均增长|growth)\s+{_NUMBER}\s+{_NUMBER}\s+(\d{{1,3}})\s*年?(?:\s+{_NUMBER}\s*%?)?$", re.I)
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Growth:
    """From `first` to `last` in so many years; `stated`: the rate that somebody wrote, in per cent, or None."""

    first: Decimal
    last: Decimal
    years: int
    stated: Decimal | None = None

    @property
    def rate(self) -> Decimal:
        """Per cent a year, compounded, to a tenth."""
        return _rounded((_mean_factor(self.first, self.last, self.years) - 1) * 100, _TENTH)

    @property
    def agrees(self) -> bool:
        """Whether what was written is the rate, as exactly as it was written; true where nothing was."""
        if self.stated is None:
            return True
        exact = (_mean_factor(self.first, self.last, self.years) - 1) * 100
        return _rounded(exact, Decimal(1).scaleb(self.stated.as_tuple().exponent)) == self.stated  # type: ignore[arg-type]


def _mean_factor(first: Decimal, last: Decimal, years: int) -> Decimal:
    return Decimal(1) if first == last else (last / first) ** (Decimal(1) / Decimal(years))


def _rounded(number: Decimal, step: Decimal) -> Decimal:
    return number.quantize(step, rounding=ROUND_HALF_UP)


def growth_of(text: str) -> Growth | None:
    """What a mark asks for: 年均增长, the first value, the last, the years, and the rate that was written, if any.

    None for anything else; values and years are above nothing.
    """
    found = _MARK.match(" ".join(text.replace("\u3000", " ").replace("\uff05", "%").split()))
    if found is None:
        return None
    first, last, years = Decimal(found[1]), Decimal(found[2]), int(found[3])
    if not first or not last or not years:
        return None
    return Growth(first, last, years, Decimal(found[4]) if found[4] else None)
