"""Short ways to publish and claim, for the tests of this app."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lianjian.directory.models import Organization
from lianjian.lists import actions
from lianjian.lists.models import Claim, Item
from tests.cast import NOW, Cast

# Who speaks for a body of the cast.
SPEAKER = {
    "firm": "contact",
    "second_firm": "other_contact",
    "other_firm": "other_clerk",
    "village": "village",
}


def speaker(cast: Cast, body: Organization) -> Any:
    """The account that speaks for a body, with the context set."""
    for name, who in SPEAKER.items():
        if getattr(cast, name).pk == body.pk:
            return cast.actor(who)
    return cast.actor("clerk")


def published(cast: Cast, body: Organization | None = None, **facts: Any) -> Item:
    """A store of a hundred tons of the first firm's, unless told otherwise."""
    body = body or cast.firm
    given: dict[str, Any] = {
        "kind": "resource",
        "category": "仓储共用",
        "title": "闲置仓库",
        "capacity": Decimal(100),
        "unit": "吨",
        "reusable": True,
        **facts,
    }
    return actions.publish(actor=speaker(cast, body), organization=body, now=NOW, **given)


def proposed(cast: Cast, item: Item, body: Organization, side: str = "claimant", **terms: Any) -> Claim:
    """A proposal of a side."""
    actor = speaker(cast, item.organization if side == "owner" else body)
    return actions.propose(actor=actor, item=item, organization=body, side=side, now=NOW, **terms)


def moved(cast: Cast, claim: Claim, act: str, side: str, **more: Any) -> Claim:
    """A step of a side."""
    body = claim.item.organization if side == "owner" else claim.organization
    if act in ("refuse", "take_back"):
        more.setdefault("words", "计划有变")
    return getattr(actions, act)(actor=speaker(cast, body), claim=claim, side=side, now=NOW, **more)  # type: ignore[no-any-return]
