"""The figures that alliances, pairings, campaigns and shared benefits can answer for."""

from . import campaigns, pairing, standing

INDICATORS = [*standing.INDICATORS, *pairing.INDICATORS, *campaigns.INDICATORS]
