"""The figures that alliances, pairings, campaigns and shared benefits can answer for."""

from . import campaigns, chains, pairing, standing

INDICATORS = [*standing.INDICATORS, *chains.INDICATORS, *pairing.INDICATORS, *campaigns.INDICATORS]
