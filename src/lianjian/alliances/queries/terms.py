"""The code lists of alliances: what is known everywhere, then what the place and those above it added."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext

from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate
from lianjian.foundation.remembered import remembered
from lianjian.rulebook.queries import line_of

from ..models import Term
from ..rules import LISTS, UnknownTerm


def term_name(code: str) -> str:
    """A term in the active language; a place's own is its own name."""
    return gettext(code) if code else ""


def terms(jurisdiction_id: int, list_code: str, *held: str) -> list[tuple[str, str]]:
    """(code, name) for forms and filters; retired words only where they are `held` already. One query."""
    rows = Term.objects.filter(jurisdiction_id__in=line_of(jurisdiction_id), list=list_code)
    own = rows.filter(Q(retired_on__isnull=True) | Q(name__in=held)).order_by("id")
    names = dict.fromkeys([*LISTS[list_code][1], *own.values_list("name", flat=True)])
    return [(code, gettext(code)) for code in names]


def every_term(jurisdiction_id: int) -> dict[str, list[tuple[str, str]]]:
    """`terms` of all lists at once; one query."""
    rows = Term.objects.filter(
        jurisdiction_id__in=line_of(jurisdiction_id), retired_on__isnull=True
    ).order_by("id")
    found = {code: dict.fromkeys(known) for code, (_name, known) in LISTS.items()}
    for list_code, name in rows.values_list("list", "name"):
        found[list_code][name] = None
    return {code: [(name, gettext(name)) for name in names] for code, names in found.items()}


def check_term(jurisdiction_id: int, list_code: str, word: str, *held: str) -> None:
    """Raises `UnknownTerm` unless the word is offered, or was there before."""
    if word in held or word in dict(terms(jurisdiction_id, list_code)):
        return
    raise UnknownTerm(term=word[:30], list=translate(LISTS[list_code][0]))


def own_terms(jurisdiction_id: int) -> dict[str, list[Term]]:
    """What the place added, by list, those on offer first; one query."""
    rows = Term.objects.filter(jurisdiction_id=jurisdiction_id)
    found: dict[str, list[Term]] = {code: [] for code in LISTS}
    for row in rows.order_by(F("retired_on").asc(nulls_first=True), "id"):
        found[row.list].append(row)
    return found


def within(way: str, place: Any) -> Q:
    """In a place or below it; places are nested three deep at most (province, city, county, town)."""
    found, field = Q(), f"{way}jurisdiction"
    for _level in range(4):
        found |= Q(**{f"{field}_id" if field.endswith("jurisdiction") else field: place})
        field += "__parent"
    return found


def of_chain(term: Term, way: str = "") -> Q:
    """The alliances of a chain: its word, in its place and those below."""
    return Q(**{f"{way}chain": term.name}) & within(way, term.jurisdiction_id)


def named_chain(actor: Actor, value: str) -> Term | None:
    """The chain of a key."""
    try:
        return Term.objects.visible_to(actor).filter(list="chain", key=UUID(value)).first()
    except ValueError:
        return None


def chain_options(actor: Actor) -> list[tuple[str, str]]:
    """Chains to choose from, those of another place told apart; asked for once in a request."""

    def asked() -> list[tuple[str, str]]:
        rows = Term.objects.visible_to(actor).filter(list="chain").order_by("name", "pk")
        found = rows.values_list("key", "name", "jurisdiction_id", "jurisdiction__name")
        home = actor.jurisdiction_id
        return [(str(key), name if place == home else f"{name} · {town}") for key, name, place, town in found]

    return remembered(("alliances.chains",), asked)
