"""When points were exchanged last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Max, Q

from ..models import Exchange, ExchangeDay, Scheme
from ..rules import points as rules


def held_days(prefix: str = "") -> Q:
    """Days that were closed, or on which something was given and not given back."""
    used = Exchange.objects.standing().values("day")
    closed, open_ = {f"{prefix}state": rules.CLOSED}, {f"{prefix}state": rules.OPEN, f"{prefix}pk__in": used}
    return Q(**closed) | Q(**open_)


def last_exchange(rows: Sequence[Scheme], day: date) -> dict[int, date]:
    """The last exchange day up to a day that was held; by scheme. One query."""
    if not rows:
        return {}
    held = ExchangeDay.objects.filter(held_days(), scheme__in=[one.pk for one in rows], on__lte=day)
    return dict(held.values("scheme").annotate(last=Max("on")).values_list("scheme_id", "last"))
