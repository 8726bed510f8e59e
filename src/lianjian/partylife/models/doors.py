"""Who sees the records of party life."""

from __future__ import annotations

from django.db.models import Q

from lianjian.directory.models import Link, Organization
from lianjian.events.models import covered_by
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions

RIGHT = "partylife.see"


def seen_through(actor: Actor, *bodies: str) -> Q:
    """Rows whose named bodies lie in one's subtree, and those of firms one covers."""
    query = Q(pk__in=())
    paths = subtree_paths(actor, RIGHT)
    if paths:
        for body in bodies:
            query |= subtree_q(f"{body}__path", paths)
        # A station reads the party records of the firms it covers today (checklist 000-31).
        query |= Q(
            enterprise__links_in__kind="coverage", enterprise__links_in__until__isnull=True
        ) & subtree_q("enterprise__links_in__source__path", paths)
    if actor.person_id is not None and actor.scopes(RIGHT):
        query |= Q(enterprise_id__in=covered_by(actor).values("organization_id"))
    return query


def of_branches(actor: Actor, field: str = "branch") -> Q:
    """Records whose branch lies in one's scope, or reaches a firm that one covers, as station or as instructor.

    A station reads the party records of the firms it covers, not their business (checklist 000-31).
    """
    paths = subtree_paths(actor, RIGHT)
    at = f"{field}__" if field else ""
    query = Q(**{f"{at}jurisdiction_id__in": whole_jurisdictions(actor, RIGHT)})
    if paths:
        query |= subtree_q(f"{at}path", paths)
    covered = _covered(actor, paths)
    if covered is not None:
        reaching = Link.objects.filter(kind=Link.PARTY, until__isnull=True, target_id__in=covered)
        query |= Q(**{f"{field}_id__in" if field else "pk__in": reaching.values("source_id")})
    return query


def _covered(actor: Actor, paths: tuple[str, ...]) -> object:
    own = covered_by(actor).values("organization_id") if actor.person_id is not None else None
    if not paths:
        return own
    stations = Link.objects.filter(subtree_q("source__path", paths), kind=Link.COVERAGE, until__isnull=True)
    firms = Q(pk__in=stations.values("target_id"))
    if own is not None:
        firms |= Q(pk__in=own)
    return Organization.objects.filter(firms).values("pk")
