"""Doors to the four lists, by subject."""
