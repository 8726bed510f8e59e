"""Who may record a visit, and who may mend it."""

from __future__ import annotations

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.rights import Denied, require

from ..models import Visit, covered_by


def require_visit(actor: Actor, organization: Organization) -> None:
    """Whoever may write visits there, or covers the organization as instructor. Raises `Denied`."""
    if actor.may("events.write", organization):
        return
    require(actor, "events.write")
    if not covered_by(actor).filter(organization=organization).exists():
        raise Denied


def require_own(actor: Actor, visit: Visit) -> None:
    """Who recorded the visit may mend it; otherwise whoever holds the right over the visited body."""
    if actor.user_id is not None and visit.recorded_by == actor.user_id:
        require(actor, "events.write")
    elif visit.organization is not None:
        require(actor, "events.write", visit.organization)
    else:
        require(actor, "events.write", Whole(visit.jurisdiction_id))
