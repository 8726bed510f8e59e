"""Rules of which a place goes by one option: what each place chose, from when, on what document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lianjian.foundation import prepared
from lianjian.foundation.errors import translate

from ..models import Rule
from ..rules import UnknownRule
from ..rules.limits import words_of
from .numbers import local_rules_of, rules_of


@dataclass(frozen=True)
class Setting:
    """A place goes by one option from a day on."""

    place: int
    option: str
    source: str
    since: date


@dataclass(frozen=True)
class Choices:
    """The options of a rule with their bounds on a day, and which one goes where a place chose none."""

    options: Mapping[str, Any]
    default: str

    def words(self, option: str) -> str:
        """An option in the language of the reader."""
        return translate(words_of(self.options[option]))


def choices(code: str, day: Any) -> Choices:
    """A rule as on a day, given as a date or as the database's own: of versions that overlap the highest, before the
    first the first. No query where it is kept; one for the database's own day where there are several versions.
    """
    known = prepared.objects(
        ("rulebook.versions", code), lambda: Rule.objects.filter(code=code).order_by("version"), reference=True
    )
    if not known:
        raise UnknownRule(code=code, day=str(day))
    holding = rules_of((code,), day) if len(known) > 1 else []
    rule = max(holding, key=lambda one: one.version, default=known[0])
    return Choices(rule.params["one_of"], str(rule.params["default"]))


def settings_on(code: str, places: Iterable[int], day: date) -> dict[int, Setting | None]:
    """What each of some places goes by on a day: its own, or that of the nearest place above; None for the default."""
    found: dict[int, Setting | None] = {}
    for place, own in local_rules_of((code,), places, day).items():
        one = next(iter(own.get(code, ())), None)
        option = next(iter(one.params.get("one_of", ())), "") if one is not None else ""
        found[place] = Setting(one.jurisdiction_id, option, one.source, one.valid_from) if one and option else None
    return found
