"""What is known of bodies before they are paired: what a survey wrote down, and what the directory has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models.organizations import EnterpriseProfile
from lianjian.foundation import registry
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import PairFact as Fact
from lianjian.foundation.declare import PairFactSource

from ..models import PairFact


def stated(actor: Actor, bodies: Sequence[int], day: date) -> list[Fact]:
    """What the office wrote down up to a day; facts between two where either is asked about."""
    rows = PairFact.objects.visible_to(actor).filter(day__lte=day)
    rows = rows.filter(Q(organization_id__in=bodies) | Q(partner_id__in=bodies)).order_by("day", "pk")
    found = rows.values_list("kind", "organization_id", "partner_id", "text", "value", "day", "source")
    return [
        Fact(kind, body, partner, text, None if value is None else float(value), on, source)
        for kind, body, partner, text, value, on, source in found
    ]


def registered(actor: Actor, bodies: Sequence[int], day: date) -> list[Fact]:
    """The industry of a firm's record; older than anything a survey says."""
    rows = EnterpriseProfile.objects.filter(organization_id__in=bodies, industry__isnull=False)
    return [
        Fact("industry", body, None, code, None, date.min, str(_("组织机构")))
        for body, code in rows.values_list("organization_id", "industry__code")
    ]


PAIR_FACTS = [
    PairFactSource(_("组织机构"), registered),  # type: ignore[arg-type]
    PairFactSource(_("结对前调研"), stated),  # type: ignore[arg-type]
]


@dataclass
class Known:
    """The newest of everything: what is not in here is unknown."""

    industry: dict[int, str] = field(default_factory=dict)
    markets: dict[int, set[str]] = field(default_factory=dict)
    surveyed: set[int] = field(default_factory=set)
    income: dict[int, tuple[float, date]] = field(default_factory=dict)
    contract: dict[tuple[int, int], float] = field(default_factory=dict)
    jobs: dict[tuple[int, int], float] = field(default_factory=dict)


def known(actor: Actor, bodies: Sequence[int], day: date) -> Known:
    """The facts of all sources about these bodies; one query for each source."""
    facts = [fact for source in registry.pair_facts for fact in source.facts(actor, bodies, day)]
    found = Known()
    # Sorted as a whole, so that the newest wins whoever told it and in whatever order; the value decides the rest.
    for fact in sorted(facts, key=lambda one: (one.day, one.kind, one.text, one.value or 0, one.source)):
        _take(found, fact)
    return found


def _take(found: Known, fact: Fact) -> None:
    body = fact.organization_id
    if fact.kind == "industry":
        found.industry[body] = fact.text
    elif fact.kind == "market":
        held = found.markets.setdefault(body, set())
        # A number of 0 takes a market back that the body no longer sells to.
        (held.discard if fact.value == 0 else held.add)(fact.text)
    elif fact.kind == "surveyed":
        (found.surveyed.discard if fact.value == 0 else found.surveyed.add)(body)
    elif fact.kind == "income" and fact.value is not None:
        found.income[body] = (fact.value, fact.day)
    elif fact.kind in ("contract", "jobs") and fact.partner_id is not None and fact.value is not None:
        pairs = found.contract if fact.kind == "contract" else found.jobs
        pairs[body, fact.partner_id] = pairs[fact.partner_id, body] = fact.value
