"""Judge whether enough of those entitled were at a branch's meeting, and keep what came out."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from lianjian.directory.models import Organization
from lianjian.events.models import Meeting
from lianjian.events.rules.voting import LargerThanRoll
from lianjian.foundation.actor import Actor
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.rulebook.actions import check
from lianjian.rulebook.queries import finding
from lianjian.rulebook.rules import Tally

from ..models import Quorum
from ..queries.quorum import asks_quorum, count_of, day_of, hosts_of
from ..rules import cadence as rules


class Judged(NamedTuple):
    """How many bodies were judged, and the ids of those for which the meeting counted and counts no more."""

    number: int = 0
    lost: tuple[int, ...] = ()


def judge_meeting(*, actor: Actor, meeting: Meeting, place: int, now: datetime) -> Judged:
    """Every host of the place whose list is written; replaces what was judged before. Part of a verb.

    Who was judged by the same numbers is not judged again.
    """
    judged, lost = 0, []
    if meeting.kind not in rules.QUORUMS:
        return Judged()
    for body in hosts_of(meeting):
        if body.jurisdiction_id != place or not asks_quorum(meeting, body):
            continue
        found = count_of(meeting, body)
        if found.eligible is not None and found.present is not None:
            known = Quorum.objects.filter(meeting=meeting, branch=body).first()
            if known is not None and (known.eligible, known.present, known.typed) == (*found, False):
                continue
            reason = known.reason if known is not None else ""
            row = _keep(actor, meeting, body, Tally(found.eligible, found.present), reason, now, typed=False)
            judged += 1
            if known is not None and known.counts and not row.counts:
                lost.append(body.pk)
    return Judged(judged, tuple(lost))


def _keep(
    actor: Actor, meeting: Meeting, body: Organization, tally: Tally, reason: str, now: datetime, *, typed: bool
) -> Quorum:
    evaluation = check(
        actor=actor, code=rules.QUORUMS[meeting.kind], act=tally, day=day_of(meeting), now=now,
        jurisdiction_id=body.jurisdiction_id, reason=reason, enforce=False,
    )  # fmt: skip
    out = finding(evaluation)
    values = {
        "jurisdiction_id": body.jurisdiction_id,
        "eligible": tally.eligible,
        "present": tally.present,
        "typed": typed,
        "reason": reason,
        "met": out is not None and out.passed,
        "counts": out is not None and out.stands,
        "evaluation": evaluation,
    }
    row, _made = Quorum.objects.update_or_create(meeting=meeting, branch=body, defaults=values)
    return row


@verb
def count_quorum(
    *,
    actor: Actor,
    meeting: Meeting,
    branch: Organization,
    eligible: int,
    present: int,
    now: datetime,
    reason: str = "",
) -> Quorum:
    """Where no list was written: how many were entitled and how many of them came.

    A `reason` lets a meeting count that a rule with WARN finds too small. Raises `NoQuorumAsked`, `ListSpeaks`,
    `LargerThanRoll`, `Denied`, and what cannot be (`rulebook/rules/votes.py`).
    """
    from .cadence import reopen_bodies, settle_bodies

    require(actor, "partylife.write", branch)
    hosting = branch.pk in {body.pk for body in hosts_of(meeting)}
    if meeting.state != "held" or not hosting or not asks_quorum(meeting, branch):
        raise rules.NoQuorumAsked
    list(Organization.objects.filter(pk=branch.pk).select_for_update(of=("self",), no_key=True))
    found = count_of(meeting, branch)
    if found.present is not None:
        raise rules.ListSpeaks
    if found.eligible is not None and eligible > found.eligible:
        raise LargerThanRoll(eligible=eligible, roll=found.eligible)
    known = Quorum.objects.filter(meeting=meeting, branch=branch)
    before = known.values_list("eligible", "present", "counts").first() or ("", "", False)
    row = _keep(actor, meeting, branch, Tally(eligible, present), reason.strip()[:200], now, typed=True)
    settle_bodies(actor, [branch.pk], branch.jurisdiction_id, now)
    lost = {branch.pk} if before[2] and not row.counts else set()
    reopen_bodies(actor, meeting, [branch.pk], branch.jurisdiction_id, now, lost)
    changes = {"eligible": (before[0], eligible), "present": (before[1], present), "reason": ("", row.reason)}
    record(actor=actor, verb="partylife.count_quorum", subject=row, now=now, changes=changes)
    return row
