"""Items of the four lists, claims on them, editions, and rows by which they are matched."""

from .claims import Claim, ClaimStep, Outcome
from .editions import Edition, EditionLine
from .items import Item

__all__ = ["Claim", "ClaimStep", "Edition", "EditionLine", "Item", "Outcome"]
