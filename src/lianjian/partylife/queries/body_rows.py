"""The rows behind the figures of bodies: branches by kind, bodies founded, units without any, terms that ran out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat

from lianjian.alliances.models import Alliance
from lianjian.alliances.queries import members_on
from lianjian.alliances.rules import FORMAL
from lianjian.directory.models import Link, Organization
from lianjian.foundation.actor import Actor, subtree_q
from lianjian.foundation.declare import Scoped

from ..models import Term
from ..models.doors import of_branches
from ..rules import bodies
from .bodies import Law, bodies_on, with_form
from .committees import overdue_on
from .unformed import lacking


def _body_rows(scoped: Scoped, rows: QuerySet[Any]) -> QuerySet[Any]:
    rows = rows.filter(jurisdiction_id__in=scoped.jurisdiction_ids)
    if scoped.path:
        rows = rows.filter(subtree_q("path", [scoped.path]))
    return rows.order_by("name", "pk")


def branches_at(seat: str, joint: bool | None = None) -> Callable[[Actor, Scoped], QuerySet[Any]]:
    """Branches that stood at the end of the period, by the kind of unit where they stand and how they were formed."""

    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
        found = bodies_on(actor, scoped.end).filter(form_level__in=bodies.BRANCHES)
        if seat:
            found = found.filter(form_seat=seat)
        if joint is not None:
            found = found.filter(form_formation="joint") if joint else found.exclude(form_formation="joint")
        return _body_rows(scoped, found)

    return rows


def founded(formation: str = "") -> Callable[[Actor, Scoped], QuerySet[Any]]:
    """Party organizations of firms and social bodies founded in the period, by the form of their first day.

    Dissolved since or not: what was founded was founded.
    """

    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
        found: Any = Organization.objects.filter(
            of_branches(actor, ""),
            classification=Organization.Classification.PARTY,
            merged_into__isnull=True,
            founded_on__range=(scoped.start, scoped.end),
        )
        found = with_form(found, OuterRef("founded_on")).filter(form_seat__in=["firm", "chamber", "social"])
        if formation:
            found = found.filter(form_formation=formation)
        return _body_rows(scoped, found)

    return rows


def lacks(lack: str) -> Callable[[Actor, Scoped], QuerySet[Any]]:
    """Units that no party organization reached at the end of the period, by what is known of their members."""

    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
        found = lacking(actor, scoped.end, Law(scoped.end), scoped.end.year).filter(lack=lack)
        return _body_rows(scoped, found)

    return rows


def overdue_terms(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """Terms past their end on the last day of the period, as far as was approved by then."""
    rows = Term.objects.visible_to(actor).filter(
        Q(branch__dissolved_on__isnull=True) | Q(branch__dissolved_on__gt=scoped.end),
        jurisdiction_id__in=scoped.jurisdiction_ids,
        branch__merged_into__isnull=True,
    )
    if scoped.path:
        rows = rows.filter(subtree_q("branch__path", [scoped.path]))
    return overdue_on(rows, scoped.end).select_related("branch").order_by("due_on", "pk")


def by_form(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With `form_and_level`: how it was formed and what it is, in one word for taking a figure apart."""
    found: QuerySet[Any] = rows.annotate(form_and_level=Concat("form_formation", Value("/"), "form_level"))
    return found


def chain_bodies(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """Party organizations of the place on industry chains at the period's end, by their form of that day (004-48).

    Those with a seat in an alliance of a chain, the committees of chains, and what hangs below these that day. An
    alliance may be another place's; a body counts where it stands, so that the numbers of places add up.
    """
    day = scoped.end
    alliances = Alliance.objects.visible_to(actor).standing(day).exclude(chain="").order_by()
    held: Any = alliances.filter(form=FORMAL).values("organization")
    seated = members_on(actor, day, alliances).values("body")  # type: ignore[misc]
    found = bodies_on(actor, day).filter(Q(pk__in=seated) | Q(pk__in=_down_from(held, day)))
    return by_form(_body_rows(scoped, found))


def _down_from(bodies: Any, day: date) -> RawSQL:
    """These bodies and all that hung below them on a day, at any depth, in one walk."""
    sql, params = bodies.query.sql_with_params()
    walk = (
        f"WITH RECURSIVE below(id) AS (SELECT * FROM ({sql}) AS first UNION SELECT l.target_id FROM below b"  # noqa: S608
        " JOIN directory_link l ON l.source_id = b.id AND l.kind = %s AND l.since <= %s"
        " AND (l.until IS NULL OR l.until > %s)) SELECT id FROM below"
    )
    return RawSQL(walk, [*params, Link.ADMINISTRATION, day, day])  # noqa: S611
