"""The field in which a body stands, as a word of a query: figures are taken apart by it."""

from __future__ import annotations

from django.db.models import Case, CharField, Value, When

from ..rules import sectors


def sector_of(name: str) -> Case:
    """Code of `rules.sectors.SECTORS` for the body that the relation `name` of a row leads to; `UNKNOWN` where none is.

    Ownership is that of today: the register keeps no former owners.
    """
    firms = [
        When(
            **{f"{name}__classification__in": sectors.FIRMS, f"{name}__enterprise__ownership": ownership},
            then=Value(code),
        )
        for ownership, code in sectors.OF_OWNERSHIP.items()
    ]
    kinds = [When(**{f"{name}__classification": kind}, then=Value(code)) for kind, code in sectors.OF_KIND.items()]
    return Case(
        When(**{f"{name}__isnull": True}, then=Value(sectors.UNKNOWN)),
        *firms,
        When(**{f"{name}__classification__in": sectors.FIRMS}, then=Value(sectors.FIRM)),
        *kinds,
        default=Value(sectors.OTHER),
        output_field=CharField(),
    )
