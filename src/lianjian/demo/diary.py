"""The past of a demonstration: acts are planned in any order and done in the order of their time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from lianjian.foundation.calendar import CHINA
from lianjian.rulebook.queries import calendar

Act = Callable[[datetime], None]


@dataclass
class Diary:
    """Planned acts. Days are counted in working days before `today`, so that deadlines fall where they are meant to."""

    now: datetime
    today: date
    chance: Random
    acts: list[tuple[datetime, int, Act]] = field(default_factory=list)

    def __post_init__(self) -> None:
        known = calendar()
        self._working: list[date] = []
        day = self.today - timedelta(days=1)
        while len(self._working) < 320:
            if known.is_working(day):
                self._working.append(day)
            day -= timedelta(days=1)
        self.open_today = known.is_working(self.today)

    def back(self, working_days: int) -> date:
        """The working day so many working days before today; 0 and 1 are the last one that is over.

        On a day of rest today does not count, so that what was due after n working days is due on the last one.
        """
        return self._working[max(working_days, 1) - 1]

    def moment(self, day: date, hour: int, minute: int | None = None) -> datetime:
        """A moment of that day in Beijing, never in the future."""
        minutes = self.chance.randrange(0, 55) if minute is None else minute
        return min(datetime.combine(day, time(hour, minutes), CHINA), self.now)

    def plan(self, moment: datetime, act: Act) -> None:
        """Do `act` at `moment`."""
        self.acts.append((moment, len(self.acts), act))

    def live(self) -> int:
        """Do everything in order; returns how much it was."""
        done = 0
        while self.acts:
            due, self.acts = sorted(self.acts, key=lambda entry: entry[:2]), []
            for moment, _number, act in due:
                act(moment)
                done += 1
        return done
