"""Joint meetings of an alliance: whom it invites."""

from __future__ import annotations

from datetime import date

from lianjian.directory.models import Organization

from ..models import AllianceMember


def members_to_invite(convener: Organization, day: date) -> list[Organization]:
    """The members of an alliance on a day, for the invitation to its meetings; nobody for any other body."""
    seats = AllianceMember.objects.on(day).filter(alliance__organization=convener)
    rows = seats.select_related("organization").order_by("since", "pk")
    return list({seat.organization_id: seat.organization for seat in rows}.values())
