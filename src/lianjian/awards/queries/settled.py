"""Which period of an award was settled last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Max

from .. import rules
from ..models import Round, Scheme


def last_settled(rows: Sequence[Scheme]) -> dict[int, date]:
    """First day of the last period with a result, or with the word that nobody is chosen; by award. One query."""
    if not rows:
        return {}
    held = Round.objects.filter(scheme__in=[one.pk for one in rows], state__in=rules.SETTLED)
    return dict(held.values("scheme").annotate(last=Max("starts")).values_list("scheme_id", "last"))
