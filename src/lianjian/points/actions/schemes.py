"""A body's points: set up, changed, ended; what gives them, edition by edition; the duty to hold an exchange."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Max

from lianjian.directory.actions import organizations as directory
from lianjian.directory.models import Organization
from lianjian.duties.actions import Wanted, end_recurring, follow_due, remind
from lianjian.events.models import Meeting
from lianjian.events.rules import topics
from lianjian.events.rules.meetings import CANCELLED, HELD
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end
from lianjian.foundation.clock import local_day
from lianjian.foundation.looks import show_date
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import WRITE, Claim, Edition, Item, Scheme
from ..queries.standing import last_exchange
from ..rules import points as rules
from ..rules import refused

DUTY = "points.exchange"
SAME = {"one_points_scheme_of_a_name": refused.SchemeStands}
SCHEME_FIELDS = ("name", "per", "show_days", "carries")


def hold_scheme(scheme: Scheme, *, standing: bool = False) -> Scheme:
    """The row as it stands, locked: before whatever else of it is written. Raises `SchemeEnded` if it must stand."""
    rows = Scheme.objects.select_for_update(of=("self",)).select_related("organization")
    found = rows.get(pk=scheme.pk)
    if standing and found.ended_on is not None:
        raise refused.SchemeEnded
    return found


def own_meeting(scheme: Scheme, meeting: Meeting | None) -> Meeting | None:
    """A meeting that the body itself convened, or none. Raises `NotItsMeeting`."""
    if meeting is not None and (meeting.convener_id != scheme.organization_id or meeting.state == CANCELLED):
        raise refused.NotItsMeeting
    return meeting


def said(text: str, refusal: type[Exception], longest: int = 200) -> str:
    """The words, cut to what is kept. Raises the refusal where there are none."""
    if not text.strip():
        raise refusal
    return text.strip()[:longest]


@verb(constraints=SAME)
def found_scheme(
    *,
    actor: Actor,
    organization: Organization,
    name: str,
    unit: str,
    per: str,
    now: datetime,
    show_days: int = 5,
    carries: bool = True,
) -> Scheme:
    """From today on the body keeps points, exchanged once in every period.

    Raises `SchemeStands`, `SchemeNameMissing`, `UnitUnknown`, `PeriodUnknown`, `DaysOutside`, `AlreadyMerged`,
    `AlreadyEnded`, `Denied`.
    """
    require(actor, WRITE, organization)
    directory.living(organization)
    if unit not in rules.UNITS:
        raise refused.UnitUnknown
    made = Scheme.objects.create(
        jurisdiction_id=organization.jurisdiction_id,
        organization=organization,
        unit=unit,
        since=local_day(now),
        **_words(name, per, show_days, carries),
    )
    follow_exchanges(actor, [made], now)
    record(actor=actor, verb="points.found_scheme", subject=made, now=now, changes={"name": ("", made.name)})
    return made


def _words(name: str, per: str, show_days: int, carries: bool) -> dict[str, object]:
    if per not in rules.PERIODS:
        raise refused.PeriodUnknown
    if not 1 <= show_days <= rules.MOST_DAYS:
        raise refused.DaysOutside
    kept = said(name, refused.SchemeNameMissing, 40)
    return {"name": kept, "per": per, "show_days": show_days, "carries": carries}


@verb(constraints=SAME)
def change_scheme(
    *, actor: Actor, scheme: Scheme, name: str, per: str, now: datetime, show_days: int = 5, carries: bool = True
) -> Scheme:
    """Better words; a review that was opened keeps its days. Raises `SchemeEnded` and what `found_scheme` raises."""
    require(actor, WRITE, scheme.organization)
    held = hold_scheme(scheme, standing=True)
    before = {field: getattr(held, field) for field in SCHEME_FIELDS}
    for field, value in _words(name, per, show_days, carries).items():
        setattr(held, field, value)
    changes = diff(before, held)
    if changes:
        held.save(update_fields=list(SCHEME_FIELDS))
        follow_exchanges(actor, [held], now)
        record(actor=actor, verb="points.change_scheme", subject=held, now=now, changes=changes)
    return held


@verb
def end_scheme(*, actor: Actor, scheme: Scheme, now: datetime) -> None:
    """Nothing is gathered any more; what there is may still be exchanged. Raises `SchemeEnded`, `Denied`."""
    require(actor, WRITE, scheme.organization)
    held = hold_scheme(scheme, standing=True)
    end_recurring(actor=actor, rows=Scheme.objects.filter(pk=held.pk), kind=DUTY, now=now)
    record(actor=actor, verb="points.end_scheme", subject=held, now=now, changes={"ended_on": (None, local_day(now))})


def body_ended(actor: Actor, organization: Organization, now: datetime) -> None:
    """A body was dissolved: its points are gathered no more. Part of that verb."""
    end_recurring(actor=actor, rows=Scheme.objects.standing().filter(organization=organization), kind=DUTY, now=now)


def bodies_merge(actor: Actor, winner: Organization, loser: Organization, now: datetime) -> None:
    """Two bodies become one: nobody loses points, so where both have one of a name, the loser's is told apart."""
    rows = Scheme.objects.standing()
    names = set(rows.filter(organization__in=(winner, loser)).values_list("name", flat=True))
    both = rows.filter(organization=loser, name__in=rows.filter(organization=winner).values("name"))
    for one in list(both.select_for_update(of=("self",)).order_by("pk")):
        tries = (f"{one.name[:14]}({loser.name[:20]}){count or ''}" for count in range(1000))
        one.name = next(name for name in tries if name not in names)
        names.add(one.name)
        one.save(update_fields=["name"])


@verb
def adopt_edition(
    *,
    actor: Actor,
    scheme: Scheme,
    items: str,
    decided_on: date,
    published_on: date,
    starts_on: date,
    document: str,
    now: datetime,
    meeting: Meeting | None = None,
) -> Edition:
    """What gives points from a day on, as decided and published; `items`: one a line, words and points.

    Raises `PublishedBeforeDecided`, `UsedBeforePublished`, `EditionOlder`, `EditionTooLate`, `DocumentMissing`,
    `NotItsMeeting`, `DecidedElsewhen`, `FutureDay`, `SchemeEnded`, `Denied` and what `rules.items_of` raises.
    """
    require(actor, WRITE, scheme.organization)
    held, lines = hold_scheme(scheme, standing=True), rules.items_of(items)
    if published_on > local_day(now):
        raise refused.FutureDay(field="published_on")
    if published_on < decided_on:
        raise refused.PublishedBeforeDecided(day=show_date(decided_on))
    if starts_on < published_on:
        raise refused.UsedBeforePublished(day=show_date(published_on))
    last = held.editions.filter(withdrawn_on__isnull=True).aggregate(last=Max("starts_on"))["last"]
    if last is not None and starts_on <= last:
        raise refused.EditionOlder(day=show_date(last))
    counted = Claim.objects.filter(scheme=held, on__gte=starts_on).exclude(state__in=rules.GONE)
    latest = counted.aggregate(last=Max("on"))["last"]
    if latest is not None:
        raise refused.EditionTooLate(day=show_date(latest))
    own = own_meeting(held, meeting)
    if own is not None and (own.state != HELD or local_day(own.starts_at) > decided_on):
        raise refused.DecidedElsewhen
    made = Edition.objects.create(
        jurisdiction_id=held.jurisdiction_id,
        scheme=held,
        number=(held.editions.aggregate(last=Max("number"))["last"] or 0) + 1,
        decided_on=decided_on,
        document=said(document, refused.DocumentMissing, 120),
        meeting=own,
        published_on=published_on,
        starts_on=starts_on,
    )
    row = {"jurisdiction_id": held.jurisdiction_id, "edition": made}
    Item.objects.bulk_create(
        Item(**row, number=number, name=name, points=points) for number, (name, points) in enumerate(lines, start=1)
    )
    changes = {"number": (None, made.number), "starts_on": (None, starts_on), "document": ("", made.document)}
    record(actor=actor, verb="points.adopt_edition", subject=made, now=now, changes=changes)
    return made


@verb(constraints=SAME)
def resume_scheme(*, actor: Actor, scheme: Scheme, now: datetime) -> Scheme:
    """It was ended by mistake: points are gathered again. Raises `SchemeStanding`, `SchemeStands`, `Denied`."""
    require(actor, WRITE, scheme.organization)
    held = hold_scheme(scheme)
    directory.living(held.organization)
    if held.ended_on is None:
        raise refused.SchemeStanding
    before, held.ended_on = held.ended_on, None
    held.save(update_fields=["ended_on"])
    follow_exchanges(actor, [held], now)
    record(actor=actor, verb="points.resume_scheme", subject=held, now=now, changes={"ended_on": (before, None)})
    return held


@verb
def withdraw_edition(*, actor: Actor, edition: Edition, now: datetime) -> None:
    """It was entered wrongly and nothing rests on it. Raises `EditionUsed`, `EditionWithdrawn`, `Denied`."""
    require(actor, WRITE, edition.scheme.organization)
    hold_scheme(edition.scheme)
    held = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if held.withdrawn_on is not None:
        raise refused.EditionWithdrawn
    if Claim.objects.filter(item__edition=held).exclude(state__in=rules.NEVER).exists():
        raise refused.EditionUsed
    held.withdrawn_on = local_day(now)
    held.save(update_fields=["withdrawn_on"])
    changes = {"withdrawn_on": (None, held.withdrawn_on)}
    record(actor=actor, verb="points.withdraw_edition", subject=held, now=now, changes=changes)


@verb
def remind_exchanges(*, actor: Actor, jurisdiction_id: int, now: datetime) -> int:
    """Hold every scheme of a place against its exchange days; returns how many duties changed. Safe to run twice."""
    return remind(
        actor=actor, rows=Scheme.objects.standing(), follow=follow_exchanges, verb="points.remind_exchanges",
        jurisdiction_id=jurisdiction_id, now=now,
    )  # fmt: skip


def follow_exchanges(actor: Actor, rows: Iterable[Scheme], now: datetime) -> list[int]:
    """Open, renew or close the duty of each to hold an exchange; ids of those whose duty changed. Part of a verb."""
    found, day = list(rows), local_day(now)
    last = last_exchange(found, day)
    wanted = []
    for one in found:
        due = rules.due_from(one.since, last.get(one.pk), one.per)
        soon = topics.state_on(day, one.per, due) != topics.ON_TIME
        due_at = day_end(due) if soon and one.ended_on is None else None
        wanted.append(Wanted(one, DUTY, one.name, one.get_absolute_url(), due_at=due_at, organization=one.organization))
    return follow_due(actor=actor, wanted=wanted, now=now)
