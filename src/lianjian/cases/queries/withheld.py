"""Keys of what must not be come across by whom an accusation is against, for duties and the journal."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from lianjian.foundation.actor import Actor

from ..models import Case, Handover
from ..models.accusations import accused_tree


def withheld_cases(actor: Actor) -> QuerySet[Case, Any] | None:
    """Keys of accusations of a body in whose tree the actor is."""
    barred = accused_tree(actor)
    return None if barred is None else Case.objects.filter(barred, accused__isnull=False).values("key")


def withheld_handovers(actor: Actor) -> QuerySet[Handover, Any] | None:
    """The same of what other units were asked about them."""
    barred = accused_tree(actor, "case__accused_id")
    return None if barred is None else Handover.objects.filter(barred, case__accused__isnull=False).values("key")
