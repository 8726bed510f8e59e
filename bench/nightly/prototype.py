"""Run as a process on a fresh clone: one branch with a member and a recorded meeting. Prints what is needed of it."""

from __future__ import annotations

import json
from datetime import date, timedelta

import django

django.setup()

from django.db import transaction  # noqa: E402

from lianjian.events import actions as events  # noqa: E402
from lianjian.foundation import clock  # noqa: E402
from lianjian.partylife import actions as partylife  # noqa: E402
from tests.cast import build_cast  # noqa: E402


def main() -> None:
    with transaction.atomic():
        cast = build_cast()
        now, clerk = clock.now(), cast.actor("clerk")
        start = now - timedelta(days=2)
        meeting = events.plan_meeting(
            actor=clerk, convener=cast.branch, kind="主题党日", title="主题党日", starts_at=start,
            ends_at=start + timedelta(hours=1), place="党员活动室", bodies=[], now=start - timedelta(days=1),
        )  # fmt: skip
        events.hold_meeting(actor=clerk, meeting=meeting, came={}, text="", now=now)
        member = partylife.add_member(
            actor=clerk, person="秦川", branch=cast.branch, since=date(2020, 3, 1), joined_on=date(2015, 7, 1),
            full_on=date(2016, 7, 1), now=now,
        )  # fmt: skip
        seat = member.branches.get()
    print(
        json.dumps(
            {
                "town": cast.town.pk, "county": cast.county.pk, "branch": cast.branch.pk, "meeting": meeting.pk,
                "person": member.person_id, "member": member.pk, "seat": seat.pk,
            }
        )
    )  # fmt: skip


main()
