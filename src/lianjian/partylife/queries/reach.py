"""Which branches one sees, and which of a meeting's one may guide."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lianjian.directory.models import Link, Organization
from lianjian.events.models import Invitation, Meeting, covered_by
from lianjian.foundation.actor import Actor

from ..models.doors import RIGHT, of_branches


def visible_branches(actor: Actor) -> QuerySet[Organization]:
    """Party organizations whose life one may read: of one's scope, or reaching the firms one covers."""
    if not actor.scopes(RIGHT):
        return Organization.objects.none()
    return Organization.objects.filter(of_branches(actor, ""), classification="party", merged_into__isnull=True)


def branches_of_meeting(actor: Actor, meeting: Meeting) -> list[Organization]:
    """Convener and hosts of a meeting, as far as the actor guides them."""
    hosts = Invitation.objects.filter(meeting=meeting, part="host", withdrawn_at__isnull=True)
    rows = visible_branches(actor).filter(Q(pk=meeting.convener_id) | Q(pk__in=hosts.values("organization_id")))
    found = [one for one in rows.order_by("name", "pk") if one.jurisdiction_id in actor.writable]
    return [one for one in found if actor.may("partylife.guide", one) or covers(actor, one)]


def covers(actor: Actor, branch: Organization) -> bool:
    """An instructor guides the branches that reach the firms he covers."""
    if actor.person_id is None:
        return False
    firms = covered_by(actor).values("organization_id")
    return Link.objects.filter(
        kind=Link.PARTY, until__isnull=True, source=branch, target_id__in=firms
    ).exists()
