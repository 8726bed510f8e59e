"""Facts written down as Python data."""
