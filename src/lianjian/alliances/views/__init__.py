"""Doors to alliances and pairings."""
