"""Visits, meetings and venues in the programming interface."""

from .visits import router

__all__ = ["router"]
