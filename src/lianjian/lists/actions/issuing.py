"""An edition of the lists is issued."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet

from lianjian.alliances.models import Alliance, AllianceMember
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .. import rules
from ..models import Edition, EditionLine, Item


def items_for(
    jurisdiction_id: int, alliance: Alliance | None, kind: str, day: date, reach: str = "county"
) -> QuerySet[Item]:
    """What an edition of that day holds, in the order of its lines.

    A place: what its bodies offer to the county or further, or (`reach` "town") to the place or further. An alliance:
    what its members of the day offer to it or further.
    """
    rows = Item.objects.offered(day)
    if alliance is None:
        open_to = ["county", "public", *(["town"] if reach == "town" else [])]
        rows = rows.filter(jurisdiction_id=jurisdiction_id, visibility__in=open_to)
    else:
        members = AllianceMember.objects.on(day).filter(alliance=alliance).values("organization_id")
        rows = rows.filter(organization_id__in=members).filter(
            Q(alliance=alliance) | Q(visibility__in=["county", "public"])
        )
    if kind:
        rows = rows.filter(kind=kind)
    return rows.select_related("organization").order_by("category", "organization__name", "pk")


@verb(constraints={"one_edition_of_a_title": rules.EditionExists})
def issue_edition(
    *,
    actor: Actor,
    title: str,
    since: date,
    until: date,
    now: datetime,
    kind: str = "",
    alliance: Alliance | None = None,
    reach: str = "county",
) -> Edition:
    """Issue the lists of one's place or of an alliance for a period, as they stand today.

    Raises `TitleNeeded`, `DaysTurned`, `NothingToIssue`, `EditionExists`, `Denied`.
    """
    place = alliance.jurisdiction_id if alliance is not None else actor.jurisdiction_id
    require(actor, "lists.issue", alliance.organization if alliance is not None else Whole(place))
    words = title.strip()[:60]
    if not words:
        raise rules.TitleNeeded
    if until < since:
        raise rules.DaysTurned
    order = {code: number for number, code in enumerate(rules.KINDS)}
    items = sorted(items_for(place, alliance, kind, local_day(now), reach), key=lambda item: order[item.kind])
    if not items:
        raise rules.NothingToIssue
    edition = Edition.objects.create(
        jurisdiction_id=place,
        alliance=alliance,
        kind=kind,
        reach=reach,
        title=words,
        since=since,
        until=until,
        issued_at=now,
        issued_by=actor.name[:80],
    )
    EditionLine.objects.bulk_create(
        EditionLine(
            jurisdiction_id=place,
            edition=edition,
            item=item,
            position=number,
            kind=item.kind,
            category=item.category,
            title=item.title,
            text=item.text,
            organization_name=item.organization.name,
            quantity=rules.shown(item.left, item.unit),
            place=item.place,
            expires_on=item.expires_on,
        )
        for number, item in enumerate(items, start=1)
    )
    changes = {"title": ("", words), "lines": (0, len(items))}
    record(actor=actor, verb="lists.issue", subject=edition, now=now, changes=changes)
    return edition
