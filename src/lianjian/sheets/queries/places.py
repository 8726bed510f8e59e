"""Where a person may import to."""

from __future__ import annotations

from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.jurisdictions.models import Jurisdiction

from ..models import RIGHT


def places_of(actor: Actor) -> list[tuple[int, str]]:
    """(id, name) of the jurisdictions that the actor may import to and write; one's own first."""
    allowed = set(whole_jurisdictions(actor, RIGHT)) & set(actor.writable)
    rows = Jurisdiction.objects.filter(pk__in=allowed).order_by("id").values_list("id", "name")
    return sorted(rows, key=lambda row: row[0] != actor.jurisdiction_id)
