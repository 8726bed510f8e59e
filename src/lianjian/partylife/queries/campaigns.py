"""What a two-way search (“双找”) came to: members found at the bodies of a campaign, in its days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from lianjian.alliances.models import Campaign, Participant
from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.foundation.declare import GoalKind, GoalSource
from lianjian.foundation.errors import _

from ..models import RIGHT, FoundMember

FOUND_CODE, MANAGED_CODE = "found", "managed"


def of_campaign(campaign: Campaign) -> Q:
    """Found in the days of the campaign, in a firm that takes part or by a branch that does."""
    bodies: Any = campaign.participants.taking_part().order_by().values("organization_id")  # type: ignore[attr-defined]
    days = Q(found_on__gte=campaign.since)
    if campaign.until is not None:
        days &= Q(found_on__lte=campaign.until)
    if campaign.closed_on is not None:
        days &= Q(found_on__lt=campaign.closed_on)
    return days & (Q(enterprise_id__in=bodies) | Q(joint_branch_id__in=bodies))


def count_found(actor: Actor, campaign: Campaign, places: Sequence[int]) -> dict[str, int]:
    """How many were found and how many of them are looked after; nothing for whom part of them stays unseen."""
    whole = whole_jurisdictions(actor, RIGHT)
    if campaign.jurisdiction_id not in whole or not set(places) <= set(whole):
        return {}
    rows = FoundMember.objects.visible_to(actor).standing().filter(of_campaign(campaign))  # type: ignore[attr-defined]
    counts: dict[str, int] = rows.order_by().aggregate(
        **{FOUND_CODE: Count("pk"), MANAGED_CODE: Count("pk", filter=Q(managed_on__isnull=False))}
    )
    return counts


def found_address(campaign: Campaign, code: str) -> str:
    """The list of who was found, or of who of them is looked after."""
    state = "&state=managed" if code == MANAGED_CODE else ""
    return f"{reverse('partylife:found')}?campaign={campaign.key}{state}"


GOAL_SOURCES = [
    GoalSource(
        (GoalKind(FOUND_CODE, _("找出的党员"), _("名")), GoalKind(MANAGED_CODE, _("找出并纳管的党员"), _("名"))),
        count_found,
        found_address,
    )
]


def in_campaign(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    """A list of found members, of one campaign."""
    try:
        campaign = Campaign.objects.visible_to(actor).filter(key=UUID(value)).first()
    except ValueError:
        campaign = None
    return rows.filter(of_campaign(campaign)) if campaign is not None else rows.none()


def campaigns_of(actor: Actor, row: FoundMember) -> list[Campaign]:
    """The campaigns whose goals count a found member."""
    bodies = [pk for pk in (row.enterprise_id, row.joint_branch_id) if pk is not None]
    rows = Campaign.objects.visible_to(actor).filter(
        Q(until__isnull=True) | Q(until__gte=row.found_on),
        Q(closed_on__isnull=True) | Q(closed_on__gt=row.found_on),
        since__lte=row.found_on,
        actions__counts__in=(FOUND_CODE, MANAGED_CODE),
        participants__in=_parts(bodies),
    )
    return list(rows.distinct().order_by("since", "pk")[:5])


def _parts(bodies: list[int]) -> Any:
    return Participant.objects.taking_part().filter(organization_id__in=bodies).order_by().values("pk")

