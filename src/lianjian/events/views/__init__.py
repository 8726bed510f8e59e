"""Doors to visits, meetings and venues, by subject."""
