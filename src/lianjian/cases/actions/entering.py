"""A need that a body enters in the list of needs: one form, one case, one item."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.verbs import verb
from lianjian.lists.models import Item

from ..models import Case
from .publishing import publish_need
from .registering import register_case


@verb
def tell_and_publish(
    *,
    actor: Actor,
    organization: Organization,
    text: str,
    category: Any,
    now: datetime,
    source: str = "online",
    **facts: Any,
) -> tuple[Case, Item]:
    """A need that a body enters in the list: the case through its own door, then its publication.

    `category` is the case's; `list_category` that of the item; the rest as in `publish_need`.
    """
    list_category = facts.pop("list_category")
    title = facts.pop("title")
    case = register_case(
        actor=actor,
        organization=organization,
        text=text or title,
        title=title,
        category=category,
        source=source,
        now=now,
    )
    item = publish_need(
        actor=actor, case=case, now=now, title=title, text=text, category=list_category, **facts
    )
    return case, item
