"""Doors to points."""
