"""Awards that a body gives regularly: set up, changed, ended; every night held against the rounds that there were."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from lianjian.directory.actions import organizations as directory
from lianjian.directory.models import Organization
from lianjian.duties.actions import Wanted, end_recurring, follow_due, remind
from lianjian.events.rules import topics
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from .. import rules
from ..models import WRITE, Round, Scheme
from ..queries.settled import last_settled

DUTY = "awards.round"
SAME = {"one_award_of_a_name": rules.SchemeStands}
SCHEME_FIELDS = ("name", "criteria", "needs_all", "show_days", "source")


def held_scheme(scheme: Scheme) -> Scheme:
    """The row as it stands, locked. Raises `SchemeEnded`."""
    rows = Scheme.objects.select_for_update(of=("self",)).select_related("organization")
    found = rows.get(pk=scheme.pk)
    if found.ended_on is not None:
        raise rules.SchemeEnded
    return found


@verb(constraints=SAME)
def found_scheme(
    *,
    actor: Actor,
    organization: Organization,
    name: str,
    subject: str,
    per: str,
    now: datetime,
    criteria: str = "",
    needs_all: bool = False,
    show_days: int = 5,
    source: str = "",
) -> Scheme:
    """From today on the body gives the award in every period. `criteria`: one a line.

    Raises `SchemeStands`, `PeriodUnknown`, `SubjectUnknown`, `SchemeNameMissing`, `CriteriaMissing`, `CriteriaTooMany`,
    `CriterionTooLong`, `DaysOutside`, `AlreadyMerged`, `AlreadyEnded`, `Denied`.
    """
    require(actor, WRITE, organization)
    directory.living(organization)
    if per not in rules.PERIODS:
        raise rules.PeriodUnknown
    if subject not in rules.SUBJECTS:
        raise rules.SubjectUnknown
    made = Scheme.objects.create(
        jurisdiction_id=organization.jurisdiction_id,
        organization=organization,
        subject=subject,
        per=per,
        since=local_day(now),
        **_words(name, criteria, needs_all, show_days, source),
    )
    follow_rounds(actor, [made], now)
    changes = {"name": ("", made.name), "per": ("", per), "source": ("", made.source)}
    record(actor=actor, verb="awards.found_scheme", subject=made, now=now, changes=changes)
    return made


def _words(name: str, criteria: str, needs_all: bool, show_days: int, source: str) -> dict[str, object]:
    if not name.strip():
        raise rules.SchemeNameMissing
    if not 1 <= show_days <= rules.MOST_DAYS:
        raise rules.DaysOutside
    lines = rules.lines_of(criteria)
    if needs_all and not lines:
        raise rules.CriteriaMissing
    kept = {"name": name.strip()[:40], "criteria": lines, "needs_all": needs_all}
    return kept | {"show_days": show_days, "source": source.strip()[:120]}


@verb(constraints=SAME)
def change_scheme(
    *,
    actor: Actor,
    scheme: Scheme,
    name: str,
    now: datetime,
    criteria: str = "",
    needs_all: bool = False,
    show_days: int = 5,
    source: str = "",
) -> Scheme:
    """Better words and criteria for the rounds to come; a round that was opened keeps those it began with.

    Raises `SchemeEnded` and what `found_scheme` raises of these.
    """
    require(actor, WRITE, scheme.organization)
    held = held_scheme(scheme)
    before = {field: getattr(held, field) for field in SCHEME_FIELDS}
    for field, value in _words(name, criteria, needs_all, show_days, source).items():
        setattr(held, field, value)
    changes = diff(before, held)
    if changes:
        held.save(update_fields=list(SCHEME_FIELDS))
        follow_rounds(actor, [held], now)
        record(actor=actor, verb="awards.change_scheme", subject=held, now=now, changes=changes)
    return held


@verb
def end_scheme(*, actor: Actor, scheme: Scheme, now: datetime) -> None:
    """It is given no more; rounds that are going on go on to their end. Raises `SchemeEnded`, `Denied`."""
    require(actor, WRITE, scheme.organization)
    held = held_scheme(scheme)
    end_recurring(actor=actor, rows=Scheme.objects.filter(pk=held.pk), kind=DUTY, now=now)
    changes = {"ended_on": (None, local_day(now))}
    record(actor=actor, verb="awards.end_scheme", subject=held, now=now, changes=changes)


def body_ended(actor: Actor, organization: Organization, now: datetime) -> None:
    """A body was dissolved: it gives nothing any more, and what goes on is called off. Part of that verb."""
    from .rounds import drop_rounds  # it follows the awards of this module

    end_recurring(actor=actor, rows=Scheme.objects.standing().filter(organization=organization), kind=DUTY, now=now)
    going = Round.objects.filter(scheme__organization=organization, state__in=rules.GOING)
    drop_rounds(actor, going.select_related("scheme__organization").order_by("pk"), rules.BODY_ENDED, now)


def bodies_merge(actor: Actor, winner: Organization, loser: Organization, now: datetime) -> None:
    """Of two bodies that become one, an award that both give is the winner's. Part of the merging verb."""
    rows = Scheme.objects.standing()
    both = rows.filter(organization=winner).values("name")
    end_recurring(actor=actor, rows=rows.filter(organization=loser, name__in=both), kind=DUTY, now=now)


@verb
def remind_rounds(*, actor: Actor, jurisdiction_id: int, now: datetime) -> int:
    """Hold every award of a place against its rounds; returns how many duties changed. Safe to run twice."""
    return remind(
        actor=actor, rows=Scheme.objects.standing(), follow=follow_rounds, verb="awards.remind_rounds",
        jurisdiction_id=jurisdiction_id, now=now,
    )  # fmt: skip


def follow_rounds(actor: Actor, rows: Iterable[Scheme], now: datetime) -> list[int]:
    """Open, renew or close the duty of each to hold its round; ids of those whose duty changed. Part of a verb."""
    found, day = list(rows), local_day(now)
    last = last_settled(found)
    wanted = []
    for one in found:
        due = topics.due_on(one.per, one.since, rules.settled_day(one.since, last.get(one.pk)))
        soon = topics.state_on(day, one.per, due) != topics.ON_TIME
        wanted.append(
            Wanted(
                one, DUTY, one.name, one.get_absolute_url(), due_at=day_end(due) if soon else None,
                organization=one.organization, note=one.source,
            )
        )  # fmt: skip
    return follow_due(actor=actor, wanted=wanted, now=now)
