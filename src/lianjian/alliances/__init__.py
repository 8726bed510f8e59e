"""Alliances: who stands together, in what form and mode, from when to when, and how many that are on a day."""
