"""A need is put on the list of needs: the case stays the record, the item is its publication."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lianjian.foundation.actor import Actor, system_actor
from lianjian.foundation.errors import _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.lists import actions as lists
from lianjian.lists.models import Item

from .. import rules
from ..models import Case
from ..queries.published import publishable


@verb
def publish_need(*, actor: Actor, case: Case, now: datetime, title: str, **facts: Any) -> Item:
    """Publish a case's need: `facts` are those of `lists.actions.publish` without kind, body and source.

    What is published is written anew: what was told stays in the case. Raises `NotPublishable`, `Denied`, and what
    publishing raises.
    """
    if not publishable(case) or case.organization is None:
        raise rules.NotPublishable
    require(actor, "lists.write", case.organization)
    item = lists.publish(
        actor=actor, organization=case.organization, kind="need", source="case", title=title, now=now, **facts
    )
    # Of two who publish it at once the second is told.
    same = Case.objects.filter(pk=case.pk)
    same = same.filter(item__isnull=True) if case.item is None else same.filter(item=case.item)
    if not same.update(item=item):
        raise rules.NotPublishable
    case.item = item
    record(actor=actor, verb="cases.publish_need", subject=case, now=now, changes={"item": ("", item.title)})
    return item


def end_publication(case: Case, now: datetime) -> None:
    """The case has ended, and its item with it. Part of the move that ended it, which is journalled."""
    item = case.item
    if item is not None and item.state == "open":
        house = system_actor(case.jurisdiction_id)
        lists.end_item(
            actor=house,
            item=item,
            now=now,
            reason=_("诉求 %(number)s 已结束") % {"number": case.number},
        )
