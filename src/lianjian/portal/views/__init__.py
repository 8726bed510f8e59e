"""Doors of the portal: for anybody, and for the office that opens entrances."""
