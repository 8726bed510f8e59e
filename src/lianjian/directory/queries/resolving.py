"""Which organization a written name or code means. Links are automatic by equality only; likeness is for people.

The order: the credit code; the exact normalised name; an exact alias or short name of the register. Anything else is a
list of candidates for a person: also the only firm of the county with the same short key (name without legal form and
places), for a firm that is not registered yet may be meant. What the person decides becomes an alias.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lianjian.foundation.codes import check_credit_code
from lianjian.foundation.names import NameIndex, likely_names, match_key
from lianjian.jurisdictions.models import Jurisdiction

from ..models import Alias, Area, Organization
from ..rules import place_words


class Resolution(NamedTuple):
    """`how` is code, name, alias, likely, several or nothing; `organization_id` only for the first three."""

    organization_id: int | None
    how: str
    candidates: tuple[int, ...] = ()


NOTHING = Resolution(None, "nothing")


def county_of(jurisdiction_id: int) -> tuple[int, ...]:
    """The jurisdictions among which a name must be unique: the county of a town with all its towns."""
    parents = dict(Jurisdiction.objects.values_list("id", "parent_id"))
    levels = dict(Jurisdiction.objects.values_list("id", "level"))
    top = jurisdiction_id
    while parents.get(top) is not None and levels[top] == "town":
        top = parents[top]  # type: ignore[assignment]
    return tuple(
        sorted(
            {top, jurisdiction_id}
            | {pk for pk, above in parents.items() if above == top and levels[pk] == "town"}
        )
    )


def known_places(jurisdiction_ids: Iterable[int]) -> tuple[str, ...]:
    """Place words of these jurisdictions: their own names and those of the divisions above them."""
    rows = list(Jurisdiction.objects.filter(pk__in=list(jurisdiction_ids)).values_list("name", "area_code"))
    codes = {code[:end].ljust(12, "0") for _name, code in rows if code for end in (2, 4, 6)}
    areas = Area.objects.filter(code__in=codes).exclude(name="市辖区").values_list("name", flat=True)
    return tuple({*(name for name, _code in rows), *areas})


@dataclass
class Resolver:
    """Every name of a county in memory: one query at the start, none per row."""

    codes: dict[str, int] = field(default_factory=dict)
    names: dict[str, list[int]] = field(default_factory=dict)
    aliases: dict[str, list[int]] = field(default_factory=dict)
    shown: dict[int, str] = field(default_factory=dict)
    homes: dict[int, int] = field(default_factory=dict)
    known_places: tuple[str, ...] = ()
    _coded: dict[int, str] = field(default_factory=dict)
    _others: list[tuple[int, str]] = field(default_factory=list)
    _index: NameIndex | None = None

    @classmethod
    def of(cls, jurisdiction_ids: Sequence[int], classifications: Sequence[str] = ()) -> Resolver:
        """Load the register of these jurisdictions. Names of a merged record mean its winner."""
        rows = Organization.objects.filter(jurisdiction_id__in=jurisdiction_ids, dissolved_on__isnull=True)
        if classifications:
            rows = rows.filter(classification__in=classifications)
        found = list(
            rows.order_by("id").values_list(
                "id", "name", "short_name", "code", "merged_into_id", "jurisdiction_id"
            )
        )
        winners = {row[0]: row[4] for row in found if row[4] is not None}

        def living(pk: int) -> int:
            while pk in winners:
                pk = winners[pk]
            return pk

        resolver = cls(known_places=known_places(jurisdiction_ids))
        for pk, name, short_name, code, winner, home in found:
            if winner is None:
                resolver.homes[pk] = home
                resolver.add(pk, name, code, (short_name,))
            else:
                resolver.also(living(pk), (name, short_name))
        aliases = Alias.objects.filter(organization__in=rows.values("pk")).order_by("id")
        for pk, name in aliases.values_list("organization_id", "name"):
            resolver.also(living(pk), (name,))
        return resolver

    def add(self, pk: int, name: str, code: str = "", others: Sequence[str] = ()) -> None:
        """Make an organization known, with its other names."""
        self.shown[pk] = name
        if code:
            self.codes[code] = pk
            self._coded[pk] = code
        _note(self.names, match_key(name), pk)
        self.also(pk, others)
        self._index = None

    def also(self, pk: int, others: Iterable[str]) -> None:
        """Further names of an organization."""
        for other in others:
            if other:
                _note(self.aliases, match_key(other), pk)
                self._others.append((pk, other))
                self._index = None

    def by_code(self, code: str) -> int | None:
        """The organization of a valid credit code."""
        return self.codes.get(code)

    def code_of(self, pk: int) -> str:
        """The code under which an organization is registered, empty for none."""
        return self._coded.get(pk, "")

    def exact(self, name: str) -> list[int]:
        """Those called exactly so; only where there is none, those of whom it is another name."""
        key = match_key(name)
        return self.names.get(key) or self.aliases.get(key) or []

    def exact_or_alias(self, name: str) -> set[int]:
        """All of whom it is a name."""
        key = match_key(name)
        return {*self.names.get(key, ()), *self.aliases.get(key, ())}

    @property
    def places(self) -> tuple[str, ...]:
        """Words that count as places in this register."""
        return place_words(self.shown.values(), self.known_places)

    @property
    def written(self) -> list[tuple[int, str]]:
        """Every organization with each of its names."""
        return [*self.shown.items(), *self._others]

    def _loose(self) -> NameIndex:
        """The index of looser keys, made when a name is first not found by an equal one."""
        if self._index is None:
            self._index = NameIndex(self.written, self.places)
        return self._index

    def resolve(self, name: str, code: str = "") -> Resolution:
        """The one organization that is meant, or the candidates."""
        if code:
            checked = check_credit_code(code)
            if checked.ok and checked.value in self.codes:
                return Resolution(self.codes[checked.value], "code")
        key = match_key(name)
        if not key:
            return NOTHING
        for how, table in (("name", self.names), ("alias", self.aliases)):
            found = table.get(key)
            if found:
                return (
                    Resolution(found[0], how)
                    if len(found) == 1
                    else Resolution(None, "several", tuple(found))
                )
        loose = tuple(int(str(pk)) for pk in self._loose().find(name))
        if not loose:
            return NOTHING
        return Resolution(None, "likely" if len(loose) == 1 else "several", loose)

    def near(self, name: str, *, most: int = 5) -> list[tuple[int, str, float]]:
        """The likest names with their organizations, for a review list only."""
        by_name = {shown: pk for pk, shown in self.shown.items()}
        return [
            (by_name[c.name], c.name, c.likeness) for c in likely_names(name, by_name, self.places, most=most)
        ]


def _note(table: dict[str, list[int]], key: str, pk: int) -> None:
    held = table.setdefault(key, [])
    if pk not in held:
        held.append(pk)


def resolve_area(name: str, within: str) -> Area | None:
    """The division called `name` below the county (or town) whose code begins with `within`; None if not exactly one.

    The official form (赤兰村委会, 城关社区居委会) is found by what people write (赤兰村, 城关社区).
    """
    wanted = _area_key(name)
    if not wanted or len(within) < 2:
        return None
    prefix = within.rstrip("0") if len(within) == 12 else within
    rows = Area.objects.filter(code__startswith=prefix, last_year__isnull=True, name__startswith=wanted[:1])
    found = [area for area in rows if _area_key(area.name) == wanted]
    exact = [area for area in found if area.name == name.strip()]
    best = exact or found
    return best[0] if len(best) == 1 else None


_AREA_ENDS = ("村民委员会", "居民委员会", "社区居委会", "村委会", "居委会", "社区", "村")


def _area_key(name: str) -> str:
    key = match_key(name)
    for end in _AREA_ENDS:
        if key.endswith(end) and len(key) > len(end):
            return key[: -len(end)]
    return key
