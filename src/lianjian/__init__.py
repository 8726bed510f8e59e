"""Lianjian (联建): record once, report everywhere."""

__version__ = "0.1.0"
