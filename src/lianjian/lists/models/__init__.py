"""Items of the four lists, claims on them, editions, and rows by which they are matched."""

from .claims import Claim, ClaimStep, Outcome
from .editions import Edition, EditionLine
from .items import Item
from .matching import MatchChange, MatchCount, MatchEntry, MatchWeight, MatchWord, Synonym, Verdict

__all__ = [
    "Claim",
    "ClaimStep",
    "Edition",
    "EditionLine",
    "Item",
    "MatchChange",
    "MatchCount",
    "MatchEntry",
    "MatchWeight",
    "MatchWord",
    "Outcome",
    "Synonym",
    "Verdict",
]
