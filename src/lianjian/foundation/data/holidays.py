"""Official holidays and make-up working days of mainland China, year by year.

Each year rests on the yearly notice of the State Council (the only source of make-up days); the holidays
themselves follow the rules on festivals and memorial days (全国年节及纪念日放假办法, in force since
2025-01-01
with 13 days: art. 2, 3, 6). A year that is missing here can be loaded as overrides.
"""

from __future__ import annotations

from datetime import date

from lianjian.foundation.errors import _

NEW_YEAR = _("元旦")
SPRING = _("春节")
QINGMING = _("清明节")
LABOUR = _("劳动节")
DRAGON_BOAT = _("端午节")
MID_AUTUMN = _("中秋节")
NATIONAL = _("国庆节")
NATIONAL_AND_MID_AUTUMN = _("国庆节、中秋节")

# year -> (name, first day, last day); both days belong to the holiday.
HOLIDAYS: dict[int, tuple[tuple[str, date, date], ...]] = {
    2024: (
        (NEW_YEAR, date(2024, 1, 1), date(2024, 1, 1)),
        (SPRING, date(2024, 2, 10), date(2024, 2, 17)),
        (QINGMING, date(2024, 4, 4), date(2024, 4, 6)),
        (LABOUR, date(2024, 5, 1), date(2024, 5, 5)),
        (DRAGON_BOAT, date(2024, 6, 8), date(2024, 6, 10)),
        (MID_AUTUMN, date(2024, 9, 15), date(2024, 9, 17)),
        (NATIONAL, date(2024, 10, 1), date(2024, 10, 7)),
    ),
    2025: (
        (NEW_YEAR, date(2025, 1, 1), date(2025, 1, 1)),
        (SPRING, date(2025, 1, 28), date(2025, 2, 4)),
        (QINGMING, date(2025, 4, 4), date(2025, 4, 6)),
        (LABOUR, date(2025, 5, 1), date(2025, 5, 5)),
        (DRAGON_BOAT, date(2025, 5, 31), date(2025, 6, 2)),
        (NATIONAL_AND_MID_AUTUMN, date(2025, 10, 1), date(2025, 10, 8)),
    ),
    2026: (
        (NEW_YEAR, date(2026, 1, 1), date(2026, 1, 3)),
        (SPRING, date(2026, 2, 15), date(2026, 2, 23)),
        (QINGMING, date(2026, 4, 4), date(2026, 4, 6)),
        (LABOUR, date(2026, 5, 1), date(2026, 5, 5)),
        (DRAGON_BOAT, date(2026, 6, 19), date(2026, 6, 21)),
        (MID_AUTUMN, date(2026, 9, 25), date(2026, 9, 27)),
        (NATIONAL, date(2026, 10, 1), date(2026, 10, 7)),
    ),
}

# Weekend days on which people work, to make up for a bridged holiday.
MAKE_UP_DAYS: dict[int, tuple[date, ...]] = {
    2024: (
        date(2024, 2, 4),
        date(2024, 2, 18),
        date(2024, 4, 7),
        date(2024, 4, 28),
        date(2024, 5, 11),
        date(2024, 9, 14),
        date(2024, 9, 29),
        date(2024, 10, 12),
    ),
    2025: (
        date(2025, 1, 26),
        date(2025, 2, 8),
        date(2025, 4, 27),
        date(2025, 9, 28),
        date(2025, 10, 11),
    ),
    2026: (
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ),
}


def fixed_holiday(day: date) -> str | None:
    """Name of a holiday whose date is the same each year, for years that are not loaded.

    Spring Festival, Qingming, Dragon Boat and Mid-Autumn follow the moon or the sun and are not guessed.
    The second day of Labour Day is a holiday since 2025.
    """
    if (day.month, day.day) == (1, 1):
        return NEW_YEAR
    if day.month == 5 and day.day <= (2 if day.year >= 2025 else 1):
        return LABOUR
    if day.month == 10 and day.day <= 3:
        return NATIONAL
    return None
