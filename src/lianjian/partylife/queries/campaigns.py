"""What a two-way search (“双找”) came to: members found at the bodies of a campaign, in its days."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.alliances.models import Campaign, Participant
from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.foundation.declare import Asking, GoalCount
from lianjian.foundation.errors import _ as word

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


def found_at(actor: Actor, campaign: Campaign) -> QuerySet[FoundMember] | None:
    """The members found; None for whom part of them stays unseen, so that no part of a number passes for the whole."""
    whole = whole_jurisdictions(actor, RIGHT)
    bodies: Any = campaign.participants.taking_part()  # type: ignore[attr-defined]
    if campaign.jurisdiction_id not in whole or bodies.exclude(organization__jurisdiction_id__in=whole).exists():
        return None
    rows = FoundMember.objects.visible_to(actor).standing()  # type: ignore[attr-defined]
    return rows.filter(of_campaign(campaign))  # type: ignore[no-any-return]


def managed_at(actor: Actor, campaign: Campaign) -> QuerySet[FoundMember] | None:
    """Those of them whom a branch where they work has taken up."""
    rows = found_at(actor, campaign)
    return rows.filter(managed_on__isnull=False) if rows is not None else None


def found_address(campaign: Campaign) -> str:
    """The list of who was found."""
    return f"{reverse('partylife:found')}?campaign={campaign.key}"


def managed_address(campaign: Campaign) -> str:
    """The list of who is looked after."""
    return f"{found_address(campaign)}&state=managed"


GOAL_COUNTS = [
    GoalCount(FOUND_CODE, word("找出的党员"), word("名"), found_at, found_address),
    GoalCount(MANAGED_CODE, word("找出并纳管的党员"), word("名"), managed_at, managed_address),
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


def campaign_panel(*, actor: Actor, record: Campaign, now: datetime) -> Asking:
    """How many were found and are looked after, and the share, where a campaign counts them."""
    if not record.actions.filter(counts__in=(FOUND_CODE, MANAGED_CODE)).exists():
        return None
    rows = found_at(actor, record)
    if rows is None:
        return None
    counts = rows.order_by().values("withdrawn_at").annotate(
        n=Count("pk"), managed=Count("pk", filter=Q(managed_on__isnull=False))
    )
    (answer,) = yield (counts.values_list("n", "managed"),)
    found, managed = answer[0] if answer else (0, 0)
    left = found - managed
    lines = [
        (_("找出"), found, found_address(record)),
        (_("已纳管"), managed, managed_address(record)),
        (_("待纳管"), left, f"{found_address(record)}&state=unmanaged"),
    ]
    return "partylife/_search.html", {"lines": lines, "found": found, "managed": managed}
