"""What recurs: plan a series, carry it on, stop it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from lianjian.directory.models import Organization, Team
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.rulebook.queries import calendar

from ..models import Meeting, Series, Venue
from ..queries.words import check_words
from ..rules import meetings as rules
from ..rules.recurrence import dates_of, rule_of
from .booking import AT_ONCE, check_free
from .checking import Bodies, check_bodies, check_convener, check_where
from .following import spread
from .meetings import call_off, cleaned, make
from .serving import check_teams


@verb(constraints={"one_meeting_per_series_and_day": rules.SameDate, **AT_ONCE})
def plan_series(
    *,
    actor: Actor,
    convener: Organization,
    kind: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    rhythm: str,
    last_on: date,
    bodies: Bodies,
    now: datetime,
    by_weekday: bool = False,
    venue: Venue | None = None,
    place: str = "",
    topics: Sequence[str] = (),
    agenda: str = "",
    parts: Sequence[str] = (),
    audience: str = rules.OPEN,
    teams: Sequence[Team] = (),
) -> Series:
    """The first at `starts_at`, then by its rhythm until `last_on`, each a meeting of its own; nobody is asked to
    answer ahead.

    Raises `SeriesEmpty`, `SeriesTooLong` and what `plan_meeting` raises.
    """
    first = local_day(starts_at)
    check_convener(actor, convener, first)
    rules.check_times(starts_at, ends_at, None, first)
    check_where(venue, place, last_on)
    check_bodies(bodies, kind)
    check_words(convener.jurisdiction_id, kind=[kind], topic=topics)
    check_teams(convener.jurisdiction_id, teams, first)
    rule = rule_of(rhythm, first, by_weekday=by_weekday)
    days = dates_of(rule, first, last_on, working=calendar().is_working)
    series = Series.objects.create(
        jurisdiction_id=convener.jurisdiction_id,
        convener=convener,
        title=title.strip(),
        rhythm=rhythm,
        rule=rule,
        first_on=first,
        last_on=last_on,
    )
    told = {"kind": kind, "title": title, "topics": topics, "agenda": agenda, "parts": parts, "audience": audience}
    facts = cleaned({**told, "starts_at": starts_at, "ends_at": ends_at, "venue": venue, "place": place})
    _make(actor, series, days, bodies, teams, facts, now)
    changes = {"title": ("", series.title), "rule": ("", rule), "meetings": ("", len(days))}
    record(actor=actor, verb="events.plan_series", subject=series, now=now, changes=changes)
    return series


def _make(
    actor: Actor,
    series: Series,
    days: Sequence[date],
    bodies: Bodies,
    teams: Sequence[Team],
    facts: dict[str, Any],
    now: datetime,
) -> list[int]:
    """The meeting of each day at the hour of the first."""
    start, end = facts["starts_at"], facts["ends_at"]
    made = []
    shifts = [timedelta(days=(day - local_day(start)).days) for day in days]
    check_free(actor, facts["venue"], [(start + shift, end + shift) for shift in shifts])
    for day, shift in zip(days, shifts, strict=True):
        dated = {**facts, "starts_at": start + shift, "ends_at": end + shift}
        meeting = make(
            actor=actor,
            convener=series.convener,
            bodies=bodies,
            teams=teams,
            now=now,
            series=series,
            series_day=day,
            **dated,
        )
        made.append(meeting.pk)
    return made


def _living(actor: Actor, series: Series) -> Series:
    require(actor, "meetings.write", series.convener)
    found = Series.objects.select_related("convener").select_for_update(of=("self",)).get(pk=series.pk)
    if found.ended_on is not None:
        raise rules.SeriesOver
    return found


@verb(constraints={"one_meeting_per_series_and_day": rules.SameDate, **AT_ONCE})
def extend_series(*, actor: Actor, series: Series, last_on: date, now: datetime) -> Series:
    """Carry it on to a later day, as its last meeting was. Raises `SeriesOver`, `SeriesEmpty`, `SeriesTooLong`."""
    series = _living(actor, series)
    check_convener(actor, series.convener, last_on)
    if last_on <= series.last_on:
        raise rules.SeriesEmpty
    # Counted from the first day, so that the rhythm stays what it was; limited by what is new.
    after = series.last_on + timedelta(days=1)
    days = dates_of(series.rule, series.first_on, last_on, after=after, working=calendar().is_working)
    last: Meeting = series.meetings.select_related("venue").latest("series_day")
    names = ("kind", "title", "topics", "agenda", "parts", "starts_at", "ends_at", "venue", "place", "audience")
    facts = {name: getattr(last, name) for name in names}
    check_where(last.venue, last.place, last_on)
    rows = last.invitations.filter(withdrawn_at__isnull=True).select_related("organization")
    living = rows.filter(organization__dissolved_on__isnull=True, organization__merged_into__isnull=True)
    bodies = [(row.organization, row.part) for row in living]
    teams = list(Team.objects.standing().filter(served__meeting=last).order_by("served__pk"))
    made = _make(actor, series, days, bodies, teams, facts, now)
    before, series.last_on = series.last_on, last_on
    series.save(update_fields=["last_on"])
    changes = {"last_on": (before, last_on), "meetings": ("", len(made))}
    record(actor=actor, verb="events.extend_series", subject=series, now=now, changes=changes)
    return series


@verb
def end_series(*, actor: Actor, series: Series, reason: str, now: datetime) -> int:
    """Stop it: what has not begun is cancelled with the reason; what was held stays. Returns how many were cancelled.

    Raises `ReasonNeeded`, `SeriesOver`, `Denied`.
    """
    series = _living(actor, series)
    if not reason.strip():
        raise rules.ReasonNeeded
    rows = series.meetings.filter(state=rules.PLANNED, starts_at__gt=now)
    ahead = list(rows.select_related("convener", "venue").select_for_update(of=("self",)).order_by("pk"))
    for meeting in ahead:
        call_off(meeting, reason, now)
        if meeting.answer_by is not None:
            spread(actor=actor, meeting=meeting, now=now)
    series.ended_on, series.ended_reason = local_day(now), reason.strip()[:200]
    series.save(update_fields=["ended_on", "ended_reason"])
    changes = {"ended_reason": ("", series.ended_reason), "meetings": (len(ahead), 0)}
    record(actor=actor, verb="events.end_series", subject=series, now=now, changes=changes)
    return len(ahead)
