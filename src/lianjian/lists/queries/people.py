"""Which accounts speak for a body, and what is theirs to offer."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.functions import Now, TruncDate

from lianjian.directory.models import Organization
from lianjian.directory.roles import ROLES
from lianjian.events.models import Venue, VenueUser
from lianjian.events.queries.speaking import accounts_for
from lianjian.foundation.actor import Actor, subtree_q

from ..models.items import own_bodies as standing_for

MOST = 50
SPEAKERS = tuple(
    role for role, (_name, rights) in ROLES.items() if "lists.write" in rights and role != "clerk"
)


def accounts_of(body: Organization) -> list[int]:
    """Accounts that speak for the body or one above it; where there is none, the office of its place."""
    return accounts_for(body, SPEAKERS)


def speaks_for(actor: Actor, body: Organization) -> bool:
    """Whether the actor may write for a body: a right over it, in a place the actor writes."""
    return body.jurisdiction_id in actor.writable and actor.may("lists.write", body)


def own_bodies(actor: Actor) -> list[Organization]:
    """Bodies for which the actor writes by grants on them or on one above (a contact's firm, a village with its
    cooperative), fifty at most and one more; none for the office.
    """
    scopes = actor.scopes("lists.write")
    if not scopes or any(scope.whole for scope in scopes):
        return []
    rows = Organization.objects.filter(
        subtree_q("path", [scope.path for scope in scopes]),
        merged_into__isnull=True,
        dissolved_on__isnull=True,
        jurisdiction_id__in=actor.writable,
    )
    return list(rows.order_by("path")[: MOST + 1])


def venues_of(actor: Actor, held: Venue | None = None) -> list[Venue]:
    """Open venues that a body for which the actor writes runs or shares, and the one that is chosen; one query."""
    mine = standing_for(actor, "organization", "lists.write") & Q(organization__jurisdiction_id__in=actor.writable)
    shared = VenueUser.objects.filter(mine).values("venue_id")
    open_ = Q(closed_on__isnull=True) | Q(closed_on__gt=TruncDate(Now()))
    chosen = Q(pk=held.pk) if held is not None else Q(pk__in=[])
    rows = Venue.objects.filter((mine | Q(pk__in=shared)) & open_ | chosen)
    return list(rows.select_related("organization").order_by("name", "pk")[:300])
