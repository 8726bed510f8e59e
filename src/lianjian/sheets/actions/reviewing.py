"""A clerk decides which registered organization a written name means."""

from __future__ import annotations

from datetime import datetime

from lianjian.directory.actions import add_alias
from lianjian.directory.models import Alias, Organization
from lianjian.foundation import registry
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.names import match_key
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import RIGHT, ReviewItem
from ..refusals import AlreadyDecided, NotACandidate


@verb
def decide(*, actor: Actor, item: ReviewItem, organization: Organization | None, now: datetime) -> int:
    """The name means `organization`, or none of those shown. The name becomes its alias, for every later sheet;
    rows that were stored under the name as text are linked now. Returns how many.

    Raises `AlreadyDecided`, `NotACandidate`, `Denied`.
    """
    require(actor, RIGHT, Whole(item.jurisdiction_id))
    item = ReviewItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if item.state != ReviewItem.State.OPEN:
        raise AlreadyDecided(name=item.name)
    linked = 0
    if organization is not None:
        if organization.jurisdiction_id != item.jurisdiction_id or organization.merged_into_id:
            raise NotACandidate
        known = {match_key(organization.name)} | set(
            Alias.objects.filter(organization=organization).values_list("name_key", flat=True)
        )
        if match_key(item.name) not in known:
            add_alias(actor=actor, organization=organization, name=item.name, now=now)
        for part in registry.sheet_parts:
            if part.adopt is not None:
                linked += part.adopt(
                    actor=actor,
                    jurisdiction_id=item.jurisdiction_id,
                    name=item.name,
                    organization=organization,
                    now=now,
                )
    item.state = ReviewItem.State.SAME if organization else ReviewItem.State.OTHER
    item.organization, item.decided_at, item.decided_by_name = organization, now, actor.name[:80]
    item.save(update_fields=["state", "organization", "decided_at", "decided_by_name"])
    after = organization.name if organization else ""
    record(actor=actor, verb="sheets.decide", subject=item, now=now, changes={"organization": ("", after)})
    return linked
