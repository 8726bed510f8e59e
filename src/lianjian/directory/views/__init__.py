"""Doors of the directory, by subject."""
