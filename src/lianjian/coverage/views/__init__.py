"""Doors to coverage, by subject."""
