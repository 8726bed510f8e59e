"""Rules of which a place goes by one option: what each place chose, from when, on what document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lianjian.foundation import references
from lianjian.foundation.errors import translate

from ..models import LocalRule, Rule
from ..rules import UnknownRule
from ..rules.limits import words_of
from .numbers import line_of


@dataclass(frozen=True)
class Setting:
    """One place goes by one option from a day on, to the last day `until` (None: still)."""

    place: int
    place_name: str
    option: str
    source: str
    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        """Whether it is in force on the day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Choices:
    """The options of a rule with their bounds, which one goes where a place chose none, and all that was chosen."""

    options: Mapping[str, Any]
    default: str
    settings: tuple[Setting, ...]

    def words(self, option: str) -> str:
        """An option in the language of the reader."""
        return translate(words_of(self.options[option]))

    def on(self, day: date, place: int) -> Setting | None:
        """What the place goes by on a day: its own, or that of the nearest place above; None for the default."""
        line = line_of(place)
        held = [one for one in self.settings if one.place in line and one.holds(day)]
        return min(held, key=lambda one: line.index(one.place), default=None)


def choices(code: str) -> Choices:
    """A rule with all its settings of all days, the latest first. Two queries, none where they are kept."""
    return references.kept(("rulebook.choices", code), lambda: _choices(code))


def _choices(code: str) -> Choices:
    rule = Rule.objects.filter(code=code).order_by("-version").first()
    if rule is None:
        raise UnknownRule(code=code, day="")
    rows = LocalRule.objects.filter(code=code).order_by("-valid_from", "-pk").values_list(
        "jurisdiction_id", "jurisdiction__name", "params", "source", "valid_from", "valid_to"
    )
    default = str(rule.params["default"])
    settings = tuple(
        Setting(place, name, next(iter(params.get("one_of", ())), default), source, since, until)
        for place, name, params, source, since, until in rows
    )
    return Choices(rule.params["one_of"], default, settings)
