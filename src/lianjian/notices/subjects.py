"""Records that documents may be about. Higher apps say in the wiring what their records are called and where they are.

A document keeps `app.model:key`; only who looks at it asks for the name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_url
from lianjian.directory.queries.lists import find_organizations
from lianjian.foundation.actor import Actor


@dataclass(frozen=True)
class SubjectKind:
    """One kind of record: `named` gives name and address of those with these keys that the actor may see,
    `find` the first ones whose name answers to some words.
    """

    code: str
    label: str | Promise
    named: Callable[[Actor, Sequence[UUID]], Mapping[UUID, tuple[str, str]]]
    find: Callable[[Actor, str, int], Sequence[tuple[UUID, str]]]


@dataclass(frozen=True)
class Subject:
    """A record as a page names it."""

    reference: str
    kind: str
    name: str
    url: str


_KINDS: dict[str, SubjectKind] = {}


def register(kind: SubjectKind) -> None:
    """Make a kind known."""
    _KINDS[kind.code] = kind


def split(reference: str) -> tuple[str, UUID | None]:
    """Kind and key; no key for what is no reference to a kind that is known."""
    code, _mark, key = reference.partition(":")
    try:
        return code, UUID(key) if code in _KINDS else None
    except ValueError:
        return code, None


def named(actor: Actor, references: Iterable[str]) -> list[Subject]:
    """The records that the actor may see, in their order; one query for each kind."""
    wanted: dict[str, list[UUID]] = {}
    for one in references:
        code, key = split(one)
        if key is not None:
            wanted.setdefault(code, []).append(key)
    found = []
    for code, keys in wanted.items():
        kind = _KINDS[code]
        names = kind.named(actor, keys)
        found += [
            Subject(f"{code}:{key}", gettext(str(kind.label)), *names[key]) for key in keys if key in names
        ]
    return found


def find(actor: Actor, text: str, limit: int = 10) -> list[Subject]:
    """Records of every kind whose name answers to the words; one query for each kind."""
    found = []
    for kind in _KINDS.values():
        label = gettext(str(kind.label))
        found += [Subject(f"{kind.code}:{key}", label, name, "") for key, name in kind.find(actor, text, limit)]
    return found


def _organizations(actor: Actor, keys: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    rows = Organization.objects.filter(key__in=keys).values_list("key", "name")
    return {key: (name, organization_url(key)) for key, name in rows}


def _find(actor: Actor, text: str, limit: int) -> list[tuple[UUID, str]]:
    rows = find_organizations(Organization.objects.current(), text)  # type: ignore[attr-defined]
    return list(rows.order_by("name", "pk").values_list("key", "name")[:limit])


ORGANIZATIONS = SubjectKind("directory.organization", _("组织机构"), _organizations, _find)
