"""Draft who should cover whom: ask the solver, keep its answer line by line."""

from __future__ import annotations

from datetime import date, datetime

from lianjian.foundation.actor import Actor

from .. import rules
from ..models import Leave, Proposal, ProposedCover
from ..queries.planning import question


def draft(
    actor: Actor, kind: str, scope: str, since: date, now: datetime, leave: Leave | None
) -> Proposal:
    """Ask the solver and keep what it says; of a leave only what changes. Part of the caller's verb.

    Of a leave it is told also where nobody can take over: who is away is away. Raises `TooManyFirms`, `NoHolders`.
    """
    away = leave.person_id if leave is not None else None
    asked = question(actor, kind=kind, scope=scope, day=since, leaving=away)
    if leave is not None and not asked.holders:
        cover = rules.nobody(asked.firms)
    else:
        cover = rules.propose(asked.firms, asked.holders)
    proposal = Proposal.objects.create(
        jurisdiction_id=actor.jurisdiction_id,
        kind=kind,
        scope=scope,
        leave=leave,
        since=since,
        shortages=[
            {
                "firms": [int(key) for key in one.firms],
                "holders": [asked.holder_names[key] for key in one.holders],
                "seats": one.seats,
                "lacking": one.lacking,
            }
            for one in cover.shortages
        ],
        proposed_at=now,
        proposed_by=actor.name[:80],
    )
    lines = [line for line in cover.lines if leave is None or line.way != "kept"]
    ProposedCover.objects.bulk_create([_line(proposal, line) for line in lines], batch_size=500)
    return proposal


def _line(proposal: Proposal, line: rules.Given) -> ProposedCover:
    holder, before = (int(key) if key else None for key in (line.holder, line.before))
    station = proposal.kind == "station"
    return ProposedCover(
        jurisdiction_id=proposal.jurisdiction_id,
        proposal=proposal,
        enterprise_id=int(line.firm),
        station_id=holder if station else None,
        person_id=None if station else holder,
        station_before_id=before if station else None,
        person_before_id=None if station else before,
        way=line.way if holder else "none",
        place=line.place[:120],
        distance=line.distance,
        load=line.load,
        most=line.most,
    )
