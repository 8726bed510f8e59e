"""What exists about points."""

from .claims import Claim, Juror, Recusal, Review
from .ledger import Entry, Exchange, ExchangeDay, Good, StockMove
from .schemes import RIGHT, WRITE, Account, Edition, Item, Scheme

__all__ = [
    "RIGHT",
    "WRITE",
    "Account",
    "Claim",
    "Edition",
    "Entry",
    "Exchange",
    "ExchangeDay",
    "Good",
    "Item",
    "Juror",
    "Recusal",
    "Review",
    "Scheme",
    "StockMove",
]
