"""Jobs of pairs over towns: a place follows pairs of another place; the programme's place counts what was reported."""

from __future__ import annotations

from lianjian.foundation import clock
from lianjian.foundation.actor import system_actor
from lianjian.foundation.jobs import job

from .actions import follow_pairs, take_reports
from .models import Pairing


@job("alliances.follow")
def follow(*, jurisdiction_id: int, pairing_ids: list[int]) -> None:
    """The duties of this place's sides."""
    follow_pairs(actor=system_actor(jurisdiction_id), pairing_ids=pairing_ids, now=clock.now())


@job("alliances.take_reports")
def take_reports_of(*, jurisdiction_id: int, pairing_id: int) -> None:
    """What sides in other places reported becomes records."""
    pairing = Pairing.objects.filter(pk=pairing_id, jurisdiction_id=jurisdiction_id).first()
    if pairing is not None:
        take_reports(actor=system_actor(jurisdiction_id), pairing=pairing, now=clock.now())
