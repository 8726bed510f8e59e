"""Doors to the inbox."""
