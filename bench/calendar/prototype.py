"""Run as a process on a fresh clone: a meeting of a series with an invitation and a venue, and the addresses of three
feeds. Prints what is needed of it."""

from __future__ import annotations

import json
from datetime import timedelta

import django

django.setup()

from django.db import transaction  # noqa: E402

from lianjian.events import actions as events  # noqa: E402
from lianjian.foundation import clock  # noqa: E402
from tests.cast import build_cast  # noqa: E402


def main() -> None:
    with transaction.atomic():
        cast = build_cast()
        now, clerk = clock.now(), cast.actor("clerk")
        start = (now + timedelta(days=7)).replace(microsecond=0)
        venue = events.open_venue(
            actor=clerk, organization=cast.village, name="党群服务中心", address="柳溪村一组", functions=["会议"],
            several=True, now=now,
        )  # fmt: skip
        series = events.plan_series(
            actor=clerk, convener=cast.branch, kind="主题党日", title="主题党日:学习研讨、志愿服务", rhythm="monthly",
            starts_at=start, ends_at=start + timedelta(hours=2), last_on=start.date() + timedelta(days=3), venue=venue,
            bodies=[(cast.firm, "member")], topics=["安全生产", "资源共享"], now=now,
            agenda="一、集体学习\n二、交流企业安全生产情况;通报上月决定落实情况\n三、志愿服务",
        )  # fmt: skip
        meeting = series.meetings.get()
        _town, town = events.make_feed(actor=clerk, user=cast.users["clerk"], now=now)
        _body, body = events.make_feed(actor=clerk, user=cast.users["clerk"], now=now, organization=cast.firm)
        contact = cast.actor("contact")
        _own, person = events.make_feed(actor=contact, user=cast.users["contact"], now=now)
    print(
        json.dumps(
            {
                "town": cast.town.pk, "branch": cast.branch.pk, "firm": cast.firm.pk, "meeting": meeting.pk,
                "series": series.pk,
                "tokens": {"town": town, "person": person, "organization": body},
            }
        )
    )  # fmt: skip


main()
