"""Which accounts speak for a body."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from lianjian.directory.models import Grant, Organization
from lianjian.directory.models.organizations import PATH_STEP
from lianjian.foundation.dbday import Today


def accounts_for(body: Organization, roles: Collection[str]) -> list[int]:
    """Accounts in use that hold one of the roles for the body or one above it; where there is none, the office of its
    place.
    """
    above = [body.path[:end] for end in range(PATH_STEP, len(body.path) + 1, PATH_STEP)]
    standing = Q(since__lte=Today()) & (Q(until__isnull=True) | Q(until__gt=Today()))
    own = Q(role__in=roles, organization__path__in=above)
    office = Q(role="clerk", organization__jurisdiction_id=body.jurisdiction_id, organization__is_root=True)
    rows = Grant.objects.filter(standing, own | office, user__is_active=True).order_by("user_id")
    found = rows.values_list("user_id", "role")
    speakers = [user for user, role in found if role in roles]
    return list(dict.fromkeys(speakers or [user for user, _role in found]))
