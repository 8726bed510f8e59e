"""The votes on a decision counted again: by hand where they were written down wrongly, or because the list changed."""

from __future__ import annotations

from datetime import datetime

from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import Charge, Decision, Meeting
from ..rolls import electorate_of
from ..rules import meetings as rules
from ..rules.voting import NeverVoted, Vote, VotesBeyondList
from .deciding import counted
from .following import spread
from .meetings import held_fast

COUNTS = ("eligible", "present", "yes", "no", "abstain")


@verb
def recount(*, actor: Actor, decision: Decision, vote: Vote, reason: str, now: datetime) -> Decision:
    """The votes were written down wrongly. Judged anew: what is adopted now is the convener's to do where nobody was
    charged, what is lost now is nobody's.

    Raises `ReasonNeeded`, `NeverVoted`, `DecisionSettled`, `NotHeld`, `Denied`, what `tally_of` refuses.
    """
    meeting = held_fast(actor, decision.meeting, rules.HELD)
    found = Decision.objects.get(pk=decision.pk)
    if found.yes is None:
        raise NeverVoted
    if found.state not in (rules.DOING, rules.LOST):
        raise rules.DecisionSettled
    if not reason.strip():
        raise rules.ReasonNeeded
    before = _take(actor, meeting, found, vote, now)
    spread(actor=actor, meeting=meeting, now=now)
    changes = {name: (old, getattr(found, name)) for name, old in before.items() if old != getattr(found, name)}
    changes |= {"text": (found.text, found.text), "reason": ("", reason.strip()[:200])}
    record(actor=actor, verb="events.recount", subject=meeting, now=now, changes=changes)
    return found


def agree_with_list(actor: Actor, meeting: Meeting, now: datetime) -> dict[str, tuple[str, str]]:
    """The list says now who came: votes are held against it, and decisions judged anew where that changed.

    Only where a rule says who has the vote: elsewhere bodies write their lists one after the other, and the first is
    not all who came. Part of the verb that writes the list; returns what that says in the journal. What was settled
    already stays so, with the new finding beside it. Raises `VotesBeyondList` where more votes were counted than people
    came.
    """
    voted = list(meeting.decisions.filter(yes__isnull=False).order_by("number"))
    if not voted or meeting.jurisdiction_id not in actor.writable:
        return {}
    who = electorate_of(meeting)
    if who is None or who.eligible is None or who.present is None:
        return {}
    eligible, present = who.eligible, who.present
    before, after = [], []
    for one in voted:
        votes = one.yes + one.no + one.abstain
        if votes > present:
            raise VotesBeyondList(number=one.number, votes=votes, present=present)
        if (one.eligible, one.present) != (eligible, present):
            before.append(_told(one))
            _take(actor, meeting, one, Vote(one.yes, one.no, one.abstain), now)
            after.append(_told(one))
    if not after:
        return {}
    spread(actor=actor, meeting=meeting, now=now)
    return {"decision": ("、".join(before), "、".join(after))}


def _told(one: Decision) -> str:
    return f"{one.number}. {one.present}/{one.eligible} {translate(rules.DECISIONS[one.state])}"


def _take(actor: Actor, meeting: Meeting, one: Decision, vote: Vote, now: datetime) -> dict[str, object]:
    """Write the votes and what follows from them; gives what was there before."""
    before = {name: getattr(one, name) for name in (*COUNTS, "state")}
    kept = counted(actor, meeting, vote, now)
    settled = one.state in (rules.DONE, rules.DROPPED)
    if not settled:
        kept = {"state": rules.DOING, "settled_on": None, "evaluation": None, **kept}
    else:
        kept = {name: value for name, value in kept.items() if name not in ("state", "settled_on")}
    for name, value in kept.items():
        setattr(one, name, value)
    one.save(update_fields=list(kept))
    if one.state == rules.DOING and not one.charges.exists():
        Charge.objects.create(
            jurisdiction_id=meeting.jurisdiction_id, decision=one, organization=meeting.convener
        )
    return before
