"""Load the working days of a year when the State Council has announced them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import Refused, _, translate
from lianjian.foundation.models import DayOverride
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.jurisdictions.models import Jurisdiction
from lianjian.jurisdictions.queries import top

from ..models import LoadedYear


class LineUnreadable(Refused):
    """A line of a pasted list of days that is not `date kind name`."""

    sentence = _("第 %(line)s 行“%(text)s”读不懂:每行写“日期 休/班 名称”,例如“2027-02-06 班 春节调休”。")
    field = "days"


class DayOfAnotherYear(Refused):
    """A day outside the year that is being loaded."""

    sentence = _("%(day)s 不在 %(year)s 年。")
    field = "days"


class YearNotComplete(Refused):
    """A year called complete with far too few days off to be the notice of the State Council."""

    sentence = _("标记为全年放假安排的,应包含全部放假日(至少 13 天);现在只有 %(count)s 天。")
    field = "days"


_LINE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:~|至|到)\s*(\d{4}-\d{2}-\d{2}))?\s+(休|班|rest|work)\s*(.*)")


@dataclass(frozen=True)
class DayRow:
    """One day to load."""

    day: date
    working: bool
    name: str


def read_days(text: str, year: int) -> list[DayRow]:
    """Days of a pasted list, a line each: `2027-10-01 至 2027-10-07 休 国庆节`."""
    found: dict[date, DayRow] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        try:
            if match is None:
                raise ValueError
            first, last = date.fromisoformat(match[1]), date.fromisoformat(match[2] or match[1])
            if not 0 <= (last - first).days <= 40:
                raise ValueError
        except ValueError as error:
            raise LineUnreadable(line=number, text=line.strip()[:60]) from error
        working = match[3] in ("班", "work")
        name = match[4].strip()[:60] or translate(_("调休上班") if working else _("放假"))
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if day.year != year:
                raise DayOfAnotherYear(day=day.isoformat(), year=year)
            found[day] = DayRow(day, working, name)
    return [found[day] for day in sorted(found)]


@verb
def load_days(
    *, actor: Actor, year: int, days: Sequence[DayRow], source: str, complete: bool, now: datetime
) -> list[int]:
    """Load working and rest days of one year with their source; `complete` ends its being provisional.

    The calendar is one for the whole house, so the right is needed over its topmost place. Returns the
    jurisdictions whose provisional deadlines should now be reckoned again (the door enqueues one job for each).
    """
    require(actor, "system.manage", top())
    rests = sum(not row.working for row in days)
    if complete and rests < 13:
        raise YearNotComplete(count=rests)
    _check_year(year)
    DayOverride.objects.bulk_create(
        [DayOverride(day=row.day, working=row.working, name=row.name, source=source) for row in days],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["working", "name", "source"],
    )
    if complete:
        LoadedYear.objects.update_or_create(
            year=year, defaults={"source": source, "loaded_by": actor.name, "loaded_at": now}
        )
    record(
        actor=actor,
        verb="rulebook.load_days",
        subject=None,
        now=now,
        note=f"{year}: {len(days)} days, complete={'yes' if complete else 'no'}, {source}"[:300],
    )
    return list(Jurisdiction.objects.order_by("pk").values_list("pk", flat=True))


@verb
def forget_day(*, actor: Actor, day: date, now: datetime) -> None:
    """Take one loaded day back."""
    require(actor, "system.manage", top())
    if DayOverride.objects.filter(day=day).delete()[0]:
        record(actor=actor, verb="rulebook.forget_day", subject=None, now=now, note=day.isoformat())


def _check_year(year: int) -> None:
    if not 2020 <= year <= 2100:
        raise DayOfAnotherYear(day=str(year), year=year)
