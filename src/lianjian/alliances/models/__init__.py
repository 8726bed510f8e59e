"""Alliances and pairings: what exists and what must always hold."""

from .facts import PairFact, PairRule
from .pairings import Contribution, PairAction, Pairing, PairMeasure, PairRecord
from .programmes import Programme, ProgrammeSide
from .proposals import Proposal, ProposalPair
from .standing import Alliance, AllianceMember, AllianceQuerySet, Brand, Demonstration, MemberQuerySet, Term

__all__ = [
    "Alliance",
    "AllianceMember",
    "AllianceQuerySet",
    "Brand",
    "Contribution",
    "Demonstration",
    "MemberQuerySet",
    "PairAction",
    "PairFact",
    "PairMeasure",
    "PairRecord",
    "PairRule",
    "Pairing",
    "Programme",
    "ProgrammeSide",
    "Proposal",
    "ProposalPair",
    "Term",
]
