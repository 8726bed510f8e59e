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
from .matching import (
    accept_match,
    add_synonym,
    drop_verdict,
    follow,
    offer,
    offer_missing,
    refuse_match,
    retire_synonym,
    set_match_weight,
    withdraw,
)
from .publishing import FIELDS, change_item, end_item, publish

__all__ = [
    "FIELDS",
    "accept_match",
    "add_outcome",
    "add_synonym",
    "agree",
    "change_item",
    "claims_stay",
    "drop_verdict",
    "end_item",
    "follow",
    "fulfil",
    "issue_edition",
    "offer",
    "offer_missing",
    "propose",
    "publish",
    "rate",
    "refuse",
    "refuse_match",
    "retire_synonym",
    "set_match_weight",
    "take_back",
    "withdraw_outcome",
    "withdraw",
]
