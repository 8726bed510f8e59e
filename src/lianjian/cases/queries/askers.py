"""For whom a person may file a need."""

from __future__ import annotations

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_choices
from lianjian.events.queries import VISITABLE, covered_choices
from lianjian.foundation.actor import Actor, whole_jurisdictions


def own_bodies(actor: Actor) -> list[Organization]:
    """Bodies for which the actor files by a grant on them (a contact's firm, a village); none for the office."""
    scopes = actor.scopes("cases.register")
    if not scopes or any(scope.whole for scope in scopes) or covered_choices(actor):
        return []
    ids = [scope.organization_id for scope in scopes]
    return list(Organization.objects.filter(pk__in=ids, classification__in=VISITABLE).order_by("name"))


def village_choices(actor: Actor, text: str) -> list[dict[str, str]]:
    """`[{key, label, note}]`: villages and communities of the actor's places."""
    found = []
    for home in actor.readable[:1] if not actor.jurisdiction_id else (actor.jurisdiction_id,):
        found += organization_choices(actor, text, classifications=("village",), jurisdiction_id=home)
    return found


def asker_choices(actor: Actor, text: str, *, limit: int = 12) -> list[dict[str, str]]:
    """`[{key, label, note}]`: covered enterprises first, then everybody's for the office of the place."""
    words = text.strip()
    found = [{"key": key, "label": name, "note": ""} for key, name in covered_choices(actor) if words in name]
    seen = {choice["key"] for choice in found}
    for body in own_bodies(actor):
        if str(body.key) not in seen and words in body.name:
            found.append({"key": str(body.key), "label": body.name, "note": ""})
    for home in whole_jurisdictions(actor, "cases.register")[:1]:
        choices = organization_choices(
            actor, words, classifications=VISITABLE, jurisdiction_id=home, limit=limit
        )
        found += [choice for choice in choices if choice["key"] not in seen]
    return found[:limit]
