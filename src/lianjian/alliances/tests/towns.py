"""What the tests of pairs over towns share: a programme of the county with sides in both towns."""

from __future__ import annotations

from datetime import date
from typing import Any

from lianjian.alliances import actions
from lianjian.alliances.models import PairAction, Pairing, Programme, Proposal
from lianjian.directory.models import Organization
from tests.cast import NOW, SINCE, TODAY, Cast

BEGAN = date(2026, 3, 1)


def programme(cast: Cast, who: str = "county_clerk", root: Organization | None = None, **more: Any) -> Programme:
    """百企帮百村 of the whole county, firms of one town with villages of the other."""
    given = {"name": "百企帮百村", "kind": "百企帮百村", "shape": "one_to_one", "since": SINCE, "now": NOW, **more}
    return actions.open_programme(actor=cast.actor(who), organization=root or cast.county_root, **given)


def enrol(
    cast: Cast, held: Programme, giver: Organization, receiver: Organization, who: str = "county_clerk", **more: Any
) -> None:
    """One of each side."""
    for side, body in (("giver", giver), ("receiver", receiver)):
        actions.enrol(actor=cast.actor(who), programme=held, organizations=[body], side=side, now=NOW, **more)


def proposed(cast: Cast, held: Programme, who: str = "county_clerk") -> Proposal:
    """The draft of now."""
    return actions.propose(actor=cast.actor(who), programme=held, now=NOW)


def confirm(cast: Cast, held: Programme, who: str = "county_clerk") -> Pairing:
    """Its one pair stands."""
    proposal = proposed(cast, held, who)
    [pair] = actions.confirm_proposal(actor=cast.actor(who), proposal=proposal, since=BEGAN, now=NOW)
    return pair


def pair(cast: Cast) -> Pairing:
    """The other town's firm with the town's village, by the county; both towns have followed."""
    held = programme(cast)
    enrol(cast, held, cast.other_firm, cast.village)
    made = confirm(cast, held)
    for town in (cast.town, cast.other_town):
        follow(cast, made, town)
    return made


def follow(cast: Cast, pairing: Pairing, town: Any) -> int:
    """What the waiting job does in a town, at a time of our own."""
    return actions.follow_pairs(actor=cast.system(town), pairing_ids=[pairing.pk], now=NOW)


def take(cast: Cast, pairing: Pairing) -> int:
    """What the waiting job does in the county; how many records it made."""
    actor = cast.system(cast.county)
    held = Pairing.objects.get(pk=pairing.pk)
    return len(actions.take_reports(actor=actor, pairing=held, now=NOW))


def action(pairing: Pairing, code: str) -> PairAction:
    """The prescribed action as it is now."""
    rows = PairAction.objects.select_related("pairing__giver", "pairing__receiver")
    return rows.get(pairing=pairing, code=code)


def report(cast: Cast, pairing: Pairing, code: str = "agreement", who: str = "other_clerk", on: date = TODAY) -> Any:
    """A side says at home that it was done."""
    actor = cast.actor(who)
    return actions.report_action(actor=actor, action=action(pairing, code), on=on, note="已办", now=NOW)


__all__ = ["BEGAN", "action", "confirm", "enrol", "follow", "pair", "programme", "proposed", "report", "take"]
