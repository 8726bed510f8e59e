"""Verbs of the four lists."""

from .claiming import (
    add_outcome,
    agree,
    claims_stay,
    fulfil,
    propose,
    rate,
    refuse,
    take_back,
    withdraw_outcome,
)
from .issuing import issue_edition
from .publishing import FIELDS, change_item, end_item, publish

__all__ = [
    "FIELDS",
    "add_outcome",
    "agree",
    "change_item",
    "claims_stay",
    "end_item",
    "fulfil",
    "issue_edition",
    "propose",
    "publish",
    "rate",
    "refuse",
    "take_back",
    "withdraw_outcome",
]
