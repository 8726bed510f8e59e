"""Builds the actor of a request or a job from grants."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext

from lianjian.foundation import context
from lianjian.foundation.actor import Placed, Scope
from lianjian.jurisdictions.queries import family

from .models import Grant, Organization
from .roles import OFFICERS, ROLES, rights_of
from .sessions import Brought, GrantRow


@dataclass(frozen=True)
class GrantedActor:
    """An account with what its grants of today allow."""

    user_id: int
    person_id: int | None
    name: str
    jurisdiction_id: int
    readable: tuple[int, ...]
    writable: tuple[int, ...]
    roles: tuple[str, ...]
    organization_id: int
    organization_name: str
    by_right: dict[str, tuple[Scope, ...]] = field(repr=False)
    language: str = ""
    # All that may decide what a query of this actor asks for: equal prints, equal queries.
    fingerprint: Hashable = field(default=None, repr=False, compare=False)

    @property
    def place(self) -> str:
        """Where the person works and as what, for the top of a page."""
        roles = "、".join(gettext(ROLES[role][0]) for role in self.roles if role in ROLES)
        return f"{self.organization_name} · {roles}"

    def may(self, right: str, organization: Placed | None = None) -> bool:
        """True if the right holds over the organization, or anywhere when none is named."""
        scopes = self.by_right.get(right, ())
        if organization is None:
            return bool(scopes)
        return any(_covers(scope, organization) for scope in scopes)

    def scopes(self, right: str) -> tuple[Scope, ...]:
        """Where the right holds."""
        return self.by_right.get(right, ())


def _covers(scope: Scope, organization: Placed) -> bool:
    jurisdiction = getattr(organization, "jurisdiction_id", None)
    if scope.whole and jurisdiction is not None:
        return jurisdiction in scope.jurisdiction_ids
    return bool(scope.path) and organization.path.startswith(scope.path)


def _grants(user_id: int, day: date) -> list[GrantRow]:
    return list(
        Grant.objects.filter(Q(until__isnull=True) | Q(until__gt=day), user_id=user_id, since__lte=day)
        .order_by("since", "id")
        .values_list(
            "role",
            "organization_id",
            "organization__path",
            "organization__is_root",
            "organization__jurisdiction_id",
            "organization__name",
        )
    )


def build_actor(
    *, user_id: int, name: str, day: date, language: str = "", brought: Brought | None = None
) -> GrantedActor | None:
    """The actor of an account on `day`, with the context set for it; None without any grant in force.

    Needs no jurisdiction context for the grants themselves; the person is read under the context it sets. What the
    session store brought for this account and day is not asked for again.
    """
    known = brought if brought is not None and (brought.user_id, brought.day) == (user_id, day) else None
    rows = known.grants if known else _grants(user_id, day)
    if not rows:
        return None
    below: Mapping[int, tuple[int, ...]] = {}
    if any(root for _r, _o, _p, root, _j, _n in rows):
        below = known.places if known else family()
    by_right: dict[str, list[Scope]] = {}
    readable: set[int] = set()
    writable: set[int] = set()
    for role, organization_id, path, is_root, jurisdiction_id, _name in rows:
        reach = below[jurisdiction_id] if is_root else (jurisdiction_id,)
        scope = Scope(organization_id, path, reach, is_root)
        readable.update(reach)
        # An officer's acts (accounts, areas, keeping the journal) reach down; business is written by its owner only.
        writable.update(reach if role in OFFICERS else (jurisdiction_id,))
        for right in rights_of(role):
            by_right.setdefault(right, []).append(scope)
    first = rows[0]
    person_id = context.enter_and_ask(
        sorted(readable),
        sorted(writable),
        "SELECT id FROM directory_person WHERE user_id = %s ORDER BY id LIMIT 1",
        [user_id],
    )
    return GrantedActor(
        user_id=user_id,
        person_id=person_id,
        name=name,
        jurisdiction_id=first[4],
        readable=tuple(sorted(readable)),
        writable=tuple(sorted(writable)),
        roles=tuple(dict.fromkeys(row[0] for row in rows)),
        organization_id=first[1],
        organization_name=first[5],
        by_right={right: tuple(scopes) for right, scopes in by_right.items()},
        language=language,
        fingerprint=(user_id, person_id, day, *rows, *sorted(readable), *sorted(writable)),
    )


def actor_of_user(user_id: int, *, day: date) -> GrantedActor | None:
    """The actor of an active account, for jobs done on its behalf."""
    from lianjian.accounts.models import User

    user = User.objects.filter(pk=user_id, is_active=True).first()
    return build_actor(user_id=user.pk, name=user.name, day=day) if user else None


def root_of(jurisdiction_ids: Iterable[int]) -> dict[int, Organization]:
    """The root organization of each jurisdiction."""
    return {
        o.jurisdiction_id: o
        for o in Organization.objects.filter(jurisdiction_id__in=jurisdiction_ids, is_root=True)
    }
