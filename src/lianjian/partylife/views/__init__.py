"""Doors to party life, by subject."""
