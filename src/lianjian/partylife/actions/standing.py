"""Whether somebody may go on with a person's way into the party."""

from __future__ import annotations

from typing import Any

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.rights import require

from .. import rules
from ..models import Applicant


def place_of(applicant: Applicant) -> Any:
    """Over what the right is asked: the firm where he works, or the whole place."""
    return applicant.enterprise if applicant.enterprise is not None else Whole(applicant.jurisdiction_id)


def require_open(actor: Actor, applicant: Applicant, *, ended: bool = False) -> None:
    """Raise `Denied`; `Ended` where the way has ended (unless `ended` is no hindrance) or was taken back.

    Asked over the firm, and, where the firm says no, over the branch that develops him.
    """
    branch = applicant.branch
    if branch is None or not actor.may("partylife.write", branch):
        require(actor, "partylife.write", place_of(applicant))
    else:
        require(actor, "partylife.write", branch)
    if applicant.withdrawn_at is not None or (applicant.ended_on is not None and not ended):
        raise rules.Ended
