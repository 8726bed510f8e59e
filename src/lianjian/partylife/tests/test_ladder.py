"""The earliest lawful day of every step, against a calculation of its own from the table of the rules (1.2, 1.3).

Nothing of the product is used on the right-hand side: the months are counted here, the numbers of law are written here.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from random import Random

import pytest

from lianjian.partylife.models import Applicant, DevelopmentStep
from lianjian.partylife.queries.ladder import Law, history_of, window
from lianjian.partylife.rules import development as dev
from lianjian.rulebook.actions import set_local_rule
from tests.cast import NOW, Cast

HISTORIES = 10_000
LOCAL_DAY = date(2020, 1, 1)  # from here on the place asks for half a year between two votes


def months_later(day: date, months: int) -> date:
    """The same-numbered day, or the last day of a shorter month (Civil Code art. 202)."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def earliest_by_the_table(
    days: dict[int, list[date]], number: int, extension: int, failed: date | None = None
) -> date | None:
    """Table 1.2: the step before; one year from activist to target; one year of probation from the branch meeting.

    A vote that did not pass is held again after half a year, where a place says so (the number is a default).
    """
    previous = 17 if number in (18, 19, 20, 21) else number - 1
    floor: date | None = None
    for step in range(previous, 0, -1):
        if days.get(step):
            floor = max(days[step])
            break
    wanted = [floor] if floor else []
    if number == 7 and days.get(3):
        wanted.append(months_later(days[3][0], 12))
    if number in (22, 23) and days.get(15):
        wanted.append(months_later(months_later(days[15][0], 12), extension))
    if number == 15 and failed is not None and failed >= LOCAL_DAY:
        wanted.append(months_later(failed, 6))
    return max(wanted) if wanted else None


def a_day(chance: Random, after: date) -> date:
    """Some day after another, often the last of a month or of February."""
    kind = chance.random()
    day = after + timedelta(days=chance.randrange(0, 200))
    if kind < 0.25:
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if kind < 0.35:
        leap = date(chance.choice((2016, 2020, 2024)), 2, 29)
        return max(leap, after)
    return day


def a_history(chance: Random, number: int) -> tuple[dict[int, list[date]], date | None, Applicant, list[DevelopmentStep]]:
    """Everything before `number` as it lies in the record; the first steps perhaps on paper, some of them without a day.

    Between them lies what no longer counts: days corrected since, votes that did not pass, admissions that were not
    approved and made it go back, reports of thought. Given are the days that stand, and the last vote that failed.
    """
    paper = min(chance.choice((0, 0, 1, 3, 8, 17)), number - 1)
    days: dict[int, list[date]] = {}
    applicant = Applicant(paper_until=paper, extension_months=chance.choice((0, 0, 6, 7, 9, 12)) if number >= 22 else 0)
    rows: list[DevelopmentStep] = []
    failed: date | None = None

    def row(step: int, day: date, outcome: str = "", undone: str = "") -> None:
        rows.append(
            DevelopmentStep(
                applicant=applicant, number=step, done_on=day, outcome=outcome, undone=undone, standing=not undone
            )
        )

    here = date(2014, 6, 1) + timedelta(days=chance.randrange(0, 3000))
    for step in range(1, number + 1):
        last = step == number  # not taken yet, but perhaps tried
        if step > paper and chance.random() < 0.15:
            row(step, a_day(chance, here), undone="corrected")
        if step == 15 and step > paper and chance.random() < 0.4:
            failed = here = a_day(chance, here)
            row(step, here, "failed", undone="failed")
        if step == 16 and step > paper and not last and chance.random() < 0.3:
            row(15, a_day(chance, here), "passed", undone="refused")
        if last:
            break
        if step <= paper and (step not in dev.LEDGER or chance.random() < 0.2):
            continue
        for _ in range(chance.randrange(1, 4) if step in (6, 21) and step > paper else 1):
            here = a_day(chance, here)
            days.setdefault(step, []).append(here)
            if step <= paper:
                setattr(applicant, dev.LEDGER[step], here)
            else:
                row(step, here, "assessment" if step in (6, 21) else "")
    chance.shuffle(rows)
    return days, failed, applicant, rows


def test_ten_thousand_histories(cast: Cast) -> None:
    set_local_rule(
        actor=cast.system(cast.town), jurisdiction_id=cast.town.pk, code="member.again", amount=6, unit="m",
        source="柳组发〔2020〕1号", valid_from=LOCAL_DAY, now=NOW,
    )  # fmt: skip
    law, chance = Law(cast.town.pk), Random(25)
    seen: dict[int, int] = {}
    for _ in range(HISTORIES):
        number = chance.randrange(2, 26)
        days, failed, applicant, rows = a_history(chance, number)
        found = window(law, history_of(applicant, rows), number).earliest
        wanted = earliest_by_the_table(days, number, applicant.extension_months, failed)
        assert found == wanted, (number, days, failed, applicant.extension_months)
        seen[number] = seen.get(number, 0) + 1
    assert set(seen) == set(range(2, 26)) and min(seen.values()) > 300


@pytest.mark.parametrize(
    ("meeting", "extension", "ends"),
    [
        (date(2024, 2, 29), 0, date(2025, 2, 28)),
        (date(2023, 2, 28), 0, date(2024, 2, 28)),
        (date(2022, 8, 31), 6, date(2024, 2, 29)),
        (date(2023, 8, 31), 6, date(2025, 2, 28)),
        (date(2024, 2, 29), 12, date(2026, 2, 28)),
    ],
)
def test_the_end_of_a_probation(cast: Cast, meeting: date, extension: int, ends: date) -> None:
    history = dev.History(done=(dev.Done(15, meeting, "passed"),), paper_until=21, extension=extension)
    assert window(Law(cast.town.pk), history, 22).earliest == ends


def test_the_latest_days(cast: Cast) -> None:
    law = Law(cast.town.pk)
    applied = dev.History(done=(dev.Done(1, date(2026, 1, 31)),))
    # 31 January + 1 month is Saturday 28 February, a working day made up for the Spring Festival (2026).
    assert window(law, applied, 2).latest == date(2026, 2, 28)
    admitted = dev.History(done=(dev.Done(15, date(2024, 11, 30), "passed"),), paper_until=16)
    limits = {bound.code: bound.day for bound in window(law, admitted, 17).limits}
    assert limits == {"member.approval": date(2025, 2, 28), "member.approval_special": date(2025, 5, 30)}
