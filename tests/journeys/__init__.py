"""Journeys: what people of the demonstration town do, in a real browser."""
