"""Visits, meetings and what comes of them, venues."""

from .visits import INSTRUCTOR, Purpose, Visit, VisitPerson, covered_by

__all__ = ["INSTRUCTOR", "Purpose", "Visit", "VisitPerson", "covered_by"]
