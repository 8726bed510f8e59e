"""The figures that alliances and pairings can answer for."""

from . import pairing, standing

INDICATORS = [*standing.INDICATORS, *pairing.INDICATORS]

