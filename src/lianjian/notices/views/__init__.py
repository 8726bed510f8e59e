"""Doors to the inbox and to documents."""
