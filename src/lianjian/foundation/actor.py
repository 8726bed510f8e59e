"""Who acts: what every verb and every `visible_to` is told about the person who asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol


class Placed(Protocol):
    """Anything with a place in the management tree: an organization or a reference to one."""

    @property
    def path(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a right holds: a whole jurisdiction (and those below it) or the subtree of one organization."""

    organization_id: int
    path: str
    jurisdiction_ids: tuple[int, ...]
    whole: bool


class Actor(Protocol):
    """The person, or the system, on whose behalf something is done.

    `readable` and `writable` are the jurisdictions that the database lets through;
    `scopes` and `may` are the finer rule inside them.
    """

    @property
    def user_id(self) -> int | None: ...
    @property
    def person_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def jurisdiction_id(self) -> int: ...
    @property
    def readable(self) -> tuple[int, ...]: ...
    @property
    def writable(self) -> tuple[int, ...]: ...

    def may(self, right: str, organization: Placed | None = None) -> bool: ...
    def scopes(self, right: str) -> tuple[Scope, ...]: ...


@dataclass(frozen=True, slots=True)
class Whole:
    """Stands for everything in one jurisdiction, where a right over all of it is asked for."""

    jurisdiction_id: int
    path: str = ""


@dataclass(frozen=True, slots=True)
class SystemActor:
    """The house itself: jobs, migrations of data, the demonstration. May do everything in one jurisdiction.

    `below`: further places that it reads, as an office of the place does.
    """

    jurisdiction_id: int
    path: str = ""
    name: str = "系统"
    user_id: int | None = None
    person_id: int | None = None
    below: tuple[int, ...] = ()

    @property
    def readable(self) -> tuple[int, ...]:
        return tuple(sorted({self.jurisdiction_id, *self.below}))

    @property
    def writable(self) -> tuple[int, ...]:
        return (self.jurisdiction_id,)

    def may(self, right: str, organization: Placed | None = None) -> bool:
        return True

    def scopes(self, right: str) -> tuple[Scope, ...]:
        return (Scope(0, self.path, self.readable, True),)


@dataclass(frozen=True, slots=True)
class PublicActor:
    """Somebody who came in by a public page, signed in or not: may tell a matter of one place, and nothing else.

    `told_at` is the place of the page, where the matter goes to the place above it. `asker_of` is the case whose first
    teller this is known to be, by its number and code.
    """

    jurisdiction_id: int
    name: str = "公众"
    user_id: int | None = None
    asker_of: int | None = None
    told_at: int | None = None
    person_id: int | None = None

    @property
    def readable(self) -> tuple[int, ...]:
        return (self.jurisdiction_id,)

    @property
    def writable(self) -> tuple[int, ...]:
        return (self.jurisdiction_id,)

    def may(self, right: str, organization: Placed | None = None) -> bool:
        place = getattr(organization, "jurisdiction_id", self.jurisdiction_id)
        return right == "cases.register" and place in (self.jurisdiction_id, self.told_at)

    def scopes(self, right: str) -> tuple[Scope, ...]:
        return ()


def system_actor(jurisdiction_id: int) -> SystemActor:
    """The system acting inside one jurisdiction."""
    return SystemActor(jurisdiction_id)


def whole_jurisdictions(actor: Actor, right: str) -> tuple[int, ...]:
    """Jurisdictions in which `actor` holds `right` over everything."""
    found: dict[int, None] = {}
    for scope in actor.scopes(right):
        if scope.whole:
            found.update(dict.fromkeys(scope.jurisdiction_ids))
    return tuple(found)


def subtree_paths(actor: Actor, right: str) -> tuple[str, ...]:
    """Paths of the organizations whose subtree alone the right covers, widest first and none inside another."""
    return _outermost(s.path for s in actor.scopes(right) if not s.whole)


def _outermost(paths: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)


def path_range(prefix: str) -> tuple[str, str]:
    """Half-open range of every path in the subtree of `prefix` (paths hold only 0-9 and a-z, COLLATE "C")."""
    return prefix, prefix + "~"


def subtree_q(field: str, paths: Iterable[str]) -> Any:
    """A `Q` for rows whose path `field` lies in any of the subtrees; matches nothing for no paths."""
    from django.db.models import Q

    query = Q(pk__in=())
    for path in paths:
        low, high = path_range(path)
        query |= Q(**{f"{field}__gte": low, f"{field}__lt": high})
    return query
