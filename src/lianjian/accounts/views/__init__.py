"""Doors to the house and to one's own account."""
