"""Number words and the master vote table: integers against an independent count."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianjian.rulebook.data.national import RULES
from lianjian.rulebook.rules import (
    SHARES,
    WORDS,
    MorePresentThanEligible,
    MoreVotesThanPresent,
    MoreWrittenThanAbsent,
    NegativeNumber,
    NobodyEntitled,
    RollUnknown,
    Tally,
    WrittenNotCounted,
    elected,
    votes,
)

LAST = {row.code: row for row in RULES}  # the newest version of each code


def holds(code: str, tally: Tally) -> bool:
    return all(step["holds"] for step in votes.judge(LAST[code].params, tally))


def seen_to(code: str, **counts: Any) -> Tally:
    """A tally with all that the rule wants observed."""
    return Tally(**counts, observed=frozenset(LAST[code].params.get("needs", {})))


@pytest.mark.parametrize(
    ("n", "more_than_half", "half", "two_thirds", "four_fifths"),
    [(3, 2, 2, 2, 3), (8, 5, 4, 6, 7), (15, 8, 8, 10, 12), (16, 9, 8, 11, 13)],
)
def test_number_words(n: int, more_than_half: int, half: int, two_thirds: int, four_fifths: int) -> None:
    """The published vectors: 过半数, 半数以上, 三分之二以上, 五分之四."""
    wanted = {
        "more_than_half": more_than_half,
        "half": half,
        "two_thirds": two_thirds,
        "four_fifths": four_fifths,
    }
    for code, least in wanted.items():
        share = SHARES[code]
        assert share.least(n) == least
        assert share.met(least, n) and not share.met(least - 1, n)


@pytest.mark.parametrize(
    ("word", "below", "at", "above"),
    [
        ("以上", False, True, True),
        ("不少于", False, True, True),
        ("届满", False, True, True),
        ("超过", False, False, True),
        ("以外", False, False, True),
        ("以下", True, True, False),
        ("以内", True, True, False),
        ("不满", True, False, False),
    ],
)
def test_bounds_included_and_left_out(word: str, below: bool, at: bool, above: bool) -> None:
    assert [WORDS[word](n, 50) for n in (49, 50, 51)] == [below, at, above]


FRACTIONS = {
    "one_third": (Fraction(1, 3), False),
    "half": (Fraction(1, 2), False),
    "more_than_half": (Fraction(1, 2), True),
    "two_thirds": (Fraction(2, 3), False),
    "three_quarters": (Fraction(3, 4), False),
    "four_fifths": (Fraction(4, 5), False),
    "all": (Fraction(1), False),
}


@given(code=st.sampled_from(sorted(FRACTIONS)), n=st.integers(0, 10**15), total=st.integers(1, 10**15))
def test_shares_equal_exact_fractions(code: str, n: int, total: int) -> None:
    bound, beyond = FRACTIONS[code]
    exact = Fraction(n, total)
    assert SHARES[code].met(n, total) == (n > 0 and (exact > bound if beyond else exact >= bound))


@given(code=st.sampled_from(sorted(FRACTIONS)), total=st.integers(1, 10**15))
def test_the_least_number_is_the_least(code: str, total: int) -> None:
    share = SHARES[code]
    assert share.met(share.least(total), total) and not share.met(share.least(total) - 1, total)


@given(
    a=st.sampled_from(sorted(FRACTIONS)), b=st.sampled_from(sorted(FRACTIONS)), total=st.integers(1, 10**6)
)
def test_a_stricter_share_never_asks_fewer(a: str, b: str, total: int) -> None:
    if SHARES[a].asks_more_than(SHARES[b]):
        assert SHARES[a].least(total) >= SHARES[b].least(total)
        assert not SHARES[b].asks_more_than(SHARES[a])


# code, roll, entitled, least present, least yes with that many present
TABLE = [
    ("vote.member", "voters", 15, 8, 8),
    ("vote.member", "voters", 16, 9, 9),
    ("vote.branch", "voters", 16, 8, 9),
    ("vote.branch", "voters", 15, 8, 8),
    ("vote.committee", "committee", 5, 3, 2),
    ("vote.village", "adults", 301, 151, 76),
    ("vote.village", "households", 100, 67, 34),
    ("vote.village_representatives", "assembly", 40, 27, 14),
    ("vote.village_group", "adults", 30, 20, 11),
    ("vote.village_group", "households", 31, 21, 11),
    ("vote.village_election", "electors", 1000, 501, 251),
    ("vote.village_recall", "electors", 999, 500, 251),
    ("vote.collective", "members", 300, 200, 200),
    ("vote.collective", "members", 301, 201, 201),
    ("vote.collective_board", "directors", 5, 4, 3),
    ("vote.collective_benefit", "members", 300, 200, 225),
    ("vote.deliberation", "party_members", 24, 16, 13),
    ("vote.community", "residents", 500, 251, 126),
    ("vote.community", "households", 500, 251, 126),
    ("vote.community_representatives", "resident_assembly", 40, 27, 14),
]


@pytest.mark.parametrize(("code", "roll", "entitled", "present", "yes"), TABLE)
def test_every_vote_of_the_table(code: str, roll: str, entitled: int, present: int, yes: int) -> None:
    """One fewer in the room, or one yes fewer, is refused. Of all members: two thirds present must be unanimous."""
    came = max(present, yes)
    assert holds(code, seen_to(code, eligible=entitled, present=came, yes=yes, roll=roll))
    assert not holds(code, seen_to(code, eligible=entitled, present=came, yes=yes - 1, roll=roll))
    few = seen_to(code, eligible=entitled, present=present - 1, yes=present - 1, roll=roll)
    assert not holds(code, few)


def test_votes_without_a_quorum() -> None:
    reps = "vote.collective_representatives"
    assert holds(reps, Tally(30, 20, 20)) and not holds(reps, Tally(30, 25, 19))
    land = "vote.land_plan"
    assert holds(land, Tally(300, 90, 60, roll="members_meeting"))
    assert not holds(land, Tally(300, 90, 59, roll="members_meeting"))
    assert holds(land, Tally(30, 21, 20, roll="village_representatives"))
    assert not holds(land, Tally(30, 21, 19, roll="village_representatives"))
    outsider = "vote.land_outsider"
    assert not holds(outsider, Tally(300, 90, 90, roll="members_meeting"))
    assert holds(outsider, seen_to(outsider, eligible=300, present=90, yes=60, roll="members_meeting"))


def test_party_election_needs_four_fifths_present() -> None:
    assert holds("election.quorum", Tally(15, 12)) and not holds("election.quorum", Tally(15, 11))
    code = "election.pass"
    assert holds(code, seen_to(code, eligible=15, present=12, yes=8))
    assert not holds(code, seen_to(code, eligible=15, present=12, yes=7))


def test_a_run_off_goes_by_plurality_and_a_third() -> None:
    code = "vote.village_run_off"
    assert holds(code, seen_to(code, eligible=900, present=600, yes=200, rival=199))
    assert not holds(code, seen_to(code, eligible=900, present=600, yes=199, rival=150))
    assert not holds(code, seen_to(code, eligible=900, present=600, yes=250, rival=250))


def test_written_opinions_are_votes_and_no_presence() -> None:
    code = "vote.member"
    assert holds(code, seen_to(code, eligible=16, present=9, yes=7, written=2, written_yes=2))
    assert not holds(code, seen_to(code, eligible=16, present=8, yes=8, written=2, written_yes=2))
    with pytest.raises(WrittenNotCounted):
        votes.judge(LAST["vote.branch"].params, Tally(16, 9, 7, written=2, written_yes=2))


def test_a_secret_ballot_is_part_of_the_vote() -> None:
    steps = votes.judge(LAST["vote.member"].params, Tally(16, 16, 16, observed=frozenset({"singly"})))
    assert [step["holds"] for step in steps] == [True, True, False]
    assert steps[-1]["missing"] == ["无记名投票"]


@pytest.mark.parametrize(
    ("counts", "refusal"),
    [
        ({"eligible": 8, "present": 9}, MorePresentThanEligible),
        ({"eligible": 8, "present": 5, "yes": 4, "no": 1, "abstain": 1}, MoreVotesThanPresent),
        ({"eligible": 8, "present": 5, "yes": 9}, MoreVotesThanPresent),
        ({"eligible": 8, "present": 6, "written": 3}, MoreWrittenThanAbsent),
        ({"eligible": 8, "present": 6, "written": 1, "written_yes": 2}, MoreWrittenThanAbsent),
        ({"eligible": 0, "present": 0}, NobodyEntitled),
        ({"eligible": 8, "present": -1}, NegativeNumber),
    ],
)
def test_counts_that_cannot_be_are_refused(counts: dict[str, int], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        Tally(**counts)


def test_a_roll_of_another_body_is_refused() -> None:
    with pytest.raises(RollUnknown):
        votes.judge(LAST["vote.village"].params, Tally(100, 80, 60, roll="members"))


@given(
    seats=st.integers(1, 9),
    total=st.integers(1, 60),
    counts=st.lists(st.integers(0, 60), min_size=1, max_size=12),
)
def test_nobody_is_elected_beyond_the_seats_or_below_the_share(
    seats: int, total: int, counts: list[int]
) -> None:
    found = {f"c{n}": min(count, total) for n, count in enumerate(counts)}
    result = elected(found, seats=seats, total=total)
    assert len(result.elected) + result.left == seats and result.left >= 0
    assert all(2 * found[name] > total for name in result.elected)
    assert not set(result.elected) & set(result.again)
    if result.elected and len([n for n in found.values() if 2 * n > total]) > seats:
        assert all(found[name] < found[won] for name in result.again for won in result.elected)


def test_equal_votes_at_the_cut_stand_again() -> None:
    result = elected({"a": 14, "b": 12, "c": 12, "d": 5}, seats=2, total=20)
    assert (result.elected, set(result.again), result.left) == (("a",), {"b", "c"}, 1)
    fewer = elected({"a": 14, "b": 9, "c": 8}, seats=2, total=20)
    assert (fewer.elected, set(fewer.again), fewer.left) == (("a",), {"b", "c"}, 1)
