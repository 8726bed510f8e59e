"""Alliances, pairings, campaigns, honours and shared benefits: what exists and what must always hold."""

from .campaigns import Campaign, CampaignAction, CampaignMeeting, Participant, ParticipantStep
from .facts import PairFact, PairRule
from .honours import BenefitAgreement, BenefitFigure, BenefitItem, Honour
from .pairings import Contribution, PairAction, Pairing, PairMeasure, PairRecord
from .programmes import Programme, ProgrammeSide
from .proposals import Proposal, ProposalPair
from .rectifying import CampaignRecord, Rectification, RectificationStep
from .reporting import PairReport, PairTask
from .showcase import ModelCase
from .standing import Alliance, AllianceMember, AllianceQuerySet, Brand, Demonstration, MemberQuerySet, Term

__all__ = [
    "Alliance",
    "AllianceMember",
    "AllianceQuerySet",
    "Brand",
    "Campaign",
    "CampaignAction",
    "CampaignMeeting",
    "CampaignRecord",
    "Participant",
    "ParticipantStep",
    "BenefitAgreement",
    "BenefitFigure",
    "BenefitItem",
    "Honour",
    "Rectification",
    "RectificationStep",
    "Contribution",
    "Demonstration",
    "MemberQuerySet",
    "ModelCase",
    "PairAction",
    "PairFact",
    "PairMeasure",
    "PairRecord",
    "PairReport",
    "PairTask",
    "PairRule",
    "Pairing",
    "Programme",
    "ProgrammeSide",
    "Proposal",
    "ProposalPair",
    "Term",
]
