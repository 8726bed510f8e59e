"""A station covers an enterprise, an instructor looks after it: from a day on, with the days before kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from lianjian.directory.actions.bulk.rows import allocate, insert, new_keys, stand_in
from lianjian.directory.actions.organizations import LINK_CONSTRAINTS
from lianjian.directory.models import Link, Membership, Organization, Person
from lianjian.foundation.actor import Actor
from lianjian.foundation.among import Among
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record, record_bulk

from .. import rules
from .people import person_of
from .watching import close_covered

INSTRUCTOR = "instructor"
ONE_ROLE = {"one_membership_of_a_role_at_a_time": rules.Overlaps}


def check_station(station: Organization, enterprise: Organization) -> None:
    """Raise unless the station may cover the enterprise."""
    check_enterprise(enterprise)
    if station.classification != Organization.Classification.STATION:
        raise rules.NotAStation(name=station.name)
    _standing(station)
    if station.jurisdiction_id != enterprise.jurisdiction_id:
        raise rules.ForeignStation(name=station.name)


def check_enterprise(enterprise: Organization) -> None:
    """Raise unless it is an enterprise that exists."""
    if enterprise.classification not in rules.COVERABLE:
        raise rules.NotAnEnterprise(name=enterprise.name)
    _standing(enterprise)


def _standing(organization: Organization) -> None:
    if organization.merged_into_id is not None or organization.dissolved_on is not None:
        raise rules.StandsNoLonger(name=organization.name)


def replace(rows: QuerySet[Any], since: date) -> Any:
    """End the dated row that holds on the day on which another begins; one that began that very day gives way to it.

    Returns what it was (None: nothing holds then). Part of the caller's verb. Raises `BeginsTooEarly`.
    """
    last = rows.filter(Q(until__isnull=True) | Q(until__gt=since)).order_by("-since").first()
    if last is None:
        return None
    if since < last.since:
        raise rules.BeginsTooEarly(since=last.since)
    if since == last.since:
        last.delete()
    else:
        last.until = since
        last.save(update_fields=["until"])
    return last


def held_links(enterprise_ids: Iterable[int]) -> dict[int, list[rules.Held]]:
    """Coverage links of these enterprises, by enterprise."""
    rows = Link.objects.filter(Among("target_id", enterprise_ids), kind=Link.COVERAGE).order_by("since")
    found: dict[int, list[rules.Held]] = {}
    for pk, target, source, since, until in rows.values_list(
        "id", "target_id", "source_id", "since", "until"
    ):
        found.setdefault(target, []).append(rules.Held(pk, source, since, until))
    return found


def held_instructors(enterprise_ids: Iterable[int]) -> dict[int, list[rules.Held]]:
    """Instructors of these enterprises, by enterprise."""
    rows = Membership.objects.filter(Among("organization_id", enterprise_ids), role=INSTRUCTOR).order_by(
        "since"
    )
    found: dict[int, list[rules.Held]] = {}
    for pk, firm, person, since, until in rows.values_list(
        "id", "organization_id", "person_id", "since", "until"
    ):
        found.setdefault(firm, []).append(rules.Held(pk, person, since, until))
    return found


def _insert(model: type[Link] | type[Membership], rows: Sequence[Any], **constants: Any) -> None:
    """Write new rows in one statement; each gets its id and key."""
    for row, pk, key in zip(rows, allocate(model, len(rows)), new_keys(len(rows)), strict=True):
        row.__dict__.update(id=pk, key=key)
    names = [name for name in (rows[0].__dict__ if rows else ()) if name != "_state"]
    if names:
        insert(model, {name: [row.__dict__[name] for row in rows] for name in names}, constants)


class Writer:
    """Writes plans: ends first, then hand-overs, then new rows in bulk. Remembers what it did."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.links: list[Link] = []
        self.memberships: list[Membership] = []
        self.ended: dict[str, list[int]] = {"link": [], "membership": []}
        self.turned: list[tuple[str, int, int]] = []
        self.cuts: dict[str, list[int]] = {"link": [], "membership": []}

    def cover(self, found: rules.Plan, enterprise: Organization) -> None:
        """Take a plan for the station of an enterprise."""
        self._take("link", found)
        for station_id, until in found.begin:
            self.links.append(
                stand_in(
                    Link,
                    jurisdiction_id=enterprise.jurisdiction_id,
                    kind=Link.COVERAGE,
                    source_id=station_id,
                    target_id=enterprise.pk,
                    since=self.day,
                    until=until,
                )
            )

    def guide(self, found: rules.Plan, enterprise: Organization, people: dict[int, Person]) -> None:
        """Take a plan for the instructors of an enterprise."""
        self._take("membership", found)
        for person_id, until in found.begin:
            self.memberships.append(
                stand_in(
                    Membership,
                    jurisdiction_id=people[person_id].jurisdiction_id,
                    person_id=person_id,
                    organization_id=enterprise.pk,
                    role=INSTRUCTOR,
                    since=self.day,
                    until=until,
                )
            )

    def _take(self, kind: str, found: rules.Plan) -> None:
        self.ended[kind] += found.end
        self.cuts[kind] += found.cut
        self.turned += [(kind, pk, holder) for pk, holder in found.hand_over]

    def write(self) -> None:
        """Write everything that was taken."""
        for kind, rows in (("link", Link.objects), ("membership", Membership.objects)):
            rows.filter(Among("pk", self.ended[kind])).update(until=self.day)
            rows.filter(Among("pk", self.cuts[kind])).update(until=rules.next_day(self.day))
        for kind, pk, holder in self.turned:
            if kind == "link":
                Link.objects.filter(pk=pk).update(source_id=holder)
            else:
                Membership.objects.filter(pk=pk).update(person_id=holder)
        _insert(Link, self.links, note="")
        _insert(Membership, self.memberships, details="{}")

    def rows(self) -> dict[str, list[int]]:
        """Ids for the journal of a bulk verb."""
        found = {
            "directory.link": [row.pk for row in self.links],
            "directory.membership": [row.pk for row in self.memberships],
            "ended": [
                *self.ended["link"],
                *self.ended["membership"],
                *self.cuts["link"],
                *self.cuts["membership"],
            ],
            "handed_over": [pk for _kind, pk, _holder in self.turned],
        }
        return {label: ids for label, ids in found.items() if ids}


@verb(constraints=LINK_CONSTRAINTS)
def cover_enterprise(
    *, actor: Actor, enterprise: Organization, station: Organization, since: date, now: datetime
) -> Link:
    """Let a station cover an enterprise from `since`; the station before covers it up to the day before.

    Raises `NotAStation`, `NotAnEnterprise`, `ForeignStation`, `StandsNoLonger`, `AlreadyCovered`, `Denied`.
    """
    require(actor, "coverage.write", enterprise)
    check_station(station, enterprise)
    rows = held_links([enterprise.pk]).get(enterprise.pk, [])
    found = rules.plan(rows, [station.pk], since, exclusive=True)
    if found.nothing:
        raise rules.AlreadyCovered(day=since)
    before = next((row.holder for row in rows if row.on(since)), None)
    old = Organization.objects.filter(pk=before).values_list("name", flat=True).first() if before else ""
    writer = Writer(since)
    writer.cover(found, enterprise)
    writer.write()
    record(
        actor=actor,
        verb="coverage.cover",
        subject=enterprise,
        now=now,
        changes={"station": (old, station.name), "since": ("", since)},
    )
    return Link.objects.get(kind=Link.COVERAGE, target=enterprise, source=station, since=since)


@verb
def end_coverage(*, actor: Actor, enterprise: Organization, until: date, now: datetime) -> None:
    """No station covers the enterprise from `until` on. Raises `NotCovered`, `EndsBefore`, `EndsTooEarly`, `Denied`."""
    require(actor, "coverage.write", enterprise)
    rows = Link.objects.filter(kind=Link.COVERAGE, target=enterprise).order_by("-since").select_related("source")
    rows = rows.filter(Q(until__isnull=True) | Q(until__gt=local_day(now)))
    link = rows.filter(since__lt=until).first()
    if link is None:
        if (later := rows.last()) is not None:
            raise rules.EndsTooEarly(since=later.since)
        raise rules.NotCovered(day=until)
    before = link.until
    if before is not None and before <= until:
        raise rules.EndsBefore(until=before)
    link.until = until
    link.save(update_fields=["until"])
    record(
        actor=actor,
        verb="coverage.end",
        subject=enterprise,
        now=now,
        changes={"station": (link.source.name, ""), "until": (before or "", until)},
    )


@verb
def assign_instructor(
    *,
    actor: Actor,
    enterprise: Organization,
    person: Person | str,
    since: date,
    now: datetime,
    beside: bool = False,
) -> Membership:
    """Give an enterprise its instructor from `since`; with `beside`, those there are stay too.

    `person` is a person or a name of the enterprise's place. Raises `SeveralPeople`, `AlreadyCovered`,
    `NotAnEnterprise`, `StandsNoLonger`, `Denied`.
    """
    require(actor, "coverage.write", enterprise)
    check_enterprise(enterprise)
    who = person_of(person, enterprise.jurisdiction_id, role=INSTRUCTOR, now=now)
    rows = held_instructors([enterprise.pk]).get(enterprise.pk, [])
    stay = [row.holder for row in rows if row.on(since)] if beside else []
    found = rules.plan(rows, [who.pk, *stay], since, exclusive=False)
    if found.nothing:
        raise rules.AlreadyCovered(day=since)
    writer = Writer(since)
    writer.guide(found, enterprise, {who.pk: who})
    writer.write()
    record(
        actor=actor,
        verb="coverage.assign_instructor",
        subject=enterprise,
        now=now,
        changes={"instructor": ("", who.name), "since": ("", since)},
    )
    close_covered(actor, [enterprise], now)
    held = Membership.objects.filter(role=INSTRUCTOR, organization=enterprise, person=who)
    return held.on(since).get()  # type: ignore[attr-defined,no-any-return]


@verb(constraints=ONE_ROLE)
def end_instructor(*, actor: Actor, membership: Membership, until: date, now: datetime) -> None:
    """An instructor no longer looks after an enterprise from `until` on.

    Raises `EndsTooEarly`, `Overlaps`, `Denied`.
    """
    require(actor, "coverage.write", membership.organization)
    if until <= membership.since:
        raise rules.EndsTooEarly(since=membership.since)
    before = membership.until or ""
    membership.until = until
    membership.save(update_fields=["until"])
    record(
        actor=actor,
        verb="coverage.end_instructor",
        subject=membership.organization,
        now=now,
        changes={"instructor": (membership.person.name, ""), "until": (before, until)},
    )


@verb(constraints=LINK_CONSTRAINTS)
def assign_many(
    *,
    actor: Actor,
    enterprises: Sequence[Organization],
    since: date,
    now: datetime,
    station: Organization | None = None,
    person: Person | str | None = None,
    leaving: int | None = None,
) -> int:
    """Give several enterprises one station, one instructor, or both. Returns how many were changed.

    `leaving`: of the instructors there only this one (an id) ends, the others stay; None: all others end. One journal
    entry for all. Raises `NothingChosen` and what the single verbs raise; then nothing is changed.
    """
    if not enterprises or (station is None and not person):
        raise rules.NothingChosen
    for enterprise in enterprises:
        require(actor, "coverage.write", enterprise)
        check_enterprise(enterprise)
        if station is not None:
            check_station(station, enterprise)
    owner = enterprises[0].jurisdiction_id
    who = person_of(person, owner, role=INSTRUCTOR, now=now) if person else None
    ids = [enterprise.pk for enterprise in enterprises]
    links = held_links(ids) if station is not None else {}
    guided = held_instructors(ids) if who is not None else {}
    writer, touched = Writer(since), set()
    for enterprise in enterprises:
        if station is not None:
            found = rules.plan(links.get(enterprise.pk, ()), [station.pk], since, exclusive=True)
            writer.cover(found, enterprise)
            touched |= set() if found.nothing else {enterprise.pk}
        if who is not None:
            rows = guided.get(enterprise.pk, ())
            stay = [row.holder for row in rows if leaving and row.on(since) and row.holder != leaving]
            found = rules.plan(rows, [who.pk, *stay], since, exclusive=False)
            writer.guide(found, enterprise, {who.pk: who})
            touched |= set() if found.nothing else {enterprise.pk}
    writer.write()
    if touched:
        record_bulk(
            actor=actor,
            verb="coverage.assign_many",
            subject=station,
            rows=writer.rows(),
            now=now,
            jurisdiction_id=owner,
        )
        close_covered(actor, enterprises, now)
    return len(touched)
