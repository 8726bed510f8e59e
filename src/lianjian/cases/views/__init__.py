"""Doors to cases, by subject."""
