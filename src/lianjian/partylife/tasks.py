"""Every night each place's branches are held against their cadences; both desks follow a transfer between places."""

from __future__ import annotations

from lianjian.directory.models import Organization
from lianjian.foundation import clock
from lianjian.foundation.actor import system_actor
from lianjian.foundation.jobs import enqueue, job
from lianjian.jurisdictions.models import Jurisdiction

from . import actions
from .models import Transfer


@job("partylife.derive_all", cron="25 17 * * *")
def derive_all(*, timestamp: int) -> None:
    """One job for each place, by night in China."""
    for pk in Jurisdiction.objects.order_by("pk").values_list("pk", flat=True):
        enqueue("partylife.derive", jurisdiction_id=pk, key=f"{pk}:{timestamp}")


@job("partylife.derive")
def derive(*, jurisdiction_id: int) -> None:
    """What the branches of one place have not held, whose term ends, whose period ends; safe to run twice."""
    actor = system_actor(jurisdiction_id)
    actions.derive_cadences(actor=actor, jurisdiction_id=jurisdiction_id, now=clock.now())
    actions.derive_terms(actor=actor, jurisdiction_id=jurisdiction_id, now=clock.now())
    actions.derive_deadlines(actor=actor, jurisdiction_id=jurisdiction_id, now=clock.now())


@job("partylife.follow_receiver")
def follow_receiver(*, jurisdiction_id: int, branch_id: int) -> None:
    """A branch of this place learns who waits to be accepted; safe to run twice."""
    branch = Organization.objects.get(pk=branch_id, jurisdiction_id=jurisdiction_id)
    actions.follow_receiver(actor=system_actor(jurisdiction_id), branch=branch, now=clock.now())


@job("partylife.settle_sender")
def settle_sender(*, jurisdiction_id: int, transfer_id: int) -> None:
    """The place that sent a member out follows the answer; safe to run twice."""
    rows = Transfer.objects.select_related("member__person", "to_branch", "branch")
    transfer = rows.get(pk=transfer_id, jurisdiction_id=jurisdiction_id)
    actions.settle_transfer(actor=system_actor(jurisdiction_id), transfer=transfer, now=clock.now())
