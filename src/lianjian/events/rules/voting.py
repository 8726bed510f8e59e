"""Votes on a decision: what was counted, and what cannot be. Free of Django."""

from __future__ import annotations

from dataclasses import dataclass

from lianjian.foundation.errors import Refused, _
from lianjian.rulebook.rules import Tally


class CountMissing(Refused):
    """Votes are held against those entitled and present."""

    sentence = _("这次会议没有能用的到会名单,请填应到和实到人数。")
    field = "eligible"


class ListSays(Refused):
    """Where a list was written, entitled and present follow from it."""

    sentence = _("按到会名单,应到 %(eligible)s 人、实到 %(present)s 人,与填写的不一致。请改正,或者不填,按名单计算。")
    field = "eligible"


class VotesBeyondList(Refused):
    """A list cannot say that fewer came than voted."""

    sentence = _(
        "第%(number)s项决定登记了 %(votes)s 票,按这份名单到会有表决权的只有 %(present)s 人。请核对名单;名单没有错的,"
        "先更正这项决定的票数,再改名单。"
    )
    status = 409


class NeverVoted(Refused):
    """Votes are counted again where there were some."""

    sentence = _("这项决定没有登记表决,没有票数可更正。")
    status = 409


class VotesMissing(Refused):
    """A vote has at least its yes counted."""

    sentence = _("登记表决,请填赞成票数(没有人赞成填0)。")
    field = "yes"


@dataclass(frozen=True)
class Vote:
    """Votes for, against and abstaining; `eligible` and `present` where no list says so."""

    yes: int
    no: int = 0
    abstain: int = 0
    eligible: int | None = None
    present: int | None = None


def tally_of(vote: Vote, eligible: int | None, present: int | None) -> Tally:
    """The vote with the numbers of the list, or those typed. `eligible` and `present` are what the list and roll say.

    Raises `CountMissing`, `ListSays`, and what cannot be: more votes than present, more present than entitled.
    """
    if eligible is not None and present is not None:
        typed = (vote.eligible, vote.present)
        if any(said is not None and said != known for said, known in zip(typed, (eligible, present), strict=True)):
            raise ListSays(eligible=eligible, present=present)
        return Tally(eligible, present, vote.yes, vote.no, vote.abstain)
    if vote.eligible is None or vote.present is None:
        raise CountMissing
    if eligible is not None and vote.eligible > eligible:
        raise LargerThanRoll(eligible=vote.eligible, roll=eligible)
    return Tally(vote.eligible, vote.present, vote.yes, vote.no, vote.abstain)


class LargerThanRoll(Refused):
    """Nobody has a vote who is not on the roll."""

    sentence = _("应到 %(eligible)s 人多于台账里有表决权的 %(roll)s 人,请核对人数。")
    field = "eligible"
