"""One evaluator for every quorum and every majority (the master vote table). Integers only.

`params` of a rule of kind quorum or majority:

    {"rolls": {ROLL: {"quorum": SHARE, "pass": SHARE, "of": "eligible" or "present"}},
     "written": true, "plurality": true, "needs": {CODE: words}}

A roll says who is counted (`ROLLS`); where the law lets a meeting be counted by adults or by households, there are two.
`quorum` or `pass` may be missing. `floor` of a default: what no local rule may go below. `written`: opinions of absent
voters handed in before the meeting count as votes, not as presence. `plurality`: more votes than the next one. `needs`:
what must have been observed, such as a secret ballot. `order`: the codes in the order of the law.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from lianjian.foundation.errors import Refused, _

from .findings import NegativeNumber, Step, ordered
from .words import Share, share_of

Params = Mapping[str, Any]

# Who is counted: (all who are entitled, those who came or voted). 应到会 is never 实到会, residents are never members.
ROLLS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "voters": (_("应到会有表决权的正式党员"), _("实到会有表决权的正式党员")),
        "party_electors": (_("应到会有选举权的党员"), _("实到会有选举权的党员")),
        "committee": (_("支部委员会成员"), _("到会委员")),
        "party_members": (_("应到会党员"), _("实到会党员")),
        "adults": (_("十八周岁以上的村民"), _("到会的村民")),
        "households": (_("应到会的户代表"), _("到会的户代表")),
        "assembly": (_("村民代表会议组成人员"), _("到会的组成人员")),
        "electors": (_("登记参加选举的村民"), _("参加投票的村民")),
        "members": (_("全体具有完全民事行为能力的成员"), _("到会的成员")),
        "representatives": (_("全体成员代表"), _("到会的成员代表")),
        "directors": (_("全体理事"), _("到会的理事")),
        "members_meeting": (_("村民会议应到成员"), _("村民会议到会成员")),
        "village_representatives": (_("全体村民代表"), _("到会的村民代表")),
        "residents": (_("十八周岁以上的居民"), _("到会的居民")),
        "resident_assembly": (_("居民代表会议组成人员"), _("到会的居民代表会议组成人员")),
    }
)


class NobodyEntitled(Refused):
    """A vote of nobody."""

    sentence = _("应到会人数要大于零。")
    field = "eligible"


class MorePresentThanEligible(Refused):
    """More people came than are entitled."""

    sentence = _("实到 %(present)s 人多于应到 %(eligible)s 人,请核对人数。")
    field = "present"


class MoreVotesThanPresent(Refused):
    """More votes were cast than people were there."""

    sentence = _("票数合计 %(votes)s 多于实到 %(present)s 人,请核对票数。")
    field = "yes"


class MoreWrittenThanAbsent(Refused):
    """More written opinions than people were absent, or more written yes than written opinions."""

    sentence = _("书面意见 %(written)s 份多于未到会的 %(absent)s 人,请核对。")
    field = "written"


class WrittenNotCounted(Refused):
    """Written opinions where the rule does not count them."""

    sentence = _("这项表决不计书面意见,只计到会人员的票。")
    field = "written"


class RollUnknown(Refused):
    """The vote is counted by other people than those named."""

    sentence = _("这项表决不按“%(roll)s”计算人数。")
    field = "roll"


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted. `yes` None: the vote is still to come, only the quorum is asked.

    `roll` empty: the only or first one of the rule. `written` opinions of absent voters, `written_yes` of them in
    favour. `rival`: votes of the next candidate. `observed`: codes of the rule's `needs` that were seen to.
    """

    eligible: int
    present: int
    yes: int | None = None
    no: int = 0
    abstain: int = 0
    written: int = 0
    written_yes: int = 0
    roll: str = ""
    rival: int | None = None
    observed: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        counts = (
            self.eligible,
            self.present,
            self.yes or 0,
            self.no,
            self.abstain,
            self.written,
            self.written_yes,
        )
        if min((*counts, self.rival or 0)) < 0:
            raise NegativeNumber(field="eligible")
        if self.eligible == 0:
            raise NobodyEntitled
        if self.present > self.eligible:
            raise MorePresentThanEligible(present=self.present, eligible=self.eligible)
        votes = (self.yes or 0) + self.no + self.abstain
        if votes > self.present:
            raise MoreVotesThanPresent(votes=votes, present=self.present)
        absent = self.eligible - self.present
        if self.written > absent or self.written_yes > self.written:
            raise MoreWrittenThanAbsent(written=max(self.written, self.written_yes), absent=absent)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, to be stored."""
        return {
            "eligible": self.eligible,
            "present": self.present,
            "yes": self.yes,
            "no": self.no,
            "abstain": self.abstain,
            "written": self.written,
            "written_yes": self.written_yes,
            "roll": self.roll,
            "rival": self.rival,
            "observed": sorted(self.observed),
        }


def roll_of(params: Params, tally: Tally) -> str:
    """The code of the people counted. Raises `RollUnknown`."""
    rolls = params["rolls"]
    if not tally.roll:
        return ordered(params, "rolls")[0][0]
    if tally.roll not in rolls:
        raise RollUnknown(roll=tally.roll)
    return tally.roll


def judge(params: Params, tally: Tally) -> list[Step]:
    """Quorum, majority and what must be observed, each as one comparison."""
    roll = roll_of(params, tally)
    asked = params["rolls"][roll]
    if tally.written and not params.get("written"):
        raise WrittenNotCounted
    steps: list[Step] = []
    if asked.get("quorum"):
        steps.append(
            _step("quorum", roll, "eligible", share_of(asked["quorum"]), tally.present, tally.eligible)
        )
    if asked.get("pass") and tally.yes is not None:
        of = asked["of"]
        total = tally.eligible if of == "eligible" else tally.present
        share = share_of(asked["pass"])
        steps.append(
            {
                **_step("pass", roll, of, share, tally.yes + tally.written_yes, total),
                "written": tally.written_yes,
            }
        )
    if params.get("plurality") and tally.rival is not None and tally.yes is not None:
        steps.append(
            {"test": "plurality", "n": tally.yes, "rival": tally.rival, "holds": tally.yes > tally.rival}
        )
    if tally.yes is not None and params.get("needs"):
        asked_for = ordered(params, "needs")
        missing = [words for code, words in asked_for if code not in tally.observed]
        names = [words for _code, words in asked_for]
        steps.append({"test": "all_of", "names": names, "missing": missing, "holds": not missing})
    return steps


def _step(what: str, roll: str, of: str, share: Share, n: int, total: int) -> Step:
    return {
        "test": "share",
        "what": what,
        "roll": roll,
        "of": of,
        "share": share.code,
        "n": n,
        "total": total,
        "least": share.least(total),
        "holds": share.met(n, total),
    }


def tightened(national: Params, local: Params) -> dict[str, Any]:
    """The national vote with every stricter share of the local one."""
    rolls: dict[str, Any] = {}
    for roll, asked in national["rolls"].items():
        own = local.get("rolls", {}).get(roll, {})
        rolls[roll] = {**asked, **{k: v for k, v in own.items() if _stricter(k, v, asked.get(k))}}
    return {**national, "rolls": rolls, "needs": {**local.get("needs", {}), **national.get("needs", {})}}


def replaced(national: Params, local: Params) -> dict[str, Any]:
    """A default vote with what the local one says instead."""
    own = local.get("rolls", {})
    rolls = {roll: {**asked, **own.get(roll, {})} for roll, asked in national["rolls"].items()}
    return {**national, "rolls": rolls}


def looser(national: Params, local: Params) -> bool:
    """Whether the local vote asks less anywhere, or counts people the national one does not."""
    for roll, own in local.get("rolls", {}).items():
        asked = national["rolls"].get(roll)
        if asked is None:
            return True
        for key, value in own.items():
            if value != asked.get(key) and not _stricter(key, value, asked.get(key)):
                return True
    return False


def _stricter(key: str, local: str, national: str | None) -> bool:
    if key == "of":
        return local == "eligible" and national == "present"
    return national is None or share_of(local).asks_more_than(share_of(national))


@dataclass(frozen=True, slots=True)
class Election:
    """Who is elected, who stands again for how many seats left, by the votes counted."""

    elected: tuple[str, ...]
    again: tuple[str, ...]
    left: int


def elected(votes: Mapping[str, int], *, seats: int, total: int, share: str = "more_than_half") -> Election:
    """Those with the share of `total`, by votes up to `seats`; equal votes at the cut stand again between them.

    Fewer than the seats: the rest stand again for what is left (选举条例 art. 30-32).
    """
    asked = share_of(share)
    enough = sorted((name for name, n in votes.items() if asked.met(n, total)), key=lambda name: -votes[name])
    if len(enough) <= seats:
        rest: Sequence[str] = [name for name in votes if name not in enough]
        return Election(tuple(enough), tuple(rest) if len(enough) < seats else (), seats - len(enough))
    cut = votes[enough[seats]]
    sure = [name for name in enough[:seats] if votes[name] > cut]
    tied = [name for name in enough if votes[name] == cut]
    return Election(tuple(sure), tuple(tied) if len(sure) < seats else (), seats - len(sure))
