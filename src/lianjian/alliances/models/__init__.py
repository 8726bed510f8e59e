"""Alliances, pairings, campaigns, honours and shared benefits: what exists and what must always hold."""

from .benefits import BenefitAgreement, BenefitFigure, BenefitItem, BenefitParty, BenefitPayout, BenefitShare
from .campaigns import Campaign, CampaignAction, CampaignMeeting, Participant, ParticipantStep
from .facts import PairFact, PairRule
from .honours import Honour
from .leading import CampaignLead
from .pairings import Contribution, PairAction, Pairing, PairMeasure, PairRecord
from .people import PersonSeat
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
    "CampaignLead",
    "CampaignMeeting",
    "CampaignRecord",
    "Participant",
    "ParticipantStep",
    "BenefitAgreement",
    "BenefitFigure",
    "BenefitItem",
    "BenefitParty",
    "BenefitPayout",
    "BenefitShare",
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
    "PersonSeat",
    "Programme",
    "ProgrammeSide",
    "Proposal",
    "ProposalPair",
    "Term",
]
