"""Doors of figures and reports."""
